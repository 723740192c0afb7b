//! Roles: the matrix of what they may, and the form of one.

use entities::role::list::Row;
use entities::role::{self, Role, RoleFacts};
use entities::setting::{Noun as _, Show};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::NounForm;
use super::page::{self, Item};
use super::role_matrix::{self, Matrix};
use super::role_stage::Stage;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Look, Tone, button_link, notice};
use crate::web::url::Url;

const AREA: Area = Area::Roles;

/// What the matrix is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What is chosen and not saved.
    pub set: Vec<String>,
    /// One role alone.
    pub only: String,
    pub done: String,
}

/// A page about roles by its name.
pub fn part(name: &str) -> Url {
    AREA.part(name)
}

/// `GET /settings/roles`
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = role::every(&cx.db, &cx.actor, Show::Active).await?;
    let told = match asked.done.as_str() {
        "saved" => notice(Tone::Ok, &cx.t("settings-done-saved"), &html! {}),
        _ => html! {},
    };
    let stage = Stage::of(&asked.set);
    let matrix = Matrix::of(&rows, stage, form::id(&asked.only));
    role_matrix::page(&cx, &matrix, told).await
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RoleForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    once: Option<String>,
}

impl NounForm for RoleForm {
    type Noun = Role;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    fn of(_: &Cx, role: &Role) -> Self {
        RoleForm {
            name: role.row.name.clone(),
            once: None,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn facts(&self, _: &Cx, before: Option<&Role>) -> RoleFacts {
        let before = before.map(|role| role.facts());
        RoleFacts {
            name: self.name.clone(),
            shipped_as: before.as_ref().and_then(|f| f.shipped_as.clone()),
            grants: before.map(|f| f.grants).unwrap_or_default(),
        }
    }

    fn place(why: Rejected) -> &'static str {
        form::place(why, "name", "name")
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<Role, DeskError> {
        role::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&Role>) -> Result<Vec<Item>> {
        let rows = role::every(&cx.db, &cx.actor, Show::All).await?;
        let item = |row: Row| Item {
            url: AREA.entry(row.role.row.id),
            current: page::current(row.role.row.id, open.map(|open| open.row.id)),
            more: match row.role.row.retired_at {
                Some(_) => cx.t("settings-retired-mark"),
                None => people(cx, row.people),
            },
            name: row.role.row.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(&self, cx: &Cx, open: Option<&Role>, faults: &Faults) -> Result<Markup> {
        let links = |role: &Role| {
            let id = role.row.id;
            html! {
                div class="cluster" {
                    @if role.row.retired_at.is_none() {
                        (button_link(Look::Secondary, &cx.t("role-rights"), &AREA.url().with("only", id), None))
                    }
                    (button_link(Look::Tertiary, &cx.t("roles-copy"), &part("copy").with("of", id), Some("copy")))
                    (button_link(Look::Tertiary, &cx.t("roles-compare"), &part("compare").with("one", id), None))
                }
            }
        };
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            @match open {
                Some(role) => { (links(role)) }
                None => { p class="small muted" { (cx.t("role-new-hint")) } }
            }
        })
    }
}

/// “41 persons”
pub fn people(cx: &Cx, n: i64) -> String {
    cx.locale.t_with("roles-people", &[("count", n.into())])
}
