//! An invitation: into which vendor, by whom, in which language, until when, and what became of it. A person has one,
//! the last; those before stand in the history.

use sea_orm::entity::prelude::*;

use crate::clock::Instant;
use crate::language::Language;

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
