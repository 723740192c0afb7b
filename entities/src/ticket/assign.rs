//! Give the ticket an owner, another team, or neither.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::state::State;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Hands the ticket over.
#[derive(Clone, Debug)]
pub struct Assign {
    pub to: Assignee,
}

/// Who gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// An agent.
    Person {
        id: Uuid,
    },
    Nobody,
    /// Another team; its owner there is still to be found.
    Team {
        id: Uuid,
    },
}

impl Command for Assign {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Assign;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        let mut events = Vec::new();
        match self.to {
            Assignee::Person { id } => {
                if ticket.owner_id != Some(id) {
                    events.push(TicketEvent::Assigned(Change {
                        from: ticket.owner_id,
                        to: Some(id),
                    }));
                }
                if ticket.state == State::New {
                    events.push(TicketEvent::StateChanged {
                        change: Change {
                            from: State::New,
                            to: State::Open,
                        },
                        waiting_for: None,
                        reason: None,
                        ended: None,
                    });
                }
            }
            Assignee::Nobody => {
                if ticket.owner_id.is_some() {
                    events.push(TicketEvent::Assigned(Change {
                        from: ticket.owner_id,
                        to: None,
                    }));
                }
            }
            Assignee::Team { id } => {
                if ticket.team_id != Some(id) {
                    events.push(TicketEvent::Moved(Change {
                        from: ticket.team_id,
                        to: Some(id),
                    }));
                    if ticket.owner_id.is_some() {
                        events.push(TicketEvent::Assigned(Change {
                            from: ticket.owner_id,
                            to: None,
                        }));
                    }
                }
            }
        }
        if events.is_empty() {
            Err(Rejected::NothingToDo)
        } else {
            Ok(events)
        }
    }
}
