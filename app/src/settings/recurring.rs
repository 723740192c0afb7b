//! Tasks by date: the list with the next day of each, and the form of one.

use entities::person::list::agents;
use entities::recurring::{
    self, MOST_AHEAD, RecurringTask, Repeat, Schedule, TaskFacts, Worker, due,
};
use entities::setting::Noun as _;
use entities::ticket::{Kind, Priority};
use entities::{DeskError, Rejected, Uuid, calendar, checklist, service, team};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use super::recurring_rule::{RuleForm, words};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{
    Field, Input, Pager, Tone, column, kind_choices, name, named, notice, priority_choices,
};
use crate::web::url;

const AREA: Area = Area::Tasks;

/// How many of the coming days are told.
const NEXT: usize = 5;
/// How many of the tickets that were opened are told.
const OPENED: u64 = 5;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TaskForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    text: String,
    service: String,
    #[validate(custom(function = "form::needed"))]
    team: String,
    kind: String,
    priority: String,
    checklist: String,
    every: String,
    weekdays: Vec<String>,
    month_day: String,
    nth: String,
    weekday: String,
    month: String,
    year_day: String,
    #[validate(custom(function = "form::needed_day"))]
    from: String,
    #[validate(custom(function = "form::day"))]
    until: String,
    #[validate(custom(function = "form::needed"))]
    calendar: String,
    to_working_day: String,
    ahead: String,
    #[validate(custom(function = "form::needed"))]
    main: String,
    deputy: String,
    once: Option<String>,
}

impl TaskForm {
    fn rule(&self) -> RuleForm {
        RuleForm {
            every: self.every.clone(),
            weekdays: self.weekdays.clone(),
            month_day: self.month_day.clone(),
            nth: self.nth.clone(),
            weekday: self.weekday.clone(),
            month: self.month.clone(),
            year_day: self.year_day.clone(),
        }
    }

    fn ahead(&self) -> Option<i32> {
        let days = match self.ahead.trim() {
            "" => Some(0),
            typed => typed.parse().ok(),
        };
        days.filter(|days| (0..=MOST_AHEAD).contains(days))
    }
}

impl NounForm for TaskForm {
    type Noun = RecurringTask;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name", "team", "from", "until", "calendar", "main"];

    async fn empty(cx: &Cx) -> Result<Self> {
        let calendars = calendar::choices(&cx.db).await?;
        let only = match calendars.as_slice() {
            [one] => one.id.to_string(),
            _ => String::new(),
        };
        Ok(TaskForm {
            calendar: only,
            from: cx.now.today().to_string(),
            kind: name(Kind::ServiceRequest),
            priority: name(Priority::Normal),
            every: "month_day".to_owned(),
            month_day: "1".to_owned(),
            to_working_day: "1".to_owned(),
            ahead: "0".to_owned(),
            ..TaskForm::default()
        })
    }

    fn of(_: &Cx, task: &RecurringTask) -> Self {
        let facts = task.facts();
        let rule = RuleForm::of(&facts.schedule.repeat);
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        TaskForm {
            name: facts.name,
            text: facts.text,
            service: form::id_text(facts.service_id),
            team: facts.team_id.to_string(),
            kind: name(facts.kind),
            priority: name(facts.priority),
            checklist: form::id_text(facts.checklist_id),
            every: rule.every,
            weekdays: rule.weekdays,
            month_day: rule.month_day,
            nth: rule.nth,
            weekday: rule.weekday,
            month: rule.month,
            year_day: rule.year_day,
            from: facts.schedule.from.to_string(),
            until: day(facts.schedule.until).unwrap_or_default(),
            calendar: facts.calendar_id.to_string(),
            to_working_day: if facts.schedule.to_working_day {
                "1"
            } else {
                ""
            }
            .to_owned(),
            ahead: facts.ahead_days.to_string(),
            main: facts.main_id.to_string(),
            deputy: form::id_text(facts.deputy_id),
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
        if self.text.trim().is_empty() {
            faults.add("text", cx.t("recurring-fault-text"));
        }
        if let Err((field, key)) = self.rule().read() {
            faults.add(field, cx.t(key));
        }
        if self.ahead().is_none() {
            faults.add("ahead", cx.t("recurring-fault-ahead"));
        }
        if !self.deputy.is_empty() && self.deputy == self.main {
            faults.add("deputy", cx.t("recurring-fault-deputy"));
        }
        faults.none()
    }

    fn facts(&self, cx: &Cx, before: Option<&RecurringTask>) -> TaskFacts {
        let today = cx.now.today();
        let schedule = Schedule {
            repeat: self.rule().read().unwrap_or(Repeat::WorkingDay),
            from: form::date(&self.from).unwrap_or(today),
            until: form::date(&self.until),
            to_working_day: !self.to_working_day.is_empty(),
        };
        let id = |text: &str| form::id(text).unwrap_or_default();
        let calendar_id = id(&self.calendar);
        // Another rule says nothing of the days before it.
        let stays = before.filter(|task| {
            task.schedule().as_ref() == Some(&schedule) && task.calendar_id == calendar_id
        });
        TaskFacts {
            name: self.name.clone(),
            text: self.text.clone(),
            service_id: form::id(&self.service),
            team_id: id(&self.team),
            kind: named(&self.kind).unwrap_or(Kind::ServiceRequest),
            priority: form::stored(&self.priority).unwrap_or(Priority::Normal),
            checklist_id: form::id(&self.checklist),
            since_on: stays.map_or(today, |task| task.since_on),
            schedule,
            calendar_id,
            ahead_days: self.ahead().unwrap_or_default(),
            main_id: id(&self.main),
            deputy_id: form::id(&self.deputy),
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::EmptyText | Rejected::TooLong => "text",
            Rejected::EndsBeforeItBegins => "until",
            Rejected::SamePerson => "deputy",
            Rejected::NoWeekday | Rejected::NoSuchDay => "every",
            other => form::place(other, "name", "main"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<RecurringTask, DeskError> {
        recurring::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&RecurringTask>) -> Result<Vec<Item>> {
        let rows = recurring::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |task: RecurringTask| Item {
            url: AREA.entry(task.id),
            current: page::current(task.id, open.map(|open| open.id)),
            more: rule_words(cx, &task),
            name: task.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&RecurringTask>, faults: &Faults) -> Result<Markup> {
        let (services, teams, calendars, checklists, people) = tokio::try_join!(
            service::choices(&cx.db),
            team::choices(&cx.db),
            calendar::choices(&cx.db),
            checklist::list::choices(&cx.db),
            agents(&cx.db),
        )?;
        let field = |id: &'static str, label: &str, kind: &str, value: &str| {
            let label = cx.t(label);
            form::text(cx, Field::new(id, &label).fault(faults.of(id)), kind, value)
        };
        let choose = |id: &'static str, label: &str, empty: &str, offered: &[_], value: &str| {
            let label = cx.t(label);
            let field = Field::new(id, &label).fault(faults.of(id));
            let field = match empty {
                "contract-choose" => field,
                _ => field.optional(),
            };
            form::select(cx, field, &form::options(cx, empty, offered, value), value)
        };
        let text = Input::Area {
            value: &self.text,
            rows: 4,
        };
        let (name_label, name_hint) = (cx.t("recurring-title"), cx.t("recurring-title-hint"));
        let (ahead, ahead_hint) = (cx.t("recurring-ahead"), cx.t("recurring-ahead-hint"));
        let name_field = Field::new("name", &name_label)
            .hint(&name_hint)
            .fault(faults.of("name"));
        let ahead_field = Field::new("ahead", &ahead)
            .hint(&ahead_hint)
            .fault(faults.of("ahead"));
        Ok(html! {
            (form::text(cx, name_field, "text", &self.name))
            (Field::new("text", &cx.t("recurring-text")).fault(faults.of("text")).render(cx.locale, text))
            (self.rule().fields(cx, faults))
            div class="columns" {
                (field("from", "recurring-from", "date", &self.from))
                (form::text(cx, Field::new("until", &cx.t("recurring-until")).optional().fault(faults.of("until")), "date", &self.until))
                (choose("calendar", "calendar", "contract-choose", &calendars, &self.calendar))
            }
            div class="field" {
                label class="tick" {
                    input type="checkbox" name="to_working_day" value="1" checked[!self.to_working_day.is_empty()];
                    span { (cx.t("recurring-to-working-day")) }
                }
            }
            (form::text(cx, ahead_field, "text", &self.ahead))
            div class="columns" {
                (choose("main", "recurring-main", "contract-choose", &people, &self.main))
                (choose("deputy", "recurring-deputy", "recurring-no-deputy", &people, &self.deputy))
            }
            p class="hint" { (cx.t("recurring-who-hint")) }
            div class="columns" {
                (choose("team", "fact-team", "contract-choose", &teams, &self.team))
                (choose("service", "fact-service", "fact-none", &services, &self.service))
                (form::select(cx, Field::new("kind", &cx.t("fact-kind")), &kind_choices(cx.locale), &self.kind))
                (form::select(cx, Field::new("priority", &cx.t("fact-priority")), &priority_choices(cx.locale), &self.priority))
                (choose("checklist", "checklist", "fact-none", &checklists, &self.checklist))
            }
        })
    }

    async fn told(cx: &Cx, task: &RecurringTask) -> Result<Markup> {
        let days = recurring::next_days(&cx.db, task, cx.now.today(), NEXT).await?;
        let opened = recurring::opened(&cx.db, &cx.actor, task.id, OPENED).await?;
        let people = agents(&cx.db).await?;
        let mut lines = Vec::with_capacity(days.len());
        for day in days {
            let who = match due::worker(&cx.db, task, day).await? {
                Worker::Team => cx.t("recurring-nobody"),
                Worker::Main(id) | Worker::Deputy(id) => {
                    let person = people.iter().find(|person| person.id == id);
                    person.map(|person| person.name.clone()).unwrap_or_default()
                }
            };
            lines.push((day, who));
        }
        let is_away = recurring::away(&cx.db, &cx.actor, cx.now.today()).await?;
        let is_away = is_away.iter().find(|(away, _)| away.id == task.id);
        Ok(html! {
            @if let Some((_, day)) = is_away {
                @let said = [("day", cx.locale.dated_day(*day, &cx.now).into())];
                (notice(Tone::Warn, &cx.locale.t_with("recurring-away", &said), &html! { (cx.t("recurring-away-more")) }))
            }
            section aria-labelledby="next-days" {
                h2 id="next-days" { (cx.t("recurring-next")) }
                @if lines.is_empty() { p class="muted" { (cx.t("recurring-never")) } }
                @else {
                    ol class="plainlist" role="list" {
                        @for (day, who) in &lines { li { span class="num" { (cx.locale.dated_day(*day, &cx.now)) } " · " (who) } }
                    }
                }
            }
            @if !opened.is_empty() {
                section aria-labelledby="opened-days" {
                    h2 id="opened-days" { (cx.t("recurring-opened")) }
                    ul class="plainlist" role="list" {
                        @for (day, number) in &opened {
                            li {
                                span class="num" { (cx.locale.dated_day(*day, &cx.now)) } " · "
                                @match number {
                                    Some(number) => { a class="no" href=(url::ticket(number)) { (number) } }
                                    None => { (cx.t("links-other-hidden")) }
                                }
                            }
                        }
                    }
                }
            }
        })
    }
}

fn rule_words(cx: &Cx, task: &RecurringTask) -> String {
    task.schedule()
        .map(|schedule| words(cx, &schedule.repeat))
        .unwrap_or_default()
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = recurring::list(&cx.db, &cx.actor, asked.show()).await?;
    let people = agents(&cx.db).await?;
    let away = recurring::away(&cx.db, &cx.actor, cx.now.today()).await?;
    let mut next = Vec::with_capacity(rows.len());
    for task in &rows {
        let days = recurring::next_days(&cx.db, task, cx.now.today(), 1).await?;
        next.push(days.first().copied());
    }
    let person = |id: Uuid| {
        let found = people.iter().find(|person| person.id == id);
        found.map_or_else(|| cx.t("recurring-left"), |person| person.name.clone())
    };
    let table = html! {
        @if rows.is_empty() { p class="sheet__body muted" { (cx.t("recurring-none")) } }
        @else {
            table class="grid grid--plain" {
                caption class="sr" { (AREA.words(&cx)) }
                thead { tr {
                    (column(&cx.t("recurring-title")))
                    (column(&cx.t("recurring-every")))
                    (column(&cx.t("recurring-next-day")))
                    (column(&cx.t("recurring-main")))
                    (column(&cx.t("recurring-deputy")))
                } }
                tbody {
                    @for (task, day) in rows.iter().zip(&next) {
                        tr class=[task.retired_at.map(|_| "is-retired")] {
                            td {
                                a class="subject" href=(AREA.entry(task.id)) { (task.name) }
                                @if task.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                                @if let Some((_, day)) = away.iter().find(|(away, _)| away.id == task.id) {
                                    @let said = [("day", cx.locale.dated_day(*day, &cx.now).into())];
                                    br; span class="small error" { (cx.locale.t_with("recurring-away", &said)) }
                                }
                            }
                            td { (rule_words(&cx, task)) }
                            td { @if let Some(day) = day { (cx.locale.dated_day(*day, &cx.now)) } @else { "–" } }
                            td { (person(task.main_id)) }
                            td { @if let Some(id) = task.deputy_id { (person(id)) } @else { "–" } }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
