//! Consequences: work queued in the transaction that caused it, claimed by jobs, done at least once.

pub mod dead;
pub mod once_key;

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::person::tell::Tell;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub effect: String,
    pub subject_id: Uuid,
    /// `waiting`, `done` or `dead`.
    pub state: String,
    pub not_before: DateTimeUtc,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub claimed_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Work that follows an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Hand the mail of this message to the mail server, not before that instant.
    SendMail {
        message_id: Uuid,
        not_before: Instant,
    },
    /// Answer the mail that opened the ticket with a receipt, unless a rule suppresses it.
    SendReceipt { message_id: Uuid },
    /// Tell the requester that the system has closed the ticket, unless a rule suppresses it.
    SendClosingNote { ticket_id: Uuid },
    /// Tell a person of their account by mail.
    TellPerson { person_id: Uuid, tell: Tell },
    /// Tell whoever answers for the article by mail that somebody is to look at it again.
    TellReview,
    /// Tell a person by mail of the notices that went into it.
    TellNotices,
}

impl Effect {
    pub(crate) fn row(self, about: Uuid, now: Instant) -> Model {
        let (effect, subject_id, not_before) = match self {
            Effect::SendMail {
                message_id,
                not_before,
            } => ("send_mail", message_id, not_before),
            Effect::SendReceipt { message_id } => ("send_receipt", message_id, now),
            Effect::SendClosingNote { ticket_id } => ("send_closing_note", ticket_id, now),
            Effect::TellPerson { person_id, tell } => (tell.name(), person_id, now),
            Effect::TellReview => (Tell::ReviewDue.name(), about, now),
            Effect::TellNotices => (Tell::Notices.name(), about, now),
        };
        Model {
            id: crate::new_id(),
            effect: effect.to_owned(),
            subject_id,
            state: "waiting".to_owned(),
            not_before,
            attempts: 0,
            last_error: None,
            claimed_until: None,
            created_at: now,
        }
    }
}

/// A claimed piece of work: re-read the subject, do it, then call `done` or `failed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub id: Uuid,
    /// `send_mail`, `send_receipt`, `send_closing_note`, or the name of a [`Tell`].
    pub effect: String,
    /// The message, ticket, person or article it is about.
    pub subject_id: Uuid,
    /// How often it was tried before.
    pub attempts: i32,
}

/// What becomes of work that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Try again no earlier than then.
    TryAt(Instant),
    /// Give up; it stays visible as dead.
    GiveUp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    effect: String,
    subject_id: Uuid,
    attempts: i32,
}

/// Claims up to `most` pieces of due work for `hold`; unclaimed again by itself when the process dies.
pub async fn claim(db: &Db, most: u32, hold: Duration) -> Result<Vec<Claim>> {
    let now = db.clock().now();
    let tx = db.begin_write().await?;
    let statement = claim_statement(tx.get_database_backend(), most, now, hold);
    let rows = Row::find_by_statement(statement).all(&tx).await?;
    sea_orm::TransactionSession::commit(tx).await?;
    Ok(rows
        .into_iter()
        .map(|r| Claim {
            id: r.id,
            effect: r.effect,
            subject_id: r.subject_id,
            attempts: r.attempts,
        })
        .collect())
}

/// The statement of [`claim`].
pub fn claim_statement(backend: DbBackend, most: u32, now: Instant, hold: Duration) -> Statement {
    let lock = match backend {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    };
    let sql = format!(
        "UPDATE outbox SET claimed_until = $1 WHERE id IN (SELECT id FROM outbox WHERE state = 'waiting' \
         AND not_before <= $2 AND (claimed_until IS NULL OR claimed_until < $2) ORDER BY not_before, id LIMIT {most} {lock}) \
         RETURNING id, effect, subject_id, attempts"
    );
    Statement::from_sql_and_values(backend, sql, [(now + hold).into(), now.into()])
}

/// Marks work as done.
pub async fn done(db: &Db, claim: &Claim) -> Result<()> {
    settle(
        db,
        claim,
        "UPDATE outbox SET state = 'done', claimed_until = NULL WHERE id = $1",
        vec![],
    )
    .await
}

/// Records a failure and when to try again.
pub async fn failed(db: &Db, claim: &Claim, error: &str, next: Next) -> Result<()> {
    let set = "UPDATE outbox SET attempts = attempts + 1, claimed_until = NULL, last_error = $2";
    match next {
        Next::TryAt(at) => {
            settle(
                db,
                claim,
                &format!("{set}, not_before = $3 WHERE id = $1"),
                vec![error.into(), at.into()],
            )
            .await
        }
        Next::GiveUp => {
            settle(
                db,
                claim,
                &format!("{set}, state = 'dead' WHERE id = $1"),
                vec![error.into()],
            )
            .await
        }
    }
}

/// Leaves work for later that nothing is wrong with; it is not counted as an attempt.
pub async fn put_off(db: &Db, claim: &Claim, until: Instant) -> Result<()> {
    settle(
        db,
        claim,
        "UPDATE outbox SET claimed_until = NULL, not_before = $2 WHERE id = $1",
        vec![until.into()],
    )
    .await
}

async fn settle(db: &Db, claim: &Claim, sql: &str, mut values: Vec<sea_orm::Value>) -> Result<()> {
    values.insert(0, claim.id.into());
    db.write_statement(sql, values).await?;
    Ok(())
}

/// Gives back work that was not begun, so that another process need not wait for the claim's end.
pub async fn hand_back(db: &Db, claim: &Claim) -> Result<()> {
    settle(
        db,
        claim,
        "UPDATE outbox SET claimed_until = NULL WHERE id = $1",
        vec![],
    )
    .await
}

/// Whether `claim` would find something.
pub async fn is_due(db: &Db) -> Result<bool> {
    let now = db.clock().now();
    let sql = "SELECT 1 AS n FROM outbox WHERE state = 'waiting' AND not_before <= $1 \
               AND (claimed_until IS NULL OR claimed_until < $1) LIMIT 1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [now.into()]);
    Ok(db.reader().query_one_raw(statement).await?.is_some())
}

/// Longer than any work is ever put off.
const FAR: Duration = Duration::days(2);

/// Frees work that a wrong clock claimed or put off too far ahead, so that it does not wait for that day.
pub async fn free_far(db: &Db, hold: Duration) -> Result<u64> {
    let now = db.clock().now();
    let claims =
        "UPDATE outbox SET claimed_until = NULL WHERE state = 'waiting' AND claimed_until > $1";
    let claims = db.write_statement(claims, vec![(now + hold * 2).into()]);
    let freed = claims.await?.rows_affected();
    let due = "UPDATE outbox SET not_before = $1 WHERE state = 'waiting' AND not_before > $2";
    let due = db.write_statement(due, vec![now.into(), (now + FAR).into()]);
    Ok(freed + due.await?.rows_affected())
}

/// How many pieces of work wait, due or not.
pub async fn waiting(db: &Db) -> Result<u64> {
    Ok(Entity::find()
        .filter(COLUMN.state.eq("waiting"))
        .count(db.reader())
        .await?)
}
