//! Timers: one runs for a person, on a ticket; what was measured waits until it is booked or thrown away.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, FromQueryResult, QueryOrder, Statement};

use super::commands::Book;
use super::list::called;
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::Result;
use crate::permit::Permit;

/// Nobody works on one thing for longer without a pause.
const LONGEST: TimeDelta = TimeDelta::hours(10);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "effort_timer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub ticket_id: Uuid,
    pub started_at: DateTimeUtc,
    /// None: it runs, the only one of its person.
    pub stopped_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a timer has measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It runs, for so many minutes.
    Running(i32),
    /// It was stopped after so many minutes, at least one.
    Stopped(i32),
    /// It ran past the end of its day, or for more than ten hours: how long it really was is for its person to say.
    LeftRunning,
}

/// What a timer from that instant on has measured by then.
pub fn standing(started_at: Instant, stopped_at: Option<Instant>, now: Instant) -> Standing {
    let end = stopped_at.unwrap_or(now).max(started_at);
    let measured = end - started_at;
    if measured > LONGEST || day(started_at) != day(end) {
        return Standing::LeftRunning;
    }
    let minutes = (measured.num_seconds() + 30) / 60;
    let minutes = i32::try_from(minutes).unwrap_or(i32::MAX);
    match stopped_at {
        None => Standing::Running(minutes),
        Some(_) => Standing::Stopped(minutes.max(1)),
    }
}

/// A timer with the ticket it runs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    pub row: Model,
    /// Number and title, as far as its person still sees the ticket.
    pub ticket: Option<(String, String)>,
}

impl Timer {
    pub fn standing(&self, now: Instant) -> Standing {
        standing(self.row.started_at, self.row.stopped_at, now)
    }
}

/// The actor's timers that are not booked: the one that runs first, then those that were stopped, the latest first.
pub async fn own(db: &Db, actor: &Actor) -> Result<Vec<Timer>> {
    let Some(me) = actor.person_id() else {
        return Ok(vec![]);
    };
    let mut rows = Entity::find()
        .filter(Column::PersonId.eq(me))
        .order_by_desc(Column::StartedAt)
        .all(db.reader())
        .await?;
    rows.sort_by_key(|row| row.stopped_at.is_some());
    let tickets = called(db, actor, rows.iter().map(|row| row.ticket_id)).await?;
    let timer = |row: Model| Timer {
        ticket: tickets.get(&row.ticket_id).cloned(),
        row,
    };
    Ok(rows.into_iter().map(timer).collect())
}

/// The actor's timer that runs.
pub async fn running(db: &Db, actor: &Actor) -> Result<Option<Timer>> {
    let Some(me) = actor.person_id() else {
        return Ok(None);
    };
    let row = Entity::find()
        .filter(Column::PersonId.eq(me))
        .filter(Column::StoppedAt.is_null())
        .one(db.reader())
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let mut tickets = called(db, actor, [row.ticket_id].into_iter()).await?;
    let ticket = tickets.remove(&row.ticket_id);
    Ok(Some(Timer { row, ticket }))
}

/// Starts the actor's timer on the ticket; the one that ran before is stopped and waits to be booked. One that runs
/// on this ticket goes on.
pub async fn start(db: &Db, permit: Permit<Book>) -> Result<()> {
    let Some(me) = permit.actor().person_id() else {
        return Ok(());
    };
    let ticket_id = permit.on().id;
    let now = db.clock().now();
    let tx = db.begin_write().await?;
    let backend = tx.get_database_backend();
    let sql = "UPDATE effort_timer SET stopped_at = $1 WHERE person_id = $2 AND stopped_at IS NULL AND ticket_id <> $3";
    let values = [now.into(), me.into(), ticket_id.into()];
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    let sql = "INSERT INTO effort_timer (id, person_id, ticket_id, started_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT DO NOTHING";
    let values = [
        crate::new_id().into(),
        me.into(),
        ticket_id.into(),
        now.into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Stops the actor's timer, if one runs; gives its id.
pub async fn stop(db: &Db, actor: &Actor) -> Result<Option<Uuid>> {
    let Some(me) = actor.person_id() else {
        return Ok(None);
    };
    #[derive(FromQueryResult)]
    struct Stopped {
        id: Uuid,
    }
    let sql = "UPDATE effort_timer SET stopped_at = $1 WHERE person_id = $2 AND stopped_at IS NULL RETURNING id";
    let values = vec![db.clock().now().into(), me.into()];
    let stopped: Option<Stopped> = db.write_returning(sql, values).await?;
    Ok(stopped.map(|timer| timer.id))
}

/// Throws away what one of the actor's timers measured.
pub async fn discard(db: &Db, actor: &Actor, id: Uuid) -> Result<()> {
    let Some(me) = actor.person_id() else {
        return Ok(());
    };
    let sql = "DELETE FROM effort_timer WHERE id = $1 AND person_id = $2";
    db.write_statement(sql, vec![id.into(), me.into()]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn a_timer_measures_until_it_is_stopped() {
        let start = at("2026-11-27T09:00:00Z");
        let after = |text| standing(start, None, at(text));
        assert_eq!(after("2026-11-27T09:00:20Z"), Standing::Running(0));
        assert_eq!(after("2026-11-27T09:12:40Z"), Standing::Running(13));
        let stopped = |text| standing(start, Some(at(text)), at("2026-11-30T08:00:00Z"));
        assert_eq!(stopped("2026-11-27T09:00:05Z"), Standing::Stopped(1));
        assert_eq!(stopped("2026-11-27T10:30:00Z"), Standing::Stopped(90));
    }

    #[test]
    fn a_timer_left_running_says_nothing_of_minutes() {
        let friday = at("2026-11-27T14:50:00Z");
        let weekend = at("2026-11-30T06:50:00Z");
        assert_eq!(standing(friday, None, weekend), Standing::LeftRunning);
        assert_eq!(
            standing(friday, Some(weekend), weekend),
            Standing::LeftRunning
        );
        // Midnight in Berlin is an hour earlier than in UTC.
        let midnight = at("2026-11-27T22:59:00Z");
        assert_eq!(standing(friday, None, midnight), Standing::Running(489));
        assert_eq!(
            standing(friday, None, at("2026-11-27T23:01:00Z")),
            Standing::LeftRunning
        );
        let early = at("2026-11-27T05:00:00Z");
        assert_eq!(
            standing(early, None, at("2026-11-27T15:00:00Z")),
            Standing::Running(600)
        );
        assert_eq!(
            standing(early, None, at("2026-11-27T15:00:01Z")),
            Standing::LeftRunning
        );
    }
}
