//! Taking the repair a step on from the ticket's page.

use entities::Rejected;
use entities::ticket::share::{MoveRepair, Repair, read};
use poem::handler;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::tickets::fact_form::{changed, went_through};
use crate::tickets::list_from::From;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::named;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

/// The step, and where the repair stood when the button was drawn.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    from: String,
    to: String,
}

/// `POST /tickets/:key/shares/:sub/repair`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<MoveRepair>,
    Sub(id): Sub,
    Query(from): Query<From>,
    Form(form): Form<StepForm>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let share = read::one(&cx.db, &ticket, id).await?;
    let to: Repair = named(&form.to).ok_or_else(|| Error::Request("no step".into()))?;
    if named(&form.from) != Some(share.repair) {
        return Err(Rejected::NotYourStep.into());
    }
    let command = MoveRepair { share, to };
    went_through(cx.db.change(permit.into_permit(), command).await)?;
    changed(&cx, &ticket, &from).await
}
