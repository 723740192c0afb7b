//! Who else is in a ticket: on its page, in lists, and how an open page says that it is open.

use entities::DeskError;
use entities::presence::{self, Doing, Present};
use entities::ticket::Ticket;
use maud::{Markup, html};
use poem::handler;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::face_beside_name;
use crate::web::permitted::{Readers, Seen};
use crate::web::url;

/// How many people are named; the others are counted.
const MOST: usize = 3;

/// `GET /tickets/:key/presence`: who else is there.
#[handler]
pub async fn show(cx: Cx, Seen(ticket): Seen<Ticket>) -> Result<Markup> {
    must_be_on(&cx)?;
    may_write(&cx, &ticket)?;
    others(&cx, &ticket).await
}

/// `POST /tickets/:key/presence`: the page is open; who else is there.
#[handler]
pub async fn create(cx: Cx, Seen(ticket): Seen<Ticket>) -> Result<Markup> {
    must_be_on(&cx)?;
    may_write(&cx, &ticket)?;
    note(&cx, &ticket, Doing::Reads).await?;
    others(&cx, &ticket).await
}

/// `POST /tickets/:key/presence/leave`: the page was closed.
#[handler]
pub async fn leave(cx: Cx, Seen(ticket): Seen<Ticket>) -> Result<()> {
    must_be_on(&cx)?;
    may_write(&cx, &ticket)?;
    if presence::leave(&cx.db, &cx.actor, &ticket).await? {
        cx.desk.live.tell_presence(&cx.db, ticket.id).await?;
    }
    Ok(())
}

/// `GET /tickets/presence`: in which tickets others are; scripts put each where its row is.
#[handler]
pub async fn list(cx: Cx, _: Readers) -> Result<Markup> {
    must_be_on(&cx)?;
    let present = presence::anywhere(&cx.db, &cx.actor).await?;
    Ok(html! {
        @for one in &present {
            span data-ticket=(one.ticket_id.simple()) { (mark(&cx, one)) }
        }
    })
}

/// Whether the desk shows who is where; some agree with their staff that it does not.
fn is_on(cx: &Cx) -> bool {
    cx.desk.config.tickets.presence
}

fn must_be_on(cx: &Cx) -> Result<()> {
    match is_on(cx) {
        true => Ok(()),
        false => Err(DeskError::Hidden.into()),
    }
}

/// Notes what the reader does in a ticket, and tells others when it is news to them.
pub async fn note(cx: &Cx, ticket: &Ticket, doing: Doing) -> Result<()> {
    if is_on(cx) && presence::note(&cx.db, &cx.actor, ticket, doing).await? {
        cx.desk.live.tell_presence(&cx.db, ticket.id).await?;
    }
    Ok(())
}

/// Only whoever may write is of interest to those who write, and keeps or shows a draft.
pub fn may_write(cx: &Cx, ticket: &Ticket) -> Result<()> {
    match writes(cx, ticket) {
        true => Ok(()),
        false => Err(DeskError::Forbidden.into()),
    }
}

fn writes(cx: &Cx, ticket: &Ticket) -> bool {
    let mut may = presence::WRITING.into_iter();
    may.any(|one| cx.may(one, ticket.place()))
}

/// The place on the ticket's page where others are named, `#ticket-present`; it says that the page is open.
pub fn place(cx: &Cx, ticket: &Ticket) -> Markup {
    if !is_on(cx) || !writes(cx, ticket) {
        return html! {};
    }
    let at = url::ticket_part(&ticket.number, "presence");
    let leaving = url::ticket_part(&ticket.number, "presence/leave");
    html! {
        span class="cluster" hx-get=(at) hx-target="#ticket-present" hx-swap="innerMorph"
            hx-trigger={ "present-" (ticket.id.simple()) " from:#events" } {
            span id="ticket-present" class="cluster" role="status" data-leave=(leaving)
                hx-post=(at) hx-trigger="load, here" hx-target="this" hx-swap="innerMorph" {}
        }
    }
}

async fn others(cx: &Cx, ticket: &Ticket) -> Result<Markup> {
    let present = presence::of_ticket(&cx.db, &cx.actor, ticket).await?;
    let more = present.len().saturating_sub(MOST);
    Ok(html! {
        @for one in present.iter().take(MOST) {
            span class="presence" {
                (face_beside_name(&one.name)) span { (words(cx, one)) }
                @if one.writes { (dots()) }
            }
        }
        @if more > 0 { span class="small muted" { (cx.locale.t_with("present-more", &[("count", more.into())])) } }
    })
}

fn words(cx: &Cx, one: &Present) -> String {
    let key = if one.writes {
        "present-writes"
    } else {
        "present-reads"
    };
    cx.locale.t_with(key, &[("name", one.name.as_str().into())])
}

fn dots() -> Markup {
    html! { span class="dots" aria-hidden="true" { i {} i {} i {} } }
}

/// Somebody beside the title in a row.
fn mark(cx: &Cx, one: &Present) -> Markup {
    html! {
        span class="here" title=(words(cx, one)) {
            (face_beside_name(&one.name)) span class="sr" { (words(cx, one)) }
            @if one.writes { (dots()) }
        }
    }
}

/// What a page with rows of tickets needs for it, `#present`.
pub fn in_rows(cx: &Cx) -> Markup {
    if !is_on(cx) {
        return html! {};
    }
    html! {
        div id="present" hidden hx-get=(url::tickets_part("presence")) hx-trigger="load, present from:#events" hx-swap="innerHTML" {}
    }
}
