//! Making a role that may what another one may.

use entities::role::{self, Create, RoleFacts};
use entities::setting::{Choice as Chosen, Noun as _, Show};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults, Outcome};
use super::noun;
use super::role::part;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf, once};
use crate::web::parts::{Field, Look, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;

const AREA: Area = Area::Roles;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CopyForm {
    #[validate(custom(function = "form::needed"))]
    of: String,
    #[validate(custom(function = "form::needed"))]
    name: String,
    once: Option<String>,
}

/// `GET /settings/roles/copy?of=…`
#[handler]
pub async fn new(
    cx: Cx,
    _permit: Permitted<Create>,
    Query(form): Query<CopyForm>,
) -> Result<Markup> {
    page(&cx, &form, &Faults::default()).await
}

/// `POST /settings/roles/copy`
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Create>, Form(form): Form<CopyForm>) -> Result<Swap> {
    let faults = match Faults::check(&cx, &form, &["of", "name"]) {
        Err(faults) => faults,
        Ok(()) => {
            let id = form::id(&form.of).unwrap_or_default();
            let of = role::find(&cx.db, &cx.actor, id).await?;
            let facts = RoleFacts {
                name: form.name.clone(),
                shipped_as: None,
                ..of.facts()
            };
            let command = Create {
                facts,
                once: form.once.clone(),
            };
            match form::outcome(cx.db.change(permit.into_permit(), command).await)? {
                Outcome::Done(id) => return Ok(noun::done(&cx, AREA, id, "created")),
                Outcome::Rejected(why) => {
                    let field = match why {
                        entities::Rejected::MoreThanHeld => "of",
                        _ => "name",
                    };
                    Faults::rejected(&cx, field, why)
                }
            }
        }
    };
    Ok(super::invalid(&cx, page(&cx, &form, &faults).await?))
}

async fn page(cx: &Cx, form: &CopyForm, faults: &Faults) -> Result<Markup> {
    let rows = role::every(&cx.db, &cx.actor, Show::All).await?;
    let offered: Vec<Chosen> = rows
        .into_iter()
        .map(|row| Chosen {
            id: row.role.row.id,
            name: row.role.row.name,
        })
        .collect();
    let content = html! {
        form class="form" method="post" action=(part("copy")) novalidate {
            (csrf(&cx.session.csrf)) (once())
            (faults.summary(cx))
            (form::select(
                cx,
                Field::new("of", &cx.t("roles-copy-of")).fault(faults.of("of")),
                &form::options(cx, "claim-rule-choose", &offered, &form.of),
                &form.of,
            ))
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &form.name))
            div class="cluster" { (submit(Look::Primary, &cx.t("roles-copy"))) }
        }
    };
    let sheet = Wide {
        area: AREA,
        back: Back::To(AREA),
        title: cx.t("roles-copy"),
        head: html! {},
        content,
        foot: html! {},
    };
    wide::page(cx, sheet).await
}
