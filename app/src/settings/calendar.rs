//! Calendars: the list, and the form of one with its hours and free days.

use entities::calendar::{self, Calendar, CalendarFacts, Region, Week};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::calendar_text::{BadLine, days, days_text, spans, spans_text};
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Choice, Field, Input, Pager, column};

const AREA: Area = Area::Calendars;
/// The fields of the weekdays, Monday first.
const DAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CalendarForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    mo: String,
    tu: String,
    we: String,
    th: String,
    fr: String,
    sa: String,
    su: String,
    holidays: String,
    days: String,
    once: Option<String>,
}

impl CalendarForm {
    fn week(&self) -> [&str; 7] {
        [
            &self.mo, &self.tu, &self.we, &self.th, &self.fr, &self.sa, &self.su,
        ]
    }
}

impl NounForm for CalendarForm {
    type Noun = Calendar;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    async fn empty(_: &Cx) -> Result<Self> {
        Ok(Self {
            holidays: form::stored_name(Region::Berlin),
            ..Self::default()
        })
    }

    fn of(_: &Cx, calendar: &Calendar) -> Self {
        let facts = entities::setting::Setting::facts(calendar);
        let [mo, tu, we, th, fr, sa, su] = facts.week.map(|spans| spans_text(&spans));
        CalendarForm {
            name: facts.name,
            mo,
            tu,
            we,
            th,
            fr,
            sa,
            su,
            holidays: facts.holidays.map(form::stored_name).unwrap_or_default(),
            days: days_text(&facts.days),
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
        for (field, typed) in DAYS.iter().zip(self.week()) {
            if let Err(why) = spans(typed) {
                faults.add(field, cx.t(why));
            }
        }
        if let Err(BadLine { line, why }) = days(&self.days) {
            let said = [("line", line.into()), ("why", cx.t(why).into())];
            faults.add("days", cx.locale.t_with("calendar-fault-line", &said));
        }
        faults.none()
    }

    fn facts(&self, _: &Cx, _: Option<&Calendar>) -> CalendarFacts {
        let mut week = Week::default();
        for (spans_of_day, typed) in week.iter_mut().zip(self.week()) {
            *spans_of_day = spans(typed).unwrap_or_default();
        }
        CalendarFacts {
            name: self.name.clone(),
            week,
            holidays: form::stored(&self.holidays),
            days: days(&self.days).unwrap_or_default(),
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::NoHours | Rejected::HoursOverlap => DAYS[0],
            Rejected::NoSuchDay | Rejected::DayTwice => "days",
            other => form::place(other, "name", "name"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Calendar, DeskError> {
        calendar::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Calendar>) -> Result<Vec<Item>> {
        let rows = calendar::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: Calendar| Item {
            url: AREA.entry(row.id),
            current: page::current(row.id, open.map(|open| open.id)),
            name: row.name,
            more: holidays_words(cx, row.holidays),
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&Calendar>, faults: &Faults) -> Result<Markup> {
        let offered = [
            Choice::new("", cx.t("calendar-no-holidays")),
            Choice::new(
                form::stored_name(Region::Berlin),
                cx.t("calendar-holidays-berlin"),
            ),
        ];
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            fieldset class="field stack" {
                legend class="label" { (cx.t("calendar-hours")) }
                p class="hint" { (cx.t("calendar-hours-hint")) }
                div class="columns" {
                    @for (number, (field, typed)) in (1i64..).zip(DAYS.iter().zip(self.week())) {
                        (form::text(cx, Field::new(field, &cx.locale.t_with("start-weekday", &[("number", number.into())])).optional().fault(faults.of(field)), "text", typed))
                    }
                }
            }
            (form::select(cx, Field::new("holidays", &cx.t("calendar-holidays")), &offered, &self.holidays))
            (Field::new("days", &cx.t("calendar-days")).hint(&cx.t("calendar-days-hint")).optional().fault(faults.of("days"))
                .render(cx.locale, Input::Area { value: &self.days, rows: 6 }))
        })
    }

    async fn told(cx: &Cx, _: &Calendar) -> Result<Markup> {
        Ok(html! { p class="muted" { (cx.t("deadlines-from-next-event")) } })
    }
}

fn holidays_words(cx: &Cx, region: Option<Region>) -> String {
    match region {
        Some(Region::Berlin) => cx.t("calendar-holidays-berlin"),
        None => cx.t("calendar-no-holidays"),
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = calendar::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr { (column(&cx.t("settings-name"))) (column(&cx.t("calendar-hours"))) (column(&cx.t("calendar-holidays"))) } }
            tbody {
                @for row in &rows {
                    @let facts = entities::setting::Setting::facts(row);
                    tr class=[row.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.id)) { (row.name) }
                            @if row.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (week_words(&cx, &facts.week)) }
                        td { (holidays_words(&cx, row.holidays)) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

/// "Mo–Fr 08:00–16:00": days of the same hours in a row stand together.
fn week_words(cx: &Cx, week: &Week) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|day| !week[*day].is_empty()) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day && week[*last] == week[day] => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let short = |day: usize| {
        let number = [("number", (day + 1).into())];
        cx.locale.t_with("time-weekday", &number)
    };
    let run = |(first, last): (usize, usize)| {
        let days = match first == last {
            true => short(first),
            false => format!("{}–{}", short(first), short(last)),
        };
        format!("{days} {}", spans_text(&week[first]))
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join("; ")
}
