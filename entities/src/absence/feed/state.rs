//! How reading a calendar goes: when it is due, when it was read last, and what went wrong.

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{EntityTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use super::{Entity as Feeds, Model as Feed};
use crate::db::Db;
use crate::error::Result;

/// A calendar is read once in so many minutes.
const EVERY_MINUTES: i64 = 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence_feed_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub feed_id: Uuid,
    /// When it is to be read again.
    pub next_at: DateTimeUtc,
    /// When reading it was tried last.
    pub read_at: Option<DateTimeUtc>,
    /// When that went well last.
    pub success_at: Option<DateTimeUtc>,
    /// What went wrong when it was read last; none when nothing did.
    pub failure: Option<Failure>,
    /// What the server answered with, where that is what went wrong.
    pub status: Option<i32>,
    /// So many absences stood in it when it was read well last.
    pub found: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// What goes wrong with calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The address cannot be opened with the key of the desk.
    #[sea_orm(string_value = "sealed")]
    Sealed,
    /// The address is none that may be fetched.
    #[sea_orm(string_value = "address")]
    Address,
    /// It lies in a private network.
    #[sea_orm(string_value = "private")]
    Private,
    /// The answer leads elsewhere.
    #[sea_orm(string_value = "redirect")]
    Redirect,
    /// Nobody answers, or too slowly.
    #[sea_orm(string_value = "away")]
    Away,
    /// The server refuses.
    #[sea_orm(string_value = "status")]
    Status,
    #[sea_orm(string_value = "too_large")]
    TooLarge,
    #[sea_orm(string_value = "no_calendar")]
    NoCalendar,
    /// The calendar ends in the middle.
    #[sea_orm(string_value = "cut_off")]
    CutOff,
    /// More absences or series than anybody has.
    #[sea_orm(string_value = "too_many")]
    TooMany,
    /// The absences in it cannot be entered.
    #[sea_orm(string_value = "refused")]
    Refused,
}

/// How reading went: so many absences, or what went wrong and the server's status.
pub type Outcome = Result<usize, (Failure, Option<u16>)>;

#[derive(FromQueryResult)]
struct Claimed {
    feed_id: Uuid,
}

/// The feed whose time has come first, if there is one; nobody else gets it before it is due again.
pub async fn take_due(db: &Db) -> Result<Option<Feed>> {
    let now = db.clock().now();
    // What is due is looked for without a lock first; mostly there is nothing.
    let due = "SELECT f.id AS feed_id FROM absence_feed f JOIN person p ON p.id = f.person_id AND p.retired_at IS NULL \
               LEFT JOIN absence_feed_state s ON s.feed_id = f.id WHERE s.next_at IS NULL OR s.next_at <= $1 \
               ORDER BY f.id LIMIT 1";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = sea_orm::Statement::from_sql_and_values(backend, due, [now.into()]);
    let found = Claimed::find_by_statement(statement)
        .one(db.reader())
        .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let sql = "INSERT INTO absence_feed_state (feed_id, next_at, found) VALUES ($1, $2, 0) \
               ON CONFLICT (feed_id) DO UPDATE SET next_at = excluded.next_at WHERE absence_feed_state.next_at <= $3 \
               RETURNING feed_id";
    let next = now + Duration::minutes(EVERY_MINUTES);
    let values = vec![found.feed_id.into(), next.into(), now.into()];
    match db.write_returning::<Claimed>(sql, values).await? {
        Some(claimed) => of(db, claimed.feed_id).await,
        // Another process was faster.
        None => Ok(None),
    }
}

/// Takes one before it is due, because its person wants to see how that goes.
pub async fn claim(db: &Db, feed: &Feed) -> Result<()> {
    let next = db.clock().now() + Duration::minutes(EVERY_MINUTES);
    let sql = "INSERT INTO absence_feed_state (feed_id, next_at, found) VALUES ($1, $2, 0) \
               ON CONFLICT (feed_id) DO UPDATE SET next_at = excluded.next_at";
    db.write_statement(sql, vec![feed.id.into(), next.into()])
        .await?;
    Ok(())
}

/// Notes how reading went. Of a feed that was set anew meanwhile it is noted nowhere.
pub async fn note(db: &Db, feed: &Feed, outcome: &Outcome) -> Result<()> {
    let now = db.clock().now();
    let (sql, values): (&str, Vec<sea_orm::Value>) = match outcome {
        Ok(found) => (
            "UPDATE absence_feed_state SET read_at = $2, success_at = $2, failure = NULL, status = NULL, found = $3 \
             WHERE feed_id = $1",
            vec![
                feed.id.into(),
                now.into(),
                i32::try_from(*found).unwrap_or(i32::MAX).into(),
            ],
        ),
        Err((failure, status)) => (
            "UPDATE absence_feed_state SET read_at = $2, failure = $3, status = $4 WHERE feed_id = $1",
            vec![
                feed.id.into(),
                now.into(),
                sea_orm::ActiveEnum::to_value(failure).into(),
                status.map(i32::from).into(),
            ],
        ),
    };
    db.write_statement(sql, values).await?;
    Ok(())
}

async fn of(db: &Db, id: Uuid) -> Result<Option<Feed>> {
    Ok(Feeds::find_by_id(id).one(db.reader()).await?)
}
