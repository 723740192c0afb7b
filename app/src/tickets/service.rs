//! Which service a ticket is about; the team responsible for it comes along.

use entities::service::list as services;
use entities::ticket::classify::Place;
use entities::ticket::{Classify, Ticket};
use maud::Markup;
use poem::handler;

use super::fact_form::{Chosen, asked, choices, moved, select, went_through};
use super::facts::Fact;
use super::list_query::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// `GET /tickets/:key/service/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let choices = choices(cx.t("fact-none"), services::choices(&cx.db).await?);
    let value = ticket
        .service_id
        .map(|id| id.to_string())
        .unwrap_or_default();
    let fields = select(Fact::Service, &cx, &choices, &value);
    Ok(asked(&cx, &ticket, &from, Fact::Service, &fields))
}

/// `POST /tickets/:key/service`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Classify>,
    Query(from): Query<From>,
    Form(chosen): Form<Chosen>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let service_id = chosen.id()?;
    let team_id = match service_id {
        Some(id) => services::responsible_team(&cx.db, id).await?,
        None => None,
    };
    let command = Classify {
        place: Some(Place {
            service_id,
            team_id,
        }),
        ..Classify::default()
    };
    went_through(cx.db.change(permit.into_permit(), command).await)?;
    moved(&cx, &ticket, &from, team_id).await
}
