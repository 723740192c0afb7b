//! What a handler of the open site knows of the request: what is published for the reader, and nothing of the desk.

use entities::site::{self, Site};
use maud::{Markup, html};
use poem::{FromRequest, Request, RequestBody, Response};

use crate::locale::Locale;
use crate::web::cx::{self, Asks, Visitor};
use crate::web::layout::Stage;
use crate::web::session;
use crate::web::url::{self, Url};

/// The request of anybody.
#[derive(Clone, Debug)]
pub struct SiteCx {
    /// Everything there is to read.
    pub site: Site,
    pub locale: Locale,
    // Handlers reach neither database nor actor through it.
    visitor: Visitor,
    word: Option<String>,
}

impl SiteCx {
    /// The token of the forms, where there is a session; other browsers say by themselves where a form stood.
    pub fn csrf(&self) -> Option<&str> {
        let session = self.visitor.session.as_ref();
        session.map(|session| session.csrf.as_str())
    }

    /// What the browser asks for.
    pub fn asks(&self) -> Asks {
        self.visitor.asks
    }

    /// The network address the request came from: it is counted and not kept.
    pub fn address(&self) -> &str {
        &self.visitor.address
    }

    /// The random word that the browser keeps since it answered something.
    pub fn word(&self) -> Option<&str> {
        self.word.as_deref()
    }

    /// Has the browser of somebody unknown keep the word by which an answer of theirs is found again.
    pub fn keep(&self, answer: &mut Response, word: &str) {
        if !self.site.knows_the_reader() {
            session::set(answer, &session::reader_cookie(&self.visitor.desk, word));
        }
    }

    /// A page of the site, and the way to it in the other language.
    pub fn page(&self, title: &str, here: &Url, stage: Stage, content: &Markup) -> Markup {
        let locale = self.locale;
        let frame = self.visitor.frame();
        let (to, words) = match self.visitor.session {
            Some(_) => (url::start(), "site-to-desk"),
            None => (url::sign_in(), "site-sign-in"),
        };
        let body = html! {
            div class="portal site" {
                header class="topbar topbar--portal" {
                    (frame.brand_of(&url::help(), &frame.organisation.subtitle))
                    div class="topbar__tools" {
                        (frame.language_switch(here.clone()))
                        a class="tool" href=(to) { (locale.t(words)) }
                    }
                }
                main class=(stage.class()) id="content" tabindex="-1" { (content) }
                footer class="site__foot small" {
                    span { (frame.organisation.name) }
                    a href=(url::accessibility()) { (locale.t("nav-accessibility")) }
                }
            }
        };
        frame.document(title, "kern-level-0", &body)
    }
}

impl<'a> FromRequest<'a> for SiteCx {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let visitor = cx::visitor(request)?;
        let actor = visitor.session.as_ref().map(|session| &session.actor);
        Ok(SiteCx {
            site: site::enter(&visitor.desk.db, actor),
            locale: visitor.locale,
            word: session::reader(request),
            visitor,
        })
    }
}
