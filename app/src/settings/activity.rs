//! Activities that effort is booked on: the list, and the form of one.

use entities::activity::{self, Activity, ActivityFacts};
use entities::{DeskError, Rejected, Uuid};
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
use crate::web::parts::{Field, Pager, column};

const AREA: Area = Area::Activities;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ActivityForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    #[validate(custom(function = "form::line"))]
    name_en: String,
    once: Option<String>,
}

impl NounForm for ActivityForm {
    type Noun = Activity;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name", "name_en"];

    fn of(_: &Cx, activity: &Activity) -> Self {
        ActivityForm {
            name: activity.name.clone(),
            name_en: activity.name_en.clone(),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&Activity>) -> ActivityFacts {
        ActivityFacts {
            name: self.name.clone(),
            name_en: self.name_en.clone(),
        }
    }

    fn place(_: Rejected) -> &'static str {
        "name"
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Activity, DeskError> {
        activity::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Activity>) -> Result<Vec<Item>> {
        let rows = activity::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |one: Activity| Item {
            url: AREA.entry(one.id),
            current: page::current(one.id, open.map(|open| open.id)),
            name: one.name,
            more: one.name_en,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&Activity>, faults: &Faults) -> Result<Markup> {
        let (german, english, hint) = (
            cx.t("activity-name"),
            cx.t("activity-name-en"),
            cx.t("activity-name-en-hint"),
        );
        let name = Field::new("name", &german).fault(faults.of("name"));
        let name_en = Field::new("name_en", &english)
            .optional()
            .hint(&hint)
            .fault(faults.of("name_en"));
        Ok(html! {
            (form::text(cx, name, "text", &self.name))
            (form::text(cx, name_en, "text", &self.name_en))
        })
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = activity::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        @if rows.is_empty() { p class="sheet__body muted" { (cx.t("activity-none")) } }
        @else {
            table class="grid grid--plain" {
                caption class="sr" { (AREA.words(&cx)) }
                thead { tr { (column(&cx.t("activity-name"))) (column(&cx.t("activity-name-en"))) } }
                tbody {
                    @for row in &rows {
                        tr class=[row.retired_at.map(|_| "is-retired")] {
                            td {
                                a class="subject" href=(AREA.entry(row.id)) { (row.name) }
                                @if row.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                            }
                            td lang="en" { (row.name_en) }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
