//! Templates of checklists: the list, and the form of one with its steps.

use entities::checklist::{
    self, Checklist, ChecklistFacts, MOST_DAYS, MOST_LETTERS, MOST_STEPS, Responsible, Step,
};
use entities::person::list::agents;
use entities::setting::{Choice as Chosen, Noun as _};
use entities::{DeskError, Rejected, Uuid, service};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Asked, Find, Item};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Choice, Field, Pager, column, column_of_numbers};

const AREA: Area = Area::Checklists;

/// The rows of a form that are still empty; saving brings as many again.
const EMPTY_ROWS: usize = 4;
/// What stands for the owner of the ticket.
const OWNER: &str = "owner";

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ChecklistForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    services: Vec<String>,
    /// One of each a row.
    step: Vec<String>,
    days: Vec<String>,
    responsible: Vec<String>,
    once: Option<String>,
}

/// A row as it was typed.
struct Row<'a> {
    text: &'a str,
    days: &'a str,
    responsible: &'a str,
}

impl ChecklistForm {
    fn row(&self, at: usize) -> Row<'_> {
        fn typed(all: &[String], at: usize) -> &str {
            all.get(at).map_or("", |text| text.trim())
        }
        Row {
            text: typed(&self.step, at),
            days: typed(&self.days, at),
            responsible: typed(&self.responsible, at),
        }
    }

    /// The rows in which something stands, each with its place on the page.
    fn rows(&self) -> impl Iterator<Item = (usize, Row<'_>)> {
        let rows = (0..self.step.len()).map(|at| (at, self.row(at)));
        rows.filter(|(_, row)| !row.text.is_empty() || !row.days.is_empty())
    }
}

/// The days that were typed, none when nothing was.
fn days(text: &str) -> Option<Option<i32>> {
    if text.is_empty() {
        return Some(None);
    }
    let days = text.parse().ok();
    days.filter(|days| (0..=MOST_DAYS).contains(days)).map(Some)
}

fn responsible(text: &str) -> Responsible {
    match (text, form::id(text)) {
        (OWNER, _) => Responsible::Owner,
        (_, Some(id)) => Responsible::Person(id),
        _ => Responsible::Nobody,
    }
}

impl NounForm for ChecklistForm {
    type Noun = Checklist;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    fn of(_: &Cx, checklist: &Checklist) -> Self {
        let facts = checklist.facts();
        let (mut step, mut days, mut responsible) = (vec![], vec![], vec![]);
        for one in facts.steps {
            step.push(one.text);
            days.push(one.days.map(|days| days.to_string()).unwrap_or_default());
            responsible.push(match one.responsible {
                Responsible::Nobody => String::new(),
                Responsible::Owner => OWNER.to_owned(),
                Responsible::Person(id) => id.to_string(),
            });
        }
        ChecklistForm {
            name: facts.name,
            services: facts.service_ids.iter().map(Uuid::to_string).collect(),
            step,
            days,
            responsible,
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
        let mut count = 0;
        for (at, row) in self.rows() {
            count += 1;
            if row.text.is_empty() {
                faults.add(&format!("step-{at}"), cx.t("checklist-fault-empty"));
            }
            if row.text.chars().count() > MOST_LETTERS {
                faults.add(&format!("step-{at}"), cx.t("checklist-fault-long"));
            }
            if days(row.days).is_none() {
                faults.add(&format!("days-{at}"), cx.t("checklist-fault-days"));
            }
        }
        match count {
            0 => faults.add("step-0", cx.t("checklist-fault-none")),
            many if many > MOST_STEPS => faults.add("step-0", cx.t("rejected-too-many-steps")),
            _ => {}
        }
        faults.none()
    }

    fn facts(&self, _: &Cx, _: Option<&Checklist>) -> ChecklistFacts {
        let step = |(_, row): (usize, Row<'_>)| Step {
            text: row.text.to_owned(),
            days: days(row.days).flatten(),
            responsible: responsible(row.responsible),
        };
        ChecklistFacts {
            name: self.name.clone(),
            service_ids: self.services.iter().filter_map(|id| form::id(id)).collect(),
            steps: self.rows().map(step).collect(),
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::EmptyText | Rejected::TooLong | Rejected::TooManySteps => "step-0",
            other => form::place(other, "name", "services"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Checklist, DeskError> {
        checklist::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Checklist>) -> Result<Vec<Item>> {
        let rows = checklist::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |one: Checklist| Item {
            url: AREA.entry(one.id),
            current: page::current(one.id, open.map(|open| open.id)),
            more: count_words(cx, &one),
            name: one.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&Checklist>, faults: &Faults) -> Result<Markup> {
        let (services, people) = tokio::try_join!(service::choices(&cx.db), agents(&cx.db))?;
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::ticks(cx, "services", &cx.t("checklist-services"), &services, &self.services, faults))
            div class="field" {
                h2 { (cx.t("checklist-steps")) }
                p class="hint" { (cx.t("checklist-steps-hint")) }
            }
            @for at in 0..self.step.len() + EMPTY_ROWS { (self.step_fields(cx, at, &people, faults)) }
        })
    }
}

impl ChecklistForm {
    fn step_fields(&self, cx: &Cx, at: usize, people: &[Chosen], faults: &Faults) -> Markup {
        let row = self.row(at);
        let (step, days, who) = (
            format!("step-{at}"),
            format!("days-{at}"),
            format!("responsible-{at}"),
        );
        let label = cx
            .locale
            .t_with("checklist-step", &[("number", (at + 1).into())]);
        let (due, responsible) = (cx.t("checklist-days"), cx.t("checklist-responsible"));
        let mut choices = form::options(cx, "checklist-nobody", people, row.responsible);
        choices.retain(|choice| choice.value != OWNER);
        choices.insert(1, Choice::new(OWNER, cx.t("checklist-owner")));
        html! {
            div class="steprow" {
                (form::text(cx, Field::new(&step, &label).name("step").optional().fault(faults.of(&step)), "text", row.text))
                (form::text(cx, Field::new(&days, &due).name("days").optional().fault(faults.of(&days)), "text", row.days))
                (form::select(cx, Field::new(&who, &responsible).name("responsible").optional(), &choices, row.responsible))
            }
        }
    }
}

fn count_words(cx: &Cx, checklist: &Checklist) -> String {
    let count = checklist.steps().len();
    cx.locale
        .t_with("checklist-count", &[("count", count.into())])
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = checklist::list(&cx.db, &cx.actor, asked.show()).await?;
    let services = service::choices(&cx.db).await?;
    let of = |one: &Checklist| match one.services() {
        ids if ids.is_empty() => cx.t("checklist-for-all"),
        ids => {
            let named = services.iter().filter(|choice| ids.contains(&choice.id));
            let names: Vec<&str> = named.map(|choice| choice.name.as_str()).collect();
            names.join(", ")
        }
    };
    let table = html! {
        @if rows.is_empty() { p class="sheet__body muted" { (cx.t("checklist-none-yet")) } }
        @else {
            table class="grid grid--plain" {
                caption class="sr" { (AREA.words(&cx)) }
                thead { tr {
                    (column(&cx.t("settings-name")))
                    (column(&cx.t("checklist-services")))
                    (column_of_numbers(&cx.t("checklist-steps")))
                } }
                tbody {
                    @for row in &rows {
                        tr class=[row.retired_at.map(|_| "is-retired")] {
                            td {
                                a class="subject" href=(AREA.entry(row.id)) { (row.name) }
                                @if row.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                            }
                            td { (of(row)) }
                            td class="n" { (row.steps().len()) }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
