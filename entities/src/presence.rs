//! Who has a ticket open at the moment, and who writes in it. Kept for minutes, so that two do not answer at once; no
//! part of the history, and no record of anybody's work.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;
use sea_orm::{FromQueryResult, QuerySelect, Statement};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::policy::{self, Permission};
use crate::ticket::show::visible_to;
use crate::ticket::{Ticket, table};

/// An open page says so every 20 seconds; one that missed two of them was left.
const HERE: TimeDelta = TimeDelta::seconds(50);
/// Whoever has typed nothing for so long is reading again.
const WRITES: TimeDelta = TimeDelta::seconds(30);
/// What is known for less time is not written again.
const FRESH: TimeDelta = TimeDelta::seconds(15);
/// How long a line lies before it is swept away.
const KEPT: TimeDelta = TimeDelta::minutes(5);
/// As many open tickets are told of in a list.
const MOST: u64 = 200;

/// Whoever may do one of these in a ticket is of interest to those who write there, and they to them.
pub const WRITING: [Permission; 3] = [
    Permission::Reply,
    Permission::Note,
    Permission::ShareWithVendor,
];

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub seen_at: DateTimeUtc,
    /// When something was typed last; none when nothing was, or when it was sent.
    pub written_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn is_here(&self, now: Instant) -> bool {
        self.seen_at > now - HERE
    }

    fn writes(&self, now: Instant) -> bool {
        self.written_at.is_some_and(|at| at > now - WRITES)
    }
}

/// What somebody does in an open ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// The page is open before them.
    Reads,
    /// Something was typed into a message.
    Writes,
    /// The message was sent or thrown away.
    Rests,
}

/// Somebody else who is in a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    pub ticket_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub writes: bool,
}

/// Notes what the actor does in a ticket the actor has already found. True when others should hear of it.
pub async fn note(db: &Db, actor: &Actor, ticket: &Ticket, doing: Doing) -> Result<bool> {
    let Some(me) = actor.person_id() else {
        return Ok(false);
    };
    let now = db.clock().now();
    let before = Entity::find_by_id((ticket.id, me)).one(db.reader()).await?;
    let was_here = before.as_ref().is_some_and(|row| row.is_here(now));
    let did_write = was_here && before.as_ref().is_some_and(|row| row.writes(now));
    let is_fresh = |at: Option<Instant>| at.is_some_and(|at| at > now - FRESH);
    let written_at = before.as_ref().and_then(|row| row.written_at);
    let is_known = is_fresh(before.as_ref().map(|row| row.seen_at));
    let (is_said, written_at, is_news) = match doing {
        Doing::Reads => (is_known, written_at, !was_here),
        Doing::Writes => (is_known && is_fresh(written_at), Some(now), !did_write),
        Doing::Rests => (written_at.is_none(), None, did_write),
    };
    if is_said {
        return Ok(false);
    }
    let sql = "INSERT INTO presence (ticket_id, person_id, seen_at, written_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (ticket_id, person_id) DO UPDATE SET seen_at = excluded.seen_at, written_at = excluded.written_at";
    let values = vec![ticket.id.into(), me.into(), now.into(), written_at.into()];
    db.write_note(sql, values).await?;
    Ok(is_news)
}

/// The actor has closed the ticket's page. True when others should hear of it.
pub async fn leave(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<bool> {
    let Some(me) = actor.person_id() else {
        return Ok(false);
    };
    let sql = "DELETE FROM presence WHERE ticket_id = $1 AND person_id = $2";
    let done = db
        .write_statement(sql, vec![ticket.id.into(), me.into()])
        .await?;
    Ok(done.rows_affected() > 0)
}

/// A line with the name of its person.
#[derive(FromQueryResult)]
struct Named {
    ticket_id: Uuid,
    person_id: Uuid,
    written_at: Option<DateTimeUtc>,
    name: String,
}

impl Named {
    fn present(self, now: Instant) -> Present {
        Present {
            ticket_id: self.ticket_id,
            person_id: self.person_id,
            name: self.name,
            writes: self.written_at.is_some_and(|at| at > now - WRITES),
        }
    }
}

/// Who else is in a ticket the actor has already found, those who write first.
pub async fn of_ticket(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<Vec<Present>> {
    others(db, actor, Some(ticket.id)).await
}

/// Who else is in which tickets, as far as the actor sees them and may write there.
pub async fn anywhere(db: &Db, actor: &Actor) -> Result<Vec<Present>> {
    let mut present = others(db, actor, None).await?;
    if present.is_empty() {
        return Ok(present);
    }
    let ids = few_forms(present.iter().map(|one| one.ticket_id));
    let mut may_write = Condition::any();
    for permission in WRITING {
        may_write = may_write.add(policy::tickets_where(actor, permission));
    }
    let visible: Vec<Uuid> = visible_to(actor)
        .filter(may_write)
        .filter(table::Column::Id.is_in(ids))
        .select_only()
        .column(table::Column::Id)
        .into_tuple()
        .all(db.reader())
        .await?;
    present.retain(|one| visible.contains(&one.ticket_id));
    Ok(present)
}

async fn others(db: &Db, actor: &Actor, ticket: Option<Uuid>) -> Result<Vec<Present>> {
    let now = db.clock().now();
    let of_one = match ticket {
        Some(_) => "presence.ticket_id = $3 AND ",
        None => "",
    };
    let sql = format!(
        "SELECT presence.ticket_id, presence.person_id, presence.written_at, person.name FROM presence \
         JOIN person ON person.id = presence.person_id \
         WHERE {of_one}presence.seen_at > $1 AND presence.person_id <> $2 \
         ORDER BY presence.ticket_id, person.name LIMIT {MOST}"
    );
    let mut values = vec![
        (now - HERE).into(),
        actor.person_id().unwrap_or_default().into(),
    ];
    values.extend(ticket.map(sea_orm::Value::from));
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = Named::find_by_statement(statement).all(db.reader()).await?;
    let mut present: Vec<Present> = rows.into_iter().map(|row| row.present(now)).collect();
    present.sort_by_key(|one| (one.ticket_id, !one.writes));
    Ok(present)
}

/// Takes away lines of pages that were closed long ago.
pub async fn sweep(db: &Db) -> Result<()> {
    let sql = "DELETE FROM presence WHERE seen_at < $1";
    let until = db.clock().now() - KEPT;
    db.write_statement(sql, vec![until.into()]).await?;
    Ok(())
}
