//! Answers to actions: fragments for a page that listens, a redirect for a browser without scripts.

use maud::{Markup, Render, html};
use poem::http::{StatusCode, header};
use poem::{IntoResponse, Response};

use crate::web::cx::Asks;
use crate::web::url::Url;

/// What becomes of the page after an action.
#[derive(Debug)]
pub struct Swap {
    status: StatusCode,
    partials: Vec<Markup>,
    go_to: Option<Url>,
    asks: Asks,
    page: Option<Markup>,
    push: Option<Url>,
    signal: Option<&'static str>,
}

impl Swap {
    /// Done: fragments follow; without scripts the browser goes to that address (303).
    pub fn or_go_to(asks: Asks, url: Url) -> Swap {
        Swap {
            status: StatusCode::OK,
            partials: vec![],
            go_to: Some(url),
            asks,
            page: None,
            push: None,
            signal: None,
        }
    }

    /// Goes to another page, with scripts or without.
    pub fn go_to(asks: Asks, url: Url) -> Swap {
        Swap::or_go_to(asks, url)
    }

    /// The whole page, as an answer of a handler that gives other answers too.
    pub fn page(page: Markup) -> Swap {
        Swap {
            status: StatusCode::OK,
            partials: vec![],
            go_to: None,
            asks: Asks::Page,
            page: Some(page),
            push: None,
            signal: None,
        }
    }

    /// Not accepted (422): the form with what was typed; without scripts the whole page around it.
    pub fn invalid(asks: Asks, fragment: Markup, page: Markup) -> Swap {
        let fragments = if asks == Asks::Fragment {
            vec![fragment]
        } else {
            vec![]
        };
        Swap {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            partials: fragments,
            go_to: None,
            asks,
            page: Some(page),
            push: None,
            signal: None,
        }
    }

    /// Puts a fragment in place of the element with its id.
    #[must_use]
    pub fn replace(self, id: &str, fragment: impl Render) -> Swap {
        self.partial(id, "outerHTML", fragment)
    }

    /// Puts a fragment in place of the element with its id and keeps what has not changed in it, focus included.
    #[must_use]
    pub fn morph(self, id: &str, fragment: impl Render) -> Swap {
        self.partial(id, "outerMorph", fragment)
    }

    /// Puts fragments at the end of the element with that id.
    #[must_use]
    pub fn append(self, id: &str, fragment: impl Render) -> Swap {
        self.partial(id, "beforeend", fragment)
    }

    /// Puts fragments inside the element with that id.
    #[must_use]
    pub fn fill(self, id: &str, fragment: impl Render) -> Swap {
        self.partial(id, "innerHTML", fragment)
    }

    /// Shows that address in the browser's address line.
    #[must_use]
    pub fn push(mut self, url: Url) -> Swap {
        self.push = Some(url);
        self
    }

    /// Tells the page an event of this name, so that elements that wait for it fetch themselves anew.
    #[must_use]
    pub fn signal(mut self, name: &'static str) -> Swap {
        self.signal = Some(name);
        self
    }

    fn partial(mut self, id: &str, how: &str, fragment: impl Render) -> Swap {
        self.partials.push(html! {
            hx-partial hx-target={ "#" (id) } hx-swap=(how) { (fragment) }
        });
        self
    }
}

impl IntoResponse for Swap {
    fn into_response(self) -> Response {
        let see_other = |url: &Url| {
            Response::builder()
                .status(StatusCode::SEE_OTHER)
                .header(header::LOCATION, url.as_str())
                .finish()
        };
        match (self.asks, &self.go_to) {
            (Asks::Page, Some(url)) => see_other(url),
            // Nothing to swap: the page itself is left.
            (Asks::Fragment, Some(url)) if self.partials.is_empty() => Response::builder()
                .header("HX-Redirect", url.as_str())
                .finish(),
            _ => {
                let body = match (self.asks, self.page) {
                    (Asks::Page, Some(page)) => page,
                    _ => html! { @for partial in &self.partials { (partial) } },
                };
                let mut answer = Response::builder()
                    .status(self.status)
                    .content_type("text/html; charset=utf-8");
                if let Some(url) = &self.push {
                    answer = answer.header("HX-Push-Url", url.as_str());
                }
                if let Some(name) = self.signal {
                    answer = answer.header("HX-Trigger", name);
                }
                answer.body(body.into_string())
            }
        }
    }
}
