//! What is done to many tickets, and why some are left as they are, in words.

use entities::bulk::{Act, Verb, Why};
use entities::field::{Value, read};
use entities::ticket::assign::Assignee;
use entities::ticket::{State, show};
use entities::{Rejected, Uuid};

use super::serial;
use crate::error::{Result, rejected};
use crate::fields::words;
use crate::web::cx::Cx;
use crate::web::parts::{priority_words, reason_words, state_words};

/// The name of a verb, as the heading of its sheet.
pub fn verb_words(cx: &Cx, verb: Verb) -> String {
    cx.t(match verb {
        Verb::Assign => "bulk-assign",
        Verb::Classify => "bulk-classify",
        Verb::State => "bulk-state-set",
        Verb::Priority => "bulk-priority-set",
        Verb::Field => "bulk-field-set",
        Verb::Reminder => "bulk-reminder-set",
        Verb::Hang => "bulk-hang-set",
        Verb::Tell => "tell-all",
        Verb::Serial => "serial-all",
    })
}

/// What is set and to what: `Priorität: Hoch`.
pub async fn act_words(cx: &Cx, act: &Act) -> Result<String> {
    let (label, value) = match act {
        Act::Assign(Assignee::Person { id }) => (cx.t("fact-owner"), named(cx, Some(*id)).await?),
        Act::Assign(Assignee::Nobody) => (cx.t("fact-owner"), cx.t("owner-nobody")),
        Act::Assign(Assignee::Team { id }) => (cx.t("fact-team"), named(cx, Some(*id)).await?),
        Act::Classify { service_id, .. } => (cx.t("fact-service"), named(cx, *service_id).await?),
        Act::Wait { waiting_for, until } => {
            let words = state_words(cx.locale, State::Waiting, Some(*waiting_for));
            let value = match until {
                Some(at) => format!("{words} ({})", cx.locale.moment(*at, &cx.now)),
                None => words,
            };
            (cx.t("fact-state"), value)
        }
        Act::Close {
            to,
            reason,
            reusable,
        } => {
            let words = state_words(cx.locale, to.state(), None);
            let mut value = format!("{words} ({})", reason_words(cx.locale, *reason));
            if *reusable {
                value.push_str(&format!(", {}", cx.t("bulk-reusable-set")));
            }
            (cx.t("fact-state"), value)
        }
        Act::Reopen => (
            cx.t("fact-state"),
            state_words(cx.locale, State::Open, None),
        ),
        Act::Prioritise(priority) => (cx.t("fact-priority"), priority_words(cx.locale, *priority)),
        Act::Remind(at) => {
            let value = at.map(|at| cx.locale.moment(at, &cx.now));
            (
                cx.t("fact-reminder"),
                value.unwrap_or_else(|| cx.t("fact-none")),
            )
        }
        Act::Field { field_id, value } => {
            return set_words(cx, *field_id, value.as_ref()).await;
        }
        Act::Hang { fault_id } => {
            let numbers = show::numbers_of(&cx.db, &cx.actor, &[*fault_id]).await?;
            let number = numbers.into_iter().next().map(|(_, number)| number);
            (
                cx.t("bulk-hang-set"),
                number.unwrap_or_else(|| cx.t("fact-unknown")),
            )
        }
        Act::Tell(tell) => {
            let value = match tell.solve {
                Some(reason) => {
                    let solved = state_words(cx.locale, State::Solved, None);
                    format!("{solved} ({})", reason_words(cx.locale, reason))
                }
                None => cx.t("tell-as-they-are"),
            };
            (cx.t("tell-then"), value)
        }
        Act::Serial(of) => (cx.t("serial-what"), serial::words(cx, of)),
    };
    Ok(format!("{label}: {value}"))
}

/// To what a field is set: `Auswirkung: Einzelne`.
pub async fn set_words(cx: &Cx, field_id: Uuid, value: Option<&Value>) -> Result<String> {
    let field = read::with_options(&cx.db, &[field_id]).await?.pop();
    let field = field.filter(|f| f.is_visible(&cx.actor));
    let Some(field) = field else {
        return Ok(cx.t("event-removed"));
    };
    let words = match value {
        None => cx.t("fact-none"),
        Some(value) => {
            let names = read::words(&cx.db, &cx.actor, &[value]).await?;
            words::value(cx.locale, &cx.now, field.row.kind, value, &names)
        }
    };
    Ok(format!("{}: {words}", words::label(cx.locale, &field)))
}

async fn named(cx: &Cx, id: Option<Uuid>) -> Result<String> {
    let Some(id) = id else {
        return Ok(cx.t("fact-none"));
    };
    let names = entities::history::names(&cx.db, &cx.actor, &[id]).await?;
    let name = names.get(&id).cloned();
    Ok(name.unwrap_or_else(|| cx.t("fact-unknown")))
}

/// Why tickets are left as they are.
pub fn why_words(cx: &Cx, why: Why) -> String {
    match why {
        Why::Gone => cx.t("bulk-why-gone"),
        Why::Forbidden => cx.t("bulk-why-forbidden"),
        Why::Rejected(Rejected::ChangedMeanwhile) => cx.t("bulk-why-changed"),
        Why::Rejected(Rejected::FieldsMissing) => cx.t("bulk-why-fields"),
        Why::Rejected(Rejected::TicketClosed) => cx.t("bulk-why-closed"),
        Why::Rejected(Rejected::NoRecipient) => cx.t("bulk-why-no-address"),
        Why::Rejected(Rejected::SameTicket) => cx.t("bulk-why-fault"),
        Why::Rejected(why) => rejected(cx.locale, why),
    }
}
