//! What happened while the reader was away: on the start page until they have read it.

use std::collections::HashMap;

use entities::absence::meanwhile::{self, Changes, Meanwhile, meanwhile};
use entities::{Uuid, history};
use maud::{Markup, html};
use poem::handler;

use super::lines::days;
use crate::error::Result;
use crate::tickets::history_line::{Detail, ids, line};
use crate::tickets::thread_line::event_anchor;
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::{Look, foreign, submit};
use crate::web::permitted::Readers;
use crate::web::swap::Swap;
use crate::web::url;

/// The most events of one ticket that are shown; the page of the ticket has all.
const MOST_EVENTS: usize = 4;

/// It with whom and what it names.
pub struct Told {
    meanwhile: Meanwhile,
    names: HashMap<Uuid, String>,
}

/// What there is to tell.
pub async fn told(cx: &Cx) -> Result<Option<Told>> {
    let Some(meanwhile) = meanwhile(&cx.db, &cx.actor).await? else {
        return Ok(None);
    };
    let events = meanwhile.tickets.iter().flat_map(|ticket| &ticket.events);
    let named: Vec<Uuid> = events
        .flat_map(|event| ids(&event.payload).into_iter().chain(event.actor_id))
        .collect();
    let names = history::names(&cx.db, &cx.actor, &named).await?;
    Ok(Some(Told { meanwhile, names }))
}

/// `POST /meanwhile/seen`
#[handler]
pub async fn update(cx: Cx, _: Readers) -> Result<Swap> {
    meanwhile::seen(&cx.db, &cx.actor).await?;
    Ok(Swap::go_to(cx.asks, url::start()))
}

/// The sheet `#meanwhile`.
pub fn sheet(cx: &Cx, told: Option<&Told>) -> Markup {
    let Some(told) = told else {
        return html! {};
    };
    let away = &told.meanwhile;
    let said = days(cx, away.from_on, away.to_on);
    html! {
        section id="meanwhile" class="sheet" aria-labelledby="meanwhile-title" {
            div class="sheet__head" {
                h2 id="meanwhile-title" { (cx.t("meanwhile-title")) }
                span class="muted" { (said) }
                form class="right" action=(url::meanwhile_seen()) method="post" {
                    (csrf(&cx.session.csrf))
                    (submit(Look::Secondary, &cx.t("meanwhile-seen")))
                }
            }
            ul class="linklist" role="list" {
                @for ticket in &away.tickets { li { (changes(cx, ticket, &told.names)) } }
            }
            @if away.more {
                p class="sheet__foot" {
                    a href=(url::tickets().with("owner", "me").with("sort", "-changed")) { (cx.t("meanwhile-more")) }
                }
            }
        }
    }
}

fn changes(cx: &Cx, ticket: &Changes, names: &HashMap<Uuid, String>) -> Markup {
    let skipped = ticket.events.len().saturating_sub(MOST_EVENTS);
    let at = ticket
        .events
        .first()
        .map(|event| event_anchor(event.number));
    let there = url::ticket(&ticket.number).at(&at.unwrap_or_default());
    html! {
        a href=(there) {
            span { (foreign(&ticket.title)) }
            span class="tally no" { (ticket.number) }
            span class="sub" {
                @for (index, event) in ticket.events.iter().skip(skipped).enumerate() {
                    @if index > 0 { br; }
                    (cx.locale.moment(event.at, &cx.now)) ": "
                    @if let Some(name) = event.actor_id.and_then(|id| names.get(&id)) { (name) ", " }
                    @let said = line(cx.locale, &cx.now, &event.name, &event.payload, names);
                    (said.what)
                    @match said.detail {
                        Detail::None => {},
                        Detail::Text(text) => @if !text.is_empty() { " (" (text) ")" },
                        Detail::Change { to, .. } => { " (" (to) ")" },
                    }
                }
                @if skipped > 0 { br; (cx.locale.t_with("meanwhile-earlier", &[("count", skipped.into())])) }
            }
        }
    }
}
