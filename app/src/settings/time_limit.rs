//! Time limits: the list, and the form of one with the times of each priority.

use entities::ticket::Priority;
use entities::time_limit::{self, Goals, TimeLimit, TimeLimitFacts, Times};
use entities::{DeskError, Rejected, Uuid, calendar};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use super::time_text::{minutes, words};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, PRIORITIES, Pager, column, priority_words};

const AREA: Area = Area::TimeLimits;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TimeLimitForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    #[validate(custom(function = "form::needed"))]
    calendar: String,
    standard: String,
    very_high_first: String,
    very_high_solution: String,
    high_first: String,
    high_solution: String,
    normal_first: String,
    normal_solution: String,
    low_first: String,
    low_solution: String,
    once: Option<String>,
}

/// The two fields of a priority: names and what was typed.
struct Pair<'a> {
    priority: Priority,
    first: (&'static str, &'a str),
    solution: (&'static str, &'a str),
}

impl TimeLimitForm {
    /// The most urgent first.
    fn pairs(&self) -> [Pair<'_>; 4] {
        [
            Pair {
                priority: Priority::VeryHigh,
                first: ("very_high_first", &self.very_high_first),
                solution: ("very_high_solution", &self.very_high_solution),
            },
            Pair {
                priority: Priority::High,
                first: ("high_first", &self.high_first),
                solution: ("high_solution", &self.high_solution),
            },
            Pair {
                priority: Priority::Normal,
                first: ("normal_first", &self.normal_first),
                solution: ("normal_solution", &self.normal_solution),
            },
            Pair {
                priority: Priority::Low,
                first: ("low_first", &self.low_first),
                solution: ("low_solution", &self.low_solution),
            },
        ]
    }
}

impl NounForm for TimeLimitForm {
    type Noun = TimeLimit;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name", "calendar"];

    fn of(cx: &Cx, limit: &TimeLimit) -> Self {
        let goals = limit.goals();
        let text = |minutes| words(cx.locale, minutes);
        TimeLimitForm {
            name: limit.name.clone(),
            calendar: limit.calendar_id.to_string(),
            standard: if limit.standard { "1" } else { "" }.to_owned(),
            very_high_first: text(goals.very_high.first_answer),
            very_high_solution: text(goals.very_high.solution),
            high_first: text(goals.high.first_answer),
            high_solution: text(goals.high.solution),
            normal_first: text(goals.normal.first_answer),
            normal_solution: text(goals.normal.solution),
            low_first: text(goals.low.first_answer),
            low_solution: text(goals.low.solution),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn check(&self, cx: &Cx) -> Result<(), Faults> {
        let mut faults = Faults::of_fields(cx, self, Self::ORDER);
        for pair in self.pairs() {
            for (field, typed) in [pair.first, pair.solution] {
                if let Err(why) = minutes(typed) {
                    faults.add(field, cx.t(why));
                }
            }
        }
        faults.none()
    }

    fn facts(&self, _: &Cx, _: Option<&TimeLimit>) -> TimeLimitFacts {
        let times = |first: &str, solution: &str| Times {
            first_answer: minutes(first).unwrap_or_default(),
            solution: minutes(solution).unwrap_or_default(),
        };
        TimeLimitFacts {
            name: self.name.clone(),
            calendar_id: form::id(&self.calendar).unwrap_or_default(),
            standard: !self.standard.is_empty(),
            goals: Goals {
                very_high: times(&self.very_high_first, &self.very_high_solution),
                high: times(&self.high_first, &self.high_solution),
                normal: times(&self.normal_first, &self.normal_solution),
                low: times(&self.low_first, &self.low_solution),
            },
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::NoTimes | Rejected::NotATime => "very_high_first",
            Rejected::StandardTaken => "standard",
            other => form::place(other, "name", "calendar"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<TimeLimit, DeskError> {
        time_limit::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&TimeLimit>) -> Result<Vec<Item>> {
        let rows = time_limit::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: time_limit::Row| Item {
            url: AREA.entry(row.limit.id),
            current: page::current(row.limit.id, open.map(|open| open.id)),
            more: used_words(cx, &row),
            name: row.limit.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&TimeLimit>, faults: &Faults) -> Result<Markup> {
        let calendars = calendar::choices(&cx.db).await?;
        let time = |words: &str, (field, typed): (&'static str, &str)| {
            let label = cx.t(words);
            let field = Field::new(field, &label).optional().fault(faults.of(field));
            form::text(cx, field, "text", typed)
        };
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::select(
                cx,
                Field::new("calendar", &cx.t("calendar")).hint(&cx.t("time-limit-calendar-hint")).fault(faults.of("calendar")),
                &form::options(cx, "time-limit-choose-calendar", &calendars, &self.calendar),
                &self.calendar,
            ))
            div class="field" {
                label class="tick" {
                    input type="checkbox" id="standard" name="standard" value="1" checked[!self.standard.is_empty()]
                        aria-describedby=[faults.of("standard").map(|_| "standard-fault")];
                    span { (cx.t("time-limit-standard")) }
                }
                @if let Some(fault) = faults.of("standard") { p class="error" id="standard-fault" { (fault) } }
            }
            p class="hint" { (cx.t("time-limit-hint")) }
            @for pair in self.pairs() {
                fieldset class="field" {
                    legend class="label" { (priority_words(cx.locale, pair.priority)) }
                    div class="columns" {
                        (time("deadline-first-answer", pair.first))
                        (time("deadline-solution", pair.solution))
                    }
                }
            }
        })
    }

    async fn told(cx: &Cx, _: &TimeLimit) -> Result<Markup> {
        Ok(html! { p class="muted" { (cx.t("deadlines-from-next-event")) } })
    }
}

/// For what it holds.
fn used_words(cx: &Cx, row: &time_limit::Row) -> String {
    let services = [("count", row.services.into())];
    let services = cx.locale.t_with("time-limit-services", &services);
    match row.limit.standard {
        true => format!("{} · {services}", cx.t("time-limit-standard-mark")),
        false => services,
    }
}

fn times_words(cx: &Cx, times: Times) -> String {
    let text = |minutes: Option<i32>| match minutes {
        None => "–".to_owned(),
        some => words(cx.locale, some),
    };
    format!("{} / {}", text(times.first_answer), text(times.solution))
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = time_limit::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        p class="sheet__body small muted" { (cx.t("time-limit-caption")) }
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr {
                (column(&cx.t("settings-name")))
                (column(&cx.t("calendar")))
                @for priority in PRIORITIES.into_iter().rev() { (column(&priority_words(cx.locale, priority))) }
            } }
            tbody {
                @for row in &rows {
                    tr class=[row.limit.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.limit.id)) { (row.limit.name) }
                            @if row.limit.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                            br; span class="small muted" { (used_words(&cx, row)) }
                        }
                        td { (row.calendar_name) }
                        @for priority in PRIORITIES.into_iter().rev() {
                            td { (times_words(&cx, row.limit.goals().of(priority))) }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
