//! How many automatic answers may leave: per recipient and ticket, per recipient, in all.

use chrono::Duration;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use uuid::Uuid;

use super::stop::{self, StopAnswers};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::{Desk, Permit};

/// Most answers within so many minutes.
type Windows = [(i64, i64); 5];

const RECIPIENT_AND_TICKET: Windows = [(10, 10), (15, 30), (25, 60), (50, 180), (100, 600)];
const RECIPIENT: Windows = [(30, 10), (60, 30), (120, 60), (240, 180), (360, 600)];
const ALL: Windows = [(300, 10), (600, 30), (1200, 60), (2400, 180), (3600, 600)];

/// Serialises counting on PostgreSQL; SQLite has one writer anyway.
const LOCK: i64 = 0x10_75_e1;

/// Which limit stopped an automatic answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    RecipientAndTicket,
    Recipient,
    /// The circuit breaker over everything: it holds until an administrator resumes.
    All,
}

impl Limit {
    /// The name in the history.
    pub fn name(self) -> &'static str {
        match self {
            Limit::RecipientAndTicket => "limit-recipient-and-ticket",
            Limit::Recipient => "limit-recipient",
            Limit::All => "limit-all",
        }
    }
}

/// Counts one automatic answer, or names the limit that forbids it; then nothing is counted.
pub async fn take(db: &Db, recipient: &str, ticket_id: Uuid) -> Result<Option<Limit>> {
    let now = db.clock().now();
    let recipient = crate::text::address(recipient);
    let tx = db.begin_write().await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        run(&tx, "SELECT pg_advisory_xact_lock($1)", vec![LOCK.into()]).await?;
    }
    let stop = stop::newest(&tx).await?;
    if stop.as_ref().is_some_and(|stop| stop.resumed_at.is_none()) {
        return Ok(Some(Limit::All));
    }
    let resumed_at = stop.and_then(|stop| stop.resumed_at);
    let scopes: [(Limit, Windows, &str, Vec<Value>); 3] = [
        (
            Limit::RecipientAndTicket,
            RECIPIENT_AND_TICKET,
            "AND recipient = $2 AND ticket_id = $3",
            vec![recipient.clone().into(), ticket_id.into()],
        ),
        (
            Limit::Recipient,
            RECIPIENT,
            "AND recipient = $2",
            vec![recipient.clone().into()],
        ),
        (Limit::All, ALL, "", vec![]),
    ];
    for (limit, windows, condition, values) in scopes {
        for (most, minutes) in windows {
            let mut since = now - Duration::minutes(minutes);
            if limit == Limit::All {
                since = resumed_at.map_or(since, |at| since.max(at));
            }
            if count(&tx, since, condition, &values).await? >= most {
                return Ok(Some(limit));
            }
        }
    }
    run(
        &tx,
        "INSERT INTO mail_limit (id, recipient, ticket_id, sent_at) VALUES ($1, $2, $3, $4)",
        vec![
            crate::new_id().into(),
            recipient.into(),
            ticket_id.into(),
            now.into(),
        ],
    )
    .await?;
    tx.commit().await?;
    Ok(None)
}

/// How far one limit over all answers is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Answers that left within the minutes, or since an administrator resumed.
    pub sent: i64,
    pub most: i64,
    pub minutes: i64,
}

/// The limits over all answers, the shortest first.
pub async fn levels(db: &Db) -> Result<Vec<Level>> {
    let now = db.clock().now();
    let resumed_at = stop::newest(db.reader()).await?.and_then(|s| s.resumed_at);
    let mut levels = Vec::with_capacity(ALL.len());
    for (most, minutes) in ALL {
        let since = now - Duration::minutes(minutes);
        let since = resumed_at.map_or(since, |at| since.max(at));
        levels.push(Level {
            sent: count(db.reader(), since, "", &[]).await?,
            most,
            minutes,
        });
    }
    Ok(levels)
}

/// Stops all automatic answers when the limit over all of them is reached; an administrator resumes.
pub async fn stop(db: &Db, actor: &Actor) -> Result<()> {
    let newest = stop::newest(db.reader()).await?;
    if newest
        .as_ref()
        .is_some_and(|stop| stop.resumed_at.is_none())
    {
        return Ok(());
    }
    let full = |level: &Level| level.sent >= level.most;
    let Some(level) = levels(db).await?.into_iter().find(full) else {
        return Ok(());
    };
    let command = StopAnswers {
        most: i32::try_from(level.most).unwrap_or(i32::MAX),
        minutes: i32::try_from(level.minutes).unwrap_or(i32::MAX),
        once: format!("stop after {:?}", newest.map(|stop| stop.id)),
    };
    match db.change(Permit::ask(actor, Desk)?, command).await {
        Ok(_) | Err(DeskError::AlreadyDone(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Forgets answers that no window reaches any more.
pub async fn sweep(db: &Db) -> Result<()> {
    let now = db.clock().now();
    let since = now - Duration::minutes(600);
    db.write_statement(
        // What lies ahead was counted by a clock that was wrong.
        "DELETE FROM mail_limit WHERE sent_at < $1 OR sent_at > $2",
        vec![since.into(), (now + Duration::minutes(10)).into()],
    )
    .await?;
    Ok(())
}

async fn count(
    on: &impl ConnectionTrait,
    since: Instant,
    condition: &str,
    values: &[Value],
) -> Result<i64> {
    let sql = format!("SELECT count(*) AS n FROM mail_limit WHERE sent_at > $1 {condition}");
    let mut all: Vec<Value> = vec![since.into()];
    all.extend(values.iter().cloned());
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, all);
    match on.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "n")?),
        None => Ok(0),
    }
}

async fn run(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<()> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await?;
    Ok(())
}
