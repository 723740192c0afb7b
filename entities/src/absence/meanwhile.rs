//! What happened to one's tickets while one was away, until one says that it is read.

use chrono::{Days, NaiveDate};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{FromQueryResult, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::{Instant, begin_of, day};
use crate::db::{Db, few_forms, places};
use crate::error::Result;
use crate::kept::{Changed, Parts};
use crate::live;
use crate::policy::{self, Permission};

/// So long after somebody is back it is shown.
const DAYS: u64 = 14;

/// The most tickets that are told of, what changed last first.
const MOST_TICKETS: u64 = 30;

/// The most events that are read; the last ones of a ticket are shown.
const MOST_EVENTS: usize = 1_000;

/// The absences that ended last, as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meanwhile {
    pub from_on: NaiveDate,
    /// The last day of it.
    pub to_on: NaiveDate,
    pub tickets: Vec<Changes>,
    /// Whether more tickets changed than are told of.
    pub more: bool,
}

/// What happened to one ticket, without what one did oneself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    pub number: String,
    pub title: String,
    /// In their order.
    pub events: Vec<Happened>,
}

/// One event, as the history has it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Happened {
    subject_id: Uuid,
    pub number: i32,
    pub at: Instant,
    pub actor_id: Option<Uuid>,
    pub name: String,
    /// JSON text.
    pub payload: String,
}

#[derive(FromQueryResult)]
struct Over {
    id: Uuid,
    from_on: NaiveDate,
    to_on: NaiveDate,
}

#[derive(FromQueryResult)]
struct Mine {
    id: Uuid,
    number: String,
    title: String,
}

/// Absences of somebody that ended within two weeks and were not read about.
async fn over(db: &Db, me: Uuid) -> Result<Vec<Over>> {
    let today = day(db.clock().now());
    let since = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let sql = "SELECT a.id, a.from_on, a.to_on FROM absence a WHERE a.person_id = $1 AND a.to_on >= $2 \
               AND a.to_on < $3 AND a.cancelled_at IS NULL \
               AND NOT EXISTS (SELECT 1 FROM absence_seen s WHERE s.absence_id = a.id) ORDER BY a.from_on";
    let backend = db.reader().get_database_backend();
    let values = [me.into(), since.into(), today.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Over::find_by_statement(statement).all(db.reader()).await?)
}

/// What the actor has not read about yet; none while they are away, and where nothing happened.
pub async fn meanwhile(db: &Db, actor: &Actor) -> Result<Option<Meanwhile>> {
    let Some(me) = actor.person_id() else {
        return Ok(None);
    };
    let over = over(db, me).await?;
    let from_on = over.iter().map(|one| one.from_on).min();
    let to_on = over.iter().map(|one| one.to_on).max();
    let (Some(from_on), Some(to_on)) = (from_on, to_on) else {
        return Ok(None);
    };
    let rules = crate::deadline::rules::for_pages(db).await?;
    if rules.presence().is_away(me, day(db.clock().now())) {
        return Ok(None);
    }
    let until = begin_of(to_on.checked_add_days(Days::new(1)).unwrap_or(to_on));
    let backend = db.reader().get_database_backend();
    let query = changed_query(actor, begin_of(from_on), MOST_TICKETS + 1);
    let mut mine = Mine::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?;
    let more = mine.len() as u64 > MOST_TICKETS;
    mine.truncate(MOST_TICKETS as usize);
    let events = events(db, &mine, (me, begin_of(from_on), until)).await?;
    let changes = |ticket: Mine| Changes {
        events: events
            .iter()
            .filter(|event| event.subject_id == ticket.id)
            .cloned()
            .collect(),
        number: ticket.number,
        title: ticket.title,
    };
    let mut tickets: Vec<Changes> = mine.into_iter().map(changes).collect();
    tickets.retain(|ticket| !ticket.events.is_empty());
    Ok((!tickets.is_empty()).then_some(Meanwhile {
        from_on,
        to_on,
        tickets,
        more,
    }))
}

/// One's own tickets that changed since, by the index of owners.
pub fn changed_query(actor: &Actor, since: Instant, most: u64) -> SelectStatement {
    let col = |name: &'static str| Expr::col(("ticket", name));
    Query::select()
        .expr_as(col("id"), "id")
        .expr_as(col("number"), "number")
        .expr_as(col("title"), "title")
        .from("ticket")
        .and_where(col("owner_id").eq(actor.person_id()))
        .and_where(col("changed_at").gte(since))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .order_by_expr(col("changed_at"), Order::Desc)
        .order_by_expr(col("id"), Order::Desc)
        .limit(most)
        .to_owned()
}

async fn events(
    db: &Db,
    mine: &[Mine],
    (me, from, until): (Uuid, Instant, Instant),
) -> Result<Vec<Happened>> {
    if mine.is_empty() {
        return Ok(vec![]);
    }
    let ids = few_forms(mine.iter().map(|ticket| ticket.id));
    let next = ids.len() + 1;
    let sql = format!(
        "SELECT subject_id, number, at, actor_id, name, payload FROM event WHERE subject_id IN ({}) \
         AND at >= ${next} AND at < ${} AND (actor_id IS NULL OR actor_id <> ${}) \
         AND name NOT IN ('deadlines_set', 'delivery', 'watched', 'unwatched') \
         ORDER BY at DESC, number DESC LIMIT {MOST_EVENTS}",
        places(ids.len()),
        next + 1,
        next + 2,
    );
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.extend([from.into(), until.into(), me.into()]);
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut found = Happened::find_by_statement(statement)
        .all(db.reader())
        .await?;
    found.reverse();
    Ok(found)
}

/// The actor has read what happened while they were away.
pub async fn seen(db: &Db, actor: &Actor) -> Result<()> {
    let Some(me) = actor.person_id() else {
        return Ok(());
    };
    let sql = "INSERT INTO absence_seen (absence_id, at) VALUES ($1, $2) ON CONFLICT (absence_id) DO NOTHING";
    for one in over(db, me).await? {
        let values = vec![one.id.into(), db.clock().now().into()];
        db.write_statement(sql, values).await?;
    }
    db.answers().changed(Changed::Work, Parts::REST);
    live::notify(db.writer(), Changed::Work, &[(me, 0)]).await
}
