//! The list beside an open ticket: where the reader came from, and which ticket is next.

use entities::Permission;
use entities::ticket::{State, Ticket, counts, list};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::list::rows;
use super::list_from::From;
use super::list_name::list_or_view_name;
use super::list_query::ListQuery;
use super::presence;
use super::reminder_mark::reminder_mark;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Query};
use crate::web::parts::{Words, due_mark, empty, foreign, icon, icon_small, state_sign, tile};
use crate::web::url::{self, Url};

/// How many tickets stand beside an open one.
const MOST: u64 = 60;
/// Up to here the tickets of a list are counted.
const MOST_COUNTED: u64 = 1000;

/// The neighbours of a ticket in the list it was opened from.
#[derive(Debug)]
pub struct Neighbours {
    pub query: ListQuery,
    /// What the list is called.
    pub name: String,
    pub rows: Vec<list::Row>,
    pub count: i64,
    /// The ticket's own place among the rows.
    pub here: Option<usize>,
}

impl Neighbours {
    /// The list around a ticket.
    pub async fn of(cx: &Cx, query: ListQuery, number: &str) -> Result<Neighbours> {
        let filter = query.filter(cx).await?;
        let page = rows(cx, &query, &filter, None, MOST).await?.page;
        let count = if page.next.is_none() {
            page.rows.len() as i64
        } else {
            counts::count(&cx.db, &cx.actor, &filter, MOST_COUNTED).await?
        };
        let here = page.rows.iter().position(|row| row.number == number);
        Ok(Neighbours {
            name: list_or_view_name(cx, &query).await?,
            query,
            rows: page.rows,
            count,
            here,
        })
    }

    /// The address of the list itself.
    pub fn list_url(&self) -> Url {
        self.query.first_page().url()
    }

    /// The ticket above.
    pub fn previous(&self) -> Option<Url> {
        let at = self.here?.checked_sub(1)?;
        self.rows.get(at).map(|row| self.open(row))
    }

    /// The ticket below; the first one when this ticket is no longer in the list.
    pub fn next(&self) -> Option<Url> {
        let at = self.here.map_or(0, |here| here + 1);
        self.rows.get(at).map(|row| self.open(row))
    }

    fn open(&self, row: &list::Row) -> Url {
        url::ticket(&row.number).with("from", self.query.encoded())
    }
}

/// The query of the pane's own address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PaneQuery {
    from: String,
    here: String,
}

/// `GET /tickets/pane`: the rows anew, when tickets change.
#[handler]
pub async fn show(cx: Cx, Query(asked): Query<PaneQuery>) -> Result<Markup> {
    let from = From { from: asked.from };
    let neighbours = Neighbours::of(&cx, from.query(), &asked.here).await?;
    Ok(pane(&cx, &neighbours, &asked.here))
}

/// The sheet `#pane`.
pub fn pane(cx: &Cx, neighbours: &Neighbours, here: &str) -> Markup {
    let name = &neighbours.name;
    let again = url::tickets_part("pane")
        .with("from", neighbours.query.encoded())
        .with("here", here);
    html! {
        section class="sheet pane-list" id="pane" aria-labelledby="pane-title"
            hx-get=(again) hx-trigger="tickets from:#events" hx-swap="outerMorph" {
            div class="sheet__head" {
                h2 id="pane-title" { (name) " " span class="tally" { (cx.locale.number(neighbours.count)) } }
                span class="right cluster" {
                    a class="iconbtn" href=(neighbours.list_url()) aria-label=(cx.t("pane-to-filter")) title=(cx.t("pane-to-filter")) { (icon("filter")) }
                }
            }
            @if neighbours.rows.is_empty() {
                (empty("pane-empty", &cx.t("pane-empty-title"), &cx.t("pane-empty-text"), &html! {}))
            } @else {
                ul class="rows scroll" role="list" data-rows tabindex="-1" {
                    @for row in &neighbours.rows { li { (pane_row(cx, neighbours, row, here)) } }
                }
            }
        }
    }
}

fn pane_row(cx: &Cx, neighbours: &Neighbours, row: &list::Row, here: &str) -> Markup {
    let is_here = row.number == here;
    let is_unread = row.is_unread() && !is_here;
    let service = row
        .parent_service_name
        .as_ref()
        .or(row.service_name.as_ref());
    html! {
        a class={ "row" @if is_unread { " is-unread" } } href=(neighbours.open(row)) data-row aria-current=[is_here.then_some("true")] {
            (state_sign(cx.locale, row.state, row.waiting_for))
            span class="row__top no" { span class="sr" { (cx.t("ticket-word")) " " } (row.number) }
            @if row.outlook().goal().is_some() { (due_mark(cx.locale, &cx.now, &row.outlook(), None, Words::Brief)) }
            @else if let Some(at) = row.reminder_at { (reminder_mark(cx.locale, &cx.now, at)) }
            span class="row__t" {
                @if is_unread { span class="sr" { (cx.t("ticket-unread")) " " } }
                (foreign(&row.title))
                span class="heres" data-present=(row.id.simple()) {}
            }
            span class="row__m" {
                @if let (Some(short), Some(name)) = (&row.district_short_name, &row.district_name) { (tile(short, name)) }
                @if let Some(service) = service { span class="clip" { (service) } }
            }
        }
    }
}

/// Back to the list, the place in it, and the ways to the neighbours.
pub fn pane_nav(cx: &Cx, neighbours: &Neighbours, ticket: &Ticket) -> Markup {
    let place = neighbours.here.map(|here| {
        cx.locale.t_with(
            "ticket-place",
            &[
                ("place", (here as i64 + 1).into()),
                ("count", neighbours.count.into()),
            ],
        )
    });
    let name = &neighbours.name;
    html! {
        span class="cluster small" {
            a class="back" href=(neighbours.list_url()) { (icon_small("left")) (name) }
            @if let Some(place) = place { span class="muted" { (place) } }
            @if let Some(url) = neighbours.previous() {
                a class="iconbtn" href=(url) data-key="k" aria-keyshortcuts="k" aria-label=(cx.t("ticket-previous")) title=(cx.t("ticket-previous")) { (icon("up")) }
            }
            @if let Some(url) = neighbours.next() {
                a class="iconbtn" href=(url) data-key="j" aria-keyshortcuts="j" aria-label=(cx.t("ticket-next")) title=(cx.t("ticket-next")) { (icon("down")) }
            }
        }
        span class="cluster" {
            (presence::place(cx, ticket))
            @if ticket.owner_id != cx.actor.person_id() && ticket.state != State::Merged && cx.may(Permission::Assign, ticket.place()) {
                (to_me(cx, neighbours, ticket))
            }
            a class="iconbtn" href=(url::ticket_part(&ticket.number, "print")) aria-label=(cx.t("ticket-print")) title=(cx.t("ticket-print")) { (icon("print")) }
        }
    }
}

/// Taking the ticket over with one key: `#to-me`, gone once it is done.
fn to_me(cx: &Cx, neighbours: &Neighbours, ticket: &Ticket) -> Markup {
    let action = url::ticket_part(&ticket.number, "owner").with("from", neighbours.query.encoded());
    html! {
        form id="to-me" action=(action) method="post" hx-post=(action) hx-swap="delete" {
            (form::csrf(&cx.session.csrf))
            button class="kern-btn kern-btn--tertiary" type="submit" name="value" value="me" data-key="i" aria-keyshortcuts="i" {
                (icon("user")) span class="kern-label" { (cx.t("bulk-to-me")) }
            }
        }
    }
}
