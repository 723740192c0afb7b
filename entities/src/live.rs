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

/// Stands before the id of a ticket that somebody came to, left or writes in.
const PRESENCE: &str = "presence";

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

/// What open pages hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum News {
    /// A subject has an event more.
    Changed(Uuid),
    /// Others are in a ticket, or do something else there, than before.
    Presence(Uuid),
}

/// Calls `hear` with every subject that gets an event from now on, with those that got one since an earlier call
/// failed, and, on PostgreSQL, with the tickets that [`tell_presence`] names. Returns only with an error; call it again to go on.
///
/// # Errors
/// The database's, when the connection is lost.
pub async fn watch(db: &Db, told: &mut Told, mut hear: impl FnMut(News) + Send) -> Result<()> {
    let changed = |hear: &mut dyn FnMut(News), (what, id, number)| {
        db.answers().heard(what, id, number);
        hear(News::Changed(id));
    };
    if !db.is_postgres() {
        let mut last = newest(db).await?;
        let missed = catch_up(db, told).await?;
        missed.into_iter().for_each(|one| changed(&mut hear, one));
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = newest(db).await?;
            if now != last {
                let new = since(db, last).await?;
                new.into_iter().for_each(|one| changed(&mut hear, one));
                last = now;
                told.0 = Some(db.clock().now());
            }
        }
    }
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
        let missed = catch_up(db, told).await?;
        missed.into_iter().for_each(|one| changed(&mut hear, one));
        // None when the connection was lost and is there again: what happened meanwhile was told to nobody.
        while let Some(notice) = listener.try_recv().await.map_err(failed)? {
            told.0 = Some(db.clock().now());
            match present(notice.payload()) {
                Some(id) => hear(News::Presence(id)),
                None => {
                    let (what, events) = read(notice.payload());
                    events.for_each(|(id, number)| changed(&mut hear, (what, id, number)));
                }
            }
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

/// What changed since it was last told, some of it again.
async fn catch_up(db: &Db, told: &mut Told) -> Result<Vec<(Changed, Uuid, i32)>> {
    let now = db.clock().now();
    let missed = match told.0 {
        Some(at) => {
            let statement = Statement::from_sql_and_values(
                db.reader().get_database_backend(),
                "SELECT DISTINCT subject_kind, subject_id, 0 AS number FROM event WHERE at >= $1 LIMIT 5000",
                [(at - LONGEST_CHANGE).into()],
            );
            subjects(db, statement).await?
        }
        None => vec![],
    };
    told.0 = Some(now);
    Ok(missed)
}

/// Tells the processes of a desk on PostgreSQL, this one too, that others are in a ticket than before. False where
/// processes tell each other nothing: there this one tells its own pages.
///
/// # Errors
/// The database's.
pub async fn tell_presence(db: &Db, ticket_id: Uuid) -> Result<bool> {
    if !db.is_postgres() {
        return Ok(false);
    }
    let notice = format!("{PRESENCE} {}", ticket_id.simple());
    db.write_statement(
        "SELECT pg_notify($1, $2)",
        vec![CHANNEL.into(), notice.into()],
    )
    .await?;
    Ok(true)
}

/// The ticket in such a notice.
fn present(notice: &str) -> Option<Uuid> {
    let (mark, id) = notice.split_once(' ')?;
    Uuid::try_parse(id).ok().filter(|_| mark == PRESENCE)
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
