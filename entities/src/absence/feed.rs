//! The calendar somebody's absences are read from: its address, by what it tells an absence, and how reading it went.

mod set;
pub mod state;
mod take;

use sea_orm::entity::prelude::*;
use sea_orm::{EntityTrait, QueryFilter};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::secret;

pub use set::{EndFeed, SetFeed};
pub use state::{Failure, Outcome, claim, is_suddenly_empty, note, note_empty, take_due};
pub use take::{Span, TakeFeed};

/// What sealed addresses are for; as anything else they do not open.
const SEALED_FOR: &str = "calendars of absences";
/// The most words a feed knows an absence by.
pub const MOST_WORDS: usize = 20;
/// The most characters of one of them.
pub const LONGEST_WORD: usize = 80;
/// How far ahead a calendar is read, in days.
pub const DAYS_AHEAD: u64 = 400;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence_feed")]
pub struct Model {
    /// Another one whenever it is set anew.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// One a person.
    pub person_id: Uuid,
    /// Sealed: whoever knows it reads the person's calendar.
    pub address: String,
    /// One a line.
    pub words: String,
    pub set_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The address; none when the key differs or the text is damaged.
    pub fn address(&self, db: &Db) -> Option<String> {
        secret::open_as(db.key(), SEALED_FOR, &self.address)
    }

    /// An entry that holds one of these words is an absence, beside those that say so themselves.
    pub fn words(&self) -> Vec<String> {
        self.words.lines().map(str::to_owned).collect()
    }
}

/// Seals an address for storing.
pub fn seal(db: &Db, address: &str) -> String {
    secret::seal_as(db.key(), SEALED_FOR, address)
}

/// A feed and how reading it went; no state while nobody has begun to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub feed: Model,
    pub state: Option<state::Model>,
}

impl Shown {
    /// Whether the calendar could not be read for a day.
    pub fn fails_long(&self, now: Instant) -> bool {
        let state = self.state.as_ref();
        state.is_some_and(|state| state.fails_long(self.feed.set_at, now))
    }
}

/// One's own, for nobody else: its address opens one's calendar.
///
/// # Errors
/// `Forbidden` for the system.
pub async fn own(db: &Db, actor: &Actor) -> Result<Option<Shown>> {
    let me = actor.person_id().ok_or(DeskError::Forbidden)?;
    let feed = Entity::find()
        .filter(COLUMN.person_id.eq(me))
        .one(db.reader())
        .await?;
    let Some(feed) = feed else {
        return Ok(None);
    };
    let state = state::Entity::find_by_id(feed.id).one(db.reader()).await?;
    Ok(Some(Shown { feed, state }))
}
