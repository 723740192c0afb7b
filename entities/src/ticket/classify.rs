//! Say what the ticket is about: service, kind, district.

use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::set_fields::set;
use super::state::{Kind, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::field::change::Sets;
use crate::ledger::{Command, Subject as _};
use crate::policy::Permission;

/// Changes what is given and leaves the rest.
#[derive(Clone, Debug, Default)]
pub struct Classify {
    pub place: Option<Place>,
    pub kind: Option<Kind>,
    /// `Some(None)` takes the district away.
    pub district_id: Option<Option<Uuid>>,
    /// What another service begins with; as far as the ticket takes it.
    pub begins: Sets,
}

/// A service and the team that is responsible for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub service_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
}

impl Command for Classify {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Classify;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if ticket.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        let mut events = Vec::new();
        if let Some(place) = self.place {
            if place.service_id != ticket.service_id {
                events.push(TicketEvent::Classified(Change {
                    from: ticket.service_id,
                    to: place.service_id,
                }));
            }
            // A service without a responsible team leaves the ticket where it is.
            if place.team_id.is_some() && place.team_id != ticket.team_id {
                events.push(TicketEvent::Moved(Change {
                    from: ticket.team_id,
                    to: place.team_id,
                }));
            }
        }
        if let Some(kind) = self.kind.filter(|kind| *kind != ticket.kind) {
            events.push(TicketEvent::KindChanged(Change {
                from: ticket.kind,
                to: kind,
            }));
        }
        if let Some(district) = self.district_id.filter(|d| *d != ticket.district_id) {
            events.push(TicketEvent::DistrictChanged(Change {
                from: ticket.district_id,
                to: district,
            }));
        }
        if events.is_empty() {
            return Err(Rejected::NothingToDo);
        }
        if !self.begins.is_empty() {
            let mut after = ticket.clone();
            for event in &events {
                after.apply(event, now);
            }
            events.extend(set(self.begins.fitting(&after, actor)));
        }
        Ok(events)
    }
}
