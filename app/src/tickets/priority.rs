//! How urgent a ticket is.

use entities::ticket::{Prioritise, Ticket};
use maud::Markup;
use poem::handler;

use super::fact_form::{Chosen, asked, changed, select, went_through};
use super::facts::Fact;
use super::list_from::From;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{name, named, priority_choices};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// `GET /tickets/:key/priority/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let choices = priority_choices(cx.locale);
    let fields = select(Fact::Priority, &cx, &choices, &name(ticket.priority));
    Ok(asked(&cx, &ticket, &from, &Fact::Priority, &fields))
}

/// `POST /tickets/:key/priority`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Prioritise>,
    Query(from): Query<From>,
    Form(chosen): Form<Chosen>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let priority = named(&chosen.value).ok_or_else(|| Error::Request("no priority".into()))?;
    went_through(
        cx.db
            .change(permit.into_permit(), Prioritise { priority })
            .await,
    )?;
    changed(&cx, &ticket, &from).await
}
