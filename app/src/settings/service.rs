//! Services and their modules: the tree, and the form of one.

use entities::service::{self, Service, ServiceFacts};
use entities::{DeskError, Rejected, Uuid, team, time_limit};
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

const AREA: Area = Area::Services;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ServiceForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    parent: String,
    team: String,
    time_limit: String,
    once: Option<String>,
}

impl NounForm for ServiceForm {
    type Noun = Service;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    fn of(_: &Cx, service: &Service) -> Self {
        ServiceForm {
            name: service.name.clone(),
            parent: form::id_text(service.parent_id),
            team: form::id_text(service.team_id),
            time_limit: form::id_text(service.time_limit_id),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&Service>) -> ServiceFacts {
        ServiceFacts {
            name: self.name.clone(),
            parent_id: form::id(&self.parent),
            team_id: form::id(&self.team),
            time_limit_id: form::id(&self.time_limit),
        }
    }

    fn place(why: Rejected) -> &'static str {
        form::place(why, "name", "parent")
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Service, DeskError> {
        service::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Service>) -> Result<Vec<Item>> {
        let rows = service::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: service::Row| Item {
            url: AREA.entry(row.service.id),
            current: page::current(row.service.id, open.map(|open| open.id)),
            name: format!("{}{}", "– ".repeat(row.depth), row.service.name),
            more: row.team_name.unwrap_or_default(),
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, open: Option<&Service>, faults: &Faults) -> Result<Markup> {
        let mut parents = service::choices(&cx.db).await?;
        parents.retain(|choice| Some(choice.id) != open.map(|open| open.id));
        let teams = team::choices(&cx.db).await?;
        let limits = time_limit::choices(&cx.db).await?;
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::select(
                cx,
                Field::new("parent", &cx.t("settings-service-parent")).hint(&cx.t("settings-service-parent-hint")).optional().fault(faults.of("parent")),
                &form::options(cx, "settings-service-top", &parents, &self.parent),
                &self.parent,
            ))
            (form::select(
                cx,
                Field::new("team", &cx.t("settings-team")).hint(&cx.t("settings-service-team-hint")).optional().fault(faults.of("team")),
                &form::options(cx, "settings-none", &teams, &self.team),
                &self.team,
            ))
            (form::select(
                cx,
                Field::new("time_limit", &cx.t("settings-time-limit")).hint(&cx.t("settings-service-time-limit-hint")).optional().fault(faults.of("time_limit")),
                &form::options(cx, "settings-none", &limits, &self.time_limit),
                &self.time_limit,
            ))
        })
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = service::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr { (column(&cx.t("settings-name"))) (column(&cx.t("settings-team"))) } }
            tbody {
                @for row in &rows {
                    tr class=[row.service.retired_at.map(|_| "is-retired")] {
                        td {
                            @for _ in 0..row.depth { span class="muted" aria-hidden="true" { "– " } }
                            a class="subject" href=(AREA.entry(row.service.id)) { (row.service.name) }
                            @if row.service.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (row.team_name.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
