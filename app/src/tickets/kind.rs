//! What sort of case a ticket is.

use entities::ticket::{Classify, Ticket};
use maud::Markup;
use poem::handler;

use super::fact_form::{Chosen, asked, changed, select, went_through};
use super::facts::Fact;
use super::list_from::From;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{kind_choices, name, named};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// `GET /tickets/:key/kind/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let choices = kind_choices(cx.locale);
    let fields = select(Fact::Kind, &cx, &choices, &name(ticket.kind));
    Ok(asked(&cx, &ticket, &from, &Fact::Kind, &fields))
}

/// `POST /tickets/:key/kind`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Classify>,
    Query(from): Query<From>,
    Form(chosen): Form<Chosen>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let kind = named(&chosen.value).ok_or_else(|| Error::Request("no kind".into()))?;
    let command = Classify {
        kind: Some(kind),
        ..Classify::default()
    };
    went_through(cx.db.change(permit.into_permit(), command).await)?;
    changed(&cx, &ticket, &from).await
}
