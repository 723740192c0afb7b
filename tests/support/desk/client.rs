//! Reading and sending as a browser without scripts does, and as htmx does.

use std::collections::BTreeMap;
use std::sync::Mutex;

use lotse::desk::Desk;
use lotse::web::session::limits;
use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Url};

use super::page::Page;

const SESSION: &str = "lotse_session";

/// One browser with its cookies. Redirects are shown, not followed.
pub struct Client {
    desk: Desk,
    base: String,
    http: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A file to upload.
pub struct File<'a> {
    pub field: &'a str,
    pub name: &'a str,
    pub content_type: &'a str,
    pub bytes: &'a [u8],
}

impl Client {
    /// A fresh browser for the desk that answers at `base`.
    pub fn new(desk: Desk, base: String) -> Client {
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Client {
            desk,
            base,
            http,
            cookies: Mutex::default(),
        }
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the browser.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.insert(name.to_owned(), value.to_owned());
    }

    pub(super) fn set_session(&self, token: &str) {
        self.set_cookie(SESSION, token);
    }

    /// The token of the session's forms; none without a session.
    pub async fn csrf(&self) -> Option<String> {
        let token = self.cookie(SESSION)?;
        let session = entities::session::find(&self.desk.db, &token, limits(&self.desk)).await;
        Some(session.unwrap()?.csrf)
    }

    /// A request with this browser's cookies and nothing else, for `send`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        let cookies = self.cookies.lock().unwrap();
        let pairs: Vec<_> = cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if pairs.is_empty() {
            request
        } else {
            request.header(COOKIE, pairs.join("; "))
        }
    }

    /// Sends a request; every HTML answer is checked for what every page must hold.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        let answer = request.send().await.unwrap();
        self.keep_cookies(answer.headers());
        let page = Page::read(answer).await;
        page.check();
        page
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// Asks for a page's headers alone.
    pub async fn head(&self, path: &str) -> Page {
        self.send(self.request(Method::HEAD, path)).await
    }

    /// Asks for a fragment as htmx does.
    pub async fn htmx_get(&self, path: &str) -> Page {
        let request = self.request(Method::GET, path).header("HX-Request", "true");
        self.send(request).await
    }

    /// Sends a form, with the session's token before its fields.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.csrf().await;
        let fields = with_token(token.as_deref(), fields);
        let request = self.request(Method::POST, path).form(&fields);
        self.send(request).await
    }

    /// Sends a form as htmx does, with the session's token in a header.
    pub async fn htmx_post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.csrf().await.unwrap_or_default();
        let request = self
            .request(Method::POST, path)
            .header("HX-Request", "true")
            .header("X-CSRF", token)
            .form(fields);
        self.send(request).await
    }

    /// Sends a form with files.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[File<'_>]) -> Page {
        let token = self.csrf().await;
        let mut form = Form::new();
        for (name, value) in with_token(token.as_deref(), fields) {
            form = form.text(name.to_owned(), value.to_owned());
        }
        for file in files {
            let part = Part::bytes(file.bytes.to_vec())
                .file_name(file.name.to_owned())
                .mime_str(file.content_type)
                .unwrap();
            form = form.part(file.field.to_owned(), part);
        }
        let request = self.request(Method::POST, path).multipart(form);
        self.send(request).await
    }

    /// Fills in a form of a page and sends it as a browser without scripts does: hidden fields, defaults and
    /// the token come from the page. Files are left out.
    pub async fn submit(&self, page: &Page, form: &str, typed: &[(&str, &str)]) -> Page {
        let filled = page.fill(form, typed);
        if filled.method == "post" {
            let request = self.request(Method::POST, &filled.action);
            return self.send(request.form(&filled.fields)).await;
        }
        let url = format!("{}{}", self.base, filled.action);
        let url = Url::parse_with_params(&url, &filled.fields).unwrap();
        let query = url.query().unwrap_or_default();
        self.get(&format!("{}?{query}", url.path())).await
    }

    /// Goes where an answer points to.
    pub async fn follow(&self, page: &Page) -> Page {
        let to = page
            .location()
            .unwrap_or_else(|| panic!("{} points nowhere", page.describe()));
        self.get(&to).await
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap();
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let mut parts = line.split(';').map(str::trim);
            let (name, value) = parts.next().unwrap().split_once('=').unwrap();
            let is_gone = parts.any(|part| part.eq_ignore_ascii_case("max-age=0"));
            if is_gone {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn with_token<'a>(
    token: Option<&'a str>,
    fields: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<_> = token.map(|token| ("csrf", token)).into_iter().collect();
    all.extend_from_slice(fields);
    all
}
