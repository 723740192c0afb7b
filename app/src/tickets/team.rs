//! Which team is responsible for a ticket.

use entities::team::list::choices as teams;
use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Ticket};
use maud::Markup;
use poem::handler;

use super::fact_form::{Chosen, asked, moved, refused, select, went_through};
use super::facts::Fact;
use super::list_from::From;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::Choice;
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

async fn fields(cx: &Cx, ticket: &Ticket) -> Result<Markup> {
    let teams = teams(&cx.db).await?;
    let mut choices: Vec<Choice> = teams
        .into_iter()
        .map(|team| Choice::new(team.id, team.name))
        .collect();
    if ticket.team_id.is_none() {
        choices.insert(0, Choice::new("", cx.t("team-choose")));
    }
    let value = ticket.team_id.map(|id| id.to_string()).unwrap_or_default();
    Ok(select(Fact::Team, cx, &choices, &value))
}

/// `GET /tickets/:key/team/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let fields = fields(&cx, &ticket).await?;
    Ok(asked(&cx, &ticket, &from, &Fact::Team, &fields))
}

/// `POST /tickets/:key/team`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Assign>,
    Query(from): Query<From>,
    Form(chosen): Form<Chosen>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let Some(id) = chosen.id()? else {
        let fields = fields(&cx, &ticket).await?;
        let fault = cx.t("team-missing");
        return Ok(refused(&cx, &ticket, &from, &Fact::Team, &fields, &fault));
    };
    let to = Assignee::Team { id };
    went_through(cx.db.change(permit.into_permit(), Assign { to }).await)?;
    moved(&cx, &ticket, &from, Some(id)).await
}
