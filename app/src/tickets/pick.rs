//! Choosing another ticket: by its number, or by words of its title with the hits to choose from.

use entities::ticket::link::{self, Candidate};
use entities::ticket::{Ticket, number, show};
use entities::{Actor, DeskError};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{foreign, icon_small, state_sign};
use crate::web::permitted::Seen;
use crate::web::url;

/// The most hits that are offered.
const MOST: u64 = 8;

/// What was typed, and which of the hits was chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Picked {
    pub q: String,
    /// The number of a hit that was chosen.
    pub other: String,
}

/// Why no ticket was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Empty,
    Nothing,
    Choose,
}

impl Fault {
    /// The sentence beside the field.
    pub fn words(self, cx: &Cx) -> String {
        cx.t(match self {
            Fault::Empty => "pick-empty",
            Fault::Nothing => "pick-nothing",
            Fault::Choose => "pick-choose",
        })
    }
}

/// What a choice leads to.
#[derive(Debug)]
pub struct Pick {
    pub picked: Picked,
    pub hits: Vec<Candidate>,
    pub found: Result<Box<Ticket>, Fault>,
}

impl Pick {
    /// Nothing chosen yet.
    pub fn empty() -> Pick {
        Pick {
            picked: Picked::default(),
            hits: vec![],
            found: Err(Fault::Empty),
        }
    }

    /// Finds the ticket that was chosen, or what there is to choose from.
    pub async fn read(cx: &Cx, ticket: &Ticket, picked: Picked) -> Result<Pick> {
        let typed = picked.q.trim();
        // A whole number says it all; of words, the hit that was chosen counts, as long as it is one of them.
        let hits = match number::parse(typed) {
            Some(_) => vec![],
            None => hits(cx, ticket, typed).await?,
        };
        let is_hit = |number: &str| typed.is_empty() || hits.iter().any(|hit| hit.number == number);
        let chosen = match number::parse(typed) {
            Some(number) => Some(number),
            None => number::parse(&picked.other).filter(|number| is_hit(number)),
        };
        let found = match chosen {
            Some(number) => by_number(cx, &cx.actor, &number)
                .await?
                .map(Box::new)
                .ok_or(Fault::Nothing),
            None if typed.is_empty() => Err(Fault::Empty),
            None if hits.is_empty() => Err(Fault::Nothing),
            None => Err(Fault::Choose),
        };
        Ok(Pick {
            picked,
            hits,
            found,
        })
    }
}

async fn by_number(cx: &Cx, actor: &Actor, typed: &str) -> Result<Option<Ticket>> {
    match show::by_number(&cx.db, actor, typed).await {
        Ok(ticket) => Ok(Some(ticket)),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn hits(cx: &Cx, ticket: &Ticket, typed: &str) -> Result<Vec<Candidate>> {
    Ok(link::candidates(&cx.db, &cx.actor, ticket.id, typed, MOST).await?)
}

/// What was typed into the field.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    q: String,
}

/// `GET /tickets/:key/candidates?q=`: the hits below the field.
#[handler]
pub async fn list(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(typed): Query<Typed>,
) -> Result<Markup> {
    let found = hits(&cx, &ticket, &typed.q).await?;
    Ok(pick_hits(&cx, &found, &typed.q, ""))
}

/// The field with its hits; `fault` stands beside it.
pub fn pick(cx: &Cx, ticket: &Ticket, pick: &Pick, fault: Option<&str>) -> Markup {
    let described = match fault {
        Some(_) => "pick-q-hint pick-q-fault",
        None => "pick-q-hint",
    };
    let typed = match pick.picked.q.as_str() {
        "" => &pick.picked.other,
        typed => typed,
    };
    html! {
        div class="field" {
            label for="pick-q" { (cx.t("pick-label")) }
            span class="hint" id="pick-q-hint" { (cx.t("pick-hint")) }
            input class="input" id="pick-q" name="q" type="search" autocomplete="off" value=(typed) autofocus
                aria-describedby=(described) aria-invalid=[fault.map(|_| "true")]
                hx-get=(url::ticket_part(&ticket.number, "candidates")) hx-trigger="input changed delay:300ms"
                hx-sync="this:replace" hx-target="#pick-hits" hx-swap="outerHTML";
            @if let Some(fault) = fault { p class="error" id="pick-q-fault" role="alert" { (icon_small("warn")) (fault) } }
            (pick_hits(cx, &pick.hits, "", &pick.picked.other))
        }
    }
}

/// The tickets to choose from: `#pick-hits`.
fn pick_hits(cx: &Cx, hits: &[Candidate], typed: &str, chosen: &str) -> Markup {
    html! {
        div id="pick-hits" aria-live="polite" {
            @if !hits.is_empty() {
                fieldset class="pick__hits" {
                    legend class="sr" { (cx.t("pick-found")) }
                    @for hit in hits {
                        label class="tick" {
                            input type="radio" name="other" value=(hit.number) checked[hit.number == chosen];
                            span {
                                (state_sign(cx.locale, hit.state, hit.waiting_for)) " " (hit.title)
                                span class="sub" { (hit.number) }
                            }
                        }
                    }
                }
            } @else if !typed.trim().is_empty() && number::parse(typed).is_none() {
                p class="hint" { (cx.t("pick-nothing")) }
            }
        }
    }
}

/// A form of a ticket on a page of its own.
pub async fn page(cx: &Cx, ticket: &Ticket, title: &str, content: &Markup) -> Result<Markup> {
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                h1 id="act-title" class="h2" { (title) }
                a href=(url::ticket(&ticket.number)) { (ticket.number) " " (foreign(&ticket.title)) }
            }
            div class="sheet__body scroll" tabindex="0" role="region" aria-labelledby="act-title" { (content) }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(title, Stage::Plain, &content))
}
