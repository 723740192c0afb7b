//! The thread of a ticket, and what is added to it while the page is open.

use entities::Instant;
use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{Direction, Ticket};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::thread_entry::{Age, thread_entry};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::Seen;
use crate::web::url;

/// Everything the thread shows.
#[derive(Debug)]
pub struct Thread {
    pub entries: Vec<ThreadEntry>,
    /// When the reader was here last.
    pub seen: Option<Instant>,
}

impl Thread {
    /// Reads the thread and notes that it has been seen.
    pub async fn read(cx: &Cx, ticket: &Ticket) -> Result<Thread> {
        let seen = thread::seen(&cx.db, &cx.actor, ticket).await?;
        let entries = thread::thread(&cx.db, ticket).await?;
        thread::mark_seen(&cx.db, &cx.actor, ticket).await?;
        Ok(Thread { entries, seen })
    }
}

/// The list `#thread`.
pub fn thread_list(cx: &Cx, ticket: &Ticket, thread: &Thread) -> Markup {
    let new_from = first_new(cx, thread);
    let last = thread.entries.last().map_or(0, |e| e.message.number);
    html! {
        ol class="thread" role="list" id="thread" {
            @for entry in &thread.entries {
                @if new_from == Some(entry.message.number) {
                    li class="new-line" { span { (cx.t("thread-new-since")) } }
                }
                (thread_entry(cx, ticket, entry, Age::Known))
            }
            (thread_end(ticket, last))
        }
    }
}

/// The number of the first message of others since the last visit.
fn first_new(cx: &Cx, thread: &Thread) -> Option<i32> {
    let seen = thread.seen?;
    thread
        .entries
        .iter()
        .find(|e| e.message.created_at > seen && e.message.author_id != cx.actor.person_id())
        .map(|e| e.message.number)
}

/// The end `#thread-end`, where new entries come in by themselves. Whatever changes the thread signals
/// `thread-changed` and adds nothing itself, so that nothing is ever added twice.
pub fn thread_end(ticket: &Ticket, after: i32) -> Markup {
    let again = url::ticket_part(&ticket.number, "thread").with("after", after);
    html! {
        li id="thread-end" class="sr" aria-hidden="true" hx-get=(again) hx-swap="outerHTML"
            hx-trigger={ "ticket-" (ticket.id.simple()) " from:#events, thread-changed from:body" } {}
    }
}

/// Where the page's thread ends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    after: i32,
}

/// `GET /tickets/:key/thread?after=`: entries added since.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(after): Query<After>,
) -> Result<Markup> {
    let entries = thread::after(&cx.db, &ticket, after.after).await?;
    thread::mark_seen(&cx.db, &cx.actor, &ticket).await?;
    let last = entries.last().map_or(after.after, |e| e.message.number);
    let from_others = entries.iter().any(|e| e.message.direction == Direction::In);
    Ok(html! {
        @if from_others { li class="new-line" { span { (cx.t("thread-new")) } } }
        (thread_entries(&cx, &ticket, &entries))
        (thread_end(&ticket, last))
    })
}

/// Entries that have just been added.
pub fn thread_entries(cx: &Cx, ticket: &Ticket, entries: &[ThreadEntry]) -> Markup {
    html! { @for entry in entries { (thread_entry(cx, ticket, entry, Age::Fresh)) } }
}
