//! Whom the receipt of a mail may name, because the person whom its sender expects is away.

use sea_orm::{EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::Presence;
use crate::clock::day;
use crate::db::Db;
use crate::deadline::rules;
use crate::error::Result;
use crate::person;
use crate::ticket::{Ticket, table};

#[derive(FromQueryResult)]
struct Deputised {
    payload: String,
}

/// The name of whoever is there meanwhile: for whoever the ticket was given to, for its owner, or for the owner of the
/// ticket that it continues. None where that person is there, did not say that their deputy may be named, or where
/// their team stands in.
pub async fn deputy_to_name(db: &Db, ticket: &Ticket) -> Result<Option<String>> {
    let rules = rules::for_pages(db).await?;
    let presence = rules.presence();
    let today = day(db.clock().now());
    if presence.away_on(today).is_empty() {
        return Ok(None);
    }
    for expected in expected(db, ticket).await? {
        if let Some(deputy) = named(presence, expected, ticket, today) {
            let name = person::names(db, &[deputy]).await?.pop();
            return Ok(name.map(|found| found.name));
        }
    }
    Ok(None)
}

fn named(
    presence: &Presence,
    expected: Uuid,
    ticket: &Ticket,
    today: chrono::NaiveDate,
) -> Option<Uuid> {
    match presence.names_deputy(expected, today) {
        true => presence.stand_in(expected, ticket.service_id, today),
        false => None,
    }
}

async fn expected(db: &Db, ticket: &Ticket) -> Result<Vec<Uuid>> {
    let sql = "SELECT payload FROM event WHERE subject_id = $1 AND name = 'deputised' ORDER BY number DESC LIMIT 1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [ticket.id.into()]);
    let passed = Deputised::find_by_statement(statement)
        .one(db.reader())
        .await?;
    let from = passed.and_then(|event| {
        let record: serde_json::Value = serde_json::from_str(&event.payload).ok()?;
        Uuid::try_parse(record["from"].as_str()?).ok()
    });
    let before = match ticket.follows_id {
        Some(id) => table::Entity::find_by_id(id).one(db.reader()).await?,
        None => None,
    };
    let before = before.and_then(|earlier| earlier.owner_id);
    Ok(from
        .into_iter()
        .chain(ticket.owner_id)
        .chain(before)
        .collect())
}
