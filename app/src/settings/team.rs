//! Teams and their members: the list, and the form of one.

use entities::setting::Choice;
use entities::team::{self, Team, TeamFacts};
use entities::{DeskError, Rejected, Uuid, person};
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

const AREA: Area = Area::Teams;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TeamForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    members: Vec<String>,
    once: Option<String>,
}

impl NounForm for TeamForm {
    type Noun = Team;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    fn of(_: &Cx, team: &Team) -> Self {
        TeamForm {
            name: team.row.name.clone(),
            members: team.member_ids.iter().map(Uuid::to_string).collect(),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, _: Option<&Team>) -> TeamFacts {
        TeamFacts {
            name: self.name.clone(),
            member_ids: self
                .members
                .iter()
                .filter_map(|text| form::id(text))
                .collect(),
        }
    }

    fn place(why: Rejected) -> &'static str {
        form::place(why, "name", "members")
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Team, DeskError> {
        team::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Team>) -> Result<Vec<Item>> {
        let rows = team::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |row: team::Row| Item {
            url: AREA.entry(row.team.id),
            current: page::current(row.team.id, open.map(|open| open.row.id)),
            name: row.team.name,
            more: cx
                .locale
                .t_with("settings-member-count", &[("count", row.members.into())]),
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, _: Option<&Team>, faults: &Faults) -> Result<Markup> {
        let offered = candidates(cx, &self.members).await?;
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::ticks(cx, "members", &cx.t("settings-members"), &offered, &self.members, faults))
        })
    }
}

#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = team::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        table class="grid grid--plain" {
            caption class="sr" { (AREA.words(&cx)) }
            thead { tr { (column(&cx.t("settings-name"))) (column(&cx.t("settings-members"))) } }
            tbody {
                @for row in &rows {
                    tr class=[row.team.retired_at.map(|_| "is-retired")] {
                        td {
                            a class="subject" href=(AREA.entry(row.team.id)) { (row.team.name) }
                            @if row.team.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                        }
                        td class="num" { (row.members) }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

/// Those who can work on tickets, and whoever is a member already.
async fn candidates(cx: &Cx, members: &[String]) -> Result<Vec<Choice>> {
    let mut offered = person::agents(&cx.db).await?;
    let others: Vec<Uuid> = members
        .iter()
        .filter_map(|text| form::id(text))
        .filter(|id| !offered.iter().any(|c| c.id == *id))
        .collect();
    offered.extend(person::names(&cx.db, &others).await?);
    Ok(offered)
}
