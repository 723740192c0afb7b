//! Move a message into the ticket it belongs to.

use super::event::{Change, TicketEvent};
use super::message::{Model as Message, ThreadedBy};
use super::receive::rests;
use super::state::{Delivery, Direction, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Both, PairCommand};
use crate::permit::Action;
use crate::policy::Permission;

/// Moves a message of the first ticket into the second. Answers to it follow.
#[derive(Clone, Debug)]
pub struct MoveMessage {
    pub message: Message,
}

impl Action for MoveMessage {
    type On = Ticket;
    const NEEDS: Permission = Permission::MergeTickets;
}

impl PairCommand for MoveMessage {
    fn decide(
        self,
        from: &Ticket,
        to: &Ticket,
        _: &Actor,
        _: Instant,
    ) -> Result<Both<Vec<TicketEvent>>, Rejected> {
        let message = self.message;
        if from.state == State::Merged || message.ticket_id != from.id {
            return Err(Rejected::MessageMoved);
        }
        if to.state == State::Merged {
            return Err(Rejected::TargetMerged);
        }
        if message.delivery == Delivery::Queued {
            return Err(Rejected::MailWaiting);
        }
        let one = vec![TicketEvent::MessageMovedOut {
            message_id: message.id,
            to_id: to.id,
        }];
        let mut other = vec![TicketEvent::MessageMovedIn {
            message_id: message.id,
            from_id: from.id,
            written_at: message.created_at,
        }];
        let a_person_wrote = message.direction == Direction::In
            && !matches!(message.reason(), Some(ThreadedBy::Bounce));
        if a_person_wrote && rests(to, message.audience) {
            other.push(TicketEvent::StateChanged {
                change: Change {
                    from: to.state,
                    to: State::Open,
                },
                waiting_for: None,
                reason: None,
                ended: None,
            });
        }
        Ok(Both { one, other })
    }
}
