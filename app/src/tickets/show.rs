//! The page of a ticket: the list it came from, its thread, and its facts.

use entities::ticket::{Ticket, thread};
use maud::{Markup, html};
use poem::handler;

use super::composer::{Asked, Composer, composer};
use super::facts::{Around, facts};
use super::head::{Tab, Tallies, ticket_tabs, ticket_title};
use super::list_query::From;
use super::mail_remarks::is_signature;
use super::pane::{Neighbours, pane, pane_nav};
use super::thread::{Thread, thread_list};
use super::thread_entry::Age;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::permitted::Seen;

/// `GET /tickets/:key`: the thread.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(from): Query<From>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let thread = Thread::read(&cx, &ticket).await?;
    let writing = Composer::load(&cx, &ticket, asked.mode()).await?;
    let content = html! {
        div class="scroll" id="ticket-content" tabindex="0" role="region" aria-label=(cx.t("ticket-tab-thread")) {
            (thread_list(&cx, &ticket, &thread, Age::Known))
        }
        (composer(&cx, &writing))
    };
    page(&cx, &ticket, &from, Tab::Thread, &content).await
}

/// The page around one tab of a ticket.
pub async fn page(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    tab: Tab,
    content: &Markup,
) -> Result<Markup> {
    let neighbours = Neighbours::of(cx, from.query(), &ticket.number).await?;
    let around = Around::read(cx, ticket).await?;
    let tallies = tallies(cx, ticket).await?;
    let main = html! {
        (pane(cx, &neighbours, &ticket.number))
        div class="sheet ticket" id="ticket" {
            header class="ticket__head" {
                div class="spread ticket__nav" { (pane_nav(cx, &neighbours, ticket)) }
                (ticket_title(cx, ticket, &around.names, from))
            }
            (ticket_tabs(cx, ticket, tab, tallies, from))
            (content)
        }
        (facts(cx, ticket, &around, from))
    };
    let title = format!("{} {}", ticket.number, ticket.title);
    Ok(cx
        .frame(Area::Tickets)
        .await?
        .page(&title, Stage::Split, &main))
}

/// What stands behind each tab.
pub async fn tallies(cx: &Cx, ticket: &Ticket) -> Result<Tallies> {
    let files = thread::files(&cx.db, ticket).await?;
    let newest = entities::history::of(&cx.db, ticket.id, None, 1).await?;
    Ok(Tallies {
        files: files
            .iter()
            .filter(|file| !file.inline && !is_signature(file))
            .count(),
        events: newest.first().map_or(0, |entry| entry.number),
    })
}
