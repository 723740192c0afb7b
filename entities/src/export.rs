//! Lists of tickets taken out of the desk: who took which, when, how many; and files that wait to be fetched.

pub mod part;

mod begin;
mod end;
mod event;
mod subject;
mod work;

use chrono::Duration;
use sea_orm::entity::prelude::*;

pub use begin::Begin;
pub use end::{End, Ending};
pub use event::ExportEvent;
pub use part::Taken;
pub use work::{HOLD, abandon, claim, end_stuck, gone, keep, over, sweep};

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::{self, Permission, Place};
use crate::view::{ListColumn, column};

/// How long a finished file can be fetched.
pub const KEPT: Duration = Duration::days(1);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who took it; nobody else sees it.
    pub person_id: Uuid,
    pub format: Format,
    /// What the list was called.
    pub name: String,
    /// The list as its address has it.
    pub list: String,
    /// What it was filtered by, in the reader's words.
    pub about: String,
    /// The list of its tickets in [`part`]; none once it is over.
    pub list_id: Option<Uuid>,
    /// Names of [`ListColumn`]; none of them: all that there are.
    pub columns: String,
    /// The reader's language.
    pub locale: String,
    pub state: State,
    /// Why it came to no good end, when nobody stopped it.
    pub failure: Option<String>,
    pub rows_all: i32,
    pub rows_done: i32,
    pub begun_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub claimed_until: Option<DateTimeUtc>,
    /// Salt of the digest of the list in the history.
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// As what sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, serde::Serialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Written while it is fetched.
    #[sea_orm(string_value = "csv")]
    Csv,
    /// Written by the work behind the pages, fetched later.
    #[sea_orm(string_value = "xlsx")]
    Xlsx,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, serde::Serialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum State {
    #[sea_orm(string_value = "running")]
    Running,
    #[sea_orm(string_value = "done")]
    Done,
    /// By its owner, or because whoever fetched it went away.
    #[sea_orm(string_value = "stopped")]
    Stopped,
    #[sea_orm(string_value = "failed")]
    Failed,
}

impl Model {
    /// The columns that were asked for; none: all that there are.
    pub fn columns(&self) -> Vec<ListColumn> {
        column::read(&self.columns)
    }

    /// Whether there is a file to fetch.
    pub fn is_ready(&self, now: crate::Instant) -> bool {
        let kept = self.ended_at.is_some_and(|at| at + KEPT > now);
        self.format == Format::Xlsx && self.state == State::Done && kept
    }
}

fn me(actor: &Actor) -> Result<Uuid> {
    policy::require(actor, Permission::ExportTickets, Place::Reach)?;
    actor.person_id().ok_or(DeskError::Forbidden)
}

/// One export of the actor's own.
///
/// # Errors
/// `Forbidden` without `ExportTickets`, `Hidden` when it is not theirs.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Model> {
    let person_id = me(actor)?;
    Entity::find_by_id(id)
        .filter(COLUMN.person_id.eq(person_id))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}
