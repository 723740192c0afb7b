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
use crate::web::url;

/// The value that stands for all sessions but this one.
const OTHERS: &str = "others";

#[derive(Deserialize)]
struct EndForm {
    /// The hash of a session in hexadecimal, or [`OTHERS`].
    #[serde(default)]
    session: String,
}

/// `POST /account/sessions/end`: only one's own sessions can be named.
#[handler]
pub async fn remove(cx: Cx, Form(typed): Form<EndForm>) -> Result<Swap> {
    let person_id = cx.session.person_id;
    if typed.session == OTHERS {
        sessions::end_others(&cx.db, person_id, &cx.session.token_hash).await?;
    } else if let Ok(hash) = hex::decode(&typed.session) {
        sessions::end_one(&cx.db, person_id, &hash).await?;
    }
    let done = url::account().with("saved", Saved::Sessions.name());
    Ok(Swap::go_to(cx.asks, done))
}

/// The section `#session-list`.
pub fn session_list(cx: &Cx, all: &[Session]) -> Markup {
    let is_this = |session: &Session| session.token_hash == cx.session.token_hash;
    html! {
        section id="session-list" class="form" aria-labelledby="sessions-title" {
            h2 id="sessions-title" { (cx.t("sessions-title")) }
            form action=(url::end_sessions()) method="post" class="stack" {
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
                @if all.len() > 1 { p { (button(Look::Secondary, &cx.t("sessions-end-others"), "session", OTHERS)) } }
            }
        }
    }
}

/// A browser's own name is long and old-fashioned; its two telling words are enough.
fn browser(cx: &Cx, name: &str) -> String {
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
