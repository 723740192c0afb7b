//! Taking a ticket out of a vendor's sight again.

use entities::ticket::share::{WithdrawShare, read};
use poem::handler;

use crate::error::Result;
use crate::tickets::fact_form::{changed, went_through};
use crate::tickets::list_from::From;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

/// `POST /tickets/:key/shares/:sub/withdraw`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<WithdrawShare>,
    Sub(id): Sub,
    Query(from): Query<From>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let share = read::one(&cx.db, &ticket, id).await?;
    let command = WithdrawShare { share };
    went_through(cx.db.change(permit.into_permit(), command).await)?;
    changed(&cx, &ticket, &from).await
}
