//! Who is told in place of owners: whoever answers for their tickets while they are away or when they have left, or stands
//! in for them anyway.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};
use uuid::Uuid;

use super::concerned::Concerned;
use crate::absence::Presence;
use crate::db::{few_forms, places};
use crate::error::Result;
use crate::notice::Reason;

#[derive(FromQueryResult)]
struct Owned {
    ticket_id: Uuid,
    team_id: Option<Uuid>,
    owner_id: Uuid,
    service_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// Those who are there that day for the owners of these tickets; nobody retired.
pub(super) async fn stand_ins(
    tx: &DatabaseTransaction,
    tickets: impl Iterator<Item = Uuid>,
    presence: &Presence,
    today: NaiveDate,
) -> Result<Vec<Concerned>> {
    let owned = owned(tx, tickets).await?;
    let told = |ticket: &Owned| {
        let (team, service) = (ticket.team_id, ticket.service_id);
        presence.told_for(ticket.owner_id, team, service, today)
    };
    let names = names(tx, owned.iter().flat_map(told)).await?;
    let mut all = Vec::new();
    for ticket in owned {
        let reason = match ticket.owner_id {
            owner if presence.has_left(owner) => Reason::Left,
            owner if presence.is_away(owner, today) => Reason::Absent,
            _ => Reason::Deputy,
        };
        for person in told(&ticket) {
            let Some(named) = names.iter().find(|named| named.id == person) else {
                continue;
            };
            all.push(Concerned {
                ticket_id: ticket.ticket_id,
                team_id: ticket.team_id,
                owner_id: Some(ticket.owner_id),
                service_id: ticket.service_id,
                organisation_id: ticket.organisation_id,
                person_id: person,
                name: named.name.clone(),
                reason: reason.name().to_owned(),
            });
        }
    }
    Ok(all)
}

async fn owned(
    tx: &DatabaseTransaction,
    tickets: impl Iterator<Item = Uuid>,
) -> Result<Vec<Owned>> {
    let ids = few_forms(tickets);
    let sql = format!(
        "SELECT t.id AS ticket_id, t.team_id, t.owner_id, t.service_id, t.organisation_id FROM ticket t \
         WHERE t.owner_id IS NOT NULL AND t.id IN ({})",
        places(ids.len())
    );
    let values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(Owned::find_by_statement(statement).all(tx).await?)
}

async fn names(tx: &DatabaseTransaction, people: impl Iterator<Item = Uuid>) -> Result<Vec<Named>> {
    let ids = few_forms(people);
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT id, name FROM person WHERE retired_at IS NULL AND id IN ({})",
        places(ids.len())
    );
    let values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(Named::find_by_statement(statement).all(tx).await?)
}
