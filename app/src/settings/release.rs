//! Releases of services: the list, and the form of one.

use entities::release::{self, Release, ReleaseFacts};
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
use crate::web::parts::{Field, Pager, column};

const AREA: Area = Area::Releases;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReleaseForm {
    #[validate(custom(function = "form::needed"))]
    service: String,
    #[validate(custom(function = "form::needed"))]
    name: String,
    #[validate(custom(function = "form::day"))]
    live_on: String,
    once: Option<String>,
}

impl NounForm for ReleaseForm {
    type Noun = Release;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["service", "name", "live_on"];

    fn of(_: &Cx, release: &Release) -> Self {
        ReleaseForm {
            service: release.service_id.to_string(),
            name: release.name.clone(),
            live_on: release
                .live_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&Release>) -> ReleaseFacts {
        ReleaseFacts {
            service_id: form::id(&self.service).unwrap_or_default(),
            name: self.name.clone(),
            live_on: form::date(&self.live_on),
        }
    }

    fn place(why: Rejected) -> &'static str {
        form::place(why, "name", "service")
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Release, DeskError> {
        release::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Release>) -> Result<Vec<Item>> {
        let rows = release::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: release::Row| Item {
            url: AREA.entry(row.release.id),
            current: page::current(row.release.id, open.map(|open| open.id)),
            name: format!("{} {}", row.service_name, row.release.name),
            more: live_words(cx, &row.release),
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&Release>, faults: &Faults) -> Result<Markup> {
        let services = service::choices(&cx.db).await?;
        Ok(html! {
            (form::select(
                cx,
                Field::new("service", &cx.t("release-service")).fault(faults.of("service")),
                &form::options(cx, "contract-choose", &services, &self.service),
                &self.service,
            ))
            (form::text(
                cx,
                Field::new("name", &cx.t("release-name")).hint(&cx.t("release-name-hint")).fault(faults.of("name")),
                "text",
                &self.name,
            ))
            (form::text(
                cx,
                Field::new("live_on", &cx.t("release-live-on")).hint(&cx.t("release-live-on-hint")).optional().fault(faults.of("live_on")),
                "date",
                &self.live_on,
            ))
        })
    }
}

/// When it goes live.
fn live_words(cx: &Cx, release: &Release) -> String {
    match release.live_on {
        None => cx.t("release-day-open"),
        Some(day) => cx.locale.date(day),
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = release::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr {
                (column(&cx.t("release-service")))
                (column(&cx.t("release-name")))
                (column(&cx.t("release-live-on")))
            } }
            tbody {
                @for row in &rows {
                    tr class=[row.release.retired_at.map(|_| "is-retired")] {
                        td { (row.service_name) }
                        td {
                            a class="subject" href=(AREA.entry(row.release.id)) { (row.release.name) }
                            @if row.release.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td { (live_words(&cx, &row.release)) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}
