//! The page of a ticket: the list it came from, its thread, and its facts.

use entities::DeskError;
use entities::inbound::threading;
use entities::ticket::{Ticket, number, show as tickets, thread};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use tokio::try_join;

use super::composer::{Asked, Composer, Known, composer, script};
use super::facts::{Around, facts};
use super::head::{Tab, Tallies, ticket_tabs, ticket_title};
use super::list_from::From;
use super::merge::led_from;
use super::pane::{Neighbours, pane, pane_nav};
use super::thread::{Thread, thread_list};
use super::thread_entry::Age;
use super::unmerge::merged_toast;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Tone, notice};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;
use crate::web::url;
use crate::web::views::views;

/// `GET /tickets/:key`: the thread.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(from): Query<From>,
    Query(asked): Query<Asked>,
    Query(led): Query<Led>,
) -> Result<Swap> {
    if let Some(target) = target(&cx, &ticket).await? {
        let to = led_from(&target.number, &ticket.number);
        return Ok(Swap::go_to(cx.asks, from.keep(to)));
    }
    let query = from.query();
    let (thread, around, neighbours, views, draft) = try_join!(
        Thread::read(&cx, &ticket),
        Around::read(&cx, &ticket),
        Neighbours::of(&cx, query, &ticket.number),
        views(&cx, ""),
        Composer::kept(&cx, &ticket, asked.mode()),
    )?;
    let known = Known {
        names: &around.names,
        entries: thread.entries(),
        timers: Some(&around.efforts.timers),
    };
    let writing = Composer::beside(&cx, &ticket, asked.mode(), known, draft).await?;
    let content = html! {
        (led_here(&cx, &ticket, &led))
        div class="scroll" id="ticket-content" tabindex="0" role="region" aria-label=(cx.t("ticket-tab-thread")) {
            (thread_list(&cx, &ticket, &thread, Age::Known))
        }
        (composer(&cx, &writing))
    };
    let merged = number::parse(&led.merged).unwrap_or_default();
    let toast = merged_toast(&cx, around.undoable.as_ref(), &around.merged, &merged);
    let beside = Beside {
        around,
        neighbours,
        views,
        toast,
    };
    let tab = (Tab::Thread, thread.tallies());
    let page = page_around(&cx, &ticket, &from, beside, tab, &content).await?;
    Ok(Swap::page(page))
}

/// The ticket that was asked for, when its page leads here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Led {
    merged: String,
    /// The ticket that this one was merged into until just now.
    unmerged: String,
}

/// The ticket a merged one has become, as far as the reader may see it.
async fn target(cx: &Cx, ticket: &Ticket) -> Result<Option<Ticket>> {
    if ticket.merged_into.is_none() {
        return Ok(None);
    }
    let living = threading::living(&cx.db, ticket.clone()).await?;
    match tickets::by_id(&cx.db, &cx.actor, living.id).await {
        Ok(target) => Ok(Some(target).filter(|target| target.id != ticket.id)),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What became of the ticket that was asked for.
fn led_here(cx: &Cx, ticket: &Ticket, led: &Led) -> Markup {
    let number = number::parse(&led.merged).filter(|number| *number != ticket.number);
    html! {
        @if ticket.merged_into.is_some() { (notice(Tone::Warn, &cx.t("merged-hidden"), &html! {})) }
        @if let Some(number) = number::parse(&led.unmerged).filter(|number| *number != ticket.number) {
            (notice(Tone::Info, &cx.locale.t_with("unmerged-note", &[("number", number.as_str().into())]), &html! {}))
        }
        @if let Some(number) = number {
            @let of = |key: &str| cx.locale.t_with(key, &[("number", number.as_str().into())]);
            (notice(Tone::Info, &of("merged-note"), &html! {
                a href=(url::ticket_part(&number, "history")) { (of("merged-note-history")) }
            }))
        }
    }
}

/// The page around one tab of a ticket.
pub async fn page(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    tab: Tab,
    content: &Markup,
) -> Result<Markup> {
    let (around, neighbours, views, tallies) = try_join!(
        Around::read(cx, ticket),
        Neighbours::of(cx, from.query(), &ticket.number),
        views(cx, ""),
        tallies(cx, ticket),
    )?;
    let beside = Beside {
        around,
        neighbours,
        views,
        toast: html! {},
    };
    page_around(cx, ticket, from, beside, (tab, tallies), content).await
}

/// What a tab of a ticket stands between.
struct Beside {
    around: Around,
    neighbours: Neighbours,
    views: Markup,
    toast: Markup,
}

async fn page_around(
    cx: &Cx,
    ticket: &Ticket,
    from: &From,
    beside: Beside,
    (tab, tallies): (Tab, Tallies),
    content: &Markup,
) -> Result<Markup> {
    let Beside {
        around,
        neighbours,
        views,
        toast,
    } = beside;
    let main = html! {
        (pane(cx, &neighbours, &ticket.number))
        div class="sheet ticket" id="ticket" {
            header class="ticket__head" {
                div class="spread ticket__nav" { (pane_nav(cx, &neighbours, ticket)) }
                (ticket_title(cx, ticket, &around, from))
            }
            (ticket_tabs(cx, ticket, tab, tallies, from))
            (content)
        }
        (facts(cx, ticket, &around, from))
        (script())
    };
    let title = format!("{} {}", ticket.number, ticket.title);
    // Last: looking at a ticket reads its notices.
    let running = around.efforts.running;
    let mut frame = cx.frame_knowing(Area::Tickets, views, running).await?;
    frame.toasts = html! { (toast) (frame.toasts) };
    Ok(frame.page(&title, Stage::Split, &main))
}

/// What stands behind each tab.
pub async fn tallies(cx: &Cx, ticket: &Ticket) -> Result<Tallies> {
    let files = thread::files(&cx.db, ticket);
    let newest = entities::history::of(&cx.db, ticket.id, None, 1);
    let (files, newest) = try_join!(files, newest)?;
    Ok(Tallies::of(
        &files,
        newest.first().map_or(0, |entry| entry.number),
    ))
}
