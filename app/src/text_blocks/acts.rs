//! What text blocks do besides: shown before the answer is sent, done in the transaction that sends it.

use entities::field::{self, read};
use entities::ledger::Step;
use entities::text_block::{Acts, BlockThen};
use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Prioritise, SetFields, SetReminder, Ticket};
use entities::{Permission, Permit, Uuid};
use maud::{Markup, html};

use super::offer::in_use;
use crate::error::Result;
use crate::fields::typed::{self, Entry};
use crate::tickets::composer::written::Written;
use crate::tickets::reminder::morning;
use crate::web::cx::Cx;
use crate::web::parts::{icon_small, name, priority_words};

/// The place in the composer where they stand.
pub const PLACE: &str = "composer-acts";

/// What the blocks in an answer do; of two that say different things the later one counts.
pub async fn of(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<Acts> {
    let mut acts = Acts::default();
    for block in in_use(cx, ticket, written).await? {
        let own = block.wording.acts;
        acts.then = own.then.or(acts.then);
        acts.reminder_days = own.reminder_days.or(acts.reminder_days);
        acts.priority = own.priority.or(acts.priority);
        acts.mine |= own.mine;
        for (key, value) in own.fields {
            acts.fields.retain(|(of, _)| *of != key);
            acts.fields.push((key, value));
        }
    }
    let place = ticket.place();
    if !cx.may(Permission::SetState, place.clone()) {
        acts.reminder_days = None;
    }
    if !cx.may(Permission::SetPriority, place.clone()) || acts.priority == Some(ticket.priority) {
        acts.priority = None;
    }
    if !cx.may(Permission::Assign, place.clone()) || ticket.owner_id == cx.actor.person_id() {
        acts.mine = false;
    }
    if !cx.may(Permission::Classify, place) {
        acts.fields.clear();
    }
    // A solved case does not come back by itself.
    if written.solves() {
        acts.reminder_days = None;
    }
    Ok(acts)
}

/// The state a block leaves, as the form of the composer says it.
pub fn choose(written: &mut Written, then: BlockThen) {
    let (then, reason) = match then {
        BlockThen::Open => ("open", None),
        BlockThen::Waiting => ("waiting", None),
        BlockThen::Vendor => ("vendor", None),
        BlockThen::Solved(reason) => ("solved", Some(reason)),
    };
    written.then = then.to_owned();
    if let Some(reason) = reason {
        written.reason = name(reason);
    }
}

/// The steps that follow the answer; what there is nothing to do about is left out.
pub async fn steps(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<Vec<Step<Ticket>>> {
    let acts = of(cx, ticket, written).await?;
    let mut steps = Vec::new();
    // Whoever answers first has become the owner by that; a step that has nothing to do takes those behind it along.
    if acts.mine
        && ticket.owner_id.is_some()
        && let Some(id) = cx.actor.person_id()
    {
        let permit = Permit::<Assign>::ask(&cx.actor, ticket.clone())?;
        let to = Assignee::Person { id };
        steps.push(Step::new(permit, Assign { to }).following());
    }
    if let Some(priority) = acts.priority {
        let permit = Permit::<Prioritise>::ask(&cx.actor, ticket.clone())?;
        steps.push(Step::new(permit, Prioritise { priority }).following());
    }
    if let Some(days) = acts.reminder_days
        && let Some(at) = morning(cx, days.into())
        && ticket.reminder_at != Some(at)
    {
        let permit = Permit::<SetReminder>::ask(&cx.actor, ticket.clone())?;
        let at = Some(at);
        steps.push(Step::new(permit, SetReminder { at }).following());
    }
    let wanted = wanted(cx, ticket, &acts).await?;
    if !wanted.is_empty() {
        let permit = Permit::<SetFields>::ask(&cx.actor, ticket.clone())?;
        let sets = field::change::prepare(&cx.db, &cx.actor, Some(ticket.id), wanted).await?;
        steps.push(Step::new(permit, SetFields { sets }).following());
    }
    Ok(steps)
}

/// The fields that the ticket takes, with their values.
async fn wanted(
    cx: &Cx,
    ticket: &Ticket,
    acts: &Acts,
) -> Result<Vec<(Uuid, Option<field::Value>)>> {
    if acts.fields.is_empty() {
        return Ok(vec![]);
    }
    let sheet = read::sheet(&cx.db, &cx.actor, ticket).await?;
    let mut wanted = Vec::new();
    for (key, typed) in &acts.fields {
        let Some(field) = sheet.fields.iter().find(|field| field.row.key == *key) else {
            continue;
        };
        let entry = match field.row.kind.has_options() || field.row.kind.is_reference() {
            true => Entry {
                values: vec![],
                text: typed.clone(),
            },
            false => Entry {
                values: vec![typed.clone()],
                text: String::new(),
            },
        };
        let value = typed::value(cx, field, &entry, &sheet.case, &sheet.values).await?;
        if let Ok(Some(value)) = value {
            wanted.push((field.row.id, Some(value)));
        }
    }
    Ok(wanted)
}

/// What they do, in words: one a line.
pub fn words(cx: &Cx, acts: &Acts) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(then) = acts.then {
        words.push(cx.t(match then {
            BlockThen::Open => "block-then-open",
            BlockThen::Waiting => "block-then-waiting",
            BlockThen::Vendor => "block-then-vendor",
            BlockThen::Solved(_) => "block-then-solved",
        }));
    }
    if let Some(days) = acts.reminder_days {
        let day = morning(cx, days.into()).map(|at| cx.locale.moment(at, &cx.now));
        let day = day.unwrap_or_default();
        words.push(cx.locale.t_with("block-reminder", &[("day", day.into())]));
    }
    if let Some(priority) = acts.priority {
        let said = priority_words(cx.locale, priority);
        words.push(
            cx.locale
                .t_with("block-priority", &[("priority", said.into())]),
        );
    }
    if acts.mine {
        words.push(cx.t("block-mine"));
    }
    for (key, value) in &acts.fields {
        let said = [
            ("field", key.as_str().into()),
            ("value", value.as_str().into()),
        ];
        words.push(cx.locale.t_with("block-field", &said));
    }
    words
}

/// What sending will do besides, `#composer-acts`, with the way to leave it.
pub fn told(cx: &Cx, ticket: &Ticket, acts: &Acts) -> Markup {
    let beside = Acts {
        then: None,
        ..acts.clone()
    };
    let words = words(cx, &beside);
    let leave = cx.t("block-acts-leave");
    let action = crate::web::url::ticket_part(&ticket.number, "composer");
    html! {
        p id=(PLACE) class="composer__to composer__acts" hidden[words.is_empty()] {
            @if !words.is_empty() {
                span { (cx.t("block-acts")) }
                @for one in &words { span class="tag" { (one) } }
                button class="iconbtn" type="submit" name="act" value="acts" aria-label=(leave) title=(leave) data-then="acts"
                    formaction=(action) formnovalidate hx-post=(action) hx-target={ "#" (PLACE) } hx-swap="outerHTML"
                    hx-encoding="application/x-www-form-urlencoded" { (icon_small("x")) }
            }
        }
    }
}
