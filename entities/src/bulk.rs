//! One thing done to many tickets: chosen, looked at, done in portions, and taken back while nobody changed them.

pub mod act;
pub mod item;
pub mod leave;
pub mod letters;
pub mod look;
pub mod serial;
pub mod tell;

mod hang;
mod judge;
mod run;
mod stage;
mod work;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use act::{Act, Verb};
pub use item::{Outcome, Why};
pub use leave::Leave;
pub use look::{Look, Told};
pub use run::{AT_ONCE, go_on};
pub use serial::{Press, Serial};
pub use stage::{MOST, choose, stage, stage_ended, stage_fault};
pub use tell::{Letter, Post, Tell, Wording};
pub use work::{begin, claim, end, hold, let_go, renew, stop, sweep, undo};

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who does it; nobody else sees it.
    pub person_id: Uuid,
    /// What sort of thing is to be done.
    pub verb: Verb,
    /// JSON of [`Act`], once it is said.
    pub act: Option<String>,
    /// The list the tickets were chosen from, as its address has it.
    pub list: String,
    /// The share whose repair requesters are told of.
    pub share_id: Option<Uuid>,
    /// Whether the list had more than one bulk takes.
    pub more: bool,
    pub state: State,
    /// Why it did not come to its end, when nobody stopped it.
    pub failure: Option<String>,
    pub staged_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub undo_until: Option<DateTimeUtc>,
    pub claimed_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum State {
    /// Chosen, to be looked at.
    #[sea_orm(string_value = "staged")]
    Staged,
    #[sea_orm(string_value = "running")]
    Running,
    /// Every ticket was done or refused.
    #[sea_orm(string_value = "done")]
    Done,
    /// Ended before its last ticket.
    #[sea_orm(string_value = "stopped")]
    Stopped,
    /// On its way back.
    #[sea_orm(string_value = "undoing")]
    Undoing,
    #[sea_orm(string_value = "undone")]
    Undone,
}

impl Model {
    /// What is to be done to each ticket; none before it is said.
    pub fn act(&self) -> Option<Act> {
        serde_json::from_str(self.act.as_deref()?).ok()
    }

    /// Whether it works by itself.
    pub fn is_under_way(&self) -> bool {
        matches!(self.state, State::Running | State::Undoing)
    }

    /// Whether it was stopped and nobody works on what was in hand then any more.
    pub fn is_cut_short(&self, now: crate::Instant) -> bool {
        let is_free = self.claimed_until.is_none_or(|until| until <= now);
        self.state == State::Stopped && is_free
    }

    /// The seconds in which it can still be taken back; none when it cannot. A serial letter is not: its mails are taken back
    /// one by one, and what was noted stays noted.
    pub fn undo_seconds(&self, now: crate::Instant) -> Option<u32> {
        if self.verb == Verb::Serial {
            return None;
        }
        let is_over = matches!(self.state, State::Done | State::Stopped);
        let left = self.undo_until.filter(|_| is_over)? - now;
        let seconds = u32::try_from(left.num_milliseconds()).ok()?.div_ceil(1000);
        (seconds > 0).then_some(seconds)
    }
}

fn me(actor: &Actor) -> Result<Uuid> {
    actor.person_id().ok_or(DeskError::Forbidden)
}

/// One bulk of the actor's own.
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
