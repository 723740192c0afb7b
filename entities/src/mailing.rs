//! A letter to many people: who they are is read from lines, each is given a ticket, and the tickets one letter each.

pub mod item;
pub mod lines;
pub mod look;

mod read;
mod run;
mod work;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

pub use item::Refusal;
pub use look::{Look, look};
pub use run::{go_on, lacking};
pub use work::{
    begin, bulk_of, claim, end, hold, let_go, letters, say, stage, stop, sweep, unwritten,
};

use crate::actor::Actor;
use crate::bulk::Leave;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};

/// The most people of one mailing.
pub const MOST: usize = 1_000;

/// The most lines that are read, those that are refused among them.
pub const MOST_LINES: usize = 5_000;

/// The most of somebody's own mailings that are listed.
const MOST_LISTED: u64 = 20;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who writes to them; nobody else sees it.
    pub person_id: Uuid,
    /// That of `wanted`, for what needs no more of it: the lines may be long.
    pub title: String,
    /// JSON of [`Wanted`].
    pub wanted: String,
    /// Counts how often it was said anew.
    pub revision: i32,
    pub state: State,
    /// Why it did not come to its end, when nobody stopped it.
    pub failure: Option<String>,
    /// The bulk that writes the letters of its tickets.
    pub bulk_id: Option<Uuid>,
    pub staged_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub claimed_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far its tickets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum State {
    /// Read, to be looked at.
    #[sea_orm(string_value = "staged")]
    Staged,
    #[sea_orm(string_value = "running")]
    Running,
    /// Everybody has a ticket or was refused.
    #[sea_orm(string_value = "done")]
    Done,
    /// Ended before its last person.
    #[sea_orm(string_value = "stopped")]
    Stopped,
}

/// A mailing as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Listed {
    pub id: Uuid,
    pub title: String,
    pub state: State,
    pub failure: Option<String>,
    pub staged_at: DateTimeUtc,
}

/// What was said of a mailing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The title of each ticket, and so the subject of what is sent from it.
    pub title: String,
    pub service_id: Uuid,
    /// Everybody of this organisation.
    pub organisation_id: Option<Uuid>,
    /// As they were typed, one person a line.
    pub lines: String,
    /// What becomes of a ticket once its letter is written.
    pub leave: Leave,
}

impl Model {
    /// What was said of it; none when the stored form is damaged.
    pub fn wanted(&self) -> Option<Wanted> {
        serde_json::from_str(&self.wanted).ok()
    }

    /// Whether no more tickets are opened.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Done | State::Stopped)
    }

    /// Whether it is over and nobody opens what was in hand when it was stopped any more.
    pub fn is_settled(&self, now: Instant) -> bool {
        self.is_over() && self.claimed_until.is_none_or(|until| until <= now)
    }
}

fn me(actor: &Actor) -> Result<Uuid> {
    actor.person_id().ok_or(DeskError::Forbidden)
}

/// One mailing of the actor's own.
///
/// # Errors
/// `Hidden` when it is not theirs.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    let person_id = actor.person_id().ok_or(DeskError::Hidden)?;
    Entity::find_by_id(id)
        .filter(COLUMN.person_id.eq(person_id))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

/// The actor's own mailings, the newest first.
///
/// # Errors
/// `Forbidden` when the actor is no person.
pub async fn own(db: &Db, actor: &Actor) -> Result<Vec<Listed>> {
    Ok(Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Title,
            Column::State,
            Column::Failure,
            Column::StagedAt,
        ])
        .filter(COLUMN.person_id.eq(me(actor)?))
        .order_by_desc(Column::StagedAt)
        .limit(MOST_LISTED)
        .into_model::<Listed>()
        .all(db.reader())
        .await?)
}
