//! Telling by the clock that a deadline is near, or that it has passed.

use uuid::Uuid;

use super::event::TicketEvent;
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;

/// Tells what is to be told by now; each deadline is told once as near and once as passed.
#[derive(Clone, Debug)]
pub struct TellDeadlines;

impl Command for TellDeadlines {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Remind;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(
        self,
        ticket: &Ticket,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let outlook = ticket.outlook();
        let untold = outlook.untold(now).into_iter();
        let events: Vec<_> = untold
            .filter_map(|(goal, told)| {
                let due = outlook.deadlines.due(goal)?;
                Some(TicketEvent::DeadlineTold { goal, told, due })
            })
            .collect();
        match events.is_empty() {
            true => Err(Rejected::NothingToDo),
            false => Ok(events),
        }
    }
}
