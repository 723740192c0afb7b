//! Which subjects changed, whichever process changed them: the source of live pages.

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, RuntimeErr, SqlxError, Statement};
use uuid::Uuid;

use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::kept::Changed;

/// Where PostgreSQL tells listeners the ids of what changed.
const CHANNEL: &str = "lotse_changed";

/// Stands before the ids of settings and people.
const SETTING: &str = "setting";

/// Events in one notice: it holds at most 8,000 bytes, and each takes an id and a number.
const TOLD_AT_ONCE: usize = 170;

/// How often an SQLite file is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How long a transaction may take from its clock to its commit.
const LONGEST_CHANGE: Duration = Duration::from_secs(60);

/// How long a lost connection is tried again before the caller hears of it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Until when changes have been told; kept between two calls of [`watch`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Told(Option<Instant>);

/// Calls `changed` with the id of every subject that gets an event from now on, and of those that got one since
/// an earlier call failed. Returns only with an error; call it again to go on.
///
/// # Errors
/// The database's, when the connection is lost.
pub async fn watch(db: &Db, told: &mut Told, mut changed: impl FnMut(Uuid) + Send) -> Result<()> {
    let mut changed = |what, id, number| {
        db.answers().heard(what, id, number);
        changed(id);
    };
    if db.is_postgres() {
        let failed = |e: SqlxError| DeskError::Db(DbErr::Conn(RuntimeErr::SqlxError(e.into())));
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .idle_timeout(None)
            .max_lifetime(None);
        let pool = pool.connect(db.url()).await.map_err(failed)?;
        let mut listener = PgListener::connect_with(&pool).await.map_err(failed)?;
        listener.listen(CHANNEL).await.map_err(failed)?;
        loop {
            catch_up(db, told, &mut changed).await?;
            // None when the connection was lost and is there again: what happened meanwhile was told to nobody.
            while let Some(notice) = listener.try_recv().await.map_err(failed)? {
                told.0 = Some(db.clock().now());
                let (what, events) = read(notice.payload());
                events.for_each(|(id, number)| changed(what, id, number));
            }
        }
    }
    let mut last = newest(db).await?;
    catch_up(db, told, &mut changed).await?;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = newest(db).await?;
        if now != last {
            for (what, id, number) in since(db, last).await? {
                changed(what, id, number);
            }
            last = now;
            told.0 = Some(db.clock().now());
        }
    }
}

/// What a notice says: what kind of thing changed, and the ids, each with the number of its last event.
fn read(notice: &str) -> (Changed, impl Iterator<Item = (Uuid, i32)>) {
    let (what, events) = match notice.strip_prefix(SETTING) {
        Some(events) => (Changed::Setting, events),
        None => (Changed::Work, notice),
    };
    let event = |word: &str| {
        let (id, number) = word.split_once('.').unwrap_or((word, ""));
        Some((Uuid::try_parse(id).ok()?, number.parse().unwrap_or(0)))
    };
    (what, events.split(' ').filter_map(event))
}

/// Tells what changed since it was last told, some of it again.
async fn catch_up(
    db: &Db,
    told: &mut Told,
    changed: &mut (impl FnMut(Changed, Uuid, i32) + Send),
) -> Result<()> {
    let now = db.clock().now();
    if let Some(at) = told.0 {
        let statement = Statement::from_sql_and_values(
            db.reader().get_database_backend(),
            "SELECT DISTINCT subject_kind, subject_id, 0 AS number FROM event WHERE at >= $1 LIMIT 5000",
            [(at - LONGEST_CHANGE).into()],
        );
        for (what, id, number) in subjects(db, statement).await? {
            changed(what, id, number);
        }
    }
    told.0 = Some(now);
    Ok(())
}

/// Tells listening processes which subjects changed, each with the number of its last event, once the transaction it
/// is in commits.
pub(crate) async fn notify(
    c: &impl ConnectionTrait,
    what: Changed,
    changed: &[(Uuid, i32)],
) -> Result<()> {
    // SQLite has no channel; there every process looks.
    if c.get_database_backend() != DbBackend::Postgres || changed.is_empty() {
        return Ok(());
    }
    for some in changed.chunks(TOLD_AT_ONCE) {
        let events = some
            .iter()
            .map(|(id, number)| format!("{}.{number}", id.simple()));
        let mark = (what == Changed::Setting).then(|| SETTING.to_owned());
        let words: Vec<String> = mark.into_iter().chain(events).collect();
        c.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_notify($1, $2)",
            [CHANNEL.into(), words.join(" ").into()],
        ))
        .await?;
    }
    Ok(())
}

/// The place of the newest event in an SQLite file: the end of its b-tree, so looking costs nothing.
async fn newest(db: &Db) -> Result<i64> {
    let sql = Statement::from_string(
        DbBackend::Sqlite,
        "SELECT coalesce(max(rowid), 0) AS n FROM event",
    );
    Ok(match db.reader().query_one_raw(sql).await? {
        Some(row) => row.try_get("", "n")?,
        None => 0,
    })
}

async fn since(db: &Db, place: i64) -> Result<Vec<(Changed, Uuid, i32)>> {
    let sql = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        // In the order of the table: asked for distinct ones, a planner walks the index of all subjects there are.
        "SELECT subject_kind, subject_id, number FROM event WHERE rowid > $1 ORDER BY rowid LIMIT 5000",
        [place.into()],
    );
    subjects(db, sql).await
}

async fn subjects(db: &Db, statement: Statement) -> Result<Vec<(Changed, Uuid, i32)>> {
    db.reader()
        .query_all_raw(statement)
        .await?
        .iter()
        .map(|row| {
            let kind: String = row.try_get("", "subject_kind")?;
            let id = row.try_get("", "subject_id")?;
            Ok((Changed::named(&kind), id, row.try_get("", "number")?))
        })
        .collect()
}
