//! The matrix of permissions and roles: a click takes a permission to its next level, nothing is saved by it.

use entities::role::effect;
use entities::role::list::Row;
use entities::role::{self, Role, Update};
use entities::setting::Show;
use entities::{DeskError, Permission, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form;
use super::role::{Asked, part, people};
use super::role_stage::{SET, Stage, Staged, cell, cell_of};
use super::role_words::{self, Names, groups};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Look, button_link, glyph, icon};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;

const AREA: Area = Area::Roles;
/// The form around the matrix.
const FORM: &str = "roles-form";
/// What is chosen, as hidden fields.
const CHOSEN: &str = "roles-chosen";
const SAVE: &str = "roles-save";
const FOOT: &str = "roles-foot";

/// Roles with what is chosen and not saved.
pub struct Matrix<'a> {
    rows: Vec<&'a Row>,
    stage: Stage,
    only: Option<Uuid>,
}

/// What the buttons of the matrix send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Turned {
    pub set: Vec<String>,
    pub only: String,
    /// The permission of a role that goes to its next level.
    turn: String,
}

impl<'a> Matrix<'a> {
    pub fn of(all: &'a [Row], stage: Stage, only: Option<Uuid>) -> Matrix<'a> {
        let roles: Vec<&Role> = all.iter().map(|row| &row.role).collect();
        let shown = |row: &&Row| only.is_none_or(|id| row.role.row.id == id);
        Matrix {
            rows: all.iter().filter(shown).collect(),
            stage: stage.renewed(&roles),
            only,
        }
    }

    fn only_text(&self) -> String {
        form::id_text(self.only)
    }

    fn table(&self, cx: &Cx) -> Markup {
        let columns = self.rows.len() + 1 + usize::from(self.only.is_some());
        html! {
            table class={ "grid matrix" @if self.only.is_some() { " matrix--one" } } {
                caption class="sr" { (cx.t("roles-caption")) }
                thead {
                    tr {
                        th scope="col" { (cx.t("roles-right")) }
                        @for row in &self.rows {
                            th scope="col" {
                                a href=(AREA.entry(row.role.row.id)) { (row.role.row.name) }
                                small { (people(cx, row.people)) }
                            }
                        }
                        @if self.only.is_some() { th scope="col" { span class="sr" { (cx.t("roles-exactly")) } } }
                    }
                }
                tbody {
                    @for (group, permissions) in groups() {
                        tr class="group" { th colspan=(columns) scope="colgroup" { (group.words(cx)) } }
                        @for permission in permissions { (self.line(cx, permission)) }
                    }
                }
            }
        }
    }

    fn line(&self, cx: &Cx, permission: Permission) -> Markup {
        html! {
            tr {
                th scope="row" { (role_words::permission(cx, permission)) }
                @for row in &self.rows { td { (self.cell(cx, &row.role, permission)) } }
                @if let Some(id) = self.only {
                    td {
                        a class="small" href=(self.stage.at(part("choose").with("cell", cell(id, permission)).with("only", id))) {
                            (cx.t("roles-exactly")) span class="sr" { ": " (role_words::permission(cx, permission)) }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, cx: &Cx, role: &Role, permission: Permission) -> Markup {
        let scopes = self.stage.scopes(role, permission);
        let is_changed = self.stage.change(role.row.id, permission).is_some();
        let (state, sign) = role_words::sign(&scopes);
        let short = role_words::short(cx, &scopes);
        let level = match (scopes.as_slice(), short.as_str()) {
            ([], _) => cx.t("roles-none"),
            (_, "") => cx.t("roles-everything"),
            (_, short) => short.to_owned(),
        };
        let name = cell(role.row.id, permission);
        let label = [
            ("right", role_words::permission(cx, permission).into()),
            ("role", role.row.name.as_str().into()),
            ("level", level.into()),
        ];
        let key = match is_changed {
            true => "roles-cell-changed",
            false => "roles-cell",
        };
        html! {
            button id=(cell_id(&name)) class={ "cell" @if is_changed { " is-changed" } } type="submit" name="turn" value=(name)
                data-state=[state] formaction=(part("turn")) hx-post=(part("turn")) hx-swap="none"
                aria-label=(cx.locale.t_with(key, &label)) {
                (sign) @if !short.is_empty() { span { (short) } }
            }
        }
    }

    /// What is chosen, for the next click and for saving.
    fn chosen(&self) -> Markup {
        html! {
            div id=(CHOSEN) hidden {
                @for text in self.stage.texts() { input type="hidden" name=(SET) value=(text); }
            }
        }
    }

    fn save(&self, cx: &Cx) -> Markup {
        let count = [("count", self.stage.len().into())];
        html! {
            span id=(SAVE) class="cluster" {
                @if !self.stage.is_empty() {
                    (button_link(Look::Secondary, &cx.t("roles-effect"), &self.stage.at(part("effect").with("only", self.only_text())), None))
                    button class="kern-btn kern-btn--primary" type="submit" form=(FORM) {
                        span class="kern-label" { (cx.locale.t_with("roles-save", &count)) }
                    }
                }
            }
        }
    }

    async fn foot(&self, cx: &Cx) -> Result<Markup> {
        if self.stage.is_empty() {
            return Ok(
                html! { p id=(FOOT) class="formfoot small muted" role="status" { (cx.t("roles-how")) } },
            );
        }
        let changed = self.stage.by_role();
        let n = effect::people(&cx.db, changed.iter().map(|(id, _)| *id)).await?;
        let names = Names::read(cx).await?;
        let told: Vec<String> = self
            .stage
            .all()
            .iter()
            .filter_map(|staged| {
                let row = self.rows.iter().find(|r| r.role.row.id == staged.role_id);
                Some(self::told(cx, &names, &row?.role, staged))
            })
            .collect();
        let args = [
            ("count", self.stage.len().into()),
            ("changes", told.join("; ").into()),
            ("people", n.into()),
        ];
        Ok(html! {
            p id=(FOOT) class="formfoot small" role="status" {
                span class="muted" { (cx.locale.t_with("roles-unsaved", &args)) }
                a class="right" href=(AREA.url().with("only", self.only_text())) { (cx.t("settings-discard")) }
            }
        })
    }
}

/// “Agent”: Close tickets – own teams instead of no
pub fn told(cx: &Cx, names: &Names, role: &Role, staged: &Staged) -> String {
    let change = &staged.change;
    let args = [
        ("role", role.row.name.as_str().into()),
        (
            "right",
            role_words::permission(cx, change.permission).into(),
        ),
        ("to", names.scopes(cx, &change.to).into()),
        ("from", names.scopes(cx, &change.from).into()),
    ];
    cx.locale.t_with("roles-change", &args)
}

fn cell_id(name: &str) -> String {
    format!("cell-{}", name.replace('.', "-"))
}

fn legend(cx: &Cx) -> Markup {
    let one = |state: &str, words: String| {
        html! {
            span class="cluster" { span class="state" data-state=(state) { (glyph(state)) } (words) }
        }
    };
    html! {
        p class="legend2 small" {
            (one("solved", cx.t("roles-everything"))) (one("open", cx.t("roles-own-teams")))
            (one("vendor", cx.t("roles-narrower")))
            span class="cluster" { span class="nope" aria-hidden="true" { "–" } (cx.t("roles-none")) }
        }
    }
}

/// The whole page.
pub async fn page(cx: &Cx, matrix: &Matrix<'_>, told: Markup) -> Result<Markup> {
    let content = html! {
        @if !told.0.is_empty() { div class="sheet__body" { (told) } }
        ul class="itemlist rolepick" role="list" aria-label=(cx.t("settings-roles")) {
            @for row in matrix.rows.iter().filter(|_| matrix.only.is_none()) {
                li {
                    a href=(matrix.stage.at(AREA.url().with("only", row.role.row.id))) {
                        span { b { (row.role.row.name) } small { (people(cx, row.people)) } }
                    }
                }
            }
        }
        form id=(FORM) method="post" action=(part("save")) {
            (csrf(&cx.session.csrf))
            input type="hidden" name="only" value=(matrix.only_text());
            (matrix.chosen())
            (matrix.table(cx))
        }
        div class="sheet__body cluster small" {
            (button_link(Look::Tertiary, &cx.t("roles-compare"), &part("compare"), None))
            (button_link(Look::Tertiary, &cx.t("sight"), &part("sight"), Some("eye")))
            (button_link(Look::Tertiary, &cx.t("role-new"), &AREA.new_url(), Some("plus")))
        }
    };
    let title = match (matrix.only, matrix.rows.as_slice()) {
        (Some(_), [row]) => row.role.row.name.clone(),
        (Some(_), _) => return Err(DeskError::Hidden.into()),
        (None, _) => AREA.words(cx),
    };
    let head = html! {
        (legend(cx))
        span class="right cluster" {
            a class="kern-btn kern-btn--tertiary" href=(part("copy").with("of", matrix.only_text())) {
                (icon("copy")) span class="kern-label" { (cx.t("roles-copy")) }
            }
            (matrix.save(cx))
        }
    };
    let sheet = Wide {
        area: AREA,
        back: match matrix.only {
            Some(_) => Back::To(AREA),
            None => Back::None,
        },
        title,
        head,
        content,
        foot: matrix.foot(cx).await?,
    };
    wide::page(cx, sheet).await
}

/// `POST /settings/roles/turn`
#[handler]
pub async fn turn(cx: Cx, _permit: Permitted<Update>, Form(form): Form<Turned>) -> Result<Swap> {
    let rows = role::every(&cx.db, &cx.actor, Show::Active).await?;
    let (id, permission) = cell_of(&form.turn).ok_or(DeskError::Hidden)?;
    let row = rows.iter().find(|row| row.role.row.id == id);
    let role = &row.ok_or(DeskError::Hidden)?.role;
    let only = form::id(&form.only);
    let mut matrix = Matrix::of(&rows, Stage::of(&form.set), only);
    matrix.stage.turn(&cx.actor, role, permission);
    let here = AREA.url().with("only", matrix.only_text());
    let name = cell(id, permission);
    let swap = Swap::or_go_to(cx.asks, matrix.stage.at(here.clone()).at(&cell_id(&name)));
    Ok(swap
        .morph(&cell_id(&name), matrix.cell(&cx, role, permission))
        .replace(CHOSEN, matrix.chosen())
        .replace(SAVE, matrix.save(&cx))
        .replace(FOOT, matrix.foot(&cx).await?)
        .push(matrix.stage.at(here)))
}

impl Asked {
    /// What the forms of other pages send along.
    pub fn hidden(&self, stage: &Stage) -> Markup {
        html! {
            input type="hidden" name="only" value=(self.only);
            @for text in stage.texts() { input type="hidden" name=(SET) value=(text); }
        }
    }
}
