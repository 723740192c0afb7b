//! Effort as a ticket sums it up, and as whoever booked it looks through a week.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use uuid::Uuid;

use super::{Column, Entity, Model};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::ticket::checklist::HERE;
use crate::ticket::show::visible_to;
use crate::ticket::{Ticket, table};

/// What one person booked on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct OfPerson {
    pub person_id: Uuid,
    pub name: String,
    pub minutes: i64,
}

/// What was booked on a ticket the actor has already found and on those merged into it, by person, the most first.
pub async fn of_ticket(db: &Db, ticket: &Ticket) -> Result<Vec<OfPerson>> {
    let statement = of_ticket_statement(db.reader().get_database_backend(), ticket.id);
    let rows = OfPerson::find_by_statement(statement);
    Ok(rows.all(db.reader()).await?)
}

/// The statement of [`of_ticket`].
pub fn of_ticket_statement(backend: DbBackend, ticket_id: Uuid) -> Statement {
    let sql = format!(
        "SELECT e.person_id, p.name, CAST(sum(e.minutes) AS bigint) AS minutes FROM effort e \
         JOIN person p ON p.id = e.person_id WHERE e.ticket_id IN {HERE} AND e.minutes > 0 \
         GROUP BY e.person_id, p.name ORDER BY minutes DESC, p.name, e.person_id"
    );
    Statement::from_sql_and_values(backend, sql, [ticket_id.into()])
}

/// A booking with the ticket it belongs to, as far as its reader sees that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub effort: Model,
    /// Number and title.
    pub ticket: Option<(String, String)>,
}

/// One's own bookings of the seven days from that one on, by day and then as they were booked.
pub async fn week(db: &Db, actor: &Actor, from: NaiveDate) -> Result<Vec<Row>> {
    let Some(me) = actor.person_id() else {
        return Ok(vec![]);
    };
    let efforts = Entity::find()
        .filter(Column::PersonId.eq(me))
        .filter(Column::Day.gte(from))
        .filter(Column::Day.lt(from + Days::new(7)))
        .order_by_asc(Column::Day)
        .order_by_asc(Column::BookedAt)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?;
    let ids = efforts.iter().filter_map(|effort| effort.ticket_id);
    let tickets = called(db, actor, ids).await?;
    let row = |effort: Model| Row {
        ticket: effort.ticket_id.and_then(|id| tickets.get(&id).cloned()),
        effort,
    };
    Ok(efforts.into_iter().map(row).collect())
}

/// Number and title of those of these tickets that the actor sees.
pub(super) async fn called(
    db: &Db,
    actor: &Actor,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, (String, String)>> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let tickets = visible_to(actor)
        .filter(table::Column::Id.is_in(crate::db::few_forms(ids)))
        .all(db.reader())
        .await?;
    let named = |ticket: Ticket| (ticket.id, (ticket.number, ticket.title));
    Ok(tickets.into_iter().map(named).collect())
}

/// Minutes the actor has booked on that day and since.
pub async fn since(db: &Db, actor: &Actor, day: NaiveDate) -> Result<i64> {
    let Some(me) = actor.person_id() else {
        return Ok(0);
    };
    let sql = "SELECT CAST(COALESCE(sum(minutes), 0) AS bigint) AS minutes FROM effort WHERE person_id = $1 AND day >= $2";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [me.into(), day.into()]);
    match db.reader().query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "minutes")?),
        None => Ok(0),
    }
}

/// The activity the actor booked on last.
pub async fn last_activity(db: &Db, actor: &Actor) -> Result<Option<Uuid>> {
    let Some(me) = actor.person_id() else {
        return Ok(None);
    };
    let last = Entity::find()
        .filter(Column::PersonId.eq(me))
        .order_by_desc(Column::Day)
        .order_by_desc(Column::BookedAt)
        .limit(1)
        .one(db.reader())
        .await?;
    Ok(last.map(|effort| effort.activity_id))
}

/// One of the actor's own bookings.
///
/// # Errors
/// `Hidden` when there is none, and for what others booked.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    let me = actor.person_id().ok_or(DeskError::Hidden)?;
    Entity::find_by_id(id)
        .filter(Column::PersonId.eq(me))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}
