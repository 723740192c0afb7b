//! The thread of a ticket, and what is added to it while the page is open.

use entities::history::{self, Entry};
use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{Direction, Ticket, show as tickets};
use entities::{DeskError, Instant, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use tokio::try_join;

use super::head::Tallies;
use super::history::names_in;
use super::history_line::{Names, ids};
use super::thread_entry::{Age, thread_entry};
use super::thread_line::{Group, groups, thread_line};
use crate::error::{Error, Result};
use crate::notices;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::Seen;
use crate::web::url;

/// Up to so many events are told between the messages.
const MOST_EVENTS: u64 = 500;

/// Everything the thread shows.
#[derive(Debug)]
pub struct Thread {
    entries: Vec<ThreadEntry>,
    /// Oldest first.
    events: Vec<Entry>,
    names: Names,
    /// When the reader was here last.
    seen: Option<Instant>,
}

/// One after the other, as it happened.
enum Item<'a> {
    Message(&'a ThreadEntry),
    Line(Group<'a>),
}

impl Item<'_> {
    fn at(&self) -> Instant {
        match self {
            Item::Message(entry) => entry.message.created_at,
            Item::Line(group) => group.at,
        }
    }
}

impl Thread {
    /// Reads the thread and notes that it has been seen.
    pub async fn read(cx: &Cx, ticket: &Ticket) -> Result<Thread> {
        let seen = async { Ok(thread::seen(&cx.db, &cx.actor, ticket).await?) };
        let entries = async {
            let mut entries = thread::thread(&cx.db, ticket).await?;
            thread::name_origins(&cx.db, &cx.actor, &mut entries).await?;
            Ok(entries)
        };
        let events = async {
            let mut events = history::of(&cx.db, ticket.id, None, MOST_EVENTS).await?;
            events.reverse();
            let names = names_in(cx, &events).await?;
            Ok::<_, Error>((events, names))
        };
        let read = notices::read::seen(cx, ticket.id);
        let (seen, entries, (events, names), ()) = try_join!(seen, entries, events, read)?;
        // Looking at what one knows writes nothing.
        let newest = entries.iter().map(|e| e.message.created_at).max();
        if seen < newest.max(Some(ticket.last_message_at)) {
            thread::mark_seen(&cx.db, &cx.actor, ticket).await?;
        }
        Ok(Thread {
            entries,
            events,
            names,
            seen,
        })
    }

    /// What was added after a place.
    async fn read_after(cx: &Cx, ticket: &Ticket, after: &After) -> Result<Thread> {
        let mut entries = thread::after(&cx.db, ticket, after.after).await?;
        thread::name_origins(&cx.db, &cx.actor, &mut entries).await?;
        let mut events = history::of(&cx.db, ticket.id, None, MOST_EVENTS).await?;
        events.retain(|event| event.number > after.event);
        events.reverse();
        if !entries.is_empty() {
            thread::mark_seen(&cx.db, &cx.actor, ticket).await?;
        }
        notices::read::seen(cx, ticket.id).await?;
        let names = names_in(cx, &events).await?;
        Ok(Thread {
            entries,
            events,
            names,
            seen: None,
        })
    }

    /// The messages.
    pub fn entries(&self) -> &[ThreadEntry] {
        &self.entries
    }

    /// What stands behind each tab: the whole thread knows it.
    pub fn tallies(&self) -> Tallies {
        Tallies::of(
            self.entries.iter().flat_map(|entry| &entry.files),
            self.events.last().map_or(0, |event| event.number),
        )
    }

    fn items(&self) -> Vec<Item<'_>> {
        let mut items: Vec<Item<'_>> = self.entries.iter().map(Item::Message).collect();
        items.extend(groups(&self.events).into_iter().map(Item::Line));
        // Stable: what a message brought about stands below it.
        items.sort_by_key(Item::at);
        items
    }

    /// Where it ends.
    fn end(&self, before: &After) -> After {
        After {
            after: self
                .entries
                .iter()
                .map(|e| e.message.number)
                .max()
                .unwrap_or(before.after),
            event: self.events.last().map_or(before.event, |e| e.number),
        }
    }

    /// The number of the first message of others since the last visit.
    fn first_new(&self, cx: &Cx) -> Option<i32> {
        let seen = self.seen?;
        self.entries
            .iter()
            .find(|e| e.message.created_at > seen && e.message.author_id != cx.actor.person_id())
            .map(|e| e.message.number)
    }

    /// Messages whose sending went on after they were shown.
    fn sent_on(&self) -> Vec<Uuid> {
        self.named_by(&["delivery", "withdrawn", "sent_again"])
    }

    /// Messages that have left the ticket.
    async fn moved_out(&self, cx: &Cx) -> Result<Vec<Uuid>> {
        let mut left = self.named_by(&["message_moved_out"]);
        let apart = |event: &&Entry| event.name == "unmerged_from";
        for source in self
            .events
            .iter()
            .filter(apart)
            .flat_map(|e| ids(&e.payload))
        {
            match tickets::by_id(&cx.db, &cx.actor, source).await {
                Ok(source) => {
                    let entries = thread::thread(&cx.db, &source).await?;
                    left.extend(entries.iter().map(|entry| entry.message.id));
                }
                Err(DeskError::Hidden) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(left)
    }

    fn named_by(&self, names: &[&str]) -> Vec<Uuid> {
        let events = self.events.iter();
        let mut all: Vec<Uuid> = events
            .filter(|event| names.contains(&event.name.as_str()))
            .flat_map(|event| ids(&event.payload))
            .filter(|id| self.entries.iter().all(|e| e.message.id != *id))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The list `#thread`.
pub fn thread_list(cx: &Cx, ticket: &Ticket, thread: &Thread, age: Age) -> Markup {
    let new_from = thread.first_new(cx);
    html! {
        ol class="thread" role="list" id="thread" {
            @for item in thread.items() {
                @match item {
                    Item::Message(entry) => {
                        @if new_from == Some(entry.message.number) {
                            li class="new-line" { span { (cx.t("thread-new-since")) } }
                        }
                        (thread_entry(cx, ticket, entry, age))
                    }
                    Item::Line(group) => (thread_line(cx, &group, &thread.names)),
                }
            }
            (thread_end(ticket, &thread.end(&After::default())))
        }
    }
}

/// The end `#thread-end`, where new entries come in by themselves. Whatever changes the thread signals
/// `thread-changed` and adds nothing itself, so that nothing is ever added twice.
fn thread_end(ticket: &Ticket, after: &After) -> Markup {
    let again = url::ticket_part(&ticket.number, "thread")
        .with("after", after.after)
        .with("event", after.event);
    html! {
        li id="thread-end" class="sr" aria-hidden="true" hx-get=(again) hx-swap="outerHTML"
            hx-trigger={ "ticket-" (ticket.id.simple()) " from:#events, thread-changed from:body" } {}
    }
}

/// Where the page's thread ends: the last message and the last event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    after: i32,
    event: i32,
}

/// `GET /tickets/:key/thread?after=&event=`: what was added since, and entries whose sending went on.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(after): Query<After>,
) -> Result<Markup> {
    let thread = Thread::read_after(&cx, &ticket, &after).await?;
    let mut sent_on = Vec::new();
    for id in thread.sent_on() {
        match thread::entry(&cx.db, &ticket, id).await {
            Ok(entry) => sent_on.push(entry),
            // It has moved to another ticket meanwhile.
            Err(DeskError::Hidden) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let moved_out = thread.moved_out(&cx).await?;
    let mut new_from = thread
        .entries
        .iter()
        .find(|e| e.message.direction == Direction::In);
    Ok(html! {
        @for item in thread.items() {
            @match item {
                Item::Message(entry) => {
                    @if new_from.take_if(|new| new.message.id == entry.message.id).is_some() {
                        li class="new-line" { span { (cx.t("thread-new")) } }
                    }
                    (thread_entry(&cx, &ticket, entry, Age::Fresh))
                }
                Item::Line(group) => (thread_line(&cx, &group, &thread.names)),
            }
        }
        (thread_end(&ticket, &thread.end(&after)))
        @for id in moved_out {
            hx-partial hx-target={ "#message-" (id) } hx-swap="delete" {}
        }
        @for entry in &sent_on {
            hx-partial hx-target={ "#message-" (entry.message.id) } hx-swap="outerHTML" {
                (thread_entry(&cx, &ticket, entry, Age::Known))
            }
        }
    })
}
