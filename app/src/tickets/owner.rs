//! Who works on a ticket: choosing an owner.

use entities::person::list::agents;
use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Ticket};
use maud::Markup;
use poem::handler;

use super::fact_form::{Chosen, asked, changed, choices, select, went_through};
use super::facts::Fact;
use super::list_from::From;
use crate::absences::away;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// `GET /tickets/:key/owner/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let mut people = agents(&cx.db).await?;
    let service = ticket.service_id;
    away::tell(&cx, &mut people, ticket.owner_id, service).await?;
    let choices = choices(cx.t("owner-nobody"), people);
    let value = ticket.owner_id.map(|id| id.to_string()).unwrap_or_default();
    let fields = select(Fact::Owner, &cx, &choices, &value);
    Ok(asked(&cx, &ticket, &from, &Fact::Owner, &fields))
}

/// `POST /tickets/:key/owner`: an id, nothing, or `me`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Assign>,
    Query(from): Query<From>,
    Form(chosen): Form<Chosen>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let id = match chosen.value.as_str() {
        "me" => cx.actor.person_id(),
        _ => chosen.id()?,
    };
    let to = id.map_or(Assignee::Nobody, |id| Assignee::Person { id });
    went_through(cx.db.change(permit.into_permit(), Assign { to }).await)?;
    changed(&cx, &ticket, &from).await
}
