//! Which service a ticket is about; the team responsible for it comes along.

use entities::field::rules::Case;
use entities::field::{Moment, defaults, read};
use entities::ledger::Step;
use entities::service::list as services;
use entities::ticket::classify::Place;
use entities::ticket::{Classify, SetFields, Ticket};
use entities::{DeskError, Permit, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;

use super::fact_form::{Chosen, asked, choices, moved, refused, select, went_through};
use super::facts::Fact;
use super::field_needed::Needed;
use super::list_from::From;
use crate::error::{Result, rejected};
use crate::fields::typed::Typed;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;

/// `GET /tickets/:key/service/edit`.
#[handler]
pub async fn edit(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let value = ticket
        .service_id
        .map(|id| id.to_string())
        .unwrap_or_default();
    let fields = fields(&cx, &value, &html! {}).await?;
    Ok(asked(&cx, &ticket, &from, &Fact::Service, &fields))
}

/// The choice, and the fields a service needs.
async fn fields(cx: &Cx, value: &str, needed: &Markup) -> Result<Markup> {
    let choices = choices(cx.t("fact-none"), services::choices(&cx.db).await?);
    Ok(html! { (select(Fact::Service, cx, &choices, value)) (needed) })
}

/// The ticket as it would be about that service.
async fn case_with(
    cx: &Cx,
    ticket: &Ticket,
    service_id: Option<Uuid>,
    team_id: Option<Uuid>,
) -> Result<Case> {
    let parent_service_id = match service_id {
        Some(id) => services::parent(&cx.db, id).await?,
        None => None,
    };
    Ok(Case {
        kind: ticket.kind,
        place: Place {
            service_id,
            team_id: team_id.or(ticket.team_id),
        },
        parent_service_id,
    })
}

/// `POST /tickets/:key/service`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Classify>,
    Query(from): Query<From>,
    Form(typed): Form<Typed>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let chosen = Chosen {
        value: typed.first("value").to_owned(),
    };
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
    let case = case_with(&cx, &ticket, service_id, team_id).await?;
    let moment = service_id.map(|_| Moment::Classify);
    let mut needed = Needed::read(&cx, &ticket, case.clone(), moment, &typed).await?;
    let again = |needed: &Needed, why: Option<Rejected>| {
        let needed = needed.render(&cx, &ticket);
        let fault = why.map(|why| rejected(cx.locale, why)).unwrap_or_default();
        let (cx, ticket, from) = (cx.clone(), ticket.clone(), from.clone());
        let value = chosen.value.clone();
        async move {
            let fields = fields(&cx, &value, &needed).await?;
            Ok(refused(
                &cx,
                &ticket,
                &from,
                &Fact::Service,
                &fields,
                &fault,
            ))
        }
    };
    let Some(mut values) = needed.values(&cx).await? else {
        return again(&needed, None).await;
    };
    // What the service begins with, where nothing stands yet.
    let held = read::sheet(&cx.db, &cx.actor, &ticket).await?;
    for (id, value) in defaults::by_service(&cx.db, &case).await? {
        if !held.values.contains_key(&id) && !values.iter().any(|(of, _)| *of == id) {
            values.push((id, Some(value)));
        }
    }
    let mut steps = vec![Step::new(permit.into_permit(), command)];
    if !values.is_empty() {
        let sets = Needed::sets(&cx, &ticket, values).await?;
        let permit = Permit::<SetFields>::ask(&cx.actor, ticket.clone())?;
        steps.push(Step::new(permit, SetFields { sets }));
    }
    for done in cx.db.change_series(steps).await? {
        match done {
            Err(DeskError::Rejected(
                why @ (Rejected::FieldsMissing
                | Rejected::Field { .. }
                | Rejected::ChangedMeanwhile),
            )) => {
                needed.refuse(&cx, why);
                return again(&needed, Some(why)).await;
            }
            done => went_through(done)?,
        }
    }
    moved(&cx, &ticket, &from, team_id).await
}
