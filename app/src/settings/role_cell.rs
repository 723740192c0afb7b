//! One permission of one role, chosen exactly: teams, services, the own organisation, field values, or several of them.

use entities::policy::{Scope, Spread};
use entities::role::{self, Role, Update};
use entities::setting::Show;
use entities::{DeskError, Permission};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form::{self, Faults};
use super::role::{Asked, part};
use super::role_stage::{Stage, cell_of};
use super::role_words::{self, Names};
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::fields::words;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf};
use crate::web::parts::{Look, button_link, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;

const AREA: Area = Area::Roles;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cell {
    set: Vec<String>,
    only: String,
    /// The permission of a role.
    cell: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    set: Vec<String>,
    only: String,
    cell: String,
    /// Scopes that name nothing.
    level: Vec<String>,
    teams: Vec<String>,
    services: Vec<String>,
    /// Options of all fields.
    options: Vec<String>,
}

async fn find(cx: &Cx, text: &str) -> Result<(Role, Permission)> {
    let (id, permission) = cell_of(text).ok_or(DeskError::Hidden)?;
    Ok((role::find(&cx.db, &cx.actor, id).await?, permission))
}

/// `GET /settings/roles/choose?cell=…`
#[handler]
pub async fn show(cx: Cx, _permit: Permitted<Update>, Query(cell): Query<Cell>) -> Result<Markup> {
    let (role, permission) = find(&cx, &cell.cell).await?;
    let stage = Stage::of(&cell.set).renewed(&[&role]);
    let names = Names::read(&cx).await?;
    let scopes = stage.scopes(&role, permission);
    let all = Stage::of(&cell.set);
    let back = all.at(AREA.url().with("only", &cell.only));
    let asked = Asked {
        only: cell.only.clone(),
        ..Asked::default()
    };
    let content = html! {
        form class="form form--many" method="post" action=(part("choose")) {
            (csrf(&cx.session.csrf))
            (asked.hidden(&all))
            input type="hidden" name="cell" value=(cell.cell);
            p { (cx.t("roles-choose-how")) }
            (levels(&cx, permission, &scopes))
            (named(&cx, &names, permission, &scopes))
            div class="cluster" {
                (submit(Look::Primary, &cx.t("roles-choose-take")))
                (button_link(Look::Tertiary, &cx.t("settings-discard"), &back, None))
            }
            p class="small muted" { (cx.t("roles-choose-unsaved")) }
        }
    };
    let title = [
        ("role", role.row.name.as_str().into()),
        ("right", role_words::permission(&cx, permission).into()),
    ];
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.locale.t_with("roles-choose", &title),
        head: html! {},
        content,
        foot: html! {},
    };
    wide::page(&cx, sheet).await
}

fn levels(cx: &Cx, permission: Permission, scopes: &[Scope]) -> Markup {
    let offered: &[(Scope, &str)] = match permission.spread() {
        Spread::Desk | Spread::Services => &[(Scope::Everything, "roles-everything")],
        Spread::Teams => &[
            (Scope::Everything, "roles-everything"),
            (Scope::OwnTeams, "roles-own-teams"),
        ],
        Spread::Organisation => &[
            (Scope::Everything, "roles-everything"),
            (Scope::OwnOrganisation, "roles-own-organisation"),
        ],
        Spread::Tickets => &[
            (Scope::Everything, "roles-everything"),
            (Scope::OwnTeams, "roles-own-teams"),
            (Scope::OwnOrganisation, "roles-own-organisation"),
        ],
    };
    html! {
        fieldset class="field" {
            legend class="label" { (cx.t("roles-choose-levels")) }
            @for (scope, key) in offered {
                label class="tick" {
                    input type="checkbox" name="level" value=(scope.to_row().0) checked[scopes.contains(scope)];
                    span { (cx.t(key)) }
                }
            }
        }
    }
}

fn named(cx: &Cx, names: &Names, permission: Permission, scopes: &[Scope]) -> Markup {
    let none = Faults::default();
    let (mut teams, mut services, mut options) = (Vec::new(), Vec::new(), Vec::new());
    for scope in scopes {
        match scope {
            Scope::Teams(ids) => teams.extend(ids.iter().map(ToString::to_string)),
            Scope::Services(ids) => services.extend(ids.iter().map(ToString::to_string)),
            Scope::FieldValues { options: ids, .. } => {
                options.extend(ids.iter().map(ToString::to_string));
            }
            Scope::Everything | Scope::OwnTeams | Scope::OwnOrganisation => {}
        }
    }
    html! {
        @if matches!(permission.spread(), Spread::Teams | Spread::Tickets) {
            (form::ticks(cx, "teams", &cx.t("settings-teams"), &names.teams, &teams, &none))
        }
        @if matches!(permission.spread(), Spread::Services | Spread::Tickets) {
            (form::ticks(cx, "services", &cx.t("roles-choose-services"), &names.services, &services, &none))
        }
        @if permission.spread() == Spread::Tickets {
            @for field in &names.fields {
                @let offered = names.options(cx, field);
                details class="fieldpart" open[offered.iter().any(|o| options.contains(&o.id.to_string()))] {
                    summary { h2 { (words::label(cx.locale, field)) } }
                    fieldset class="field" {
                        legend class="sr" { (words::label(cx.locale, field)) }
                        @for option in &offered {
                            @let value = option.id.to_string();
                            label class="tick" {
                                input type="checkbox" name="options" value=(value) checked[options.contains(&value)];
                                span { (option.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /settings/roles/choose`
#[handler]
pub async fn update(
    cx: Cx,
    _permit: Permitted<Update>,
    Form(chosen): Form<Chosen>,
) -> Result<Swap> {
    let (role, permission) = find(&cx, &chosen.cell).await?;
    let names = Names::read(&cx).await?;
    let rows = role::every(&cx.db, &cx.actor, Show::Active).await?;
    let roles: Vec<&Role> = rows.iter().map(|row| &row.role).collect();
    let mut stage = Stage::of(&chosen.set).renewed(&roles);
    stage.put(&role, permission, chosen.scopes(&names));
    let url = AREA.url().with("only", &chosen.only);
    Ok(Swap::go_to(cx.asks, stage.at(url)))
}

impl Chosen {
    fn scopes(&self, names: &Names) -> Vec<Scope> {
        let ids = |texts: &[String]| texts.iter().filter_map(|text| form::id(text)).collect();
        let known = ["everything", "own_teams", "own_organisation"];
        let plain = self.level.iter().filter(|l| known.contains(&l.as_str()));
        let mut scopes: Vec<Scope> = plain.map(|l| Scope::from_row(l, vec![])).collect();
        if !self.teams.is_empty() {
            scopes.push(Scope::Teams(ids(&self.teams)));
        }
        if !self.services.is_empty() {
            scopes.push(Scope::Services(ids(&self.services)));
        }
        let options: Vec<_> = ids(&self.options);
        for field in &names.fields {
            let of_field = field.options.iter().map(|o| o.id);
            let chosen: Vec<_> = of_field.filter(|id| options.contains(id)).collect();
            if !chosen.is_empty() {
                scopes.push(Scope::FieldValues {
                    field: field.row.id,
                    options: chosen,
                });
            }
        }
        scopes
    }
}
