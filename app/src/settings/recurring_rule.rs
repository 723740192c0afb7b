//! The rule by which a task comes back, in the fields of a form and in words.

use entities::Rejected;
use entities::recurring::{Nth, Repeat};
use maud::{Markup, html};
use serde::Deserialize;

use super::form::{self, Faults};
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, name, named};

/// The kinds of rules, in the order of the form.
const KINDS: [&str; 6] = [
    "working_day",
    "week",
    "month_day",
    "month_weekday",
    "last_working_day",
    "year",
];
const NTHS: [Nth; 5] = [Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Last];

/// The fields of the rule; each kind uses some of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    pub every: String,
    pub weekdays: Vec<String>,
    pub month_day: String,
    pub nth: String,
    pub weekday: String,
    pub month: String,
    pub year_day: String,
}

fn weekday(cx: &Cx, number: u8) -> String {
    cx.locale
        .t_with("recurring-weekday", &[("number", number.into())])
}

fn month(cx: &Cx, number: u32) -> String {
    cx.locale
        .t_with("recurring-month", &[("number", number.into())])
}

fn nth(cx: &Cx, nth: Nth) -> String {
    cx.t(match nth {
        Nth::First => "recurring-first",
        Nth::Second => "recurring-second",
        Nth::Third => "recurring-third",
        Nth::Fourth => "recurring-fourth",
        Nth::Last => "recurring-last",
    })
}

fn kind(cx: &Cx, every: &str) -> String {
    cx.t(match every {
        "week" => "recurring-week",
        "month_day" => "recurring-month-day",
        "month_weekday" => "recurring-month-weekday",
        "last_working_day" => "recurring-last-working-day",
        "year" => "recurring-year",
        _ => "recurring-working-day",
    })
}

/// The rule in words.
pub fn words(cx: &Cx, repeat: &Repeat) -> String {
    let said = |key: &str, values: &[(&'static str, String)]| {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        cx.locale.t_with(key, &values)
    };
    match repeat {
        Repeat::WorkingDay => cx.t("recurring-working-day"),
        Repeat::Week { weekdays } => {
            let days: Vec<String> = weekdays.iter().map(|n| weekday(cx, *n)).collect();
            said("recurring-week-on", &[("days", days.join(", "))])
        }
        Repeat::MonthDay { day } => said("recurring-month-on", &[("day", day.to_string())]),
        Repeat::MonthWeekday { nth: n, weekday: w } => said(
            "recurring-month-weekday-on",
            &[("nth", nth(cx, *n)), ("weekday", weekday(cx, *w))],
        ),
        Repeat::LastWorkingDay => cx.t("recurring-last-working-day"),
        Repeat::Year { month: m, day } => said(
            "recurring-year-on",
            &[("day", day.to_string()), ("month", month(cx, *m))],
        ),
    }
}

impl RuleForm {
    /// The form of a rule.
    pub fn of(repeat: &Repeat) -> RuleForm {
        let form = |every: &str| RuleForm {
            every: every.to_owned(),
            ..RuleForm::default()
        };
        match repeat {
            Repeat::WorkingDay => form("working_day"),
            Repeat::Week { weekdays } => RuleForm {
                weekdays: weekdays.iter().map(u8::to_string).collect(),
                ..form("week")
            },
            Repeat::MonthDay { day } => RuleForm {
                month_day: day.to_string(),
                ..form("month_day")
            },
            Repeat::MonthWeekday { nth, weekday } => RuleForm {
                nth: name(nth),
                weekday: weekday.to_string(),
                ..form("month_weekday")
            },
            Repeat::LastWorkingDay => form("last_working_day"),
            Repeat::Year { month, day } => RuleForm {
                month: month.to_string(),
                year_day: day.to_string(),
                ..form("year")
            },
        }
    }

    /// The rule it stands for, or the field at fault with the key of what is wrong.
    pub fn read(&self) -> Result<Repeat, (&'static str, &'static str)> {
        let number = |text: &str| text.trim().parse::<u32>().unwrap_or_default();
        let (field, repeat) = match self.every.as_str() {
            "working_day" => ("every", Repeat::WorkingDay),
            "week" => {
                let days = self.weekdays.iter().filter_map(|n| n.parse().ok());
                let weekdays = days.collect();
                ("weekdays", Repeat::Week { weekdays })
            }
            "month_day" => {
                let day = number(&self.month_day);
                ("month_day", Repeat::MonthDay { day })
            }
            "month_weekday" => {
                let nth = named(&self.nth).ok_or(("nth", "recurring-fault-rule"))?;
                let weekday = self.weekday.parse().unwrap_or_default();
                ("weekday", Repeat::MonthWeekday { nth, weekday })
            }
            "last_working_day" => ("every", Repeat::LastWorkingDay),
            "year" => {
                let (month, day) = (number(&self.month), number(&self.year_day));
                ("year_day", Repeat::Year { month, day })
            }
            _ => return Err(("every", "recurring-fault-rule")),
        };
        repeat.checked().map_err(|why| match why {
            Rejected::NoWeekday => (field, "rejected-no-weekday"),
            _ => (field, "recurring-fault-day"),
        })
    }

    /// The fields; where there are styles, only those of the chosen kind show.
    pub fn fields(&self, cx: &Cx, faults: &Faults) -> Markup {
        let kinds: Vec<Choice> = KINDS
            .iter()
            .map(|every| Choice::new(every, kind(cx, every)))
            .collect();
        let weekdays: Vec<Choice> = (1..=7).map(|n| Choice::new(n, weekday(cx, n))).collect();
        let months: Vec<Choice> = (1..=12).map(|n| Choice::new(n, month(cx, n))).collect();
        let nths: Vec<Choice> = NTHS
            .iter()
            .map(|one| Choice::new(name(one), nth(cx, *one)))
            .collect();
        let select = |id: &'static str, label: &str, choices: &[Choice], value: &str| {
            let label = cx.t(label);
            form::select(
                cx,
                Field::new(id, &label).fault(faults.of(id)),
                choices,
                value,
            )
        };
        let text = |id: &'static str, label: &str, value: &str| {
            let label = cx.t(label);
            form::text(
                cx,
                Field::new(id, &label).fault(faults.of(id)),
                "text",
                value,
            )
        };
        let fault = faults.of("weekdays");
        html! {
            div class="rule" {
                (select("every", "recurring-every", &kinds, &self.every))
                fieldset id="weekdays" class="field rule__week" tabindex="-1" {
                    legend class="label" { (cx.t("recurring-weekdays")) }
                    @if let Some(fault) = fault { p class="error" { (fault) } }
                    div class="cluster" {
                        @for day in &weekdays {
                            label class="tick" {
                                input type="checkbox" name="weekdays" value=(day.value) checked[self.weekdays.contains(&day.value)];
                                span { (day.label) }
                            }
                        }
                    }
                }
                div class="rule__month-day" { (text("month_day", "recurring-day-of-month", &self.month_day)) }
                div class="columns rule__month-weekday" {
                    (select("nth", "recurring-which", &nths, &self.nth))
                    (select("weekday", "recurring-one-weekday", &weekdays, &self.weekday))
                }
                div class="columns rule__year" {
                    (text("year_day", "recurring-day-of-month", &self.year_day))
                    (select("month", "recurring-in-month", &months, &self.month))
                }
            }
        }
    }
}
