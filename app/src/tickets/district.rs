//! Which district office a ticket counts for.

use entities::organisation::list::districts;
use entities::ticket::{Classify, Ticket};
use maud::Markup;
use poem::handler;

use super::fact_form::{Chosen, asked, changed, choices, select, went_through};
use super::facts::Fact;
use super::list_from::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// `GET /tickets/:key/district/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let choices = choices(cx.t("fact-none"), districts(&cx.db).await?);
    let value = ticket
        .district_id
        .map(|id| id.to_string())
        .unwrap_or_default();
    let fields = select(Fact::District, &cx, &choices, &value);
    Ok(asked(&cx, &ticket, &from, &Fact::District, &fields))
}

/// `POST /tickets/:key/district`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Classify>,
    Query(from): Query<From>,
    Form(chosen): Form<Chosen>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let command = Classify {
        district_id: Some(chosen.id()?),
        ..Classify::default()
    };
    went_through(cx.db.change(permit.into_permit(), command).await)?;
    changed(&cx, &ticket, &from).await
}
