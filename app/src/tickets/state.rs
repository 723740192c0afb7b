//! Where a case stands: waiting, solving, closing and opening again.

use entities::ticket::close::Ending;
use entities::ticket::filter::Standing;
use entities::ticket::{Close, ClosingReason, Reopen, State, Ticket, Wait, WaitingFor};
use entities::{DeskError, Permit, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{asked, changed, refused, went_through};
use super::facts::Fact;
use super::list_query::From;
use super::reminder::{moment_value, typed_moment};
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{named, reason_choices, state_words};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;

/// The form: where to, and what that needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StateForm {
    value: String,
    until: String,
    reason: String,
}

/// The words of a state with what it waits for.
pub fn standing_words(cx: &Cx, standing: Standing) -> String {
    let (state, waiting_for) = match standing {
        Standing::New => (State::New, None),
        Standing::Open => (State::Open, None),
        Standing::WaitingForRequester => (State::Waiting, Some(WaitingFor::Requester)),
        Standing::WaitingForVendor => (State::Waiting, Some(WaitingFor::Vendor)),
        Standing::WaitingForDate => (State::Waiting, Some(WaitingFor::Date)),
        Standing::Solved => (State::Solved, None),
        Standing::Closed => (State::Closed, None),
    };
    state_words(cx.locale, state, waiting_for)
}

/// Where a ticket can go from where it stands.
fn ways(ticket: &Ticket) -> Vec<Standing> {
    let here = Standing::of(ticket.state, ticket.waiting_for);
    let all: &[Standing] = match ticket.state {
        State::Merged => &[],
        State::Closed => &[Standing::Open],
        _ => &[
            Standing::Open,
            Standing::WaitingForRequester,
            Standing::WaitingForVendor,
            Standing::WaitingForDate,
            Standing::Solved,
            Standing::Closed,
        ],
    };
    // A new case is opened by giving it an owner.
    let is_way = |s: &Standing| *s != here && !(here == Standing::New && *s == Standing::Open);
    all.iter().copied().filter(is_way).collect()
}

fn fields(cx: &Cx, ticket: &Ticket, form: &StateForm, fault: Option<&str>) -> Markup {
    let described = fault.map(|_| "fact-fault");
    let here = Standing::of(ticket.state, ticket.waiting_for);
    html! {
        select class="input" name="value" aria-label=(Fact::State.label(cx)) aria-describedby=[described] autofocus {
            option value="" { (standing_words(cx, here)) }
            @for way in ways(ticket) {
                option value=(way.name()) selected[way.name() == form.value] { (standing_words(cx, way)) }
            }
        }
        label class="field factform__until" {
            span { (cx.t("state-until")) }
            input class="input" type="datetime-local" name="until" value=(form.until) aria-describedby=[described];
        }
        label class="field factform__reason" {
            span { (cx.t("fact-reason")) }
            select class="input" name="reason" aria-describedby=[described] {
                @for choice in reason_choices(cx.locale) {
                    option value=(choice.value) selected[choice.value == form.reason] { (choice.label) }
                }
            }
        }
    }
}

/// `GET /tickets/:key/state/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let form = StateForm {
        until: moment_value(&cx, ticket.reminder_at.filter(|at| *at > cx.now.at)),
        ..StateForm::default()
    };
    let fields = fields(&cx, &ticket, &form, None);
    Ok(asked(&cx, &ticket, &from, Fact::State, &fields))
}

/// `POST /tickets/:key/state`. Which right is needed depends on where it goes, so each way asks for its own.
#[handler]
pub async fn update(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(from): Query<From>,
    Form(form): Form<StateForm>,
) -> Result<Swap> {
    let until = typed_moment(&cx, &form.until);
    let wait = |waiting_for| Wait { waiting_for, until };
    let reason = named::<ClosingReason>(&form.reason);
    let close = |to| Close { to, reason };
    let on = ticket.clone();
    let done = match Standing::from_name(&form.value) {
        Some(Standing::Open) => {
            let permit = Permit::<Reopen>::ask(&cx.actor, on)?;
            cx.db.change(permit, Reopen).await
        }
        Some(Standing::WaitingForRequester) => {
            let permit = Permit::<Wait>::ask(&cx.actor, on)?;
            cx.db.change(permit, wait(WaitingFor::Requester)).await
        }
        Some(Standing::WaitingForVendor) => {
            let permit = Permit::<Wait>::ask(&cx.actor, on)?;
            cx.db.change(permit, wait(WaitingFor::Vendor)).await
        }
        Some(Standing::WaitingForDate) => {
            let permit = Permit::<Wait>::ask(&cx.actor, on)?;
            cx.db.change(permit, wait(WaitingFor::Date)).await
        }
        Some(Standing::Solved) => {
            let permit = Permit::<Close>::ask(&cx.actor, on)?;
            cx.db.change(permit, close(Ending::Solved)).await
        }
        Some(Standing::Closed) => {
            let permit = Permit::<Close>::ask(&cx.actor, on)?;
            cx.db.change(permit, close(Ending::Closed)).await
        }
        Some(Standing::New) | None => return changed(&cx, &ticket, &from).await,
    };
    match done {
        Err(DeskError::Rejected(why)) if why != Rejected::NothingToDo => {
            let fault = if form.value == Standing::WaitingForDate.name() && until.is_none() {
                cx.t("reminder-missing")
            } else {
                rejected(cx.locale, why)
            };
            let fields = fields(&cx, &ticket, &form, Some(&fault));
            Ok(refused(&cx, &ticket, &from, Fact::State, &fields, &fault))
        }
        result => {
            went_through(result)?;
            changed(&cx, &ticket, &from).await
        }
    }
}
