//! The checklist of a ticket in its panel: lines to tick, who does each and by when.

use entities::Permission;
use entities::ticket::checklist::{Line, open_count};
use entities::ticket::{State, TickLine, Ticket};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{refreshed, went_through};
use super::facts::Around;
use super::list_from::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{glyph, icon, icon_small};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// Whether the reader may change the checklist.
fn may(cx: &Cx, ticket: &Ticket) -> bool {
    ticket.state != State::Merged && cx.may(Permission::Note, ticket.place())
}

/// An address of a line.
pub fn line_url(ticket: &Ticket, line: &Line, part: &str) -> Url {
    let id = line.id.simple();
    match part {
        "" => url::ticket_part(&ticket.number, format!("checklist/{id}")),
        part => url::ticket_part(&ticket.number, format!("checklist/{id}/{part}")),
    }
}

/// The section `#facts-checklist` of the panel.
pub fn checklist(cx: &Cx, ticket: &Ticket, around: &Around, from: &From) -> Markup {
    let lines = &around.checklist;
    let may = may(cx, ticket);
    if lines.is_empty() && !may {
        return html! {};
    }
    let done = lines.iter().filter(|line| line.done_at.is_some()).count();
    let add = from.keep(url::ticket_part(&ticket.number, "checklist/new"));
    let progress = [("done", done.into()), ("all", lines.len().into())];
    html! {
        details open id="facts-checklist" {
            summary {
                h2 { (cx.t("checklist")) }
                @if !lines.is_empty() {
                    span class="tally num" {
                        span class="sr" { (cx.locale.t_with("checklist-progress", &progress)) }
                        span aria-hidden="true" { (done) "/" (lines.len()) }
                    }
                }
            }
            div class="facts__in" {
                @if !lines.is_empty() {
                    ol class="ticklist" role="list" { @for line in lines { (row(cx, ticket, line, from, may)) } }
                }
                div id="checklist-form-place" {}
                @if may {
                    div class="cluster links__ways" {
                        a class="kern-btn kern-btn--tertiary" href=(add) hx-get=(add) hx-target="#checklist-form-place" hx-swap="innerHTML" {
                            (icon("plus")) span class="kern-label" { (cx.t("checklist-add")) }
                        }
                    }
                }
            }
        }
    }
}

fn row(cx: &Cx, ticket: &Ticket, line: &Line, from: &From, may: bool) -> Markup {
    let is_done = line.done_at.is_some();
    let edit = from.keep(line_url(ticket, line, "edit"));
    let said = [("text", line.text.as_str().into())];
    html! {
        li id={ "line-" (line.id.simple()) } class={ "checkline" @if is_done { " is-done" } } {
            (tick(cx, ticket, line, from, may))
            span class="checkline__text" {
                (line.text)
                (meta(cx, line))
            }
            @if may {
                a class="iconbtn" href=(edit) hx-get=(edit) hx-target="closest li" hx-swap="innerHTML" hx-sync="#facts:replace"
                    aria-label=(cx.locale.t_with("checklist-edit", &said)) title=(cx.t("checklist-edit-short")) { (icon_small("edit")) }
            }
        }
    }
}

/// The box before a line; whoever may not tick it sees only whether it is done.
fn tick(cx: &Cx, ticket: &Ticket, line: &Line, from: &From, may: bool) -> Markup {
    let is_done = line.done_at.is_some();
    let said = [("text", line.text.as_str().into())];
    let action = from.keep(line_url(ticket, line, "tick"));
    html! {
        @if may {
            form action=(action) method="post" hx-post=(action) hx-swap="none" {
                (form::csrf(&cx.session.csrf))
                input type="hidden" name="done" value=(if is_done { "" } else { "1" });
                button id={ "tick-" (line.id.simple()) } class="tickbtn" type="submit" role="checkbox" aria-checked=(is_done)
                    aria-label=(cx.locale.t_with("checklist-tick", &said)) { @if is_done { (icon_small("check")) } }
            }
        } @else {
            span class="tickbtn" role="img" aria-label=(cx.t(if is_done { "checklist-is-done" } else { "checklist-is-open" })) {
                @if is_done { (icon_small("check")) }
            }
        }
    }
}

/// Who does it and by when, or who did it.
fn meta(cx: &Cx, line: &Line) -> Markup {
    let due = line.due_on.filter(|_| line.done_at.is_none());
    html! {
        @if let Some(at) = line.done_at {
            span class="checkline__meta" {
                @if let Some(name) = &line.done_by { (name) " · " }
                (cx.locale.moment(at, &cx.now))
            }
        } @else if line.responsible.is_some() || due.is_some() {
            span class="checkline__meta" {
                @if let Some(name) = &line.responsible { span { (name) } }
                @if let Some(day) = due { (due_mark(cx, day)) }
            }
        }
    }
}

/// A day by which something has to be done, with how near it is.
pub fn due_mark(cx: &Cx, day: chrono::NaiveDate) -> Markup {
    let sign = match (day - cx.now.today()).num_days() {
        ..0 => "late",
        0 => "soon",
        _ => "ok",
    };
    let said = [("day", cx.locale.day(day, &cx.now).into())];
    let key = match sign {
        "late" => "checklist-overdue",
        _ => "checklist-due",
    };
    html! { span class="due" data-due=(sign) { (glyph(sign)) span { (cx.locale.t_with(key, &said)) } } }
}

/// What stands beside the ways to solve a ticket while lines are open; solving is not forbidden by it.
pub async fn warning(cx: &Cx, ticket: &Ticket) -> Result<Option<String>> {
    let open = open_count(&cx.db, ticket).await?;
    Ok((open > 0).then(|| {
        cx.locale
            .t_with("checklist-open-warning", &[("count", open.into())])
    }))
}

/// Not empty: it is done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TickForm {
    done: String,
}

/// `POST /tickets/:key/checklist/:sub/tick`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<TickLine>,
    Sub(line_id): Sub,
    Query(from): Query<From>,
    Form(form): Form<TickForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let command = TickLine {
        line_id,
        done: !form.done.is_empty(),
    };
    went_through(cx.db.change(permit.into_permit(), command).await)?;
    refreshed(&cx, &ticket, &from).await
}
