//! The form of a booking: minutes, day, activity and a remark, for a new one and for a correction.

use entities::activity::{self, Activity};
use entities::effort::{self, Booking, Effort, MOST_REMARK};
use entities::{Rejected, Uuid};
use maud::{Markup, html};
use serde::Deserialize;

use super::minutes::{clock_words, minutes};
use crate::error::{Result, rejected};
use crate::locale::Locale;
use crate::settings::form::{date, id};
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input};

pub const MINUTES: &str = "effort-minutes";
const DAY: &str = "effort-day";
const ACTIVITY: &str = "effort-activity";
const REMARK: &str = "effort-remark";

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EffortForm {
    pub minutes: String,
    pub day: String,
    pub activity: String,
    pub remark: String,
    /// The timer that measured it.
    pub timer: String,
    /// The booking as it was seen, when it is corrected: minutes, day, activity and remark.
    pub seen: String,
    /// `cancel`: nothing of it stays.
    pub act: String,
    pub once: Option<String>,
}

/// Field and sentence of each fault.
pub type Faults = Vec<(String, String)>;

/// What an activity is called in a language.
pub fn activity_words(locale: Locale, activity: &Activity) -> &str {
    match locale {
        Locale::De => &activity.name,
        Locale::En => &activity.name_en,
    }
}

/// The activity that is booked on unless another one is chosen: the last one, or the first there is.
pub async fn usual_activity(cx: &Cx) -> Result<Option<Activity>> {
    let offered = activity::offered(&cx.db).await?;
    let last = effort::last_activity(&cx.db, &cx.actor).await?;
    let usual = offered.iter().find(|one| Some(one.id) == last);
    Ok(usual.or(offered.first()).cloned())
}

impl EffortForm {
    /// A new one: today, on the usual activity.
    pub async fn empty(cx: &Cx) -> Result<EffortForm> {
        let usual = usual_activity(cx).await?;
        Ok(EffortForm {
            day: cx.now.today().to_string(),
            activity: usual.map(|one| one.id.to_string()).unwrap_or_default(),
            ..EffortForm::default()
        })
    }

    /// One there is.
    pub fn of(effort: &Effort) -> EffortForm {
        EffortForm {
            minutes: match effort.minutes {
                0 => "0".to_owned(),
                minutes => clock_words(minutes.into()),
            },
            day: effort.day.to_string(),
            activity: effort.activity_id.to_string(),
            remark: effort.remark.clone().unwrap_or_default(),
            seen: seen(effort),
            ..EffortForm::default()
        }
    }

    /// The booking it stands for, or what is wrong with it. Of a correction, no minutes are an amount too.
    pub fn read(&self, cx: &Cx, least: i32) -> Result<Booking, Faults> {
        let mut faults = Faults::new();
        let mut fault = |field: &str, key: &str| faults.push((field.to_owned(), cx.t(key)));
        let minutes = minutes(&self.minutes).filter(|minutes| *minutes >= least);
        if minutes.is_none() {
            fault(MINUTES, "effort-fault-minutes");
        }
        let day = date(&self.day);
        match day {
            None => fault(DAY, "settings-fault-day"),
            Some(day) if day > cx.now.today() => fault(DAY, "rejected-day-to-come"),
            Some(_) => {}
        }
        let activity_id = id(&self.activity);
        if activity_id.is_none() {
            fault(ACTIVITY, "effort-fault-activity");
        }
        if self.remark.chars().count() > MOST_REMARK {
            fault(REMARK, "effort-fault-remark");
        }
        match (minutes, day, activity_id) {
            (Some(minutes), Some(day), Some(activity_id)) if faults.is_empty() => Ok(Booking {
                minutes,
                day,
                activity_id,
                remark: Some(self.remark.clone()),
                timer_id: Uuid::try_parse(&self.timer).ok(),
                once: self.once.clone(),
            }),
            _ => Err(faults),
        }
    }

    /// The fields with what was typed.
    pub async fn fields(&self, cx: &Cx, faults: &Faults, takes_focus: bool) -> Result<Markup> {
        let offered = activity::offered(&cx.db).await?;
        let fault = |of: &str| {
            let found = faults.iter().find(|(field, _)| field == of);
            found.map(|(_, sentence)| sentence.as_str())
        };
        let line = |kind, value| Input::Line {
            kind,
            value,
            autocomplete: Some("off"),
        };
        let choice = |one: &Activity| Choice::new(one.id, activity_words(cx.locale, one));
        let mut choices: Vec<Choice> = offered.iter().map(choice).collect();
        if !self.activity.is_empty() && !choices.iter().any(|c| c.value == self.activity) {
            choices.push(Choice::new(&self.activity, cx.t("settings-retired-choice")));
        }
        let activity = Input::Select {
            choices: &choices,
            value: &self.activity,
        };
        let (minutes, hint) = (cx.t("effort-minutes"), cx.t("effort-minutes-hint"));
        let minutes = Field::new(MINUTES, &minutes).name("minutes").hint(&hint);
        let minutes = if takes_focus {
            minutes.first()
        } else {
            minutes
        };
        Ok(html! {
            @if !self.timer.is_empty() { input type="hidden" name="timer" value=(self.timer); }
            @if !self.seen.is_empty() { input type="hidden" name="seen" value=(self.seen); }
            (minutes.fault(fault(MINUTES)).render(cx.locale, line("text", &self.minutes)))
            (Field::new(DAY, &cx.t("effort-day")).name("day").fault(fault(DAY)).render(cx.locale, line("date", &self.day)))
            (Field::new(ACTIVITY, &cx.t("activity")).name("activity").fault(fault(ACTIVITY)).render(cx.locale, activity))
            (Field::new(REMARK, &cx.t("effort-remark")).name("remark").optional().fault(fault(REMARK))
                .render(cx.locale, line("text", &self.remark)))
        })
    }
}

/// A booking as a form carries it, to tell whether somebody else changed it since.
pub fn seen(effort: &Effort) -> String {
    let digest =
        entities::history::digest(effort.id.as_bytes(), effort.remark.as_deref().unwrap_or(""));
    format!(
        "{} {} {} {digest}",
        effort.minutes, effort.day, effort.activity_id
    )
}

/// Where the state of the model that forbids it is shown.
pub fn refusal(cx: &Cx, why: Rejected) -> Faults {
    let field = match why {
        Rejected::Retired => ACTIVITY,
        Rejected::DayToCome | Rejected::DayTooLongAgo => DAY,
        Rejected::TooLong => REMARK,
        _ => MINUTES,
    };
    let words = match why {
        Rejected::Retired => cx.t("effort-fault-activity"),
        why => rejected(cx.locale, why),
    };
    vec![(field.to_owned(), words)]
}
