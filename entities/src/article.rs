//! An article of the knowledge base: what it is known by, its versions, and how far the newest of them has come.

pub mod answers;
pub mod due;
pub mod feedback;
pub mod list;
pub mod recheck;
pub mod related;
pub mod remark;
pub mod translation;
pub mod validity;
pub mod version;
pub mod watch;

mod content;
mod event;
mod file;
mod filing;
mod find;
mod import;
mod passage;
mod place;
mod publish;
mod review;
mod subject;
pub mod visitor;
mod write;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use content::{Content, MOST_BODY, MOST_SUMMARY, MOST_TITLE};
pub use due::TellReview;
pub use event::ArticleEvent;
pub use feedback::GiveFeedback;
pub(crate) use file::checked as tidy_files;
pub use file::{FILES, File, MOST_FILES, decoded, named};
pub use filing::{Filing, owners};
pub use find::{find, hits, visible_to};
pub use import::{DESK, Import, ImportReviewed, Origin, imported, to_export};
pub use passage::{Passage, outside, passages};
pub use place::WORK;
pub use publish::{BringBack, Publish, Retire};
pub use recheck::{Check, TellRecheck};
pub use remark::{Remark, Settle};
pub use review::{Lack, Return, Say, SendToReview, lacks};
pub use subject::Article;
pub(crate) use subject::{service, vendor};
pub use version::Version;
pub use watch::{Unwatch, Watch};
pub use write::{Create, RestoreVersion, Write};

use crate::language::Language;

/// What the list shows of an article. Title, summary, keywords and audience are those of the published version, or of
/// the newest while none is; they change with a publication and with nothing else.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// How far the newest version has come.
    pub state: State,
    /// Number of the newest version.
    pub newest: i32,
    /// Number of the version that readers see.
    pub published: Option<i32>,
    pub title: String,
    pub folded_title: String,
    pub summary: String,
    /// Title, summary and keywords, folded.
    pub found_by: String,
    pub audience: Audience,
    pub language: Language,
    pub category_id: Option<Uuid>,
    /// Who answers for it.
    pub owner_id: Option<Uuid>,
    /// The day by which somebody looks whether it still holds.
    pub review_due_on: Option<Date>,
    /// When its owner was told of that day.
    pub review_told_at: Option<DateTimeUtc>,
    /// Two people look through it before it is published.
    pub second_review: bool,
    /// The first of them, once they have.
    pub approved_by: Option<Uuid>,
    /// The article that this one is a translation of.
    pub original_id: Option<Uuid>,
    /// The version of that one which it follows.
    pub original_version: Option<i32>,
    /// Counts what was written or filed, so that whoever was slower is told.
    pub edition: i32,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    /// Of the version that readers see.
    pub published_at: Option<DateTimeUtc>,
    /// The collection it was brought in from; none: it was begun here.
    pub source: Option<String>,
    /// What it is called there.
    pub source_id: Option<String>,
    /// Of what was brought in last.
    pub source_digest: Option<String>,
    /// The version that was newest then.
    pub source_version: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far the newest version has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum State {
    #[sea_orm(string_value = "draft")]
    Draft,
    #[sea_orm(string_value = "in_review")]
    InReview,
    /// Readers see it.
    #[sea_orm(string_value = "published")]
    Published,
    /// Nobody reads it any more but those who work on articles.
    #[sea_orm(string_value = "retired")]
    Retired,
}

impl State {
    /// All of them, as they follow.
    pub const ALL: [State; 4] = [
        State::Draft,
        State::InReview,
        State::Published,
        State::Retired,
    ];
}

/// For whom it is written. The desk reads all of it.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The desk alone.
    #[default]
    #[sea_orm(string_value = "internal")]
    Internal,
    /// Those who write to the desk too.
    #[sea_orm(string_value = "requesters")]
    Requesters,
    /// The people of chosen vendors too.
    #[sea_orm(string_value = "vendors")]
    Vendors,
    /// Anybody.
    #[sea_orm(string_value = "public")]
    Public,
}

impl Audience {
    /// All of them, the narrowest first.
    pub const ALL: [Audience; 4] = [
        Audience::Internal,
        Audience::Requesters,
        Audience::Vendors,
        Audience::Public,
    ];
}
