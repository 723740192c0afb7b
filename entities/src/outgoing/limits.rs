//! How many automatic answers may leave: per recipient and ticket, per recipient, in all.

use chrono::Duration;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use uuid::Uuid;

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;

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
    /// The circuit breaker over everything.
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
            let since = now - Duration::minutes(minutes);
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

/// Whether the circuit breaker holds back every automatic answer now.
pub async fn is_stopped(db: &Db) -> Result<bool> {
    let now = db.clock().now();
    for (most, minutes) in ALL {
        let since = now - Duration::minutes(minutes);
        if count(db.reader(), since, "", &[]).await? >= most {
            return Ok(true);
        }
    }
    Ok(false)
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
