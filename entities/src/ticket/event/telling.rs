//! Which events of a ticket are told to those whom it concerns, and as what.

use super::{RedactionEvent, TicketEvent};
use crate::clock::Instant;
use crate::deadline::told::is_news;
use crate::notice;
use crate::ticket::message::ThreadedBy;
use crate::ticket::state::State;

/// Why those whom the ticket concerns are told of an event, if they are.
pub(super) fn notice(event: &TicketEvent, at: Instant) -> Option<notice::Kind> {
    match event {
        TicketEvent::DeadlineTold { told, due, .. } if is_news(*due, at) => Some((*told).into()),
        TicketEvent::Share(event) => event.notice(),
        // A vendor's mail is an answer like one in the portal.
        TicketEvent::Received { message, .. } if message.share_id.is_some() => {
            Some(notice::Kind::VendorAnswered)
        }
        TicketEvent::Received { message, .. } => match message.threaded_by {
            // That it was opened is an event of its own.
            None
            | Some(
                ThreadedBy::NewTicket
                | ThreadedBy::NumberFromStranger { .. }
                | ThreadedBy::ClosedTooLong { .. },
            ) => None,
            _ => Some(notice::Kind::RequesterWrote),
        },
        TicketEvent::Replied { .. }
        | TicketEvent::NoteWritten { .. }
        | TicketEvent::CallLogged { .. } => Some(notice::Kind::ColleagueWrote),
        TicketEvent::Tied(event) if event.outbound().is_some() => {
            Some(notice::Kind::ColleagueWrote)
        }
        TicketEvent::Opened(_) => Some(notice::Kind::TicketOpened),
        TicketEvent::Classified(c) if c.to.is_some() => Some(notice::Kind::Classified),
        TicketEvent::Assigned(c) if c.to.is_some() => Some(notice::Kind::Assigned),
        TicketEvent::StateChanged { change, .. }
            if change.to == State::Solved
                || (change.to == State::Closed && change.from != State::Solved) =>
        {
            Some(notice::Kind::Solved)
        }
        TicketEvent::StateChanged { change, .. } => {
            let rested = [State::Waiting, State::Solved, State::Closed];
            let is_back = rested.contains(&change.from) && change.to == State::Open;
            is_back.then_some(notice::Kind::Reopened)
        }
        TicketEvent::Deputised(_) => Some(notice::Kind::Deputised),
        TicketEvent::Redaction(event) if matches!(**event, RedactionEvent::Asked(_)) => {
            Some(notice::Kind::RedactionAsked)
        }
        TicketEvent::ReminderReached { .. } => Some(notice::Kind::ReminderReached),
        _ => None,
    }
}
