//! Whether the solution of a case helps others too: asked where it is solved, shown and changed beside it.

use entities::Permission;
use entities::ticket::{SetReusable, State, Ticket};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{refreshed, went_through};
use super::list_from::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{Look, icon_small, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// Not empty: it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReusableForm {
    reusable: String,
}

/// The question where a case is solved; nothing for those who could not say so.
pub fn question(cx: &Cx, ticket: &Ticket, is_ticked: bool, class: &str) -> Markup {
    html! {
        @if cx.may(Permission::Note, ticket.place()) {
            label class={ "tick " (class) } {
                input type="checkbox" name="reusable" value="1" checked[is_ticked];
                span { (cx.t("reusable-question")) " " span class="muted" { (cx.t("reusable-question-more")) } }
            }
        }
    }
}

/// What was said about a case that has ended, with the way to say otherwise.
pub fn mark(cx: &Cx, ticket: &Ticket, is_reusable: bool, from: &From) -> Option<Markup> {
    let has_ended = matches!(ticket.state, State::Solved | State::Closed);
    let may = cx.may(Permission::Note, ticket.place());
    if !has_ended || !(may || is_reusable) {
        return None;
    }
    let action = from.keep(url::ticket_part(&ticket.number, "reusable"));
    let (words, value) = match is_reusable {
        true => ("reusable-take-back", ""),
        false => ("reusable-say", "1"),
    };
    Some(html! {
        form id="ticket-reusable" class="cluster links__ways" action=(action) method="post" hx-post=(action) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            @if is_reusable { span class="badge" data-state="ok" { (icon_small("check")) (cx.t("reusable-is")) } }
            @if may {
                input type="hidden" name="reusable" value=(value);
                (submit(Look::Tertiary, &cx.t(words)))
            }
        }
    })
}

/// `POST /tickets/:key/reusable`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<SetReusable>,
    Query(from): Query<From>,
    Form(form): Form<ReusableForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let command = SetReusable {
        to: !form.reusable.is_empty(),
    };
    went_through(cx.db.change(permit.into_permit(), command).await)?;
    refreshed(&cx, &ticket, &from).await
}
