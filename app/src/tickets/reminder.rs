//! When a ticket comes back to its owner: setting, moving and removing the reminder.

use chrono::{Days, NaiveDateTime, NaiveTime};
use entities::ticket::{SetReminder, Ticket};
use entities::{DeskError, Instant, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::fact_form::{asked, changed, refused, went_through};
use super::facts::Fact;
use super::list_from::From;
use crate::error::{Result, rejected};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{Look, button};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// The form: a moment, or one of the usual ones.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReminderForm {
    at: String,
    quick: String,
}

/// The time of day at which the usual reminders come.
const MORNING: (u32, u32) = (9, 0);

/// A moment as `datetime-local` writes it; none when nothing or nothing sensible was typed.
pub fn typed_moment(cx: &Cx, text: &str) -> Option<Instant> {
    let typed = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .ok()?;
    Some(cx.now.instant(typed.date(), typed.time()))
}

/// A moment as `datetime-local` reads it.
pub fn moment_value(cx: &Cx, at: Option<Instant>) -> String {
    at.map(|at| cx.now.local(at).format("%Y-%m-%dT%H:%M").to_string())
        .unwrap_or_default()
}

/// The morning of a day to come.
pub fn morning(cx: &Cx, days: u64) -> Option<Instant> {
    let day = cx.now.today().checked_add_days(Days::new(days))?;
    let time = NaiveTime::from_hms_opt(MORNING.0, MORNING.1, 0)?;
    Some(cx.now.instant(day, time))
}

fn fields(cx: &Cx, ticket: &Ticket, value: &str, fault: Option<&str>) -> Markup {
    let described = fault.map(|_| "fact-fault");
    let quick = |words: &str, value: &str| button(Look::Secondary, words, "quick", value);
    html! {
        input class="input" type="datetime-local" name="at" value=(value) autofocus
            aria-label=(Fact::Reminder.label(cx)) aria-invalid=[fault.map(|_| "true")] aria-describedby=[described];
        div class="cluster" {
            (quick(&cx.t("reminder-tomorrow"), "tomorrow"))
            (quick(&cx.t("reminder-in-a-week"), "week"))
            @if ticket.reminder_at.is_some() { (quick(&cx.t("reminder-remove"), "none")) }
        }
    }
}

/// `GET /tickets/:key/reminder/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let value = moment_value(&cx, ticket.reminder_at);
    let fields = fields(&cx, &ticket, &value, None);
    Ok(asked(&cx, &ticket, &from, &Fact::Reminder, &fields))
}

/// `POST /tickets/:key/reminder`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<SetReminder>,
    Query(from): Query<From>,
    Form(form): Form<ReminderForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let at = match form.quick.as_str() {
        "tomorrow" => morning(&cx, 1),
        "week" => morning(&cx, 7),
        "none" => None,
        _ => typed_moment(&cx, &form.at),
    };
    let refuse = |fault: &str| {
        let fields = fields(&cx, &ticket, &form.at, Some(fault));
        refused(&cx, &ticket, &from, &Fact::Reminder, &fields, fault)
    };
    if at.is_none() && form.quick != "none" {
        return Ok(refuse(&cx.t("reminder-missing")));
    }
    match cx.db.change(permit.into_permit(), SetReminder { at }).await {
        Err(DeskError::Rejected(why)) if why != Rejected::NothingToDo => {
            Ok(refuse(&rejected(cx.locale, why)))
        }
        result => {
            went_through(result)?;
            changed(&cx, &ticket, &from).await
        }
    }
}
