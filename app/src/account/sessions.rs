//! Where one is signed in, and ending that.

use entities::session as sessions;
use entities::session::table::Model as Session;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::show::Saved;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{Look, button, time_ago};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The value that stands for all sessions but the reader's own.
const MANY: &str = "many";

/// Which sessions are to end.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    /// The hash of a session in hexadecimal, or [`MANY`].
    session: String,
}

/// The same, read.
pub enum Which {
    One(Vec<u8>),
    Many,
    None,
}

impl EndForm {
    pub fn which(&self) -> Which {
        match hex::decode(&self.session) {
            _ if self.session == MANY => Which::Many,
            Ok(hash) if !hash.is_empty() => Which::One(hash),
            _ => Which::None,
        }
    }
}

/// `POST /account/sessions/end`: only one's own sessions can be named.
#[handler]
pub async fn remove(cx: Cx, Form(typed): Form<EndForm>) -> Result<Swap> {
    let person_id = cx.session.person_id;
    match typed.which() {
        Which::Many => sessions::end_others(&cx.db, person_id, &cx.session.token_hash).await?,
        Which::One(hash) => sessions::end_one(&cx.db, person_id, &hash).await?,
        Which::None => {}
    }
    let done = url::account().with("saved", Saved::Sessions.name());
    Ok(Swap::go_to(cx.asks, done))
}

/// The section `#session-list`; the reader's own session is marked and cannot be ended there.
pub fn session_list(cx: &Cx, all: &[Session], action: &Url) -> Markup {
    let is_this = |session: &Session| session.token_hash == cx.session.token_hash;
    let has_this = all.iter().any(is_this);
    html! {
        section id="session-list" class="form" aria-labelledby="sessions-title" {
            h2 id="sessions-title" { (cx.t("sessions-title")) }
            @if all.is_empty() { p class="muted" { (cx.t("sessions-none")) } }
            form action=(action) method="post" class="stack" {
                (form::csrf(&cx.session.csrf))
                ul class="plain stack" role="list" {
                    @for session in all {
                        li class="spread" {
                            div {
                                strong { (browser(cx, &session.browser)) }
                                @if is_this(session) { " " span class="tag tag--line" { (cx.t("session-this")) } }
                                p class="small muted" {
                                    (session.address) " · " (cx.t("session-used")) " " (time_ago(cx.locale, &cx.now, session.used_at))
                                }
                            }
                            @if !is_this(session) {
                                (button(Look::Tertiary, &cx.t("session-end"), "session", &hex::encode(&session.token_hash)))
                            }
                        }
                    }
                }
                @if has_this && all.len() > 1 { p { (button(Look::Secondary, &cx.t("sessions-end-others"), "session", MANY)) } }
                @if !has_this && !all.is_empty() { p { (button(Look::Secondary, &cx.t("sessions-end-all"), "session", MANY)) } }
            }
        }
    }
}

/// A browser's own name is long and old-fashioned; its two telling words are enough.
pub fn browser(cx: &Cx, name: &str) -> String {
    let first = |words: &[(&str, &'static str)]| {
        words
            .iter()
            .find(|(sign, _)| name.contains(sign))
            .map(|(_, word)| *word)
    };
    let program = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => cx.locale.t_with(
            "session-browser",
            &[("program", program.into()), ("system", system.into())],
        ),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => cx.t("session-unknown"),
    }
}
