//! Where a case stands: waiting, solving, closing and opening again.

use entities::field::{Moment, read};
use entities::ledger::Step;
use entities::ticket::close::Ending;
use entities::ticket::filter::Standing;
use entities::ticket::link::{self, Linked};
use entities::ticket::{
    Close, ClosingReason, LinkKind, Reopen, SetFields, SetReusable, State, Ticket, Wait, WaitingFor,
};
use entities::{DeskError, Permit, Rejected};
use maud::{Markup, html};
use poem::handler;

use super::checklist;
use super::fact_form::{asked, changed, refused, went_through};
use super::facts::Fact;
use super::field_needed::Needed;
use super::list_from::From;
use super::reminder::{moment_value, typed_moment};
use super::reusable;
use crate::error::{Result, rejected};
use crate::fields::typed::Typed;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{icon_small, named, reason_choices, state_words};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;

/// The form: where to, and what that needs.
#[derive(Debug, Default)]
pub struct StateForm {
    value: String,
    until: String,
    reason: String,
    reusable: bool,
    /// That lines of the checklist are open.
    open_lines: Option<String>,
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

fn fields(
    cx: &Cx,
    ticket: &Ticket,
    form: &StateForm,
    fault: Option<&str>,
    needed: &Markup,
) -> Markup {
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
        @if let Some(warning) = &form.open_lines { p class="small factform__reason" { (icon_small("warn")) " " (warning) } }
        (reusable::question(cx, ticket, form.reusable, "factform__reusable"))
        (needed)
    }
}

/// What going there needs of fields.
fn moment(way: Standing) -> Option<Moment> {
    match way {
        Standing::WaitingForVendor => Some(Moment::VendorEnquiry),
        Standing::Solved | Standing::Closed => Some(Moment::Close),
        _ => None,
    }
}

/// `GET /tickets/:key/state/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let form = StateForm {
        until: moment_value(&cx, ticket.reminder_at.filter(|at| *at > cx.now.at)),
        open_lines: checklist::warning(&cx, &ticket).await?,
        ..StateForm::default()
    };
    let fields = fields(&cx, &ticket, &form, None, &children(&cx, &ticket).await?);
    Ok(asked(&cx, &ticket, &from, &Fact::State, &fields))
}

/// Children that are still open, for who thinks of ending their parent.
async fn children(cx: &Cx, ticket: &Ticket) -> Result<Markup> {
    let links = link::of(&cx.db, &cx.actor, ticket.id).await?;
    let is_open = |link: &&Linked| link.kind == LinkKind::ParentOf && link.state.is_active();
    let count = links.iter().filter(is_open).count();
    let words = cx
        .locale
        .t_with("links-children-open", &[("count", count.into())]);
    Ok(html! { @if count > 0 { p class="hint" { (icon_small("warn")) (words) } } })
}

/// `POST /tickets/:key/state`. Which right is needed depends on where it goes, so each way asks for its own.
#[handler]
pub async fn update(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(from): Query<From>,
    Form(typed): Form<Typed>,
) -> Result<Swap> {
    let form = StateForm {
        value: typed.first("value").to_owned(),
        until: typed.first("until").to_owned(),
        reason: typed.first("reason").to_owned(),
        reusable: !typed.first("reusable").is_empty(),
        open_lines: checklist::warning(&cx, &ticket).await?,
    };
    let way = Standing::from_name(&form.value);
    let case = read::case(&cx.db, &ticket).await?;
    let mut needed = Needed::read(&cx, &ticket, case, way.and_then(moment), &typed).await?;
    let Some(values) = needed.values(&cx).await? else {
        let fields = fields(&cx, &ticket, &form, None, &needed.render(&cx, &ticket));
        return Ok(refused(&cx, &ticket, &from, &Fact::State, &fields, ""));
    };
    let mut steps = Vec::with_capacity(3);
    if !values.is_empty() {
        let sets = Needed::sets(&cx, &ticket, values).await?;
        let permit = Permit::<SetFields>::ask(&cx.actor, ticket.clone())?;
        steps.push(Step::new(permit, SetFields { sets }));
    }
    let until = typed_moment(&cx, &form.until);
    let wait = |waiting_for| Wait { waiting_for, until };
    let reason = named::<ClosingReason>(&form.reason);
    let close = |to| Close { to, reason };
    let waiting = |waiting_for| -> Result<Step<Ticket>> {
        let permit = Permit::<Wait>::ask(&cx.actor, ticket.clone())?;
        Ok(Step::new(permit, wait(waiting_for)))
    };
    let closing = |to| -> Result<Step<Ticket>> {
        let permit = Permit::<Close>::ask(&cx.actor, ticket.clone())?;
        Ok(Step::new(permit, close(to)))
    };
    steps.push(match way {
        Some(Standing::Open) => {
            let permit = Permit::<Reopen>::ask(&cx.actor, ticket.clone())?;
            Step::new(permit, Reopen)
        }
        Some(Standing::WaitingForRequester) => waiting(WaitingFor::Requester)?,
        Some(Standing::WaitingForVendor) => waiting(WaitingFor::Vendor)?,
        Some(Standing::WaitingForDate) => waiting(WaitingFor::Date)?,
        Some(Standing::Solved) => closing(Ending::Solved)?,
        Some(Standing::Closed) => closing(Ending::Closed)?,
        Some(Standing::New) | None => return changed(&cx, &ticket, &from).await,
    });
    if form.reusable && matches!(way, Some(Standing::Solved | Standing::Closed)) {
        let permit = Permit::<SetReusable>::ask(&cx.actor, ticket.clone())?;
        steps.push(Step::new(permit, SetReusable { to: true }).following());
    }
    let done = cx.db.change_series(steps).await?;
    let done = done.into_iter().collect::<Result<Vec<_>, DeskError>>();
    match done {
        Err(DeskError::Rejected(why)) if why != Rejected::NothingToDo => {
            let fault = if form.value == Standing::WaitingForDate.name() && until.is_none() {
                cx.t("reminder-missing")
            } else {
                rejected(cx.locale, why)
            };
            needed.refuse(&cx, why);
            let asked = needed.render(&cx, &ticket);
            let fields = fields(&cx, &ticket, &form, Some(&fault), &asked);
            Ok(refused(&cx, &ticket, &from, &Fact::State, &fields, &fault))
        }
        result => {
            went_through(result)?;
            changed(&cx, &ticket, &from).await
        }
    }
}
