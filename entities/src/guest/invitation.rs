//! An invitation: into which vendor, by whom, in which language, until when, and what became of it. A person has one,
//! the last; those before stand in the history.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Instant;

pub use Model as Invitation;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub organisation_id: Uuid,
    /// None: the machine's owner.
    pub invited_by: Option<Uuid>,
    pub language: Language,
    pub invited_at: DateTimeUtc,
    /// No link of it opens anything from then on.
    pub valid_until: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub accepted_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A language that people are invited in and articles are written in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    #[sea_orm(string_value = "de")]
    De,
    #[sea_orm(string_value = "en")]
    En,
}

impl Language {
    /// `de` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::De => "de",
            Language::En => "en",
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Language> {
        match code {
            "de" => Some(Language::De),
            "en" => Some(Language::En),
            _ => None,
        }
    }
}

impl Model {
    /// Neither taken up nor taken back; it may have run out.
    pub fn is_open(&self) -> bool {
        self.withdrawn_at.is_none() && self.accepted_at.is_none()
    }

    /// Whether its links open something at that time.
    pub fn holds(&self, at: Instant) -> bool {
        self.is_open() && at < self.valid_until
    }

    /// Not to be taken up any more, if it still was.
    pub(crate) fn withdraw(&mut self, at: Instant) {
        if self.is_open() {
            self.withdrawn_at = Some(at);
        }
    }

    /// The person has a way in now.
    pub(crate) fn accept(&mut self, at: Instant) {
        if self.is_open() {
            self.accepted_at = Some(at);
        }
    }
}

/// What a link holds for beside itself: an invitation that is open, and as old as the link at most, so that sending it
/// again ends the links before. `$3` is now.
pub(crate) const LINK_HOLDS: &str = "AND EXISTS (SELECT 1 FROM invitation i WHERE i.person_id = one_time_link.person_id \
     AND i.withdrawn_at IS NULL AND i.accepted_at IS NULL AND i.valid_until > $3 AND i.invited_at <= one_time_link.created_at)";
