//! Notices: what somebody is told of a ticket or an article that concerns them, each from one event of its history.

mod list;
mod read;

use sea_orm::entity::prelude::*;

pub use list::{About, MOST_COUNTED, Row, list, list_query, unread, unread_query};
pub use read::{heard, read, read_all, sweep};

use crate::deadline::Told;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is told.
    pub person_id: Uuid,
    /// The ticket or article.
    pub subject_id: Uuid,
    /// The event's number in the history of the subject; nobody is told of one twice.
    pub number: i32,
    /// The name of a [`Kind`].
    pub kind: String,
    pub at: DateTimeUtc,
    pub read_at: Option<DateTimeUtc>,
    /// Whose ticket it is, where somebody is told because they stand in.
    pub in_place_of_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Why somebody is told. What happened is said by the event; kinds that a program does not know are told like others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A deadline is near.
    DeadlineNear,
    /// A deadline has passed.
    DeadlinePassed,
    /// A vendor wrote.
    VendorAnswered,
    /// A vendor took the repair a step further.
    RepairMoved,
    /// Somebody is to look at an article again.
    ReviewDue,
    /// Readers see a newer version of an article.
    ArticlePublished,
    /// An article was taken from its readers.
    ArticleRetired,
    /// A release asks for an article to be checked.
    RecheckDue,
    /// A ticket was given to somebody who is away.
    PassedOn,
    /// A ticket of somebody who is away is to be worked on again.
    Reopened,
    /// A ticket of somebody who is away waited for a date that has come.
    ReminderReached,
}

impl Kind {
    const ALL: [Kind; 11] = [
        Kind::DeadlineNear,
        Kind::DeadlinePassed,
        Kind::VendorAnswered,
        Kind::RepairMoved,
        Kind::ReviewDue,
        Kind::ArticlePublished,
        Kind::ArticleRetired,
        Kind::RecheckDue,
        Kind::PassedOn,
        Kind::Reopened,
        Kind::ReminderReached,
    ];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::DeadlineNear => "deadline_near",
            Kind::DeadlinePassed => "deadline_passed",
            Kind::VendorAnswered => "vendor_answered",
            Kind::RepairMoved => "repair_moved",
            Kind::ReviewDue => "review_due",
            Kind::ArticlePublished => "article_published",
            Kind::ArticleRetired => "article_retired",
            Kind::RecheckDue => "recheck_due",
            Kind::PassedOn => "passed_on",
            Kind::Reopened => "reopened",
            Kind::ReminderReached => "reminder_reached",
        }
    }

    /// Whether it is told to nobody but those who stand in for an owner who is away.
    pub(crate) fn is_for_stand_ins(self) -> bool {
        matches!(self, Kind::Reopened | Kind::ReminderReached)
    }

    /// Reads a stored name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl From<Told> for Kind {
    fn from(told: Told) -> Kind {
        match told {
            Told::Near => Kind::DeadlineNear,
            Told::Passed => Kind::DeadlinePassed,
        }
    }
}
