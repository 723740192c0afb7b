//! Notices: what somebody is told of a ticket or an article that concerns them, each from one event of its history.

pub mod choice;
pub mod mail;

mod list;
mod read;
mod reason;

use sea_orm::entity::prelude::*;

pub use list::{About, MOST_COUNTED, Row, list, list_query, unread, unread_query};
pub use read::{heard, read, read_all, sweep};
pub use reason::{Reason, Topic};

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
    /// The name of a [`Reason`]; none for what was told before reasons were kept.
    pub reason: Option<String>,
    /// When it is to be looked at for a mail; none when no mail is wanted, or one was written.
    pub mail_at: Option<DateTimeUtc>,
    /// The mail it went into: the piece of work that sends it.
    pub mail_id: Option<Uuid>,
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
    /// Somebody named them in a note.
    Mentioned,
    /// Somebody gave them the ticket.
    Assigned,
    /// The requester wrote.
    RequesterWrote,
    /// A colleague answered, took a note or logged a call.
    ColleagueWrote,
    /// A colleague or a rule solved it.
    Solved,
    /// The day it was put off to has come.
    ReminderReached,
    /// A ticket of a service was opened.
    TicketOpened,
    /// A ticket is about that service from now on.
    Classified,
    /// A ticket came into a view.
    CameIn,
    /// A ticket was given to somebody who is away, and is theirs or their team's now.
    Deputised,
    /// A ticket of somebody who is away is to be worked on again.
    Reopened,
    /// Somebody asks to have something blacked out.
    RedactionAsked,
}

impl Kind {
    const ALL: [Kind; 20] = [
        Kind::DeadlineNear,
        Kind::DeadlinePassed,
        Kind::VendorAnswered,
        Kind::RepairMoved,
        Kind::ReviewDue,
        Kind::ArticlePublished,
        Kind::ArticleRetired,
        Kind::RecheckDue,
        Kind::Mentioned,
        Kind::Assigned,
        Kind::RequesterWrote,
        Kind::ColleagueWrote,
        Kind::Solved,
        Kind::ReminderReached,
        Kind::TicketOpened,
        Kind::Classified,
        Kind::CameIn,
        Kind::Deputised,
        Kind::Reopened,
        Kind::RedactionAsked,
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
            Kind::Mentioned => "mentioned",
            Kind::Assigned => "assigned",
            Kind::RequesterWrote => "requester_wrote",
            Kind::ColleagueWrote => "colleague_wrote",
            Kind::Solved => "solved",
            Kind::ReminderReached => "reminder_reached",
            Kind::TicketOpened => "ticket_opened",
            Kind::Classified => "classified",
            Kind::CameIn => "came_in",
            Kind::Deputised => "deputised",
            Kind::Reopened => "reopened",
            Kind::RedactionAsked => "redaction_asked",
        }
    }

    /// Whether it is told to nobody but those who are there for an owner who is away or has left.
    pub(crate) fn is_for_stand_ins(self) -> bool {
        self == Kind::Reopened
    }

    /// Whether it is news for a few days only: what an import or a demo brings in of long ago is told to nobody.
    pub(crate) fn is_passing(self) -> bool {
        matches!(
            self,
            Kind::Mentioned
                | Kind::Assigned
                | Kind::RequesterWrote
                | Kind::ColleagueWrote
                | Kind::Solved
                | Kind::ReminderReached
                | Kind::TicketOpened
                | Kind::Classified
                | Kind::CameIn
                | Kind::Deputised
                | Kind::Reopened
        )
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
