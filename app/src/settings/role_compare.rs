//! Two roles beside each other; what differs is marked.

use entities::Permission;
use entities::role::list::Row;
use entities::role::{self, Role};
use entities::setting::{Choice as Chosen, Noun as _, Show};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form;
use super::role::{part, people};
use super::role_words::{self, Names, groups};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{Field, Look, submit};

const AREA: Area = Area::Roles;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pair {
    one: String,
    other: String,
}

/// `GET /settings/roles/compare?one=…&other=…`
#[handler]
pub async fn show(cx: Cx, Query(pair): Query<Pair>) -> Result<Markup> {
    let rows = role::every(&cx.db, &cx.actor, Show::All).await?;
    let chosen = |text: &str| {
        let id = form::id(text);
        rows.iter().find(|row| Some(row.role.row.id) == id)
    };
    let names = Names::read(&cx).await?;
    let content = html! {
        form class="filterbar" method="get" action=(part("compare")) {
            (select(&cx, "one", "roles-compare-one", &rows, &pair.one))
            (select(&cx, "other", "roles-compare-other", &rows, &pair.other))
            (submit(Look::Secondary, &cx.t("roles-compare-do")))
        }
        @if let (Some(one), Some(other)) = (chosen(&pair.one), chosen(&pair.other)) {
            (table(&cx, &names, one, other))
        } @else { p class="sheet__body muted" { (cx.t("roles-compare-how")) } }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.t("roles-compare"),
        head: html! {},
        content,
        foot: html! {},
    };
    wide::page(&cx, sheet).await
}

fn select(cx: &Cx, name: &str, key: &str, rows: &[Row], value: &str) -> Markup {
    let choice = |row: &Row| Chosen {
        id: row.role.row.id,
        name: row.role.row.name.clone(),
    };
    let offered: Vec<Chosen> = rows.iter().map(choice).collect();
    let options = form::options(cx, "claim-rule-choose", &offered, value);
    form::select(cx, Field::new(name, &cx.t(key)), &options, value)
}

fn table(cx: &Cx, names: &Names, one: &Row, other: &Row) -> Markup {
    let head = |row: &Row| {
        html! {
            th scope="col" {
                a href=(AREA.entry(row.role.row.id)) { (row.role.row.name) }
                small { (people(cx, row.people)) }
            }
        }
    };
    let cell = |role: &Role, permission: Permission| {
        let scopes = role.facts().scopes(permission);
        let (state, sign) = role_words::sign(&scopes);
        html! {
            td { span class="cell" data-state=[state] { (sign) span { (names.scopes(cx, &scopes)) } } }
        }
    };
    html! {
        table class="grid matrix matrix--one" {
            caption class="sr" { (cx.t("roles-compare")) }
            thead {
                tr { th scope="col" { (cx.t("roles-right")) } (head(one)) (head(other)) th scope="col" { (cx.t("roles-compare-differs")) } }
            }
            tbody {
                @for (group, permissions) in groups() {
                    tr class="group" { th colspan="4" scope="colgroup" { (group.words(cx)) } }
                    @for permission in permissions {
                        @let differs = one.role.facts().scopes(permission) != other.role.facts().scopes(permission);
                        tr class=[differs.then_some("is-different")] {
                            th scope="row" { (role_words::permission(cx, permission)) }
                            (cell(&one.role, permission)) (cell(&other.role, permission))
                            td { @if differs { strong { (cx.t("roles-compare-yes")) } } @else { span class="muted" { (cx.t("roles-compare-no")) } } }
                        }
                    }
                }
            }
        }
    }
}
