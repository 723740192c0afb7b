//! A private identity provider, oidc-provider from npm, and a person who signs in there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Method, Url};
use scraper::{Html, Selector};
use serde_json::Value;

use crate::process::{Process, Stop, free_port, package, scratch};

/// The desk as this provider knows it.
pub const CLIENT: &str = "lotse";
pub const SECRET: &str = "geheim-nur-im-test";

/// A running provider for one desk; it ends with the value.
pub struct Provider {
    port: u16,
    http: reqwest::Client,
    process: Mutex<Option<Process>>,
    directory: tempfile::TempDir,
    redirect: String,
}

/// What a person does at the provider.
#[derive(Clone, Copy, Debug)]
pub enum Does<'a> {
    /// Signs in under this login and consents.
    SignIn(&'a str),
    /// Leaves.
    Cancel,
}

impl Provider {
    /// Starts a provider that sends people back to the desk that answers at `base`.
    pub fn start(base: &str) -> Provider {
        let provider = Provider {
            port: free_port(),
            http: reqwest::Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
            process: Mutex::new(None),
            directory: scratch("provider"),
            redirect: format!("{base}/sign-in/back"),
        };
        provider.start_again();
        provider
    }

    /// Ends it; whoever asks finds nobody.
    pub fn stop(&self) {
        *self.process.lock().unwrap() = None;
    }

    fn start_again(&self) {
        let mut command = Command::new(package("node", "nodejs"));
        command
            .arg(program())
            .arg(self.port.to_string())
            .args([CLIENT, SECRET, &self.redirect]);
        let log = self.directory.path().join("output");
        let started = Process::start("oidc-provider", log, Stop::Terminate, &command);
        started.wait_for_port(self.port);
        *self.process.lock().unwrap() = Some(started);
    }

    /// What it calls itself.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn command(&self, name: &str, body: String) {
        let url = format!("{}/test/{name}", self.issuer());
        let answer = self.http.post(url).body(body).send().await.unwrap();
        assert_eq!(answer.status(), 204, "{name}");
    }

    /// Bends its answers from now on; an empty lie is the truth.
    pub async fn lie(&self, lie: &str) {
        self.command("lie", lie.to_owned()).await;
    }

    /// Makes new keys and forgets the old ones.
    pub async fn rotate(&self) {
        self.command("rotate", String::new()).await;
    }

    /// Gives a login other claims; null removes the person.
    pub async fn says(&self, login: &str, claims: Value) {
        let people = serde_json::json!({ login: claims });
        self.command("people", people.to_string()).await;
    }

    /// A token by which it ends sessions; `said` changes its claims, and `lie` what is wrong with it.
    pub async fn logout_token(&self, said: Value) -> String {
        let url = format!("{}/test/logout-token", self.issuer());
        let answer = self.http.post(url).body(said.to_string()).send().await;
        answer.unwrap().text().await.unwrap()
    }

    /// Opens one of its pages without a browser's cookies.
    pub async fn open(&self, url: &str) -> reqwest::Response {
        self.http.get(url).send().await.unwrap()
    }

    /// Changes what it is set to.
    pub async fn set(&self, settings: Value) {
        self.command("settings", settings.to_string()).await;
    }

    /// Goes through its pages as a person with a browser of their own; where it sends them back to at last.
    pub async fn walk(&self, from: &str, does: Does<'_>) -> String {
        let mut cookies: BTreeMap<String, String> = BTreeMap::new();
        let mut request = (Method::GET, Url::parse(from).unwrap(), Vec::new());
        for _ in 0..12 {
            let (method, url, form) = request;
            let jar: Vec<_> = cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
            let sent = self.http.request(method, url.clone());
            let sent = sent.header(COOKIE, jar.join("; ")).form(&form);
            let answer = sent.send().await.unwrap();
            for line in answer.headers().get_all(SET_COOKIE) {
                let pair = line.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                cookies.insert(name.to_owned(), value.to_owned());
            }
            if let Some(to) = answer.headers().get(LOCATION) {
                let to = url.join(to.to_str().unwrap()).unwrap();
                if to.as_str().starts_with(&self.redirect) {
                    return format!("{}?{}", to.path(), to.query().unwrap_or_default());
                }
                request = (Method::GET, to, Vec::new());
                continue;
            }
            let page = answer.text().await.unwrap();
            request = next(&url, &page, does);
        }
        panic!("{from} leads nowhere");
    }
}

/// What a person does on one of its pages.
fn next(url: &Url, page: &str, does: Does<'_>) -> (Method, Url, Vec<(String, String)>) {
    let html = Html::parse_document(page);
    let found = |selector: &str, name: &str| {
        let selector = Selector::parse(selector).unwrap();
        let element = html.select(&selector).next();
        element.and_then(|e| e.attr(name)).map(str::to_owned)
    };
    let Does::SignIn(login) = does else {
        let away = found("a[href$='/abort']", "href").unwrap();
        return (Method::GET, url.join(&away).unwrap(), Vec::new());
    };
    let action = found("form", "action").unwrap_or_else(|| panic!("no form in {page}"));
    let prompt = found("input[name=prompt]", "value").unwrap();
    let mut form = vec![("prompt".to_owned(), prompt.clone())];
    if prompt == "login" {
        form.push(("login".to_owned(), login.to_owned()));
        form.push(("password".to_owned(), "any".to_owned()));
    }
    (Method::POST, url.join(&action).unwrap(), form)
}

fn program() -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    assert!(
        tests.join("node_modules/oidc-provider").exists(),
        "the npm package oidc-provider is missing: run npm ci --prefix tests"
    );
    tests.join("support/provider/provider.mjs")
}
