//! How much a mailbox may send in an hour: who goes now, who waits, and until when.

use chrono::Duration;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::Begun;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::mailbox::Mailbox;

#[derive(FromQueryResult)]
struct Waiting {
    state: String,
    automatic: bool,
    created_at: Instant,
}

#[derive(FromQueryResult)]
struct Sent {
    sent_at: Instant,
}

/// Who goes first when not all can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// Written by a person.
    Written = 0,
    /// Of somebody's account: they wait for it. Strangers at the door can ask for some, so it holds up no answer.
    Told = 1,
    /// Written by a rule.
    Automatic = 2,
}

/// A mail that asks for a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asks {
    pub id: Uuid,
    pub rank: Rank,
    pub created_at: Instant,
}

/// Marks the mail of a message as being sent unless its mailbox must pause; then it waits and keeps its place.
/// What people wrote goes before what rules wrote, and older before newer.
pub(super) async fn begin(
    db: &Db,
    message_id: Uuid,
    mailbox: &Mailbox,
    limit: i64,
) -> Result<Begun> {
    let now = db.clock().now();
    let tx = db.begin_write().await?;
    lock(&tx, mailbox.id).await?;
    let statement = Statement::from_sql_and_values(
        tx.get_database_backend(),
        "SELECT state, automatic, created_at FROM outbound_mail WHERE message_id = $1",
        [message_id.into()],
    );
    let me = Waiting::find_by_statement(statement).one(&tx).await?;
    let Some(me) = me.filter(|me| matches!(me.state.as_str(), "queued" | "sending")) else {
        return Ok(Begun::No);
    };
    // One whose sending was cut off took its place already.
    if me.state == "queued" {
        let asks = Asks {
            id: message_id,
            rank: match me.automatic {
                true => Rank::Automatic,
                false => Rank::Written,
            },
            created_at: me.created_at,
        };
        if let Some(until) = full_until(&tx, mailbox.id, &asks, limit, now).await? {
            run(
                &tx,
                "UPDATE outbound_mail SET not_before = $1, limited_until = $1, mailbox_id = $2 WHERE message_id = $3",
                vec![until.into(), mailbox.id.into(), message_id.into()],
            )
            .await?;
            tx.commit().await?;
            return Ok(Begun::Limited(until));
        }
    }
    run(
        &tx,
        "UPDATE outbound_mail SET state = 'sending', attempts = attempts + 1, limited_until = NULL, mailbox_id = $1 \
         WHERE message_id = $2",
        vec![mailbox.id.into(), message_id.into()],
    )
    .await?;
    tx.commit().await?;
    Ok(Begun::Yes)
}

/// Two processes must not both take the last place of an hour; SQLite has one writer anyway.
pub(super) async fn lock(tx: &DatabaseTransaction, mailbox_id: Uuid) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let key = i64::from_be_bytes(mailbox_id.as_bytes()[8..].try_into().unwrap_or_default());
        run(tx, "SELECT pg_advisory_xact_lock($1)", vec![key.into()]).await?;
    }
    Ok(())
}

/// Until when a mail must wait, if it must.
pub(super) async fn full_until(
    tx: &DatabaseTransaction,
    mailbox_id: Uuid,
    me: &Asks,
    limit: i64,
    now: Instant,
) -> Result<Option<Instant>> {
    let sent = sent_within(tx, mailbox_id, now).await?;
    let taken = sent.len() as i64 + places_before(tx, mailbox_id, me).await?;
    Ok((taken >= limit).then(|| free_again(&sent, taken - limit, now)))
}

/// How many mails left the mailbox within the last hour.
///
/// # Errors
/// Only the database's own.
pub async fn sent(db: &Db, mailbox_id: Uuid) -> Result<i64> {
    let sent = sent_within(db.reader(), mailbox_id, db.clock().now()).await?;
    Ok(sent.len() as i64)
}

/// When each mail of the last hour left, the oldest first.
async fn sent_within(
    on: &impl ConnectionTrait,
    mailbox_id: Uuid,
    now: Instant,
) -> Result<Vec<Instant>> {
    let statement = Statement::from_sql_and_values(
        on.get_database_backend(),
        "SELECT sent_at FROM outbound_mail WHERE mailbox_id = $1 AND sent_at > $2 \
         UNION ALL SELECT sent_at FROM told_mail WHERE mailbox_id = $1 AND sent_at > $2 ORDER BY sent_at",
        [mailbox_id.into(), (now - Duration::hours(1)).into()],
    );
    let rows = Sent::find_by_statement(statement).all(on).await?;
    Ok(rows.into_iter().map(|row| row.sent_at).collect())
}

/// Mails being sent now, and those that wait for the hour and go before this one.
async fn places_before(tx: &DatabaseTransaction, mailbox_id: Uuid, me: &Asks) -> Result<i64> {
    let [written, told, automatic] =
        [Rank::Written, Rank::Told, Rank::Automatic].map(|rank| rank as i32);
    let of_message = format!("CASE WHEN automatic THEN {automatic} ELSE {written} END");
    let sql = format!(
        "SELECT (SELECT count(*) FROM outbound_mail WHERE mailbox_id = $1 AND message_id <> $2 \
         AND (state = 'sending' OR (state = 'queued' AND limited_until IS NOT NULL \
         AND ({of_message} < $3 OR ({of_message} = $3 AND created_at < $4))))) \
         + (SELECT count(*) FROM told_mail WHERE mailbox_id = $1 AND id <> $2 \
         AND (state = 'sending' OR (state = 'queued' AND limited_until IS NOT NULL \
         AND ({told} < $3 OR ({told} = $3 AND created_at < $4))))) AS n"
    );
    let values: Vec<Value> = vec![
        mailbox_id.into(),
        me.id.into(),
        (me.rank as i32).into(),
        me.created_at.into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    match tx.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "n")?),
        None => Ok(0),
    }
}

/// When there is room for one more with so many others before it: each sent mail makes room an hour later.
fn free_again(sent: &[Instant], before: i64, now: Instant) -> Instant {
    let before = usize::try_from(before).unwrap_or(0);
    let Some(round) = before.checked_div(sent.len()) else {
        // All places are taken by mails that are being sent at this moment.
        return now + Duration::minutes(1);
    };
    let hours = i64::try_from(round).unwrap_or(24).min(24) + 1;
    sent[before % sent.len()] + Duration::hours(hours)
}

pub(super) async fn run(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<()> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_who_waits_gets_the_place_of_one_who_left() {
        let at = |minute: i64| Instant::UNIX_EPOCH + Duration::minutes(minute);
        let sent = [at(0), at(10)];
        assert_eq!(free_again(&sent, 0, at(20)), at(60));
        assert_eq!(free_again(&sent, 1, at(20)), at(70));
        assert_eq!(free_again(&sent, 2, at(20)), at(120));
        assert_eq!(free_again(&[], 0, at(20)), at(21));
    }
}
