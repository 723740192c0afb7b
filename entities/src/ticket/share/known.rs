//! Who a ticket has to do with: the names that are looked for before something goes to a vendor.

use std::collections::BTreeSet;

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::day;
use crate::db::Db;
use crate::error::Result;
use crate::mailbox;
use crate::redaction::Known;
use crate::text::fold;
use crate::ticket::message::{self, Addresses};
use crate::ticket::table::Model as Ticket;

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

/// The requester, whoever wrote, was written to or stands in a field. Not the vendor's own people, nor those of the
/// desk whom the vendor is to ask: the actor and the contact.
pub async fn known(
    db: &Db,
    actor: &Actor,
    ticket: &Ticket,
    organisation_id: Option<Uuid>,
    contact_id: Option<Uuid>,
) -> Result<Known> {
    let mut names = around(db, ticket).await?;
    let may_be_told = told(db, actor, organisation_id, contact_id).await?;
    names.retain(|name| !may_be_told.contains(&fold(name)));
    Ok(Known {
        names: names.into_iter().collect(),
        numbers: vec![],
        today: day(db.clock().now()),
    })
}

/// The requester, and whoever wrote, was written to or stands in a field.
pub(in crate::ticket) async fn around(db: &Db, ticket: &Ticket) -> Result<BTreeSet<String>> {
    let sql = "SELECT p.name FROM person p WHERE p.id IN (\
               SELECT requester_id FROM ticket WHERE id = $1 UNION \
               SELECT author_id FROM message WHERE ticket_id = $1 UNION \
               SELECT ref_id FROM field_value WHERE ticket_id = $1)";
    let mut names: BTreeSet<String> = rows(db, sql, vec![ticket.id.into()]).await?;
    let addressed: Vec<String> = message::Entity::find()
        .select_only()
        .column(message::Column::Addresses)
        .filter(message::COLUMN.ticket_id.eq(ticket.id))
        .into_tuple()
        .all(db.reader())
        .await?;
    let own = mailbox::intake::own_addresses(db).await?;
    for addresses in addressed {
        let all: Addresses = serde_json::from_str(&addresses).unwrap_or_default();
        let named = all
            .from
            .iter()
            .chain(&all.to)
            .chain(&all.cc)
            .chain(&all.bcc)
            .chain(&all.reply_to);
        let foreign = named.filter(|a| !own.iter().any(|o| o.eq_ignore_ascii_case(&a.address)));
        names.extend(foreign.filter_map(|a| a.name.clone()));
    }
    Ok(names)
}

/// Names that need no hiding, folded: people the vendor knows, and names of organisations and mailboxes.
async fn told(
    db: &Db,
    actor: &Actor,
    organisation_id: Option<Uuid>,
    contact_id: Option<Uuid>,
) -> Result<BTreeSet<String>> {
    let sql = "SELECT p.name FROM person p WHERE p.id IN ($1, $2) UNION \
               SELECT p.name FROM person p JOIN membership m ON m.person_id = p.id WHERE m.organisation_id = $3 UNION \
               SELECT o.name FROM organisation o UNION SELECT b.display_name FROM mailbox b";
    let nobody = Uuid::nil();
    let values = vec![
        actor.person_id().unwrap_or(nobody).into(),
        contact_id.unwrap_or(nobody).into(),
        organisation_id.unwrap_or(nobody).into(),
    ];
    let names = rows(db, sql, values).await?;
    Ok(names.iter().map(|name| fold(name)).collect())
}

/// The names a statement gives.
pub(in crate::ticket) async fn rows(
    db: &Db,
    sql: &str,
    values: Vec<sea_orm::Value>,
) -> Result<BTreeSet<String>> {
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = Named::find_by_statement(statement).all(db.reader()).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}
