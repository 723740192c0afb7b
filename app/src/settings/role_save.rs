//! Saving what was chosen in the matrix: one event a role, each with what was granted before and what is now.

use entities::permit::{Desk, Permit};
use entities::role::{self, ChangeGrants};
use entities::setting::Show;
use entities::{DeskError, Rejected};
use maud::html;
use poem::handler;

use super::area::Area;
use super::form;
use super::role_matrix::{self, Matrix, Turned};
use super::role_stage::Stage;
use crate::error::{self, Result};
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::parts::{Tone, notice};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;

const AREA: Area = Area::Roles;

/// `POST /settings/roles/save`
#[handler]
pub async fn update(
    cx: Cx,
    _permit: Permitted<ChangeGrants>,
    Form(form): Form<Turned>,
) -> Result<Swap> {
    let stage = Stage::of(&form.set);
    let mut pairs = Vec::new();
    for (id, changes) in stage.by_role() {
        let permit = Permit::ask(&cx.actor, Desk)?;
        pairs.push((permit, ChangeGrants { id, changes }));
    }
    let ids: Vec<_> = pairs.iter().map(|(_, command)| command.id).collect();
    let mut refused: Vec<(entities::Uuid, Rejected)> = Vec::new();
    for (id, result) in ids.into_iter().zip(cx.db.change_many(pairs).await?) {
        match result {
            Ok(_) | Err(DeskError::AlreadyDone(_)) => {}
            Err(DeskError::Rejected(why)) => refused.push((id, why)),
            Err(error) => return Err(error.into()),
        }
    }
    let only = form::id(&form.only);
    if refused.is_empty() {
        let here = AREA.url().with("only", form::id_text(only));
        return Ok(Swap::go_to(cx.asks, here.with("done", "saved")));
    }
    let rows = role::every(&cx.db, &cx.actor, Show::Active).await?;
    let told = html! {
        @for (id, why) in &refused {
            @let name = rows.iter().find(|row| row.role.row.id == *id).map_or("", |row| row.role.row.name.as_str());
            (notice(
                Tone::Error,
                &cx.locale.t_with("roles-refused", &[("role", name.into())]),
                &html! { (error::rejected(cx.locale, *why)) },
            ))
        }
    };
    // What was saved is no change any more; what was not stays chosen.
    let matrix = Matrix::of(&rows, stage, only);
    let page = role_matrix::page(&cx, &matrix, told).await?;
    Ok(super::invalid(&cx, page))
}
