//! What can happen to a ticket.

mod parts;
mod record;
mod redaction;
mod telling;
mod tied;

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

pub(super) use parts::record_message;
pub use parts::{Change, Ended, NewOutbound, Opened};
pub use redaction::{Redacted, RedactionEvent};
pub use tied::TiedEvent;

use super::checklist::ChecklistEvent;
use super::link::LinkKind;
use super::message::{NewMessage, ThreadedBy};
use super::share::ShareEvent;
use super::state::{ClosingReason, Delivery, Kind, Priority, State, WaitingFor};
use super::unmerge::Stood;
use super::vendor_number::VendorNumber;
use crate::clock::Instant;
use crate::deadline::{Deadlines, Goal, Told, Turn};
use crate::field::change::FieldChange;
use crate::ledger::Event;
use crate::notice;
use crate::outbox::Effect;

/// One thing that happened to a ticket. In memory it carries content; its record does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketEvent {
    Opened(Box<Opened>),
    /// A mail came in.
    Received {
        message: Box<NewMessage>,
        mail_id: Uuid,
    },
    /// A mail goes out.
    Replied {
        message: Box<NewMessage>,
        outbound: NewOutbound,
    },
    NoteWritten {
        message: Box<NewMessage>,
    },
    CallLogged {
        message: Box<NewMessage>,
    },
    Assigned(Change<Option<Uuid>>),
    /// It was given to somebody who is away, and went on to whoever is there for them, or to the team.
    Deputised(Change<Option<Uuid>>),
    /// The responsible team changed.
    Moved(Change<Option<Uuid>>),
    /// The service changed.
    Classified(Change<Option<Uuid>>),
    KindChanged(Change<Kind>),
    DistrictChanged(Change<Option<Uuid>>),
    Prioritised(Change<Priority>),
    StateChanged {
        change: Change<State>,
        waiting_for: Option<WaitingFor>,
        reason: Option<ClosingReason>,
        /// When it ended before, where that is given back.
        ended: Option<Ended>,
    },
    ReminderSet(Change<Option<Instant>>),
    ReminderReached {
        at: Instant,
    },
    Renamed {
        title: String,
        salt: Vec<u8>,
    },
    /// A reply was taken back before it left.
    Withdrawn {
        message_id: Uuid,
        /// Nobody had answered before.
        was_first: bool,
    },
    /// What became of a mail of ours. The error is kept beside the mail, not in the history.
    Delivery {
        message_id: Uuid,
        to: Delivery,
        at: Instant,
        error: Option<String>,
    },
    /// A failed mail is to be sent again.
    SentAgain {
        message_id: Uuid,
        not_before: Instant,
    },
    /// An automatic receipt goes out.
    ReceiptSent {
        message: Box<NewMessage>,
        outbound: NewOutbound,
    },
    /// No receipt, because of this rule.
    ReceiptSuppressed {
        by: String,
    },
    /// Tied to another ticket, which is that to this one.
    Linked {
        other_id: Uuid,
        kind: LinkKind,
    },
    Unlinked {
        other_id: Uuid,
        kind: LinkKind,
    },
    /// A ticket it was tied to was merged, and the link follows to the other ticket, which is that to this one.
    LinkFollowed {
        from_id: Uuid,
        other_id: Uuid,
        kind: LinkKind,
    },
    /// Everything in it went to another ticket.
    MergedInto {
        target_id: Uuid,
    },
    /// Everything of another ticket came here.
    MergedFrom {
        source_id: Uuid,
        messages: i32,
        /// Its messages keep their numbers, counted on from here.
        after: i32,
        /// The highest number it had given.
        numbers: i32,
        last_message_at: Instant,
        /// How both stood, for the way back.
        stood: Box<Stood>,
    },
    MessageMovedOut {
        message_id: Uuid,
        to_id: Uuid,
    },
    MessageMovedIn {
        message_id: Uuid,
        from_id: Uuid,
        written_at: Instant,
    },
    /// Somebody said that it has nothing to do with the ticket its mail named.
    SuggestionRefused {
        number: String,
        other_id: Uuid,
    },
    /// The number under which a vendor keeps it; none was removed.
    VendorNumberSet {
        organisation_id: Uuid,
        number: Option<VendorNumber>,
    },
    /// Something between it and a vendor it is shared with.
    Share(Box<ShareEvent>),
    /// Values of dynamic fields; their content is kept beside the history under that id.
    FieldsSet {
        change_id: Uuid,
        changes: Vec<FieldChange>,
        salt: Vec<u8>,
    },
    /// Somebody keeps an eye on it.
    Watched {
        person_id: Uuid,
    },
    Unwatched {
        person_id: Uuid,
    },
    /// Somebody said whether its solution helps others too.
    ReusableSet {
        to: bool,
    },
    /// An article was begun from it.
    ArticleDrawn {
        article_id: Uuid,
    },
    /// Something that ties it to other tickets and to articles.
    Tied(Box<TiedEvent>),
    /// Something is to be blacked out for ever, or is.
    Redaction(Box<RedactionEvent>),
    /// An article went into a message.
    ArticleUsed {
        message_id: Uuid,
        article_id: Uuid,
        version: i32,
    },
    /// It was opened for that day of a task by date.
    Recurred {
        task_id: Uuid,
        day: NaiveDate,
    },
    /// Something about its checklist.
    Checklist(Box<ChecklistEvent>),
    /// An automatic note that the ticket is closed goes out.
    ClosingNoteSent {
        message: Box<NewMessage>,
        outbound: NewOutbound,
    },
    /// No closing note, because of this rule.
    ClosingNoteSuppressed {
        by: String,
    },
    /// What the events before it did to the deadlines.
    DeadlinesSet {
        to: Box<Deadlines>,
        turn: Turn,
    },
    /// A deadline is near, or has passed.
    DeadlineTold {
        goal: Goal,
        told: Told,
        due: Instant,
    },
}

impl Event for TicketEvent {
    fn name(&self) -> &'static str {
        match self {
            TicketEvent::Opened(_) => "opened",
            TicketEvent::Received { .. } => "received",
            TicketEvent::Replied { .. } => "replied",
            TicketEvent::NoteWritten { .. } => "note_written",
            TicketEvent::CallLogged { .. } => "call_logged",
            TicketEvent::Assigned(_) => "assigned",
            TicketEvent::Deputised(_) => "deputised",
            TicketEvent::Moved(_) => "moved",
            TicketEvent::Classified(_) => "classified",
            TicketEvent::KindChanged(_) => "kind_changed",
            TicketEvent::DistrictChanged(_) => "district_changed",
            TicketEvent::Prioritised(_) => "prioritised",
            TicketEvent::StateChanged { .. } => "state_changed",
            TicketEvent::ReminderSet(_) => "reminder_set",
            TicketEvent::ReminderReached { .. } => "reminder_reached",
            TicketEvent::Renamed { .. } => "renamed",
            TicketEvent::Withdrawn { .. } => "withdrawn",
            TicketEvent::Delivery { .. } => "delivery",
            TicketEvent::SentAgain { .. } => "sent_again",
            TicketEvent::ReceiptSent { .. } => "receipt_sent",
            TicketEvent::ReceiptSuppressed { .. } => "receipt_suppressed",
            TicketEvent::Linked { .. } => "linked",
            TicketEvent::Unlinked { .. } => "unlinked",
            TicketEvent::LinkFollowed { .. } => "link_followed",
            TicketEvent::MergedInto { .. } => "merged_into",
            TicketEvent::MergedFrom { .. } => "merged_from",
            TicketEvent::MessageMovedOut { .. } => "message_moved_out",
            TicketEvent::MessageMovedIn { .. } => "message_moved_in",
            TicketEvent::SuggestionRefused { .. } => "suggestion_refused",
            TicketEvent::VendorNumberSet { .. } => "vendor_number_set",
            TicketEvent::Share(event) => event.name(),
            TicketEvent::FieldsSet { .. } => "fields_set",
            TicketEvent::Watched { .. } => "watched",
            TicketEvent::Unwatched { .. } => "unwatched",
            TicketEvent::ReusableSet { .. } => "reusable_set",
            TicketEvent::ArticleDrawn { .. } => "article_drawn",
            TicketEvent::Tied(event) => event.name(),
            TicketEvent::Redaction(event) => event.name(),
            TicketEvent::ArticleUsed { .. } => "article_used",
            TicketEvent::Recurred { .. } => "recurred",
            TicketEvent::Checklist(event) => event.name(),
            TicketEvent::ClosingNoteSent { .. } => "closing_note_sent",
            TicketEvent::ClosingNoteSuppressed { .. } => "closing_note_suppressed",
            TicketEvent::DeadlinesSet { .. } => "deadlines_set",
            TicketEvent::DeadlineTold { .. } => "deadline_told",
        }
    }

    fn record(&self) -> Value {
        record::of(self)
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            TicketEvent::Replied { message, outbound }
            | TicketEvent::ReceiptSent { message, outbound }
            | TicketEvent::ClosingNoteSent { message, outbound } => {
                // An import brings in what was sent long ago.
                if message.delivery != Delivery::Queued {
                    return vec![];
                }
                vec![Effect::SendMail {
                    message_id: message.id,
                    not_before: outbound.not_before,
                }]
            }
            TicketEvent::SentAgain {
                message_id,
                not_before,
            } => {
                vec![Effect::SendMail {
                    message_id: *message_id,
                    not_before: *not_before,
                }]
            }
            TicketEvent::Share(event) => event.effects(),
            TicketEvent::Tied(event) => event.effects(),
            TicketEvent::Received { message, .. } => match message.threaded_by {
                Some(
                    ThreadedBy::NewTicket
                    | ThreadedBy::NumberFromStranger { .. }
                    | ThreadedBy::ClosedTooLong { .. },
                ) => {
                    vec![Effect::SendReceipt {
                        message_id: message.id,
                    }]
                }
                _ => vec![],
            },
            TicketEvent::Opened(_)
            | TicketEvent::NoteWritten { .. }
            | TicketEvent::CallLogged { .. }
            | TicketEvent::Assigned(_)
            | TicketEvent::Deputised(_)
            | TicketEvent::Moved(_)
            | TicketEvent::Classified(_)
            | TicketEvent::KindChanged(_)
            | TicketEvent::DistrictChanged(_)
            | TicketEvent::Prioritised(_)
            | TicketEvent::StateChanged { .. }
            | TicketEvent::ReminderSet(_)
            | TicketEvent::ReminderReached { .. }
            | TicketEvent::Renamed { .. }
            | TicketEvent::Withdrawn { .. }
            | TicketEvent::Delivery { .. }
            | TicketEvent::ReceiptSuppressed { .. }
            | TicketEvent::ClosingNoteSuppressed { .. }
            | TicketEvent::Linked { .. }
            | TicketEvent::Unlinked { .. }
            | TicketEvent::LinkFollowed { .. }
            | TicketEvent::MergedInto { .. }
            | TicketEvent::MergedFrom { .. }
            | TicketEvent::MessageMovedOut { .. }
            | TicketEvent::MessageMovedIn { .. }
            | TicketEvent::SuggestionRefused { .. }
            | TicketEvent::VendorNumberSet { .. }
            | TicketEvent::DeadlinesSet { .. }
            | TicketEvent::DeadlineTold { .. }
            | TicketEvent::FieldsSet { .. }
            | TicketEvent::Watched { .. }
            | TicketEvent::Unwatched { .. }
            | TicketEvent::ReusableSet { .. }
            | TicketEvent::ArticleDrawn { .. }
            | TicketEvent::Redaction(_)
            | TicketEvent::ArticleUsed { .. }
            | TicketEvent::Recurred { .. }
            | TicketEvent::Checklist(_) => vec![],
        }
    }

    fn notice(&self, at: Instant) -> Option<notice::Kind> {
        telling::notice(self, at)
    }

    fn mentions(&self) -> &[Uuid] {
        match self {
            TicketEvent::NoteWritten { message } => &message.mentions,
            _ => &[],
        }
    }
}
