//! How reading a calendar goes: when it is due, when it was read last, and what went wrong.

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::{EntityTrait, FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use super::{Entity as Feeds, Model as Feed};
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::Result;

/// A calendar is read once in so many minutes.
const EVERY_MINUTES: i64 = 60;
/// One that reads empty all of a sudden is read again after so many minutes, and until then believed in nothing.
const AGAIN_AFTER_MINUTES: i64 = 10;
/// Whoever asks for it has theirs read once in so many minutes.
const ASKED_EVERY_MINUTES: i64 = 1;
/// One that cannot be read for so many hours is a trouble of its person.
const FAILS_AFTER_HOURS: i64 = 24;

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
    /// When reading it was begun last.
    pub begun_at: Option<DateTimeUtc>,
    /// Since when no absence stands in it, while those that were read from it are kept.
    pub empty_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// That of a calendar in place of one that was begun to be read a moment ago; none when that is longer ago.
    pub(crate) fn in_place_of(before: Option<Instant>, feed: &Feed) -> Option<Model> {
        let next_at = before? + Duration::minutes(ASKED_EVERY_MINUTES);
        (feed.set_at < next_at).then_some(Model {
            feed_id: feed.id,
            next_at,
            read_at: None,
            success_at: None,
            failure: None,
            status: None,
            found: 0,
            begun_at: before,
            empty_at: None,
        })
    }

    /// Whether a calendar that was set then has not been read well for so long that it is time to say so.
    pub(super) fn fails_long(&self, set_at: Instant, now: Instant) -> bool {
        let since = self.success_at.unwrap_or(set_at);
        self.failure.is_some() && since + Duration::hours(FAILS_AFTER_HOURS) <= now
    }
}

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
    let statement = Statement::from_sql_and_values(backend, due, [now.into()]);
    let found = Claimed::find_by_statement(statement)
        .one(db.reader())
        .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let sql = "INSERT INTO absence_feed_state (feed_id, next_at, begun_at, found) VALUES ($1, $2, $3, 0) \
               ON CONFLICT (feed_id) DO UPDATE SET next_at = excluded.next_at, begun_at = excluded.begun_at \
               WHERE absence_feed_state.next_at <= $3 RETURNING feed_id";
    let next = now + Duration::minutes(EVERY_MINUTES);
    let values = vec![found.feed_id.into(), next.into(), now.into()];
    match db.write_returning::<Claimed>(sql, values).await? {
        Some(claimed) => of(db, claimed.feed_id).await,
        // Another process was faster.
        None => Ok(None),
    }
}

/// Takes one before it is due, because its person wants to see how that goes; whether it may be read: not when that was
/// begun less than a minute ago.
pub async fn claim(db: &Db, feed: &Feed) -> Result<bool> {
    let now = db.clock().now();
    let next = now + Duration::minutes(EVERY_MINUTES);
    let before = now - Duration::minutes(ASKED_EVERY_MINUTES);
    let sql = "INSERT INTO absence_feed_state (feed_id, next_at, begun_at, found) VALUES ($1, $2, $3, 0) \
               ON CONFLICT (feed_id) DO UPDATE SET next_at = excluded.next_at, begun_at = excluded.begun_at \
               WHERE absence_feed_state.begun_at IS NULL OR absence_feed_state.begun_at <= $4 RETURNING feed_id";
    let values = vec![feed.id.into(), next.into(), now.into(), before.into()];
    let claimed = db.write_returning::<Claimed>(sql, values).await?;
    Ok(claimed.is_some())
}

/// Whether a calendar in which no absence stands any more had some that are not over when it was read well before, and
/// has not said so for long enough: a server that writes an empty calendar for a moment ends nobody's absence.
pub async fn is_suddenly_empty(db: &Db, feed: &Feed) -> Result<bool> {
    let now = db.clock().now();
    let sql = "SELECT s.feed_id FROM absence_feed_state s WHERE s.feed_id = $1 AND s.success_at IS NOT NULL \
               AND (s.empty_at IS NULL OR s.empty_at > $2) AND EXISTS (SELECT 1 FROM absence a WHERE a.person_id = $3 \
               AND a.feed_key IS NOT NULL AND a.cancelled_at IS NULL AND a.to_on >= $4 AND a.feed_to_on >= $4)";
    let values: [sea_orm::Value; 4] = [
        feed.id.into(),
        (now - Duration::minutes(AGAIN_AFTER_MINUTES)).into(),
        feed.person_id.into(),
        day(now).into(),
    ];
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let found = Claimed::find_by_statement(statement).one(db.reader());
    Ok(found.await?.is_some())
}

/// Notes that a calendar reads empty all of a sudden; it is read again in a few minutes.
pub async fn note_empty(db: &Db, feed: &Feed) -> Result<()> {
    let now = db.clock().now();
    let again = now + Duration::minutes(AGAIN_AFTER_MINUTES);
    let sql = "UPDATE absence_feed_state SET read_at = $2, success_at = $2, failure = NULL, status = NULL, \
               empty_at = COALESCE(empty_at, $2), next_at = $3 WHERE feed_id = $1";
    let values = vec![feed.id.into(), now.into(), again.into()];
    db.write_statement(sql, values).await?;
    Ok(())
}

/// Notes how reading went. Of a feed that was set anew meanwhile it is noted nowhere.
pub async fn note(db: &Db, feed: &Feed, outcome: &Outcome) -> Result<()> {
    let now = db.clock().now();
    let (sql, values): (&str, Vec<sea_orm::Value>) = match outcome {
        Ok(found) => (
            "UPDATE absence_feed_state SET read_at = $2, success_at = $2, failure = NULL, status = NULL, found = $3, \
             empty_at = NULL WHERE feed_id = $1",
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
