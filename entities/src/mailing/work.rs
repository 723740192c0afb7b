//! How a mailing goes on: said, begun once, claimed for a time, stopped, handed over to its letters, forgotten.

use chrono::Duration;
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Statement};
use uuid::Uuid;

use super::{Model, State, Wanted, item, look, me, read};
use crate::actor::Actor;
use crate::bulk::{self, Verb};
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::queue::Queue;

/// How long what was said, or what became of it, is kept, and how long after its bulk was begun: until that goes too, so
/// that the way back from it leads somewhere.
const KEPT: Duration = Duration::days(7);

/// How much earlier than its bulk a mailing goes, so that letters are never written a second time because nothing is known
/// of the first.
const EARLIER: Duration = Duration::minutes(1);

/// Rows of one statement.
const AT_ONCE: usize = 1_000;

const QUEUE: Queue = Queue {
    claim: "UPDATE mailing SET claimed_until = $2",
    waiting: "mailing WHERE state = 'running'",
    oldest: "staged_at",
};

/// Reads who is meant and keeps it until it is begun or forgotten. The same said twice with one form's key `once` is one
/// mailing.
///
/// # Errors
/// `Forbidden` for one who cannot open tickets.
pub async fn stage(db: &Db, actor: &Actor, wanted: &Wanted, once: Option<&str>) -> Result<Uuid> {
    let person_id = me(actor)?;
    let people = read::people(db, actor, wanted).await?;
    let id = match once {
        Some(key) => db
            .key()
            .id(&format!("mailing {person_id} {key} {}", stored(wanted))),
        None => crate::new_id(),
    };
    let tx = db.begin_write().await?;
    let sql = "INSERT INTO mailing (id, person_id, title, wanted, revision, state, staged_at) \
               VALUES ($1, $2, $3, $4, 1, 'staged', $5) ON CONFLICT DO NOTHING";
    let values = vec![
        id.into(),
        person_id.into(),
        wanted.title.as_str().into(),
        stored(wanted).into(),
        db.clock().now().into(),
    ];
    if execute(&tx, sql, values).await? == 1 {
        write(&tx, id, people).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Says it anew, as long as it is not begun.
///
/// # Errors
/// `Hidden` when it is not the actor's, or no longer to be said; `Forbidden` for one who cannot open tickets.
pub async fn say(db: &Db, actor: &Actor, id: Uuid, wanted: &Wanted) -> Result<()> {
    let people = read::people(db, actor, wanted).await?;
    let tx = db.begin_write().await?;
    let sql = "UPDATE mailing SET title = $1, wanted = $2, revision = revision + 1 \
               WHERE id = $3 AND person_id = $4 AND state = 'staged'";
    let values = vec![
        wanted.title.as_str().into(),
        stored(wanted).into(),
        id.into(),
        me(actor)?.into(),
    ];
    if execute(&tx, sql, values).await? == 0 {
        return Err(DeskError::Hidden);
    }
    let sql = "DELETE FROM mailing_item WHERE mailing_id = $1";
    execute(&tx, sql, vec![id.into()]).await?;
    write(&tx, id, people).await?;
    tx.commit().await?;
    Ok(())
}

fn stored(wanted: &Wanted) -> String {
    serde_json::to_string(wanted).unwrap_or_default()
}

async fn execute(tx: &DatabaseTransaction, sql: &str, values: Vec<sea_orm::Value>) -> Result<u64> {
    let backend = tx.get_database_backend();
    let done = tx
        .execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(done.rows_affected())
}

async fn write(tx: &DatabaseTransaction, id: Uuid, people: Vec<item::Model>) -> Result<()> {
    let mut items = people.into_iter().peekable();
    while items.peek().is_some() {
        let some = items.by_ref().take(AT_ONCE).map(|item| item::Model {
            mailing_id: id,
            ..item
        });
        item::Entity::insert_many(some.map(IntoActiveModel::into_active_model))
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Hands what was seen to the work behind the pages; false when it was begun before, or said anew since.
pub async fn begin(db: &Db, actor: &Actor, id: Uuid, seen: i32) -> Result<bool> {
    let sql = "UPDATE mailing SET state = 'running' WHERE id = $1 AND person_id = $2 AND state = 'staged' AND revision = $3";
    let values = vec![id.into(), me(actor)?.into(), seen.into()];
    Ok(db.write_statement(sql, values).await?.rows_affected() == 1)
}

/// Claims the oldest mailing that nobody works on.
pub async fn claim(db: &Db, hold: Duration) -> Result<Option<Model>> {
    db.claim(&QUEUE, hold).await
}

/// Renews a claim; false when it was stopped.
pub async fn hold(db: &Db, mailing: &Model, hold: Duration) -> Result<bool> {
    let sql = "UPDATE mailing SET claimed_until = $1 WHERE id = $2 AND state = 'running'";
    let until = db.clock().now() + hold;
    let held = db
        .write_statement(sql, vec![until.into(), mailing.id.into()])
        .await?;
    Ok(held.rows_affected() == 1)
}

/// Lets go of one that was stopped, once its last portion is noted.
pub async fn let_go(db: &Db, mailing: &Model) -> Result<()> {
    let sql = "UPDATE mailing SET claimed_until = NULL WHERE id = $1 AND state = 'stopped'";
    db.write_statement(sql, vec![mailing.id.into()]).await?;
    Ok(())
}

/// Ends it; `failure` says why when it did not come to its end.
pub async fn end(db: &Db, mailing: &Model, failure: Option<&str>) -> Result<()> {
    let sql = "UPDATE mailing SET state = CASE WHEN $1 THEN 'stopped' ELSE 'done' END, failure = $2, ended_at = $3, \
               claimed_until = NULL WHERE id = $4 AND state = 'running'";
    let values = vec![
        failure.is_some().into(),
        failure.map(str::to_owned).into(),
        db.clock().now().into(),
        mailing.id.into(),
    ];
    db.write_statement(sql, values).await?;
    Ok(())
}

/// Forgets what was not begun, or stops what runs behind the portion in hand; what was opened stays. Whoever has a portion
/// in hand keeps the claim until it is noted.
///
/// # Errors
/// `Hidden` when it is not the actor's.
pub async fn stop(db: &Db, actor: &Actor, id: Uuid) -> Result<()> {
    let mailing = super::find(db, actor, id).await?;
    if mailing.state == State::Staged {
        let tx = db.begin_write().await?;
        let sql = "DELETE FROM mailing WHERE id = $1 AND state = 'staged'";
        if execute(&tx, sql, vec![id.into()]).await? == 1 {
            let sql = "DELETE FROM mailing_item WHERE mailing_id = $1";
            execute(&tx, sql, vec![id.into()]).await?;
        }
        tx.commit().await?;
        return Ok(());
    }
    let sql =
        "UPDATE mailing SET state = 'stopped', ended_at = $1 WHERE id = $2 AND state = 'running'";
    let values = vec![db.clock().now().into(), id.into()];
    db.write_statement(sql, values).await?;
    Ok(())
}

/// The bulk that writes the letters of its tickets, begun now where there is none yet, or anew for what a stopped one has
/// left; `list` is what the bulk keeps for the way back. None as long as tickets are being opened, and when there is no
/// ticket.
///
/// # Errors
/// `Hidden` when it is not the actor's, `Forbidden` when they may write letters nowhere.
pub async fn letters(db: &Db, actor: &Actor, id: Uuid, list: &str) -> Result<Option<Uuid>> {
    let mailing = super::find(db, actor, id).await?;
    if !mailing.is_settled(db.clock().now()) {
        return Ok(None);
    }
    let tickets = match bulk_of(db, actor, &mailing).await? {
        None => look::tickets(db, &mailing).await?,
        Some(bulk) => {
            let left = unwritten(db, &bulk).await?;
            if left.is_empty() {
                return Ok(Some(bulk.id));
            }
            left
        }
    };
    let staged = bulk::stage(db, actor, Verb::Serial, list, &tickets).await?;
    let Some(staged) = staged else {
        return Ok(None);
    };
    let sql = "UPDATE mailing SET bulk_id = $1 WHERE id = $2 AND (bulk_id IS NULL OR bulk_id = $3)";
    let before = mailing.bulk_id.unwrap_or_default();
    let values = vec![staged.into(), id.into(), before.into()];
    let taken = db.write_statement(sql, values).await?;
    if taken.rows_affected() == 1 {
        return Ok(Some(staged));
    }
    // A second press was faster; what it chose counts.
    bulk::stop(db, actor, staged, Duration::zero()).await?;
    Ok(super::find(db, actor, id).await?.bulk_id)
}

/// The bulk of its letters; none before there is one, and when it was given up before it was begun.
///
/// # Errors
/// The database's.
pub async fn bulk_of(db: &Db, actor: &Actor, mailing: &Model) -> Result<Option<bulk::Model>> {
    let Some(id) = mailing.bulk_id else {
        return Ok(None);
    };
    match bulk::find(db, actor, id).await {
        Ok(bulk) => Ok(Some(bulk)),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The tickets whose letters a stopped bulk has left unwritten, once nobody writes them any more.
pub async fn unwritten(db: &Db, bulk: &bulk::Model) -> Result<Vec<Uuid>> {
    match bulk.is_cut_short(db.clock().now()) {
        true => bulk::look::left(db, bulk).await,
        false => Ok(vec![]),
    }
}

/// Forgets what is over or was never begun, right before its bulk is forgotten.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - KEPT;
    let old = "staged_at < $1 AND state <> 'running' AND NOT EXISTS (SELECT 1 FROM bulk \
               WHERE bulk.id = mailing.bulk_id AND (bulk.staged_at >= $2 OR bulk.state IN ('running', 'undoing')))";
    let values = || vec![before.into(), (before + EARLIER).into()];
    let items = format!(
        "DELETE FROM mailing_item WHERE mailing_id IN (SELECT id FROM mailing WHERE {old})"
    );
    db.write_statement(&items, values()).await?;
    let mailings = format!("DELETE FROM mailing WHERE {old}");
    db.write_statement(&mailings, values()).await?;
    Ok(())
}
