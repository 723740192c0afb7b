//! What of the notices has been read, and how long they stay.

use chrono::Duration;
use sea_orm::{ConnectionTrait as _, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::kept::{Changed, Parts};
use crate::live;

/// How long a notice stays once it is read.
const READ_STAYS: Duration = Duration::days(90);

/// How long one stays that nobody reads.
const UNREAD_STAYS: Duration = Duration::days(365);

/// The actor has seen what a ticket or article they found has to tell; whether there was something new.
pub async fn read(db: &Db, actor: &Actor, subject_id: Uuid) -> Result<bool> {
    let Some(me) = actor.person_id() else {
        return Ok(false);
    };
    // Looking writes nothing for whoever has no notices.
    if super::unread(db, actor).await? == 0 {
        return Ok(false);
    }
    let new = "SELECT 1 AS n FROM notice WHERE person_id = $1 AND subject_id = $2 AND read_at IS NULL LIMIT 1";
    let new = Statement::from_sql_and_values(
        db.reader().get_database_backend(),
        new,
        [me.into(), subject_id.into()],
    );
    if db.reader().query_one_raw(new).await?.is_none() {
        return Ok(false);
    }
    let sql = "UPDATE notice SET read_at = $1 WHERE person_id = $2 AND subject_id = $3 AND read_at IS NULL";
    let values = vec![db.clock().now().into(), me.into(), subject_id.into()];
    let read = db.write_statement(sql, values).await?.rows_affected() > 0;
    if read {
        heard(db, me).await?;
    }
    Ok(read)
}

/// The actor has read everything up to an instant; what came since stays new.
pub async fn read_all(db: &Db, actor: &Actor, until: Instant) -> Result<()> {
    let Some(me) = actor.person_id() else {
        return Ok(());
    };
    let sql =
        "UPDATE notice SET read_at = $1 WHERE person_id = $2 AND read_at IS NULL AND at <= $3";
    let values = vec![db.clock().now().into(), me.into(), until.into()];
    db.write_statement(sql, values).await?;
    heard(db, me).await
}

/// Lets other processes know that the count of somebody's notices has changed.
pub async fn heard(db: &Db, person_id: Uuid) -> Result<()> {
    db.answers().changed(Changed::Work, Parts::REST);
    live::notify(db.writer(), Changed::Work, &[(person_id, 0)]).await
}

/// Removes what was read long ago, and what nobody has read for very long.
pub async fn sweep(db: &Db) -> Result<()> {
    let now = db.clock().now();
    let sql = "DELETE FROM notice WHERE at < $1 AND (read_at < $1 OR at < $2)";
    let values = vec![(now - READ_STAYS).into(), (now - UNREAD_STAYS).into()];
    db.write_statement(sql, values).await?;
    Ok(())
}
