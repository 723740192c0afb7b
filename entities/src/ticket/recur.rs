//! Open the ticket of a task by date.

use chrono::NaiveDate;
use uuid::Uuid;

use super::checklist::{ChecklistEvent, LineFacts, NewLine};
use super::event::{Change, Opened, TicketEvent};
use super::message::NewMessage;
use super::state::{Audience, Channel, Direction, Kind, Priority, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// Opens it for that day of the task, once.
#[derive(Clone, Debug)]
pub struct OpenRecurring {
    pub task_id: Uuid,
    pub day: NaiveDate,
    pub title: String,
    pub text: String,
    pub kind: Kind,
    pub priority: Priority,
    pub team_id: Uuid,
    pub service_id: Option<Uuid>,
    /// Whoever does it; none: the team finds somebody.
    pub owner_id: Option<Uuid>,
    /// When it is opened ahead: the morning of its day.
    pub reminder: Option<Instant>,
    /// The template and its steps.
    pub checklist: Option<(Uuid, Vec<LineFacts>)>,
}

impl Command for OpenRecurring {
    type Target = Ticket;
    type On = Desk;
    const NEEDS: Permission = Permission::CreateTickets;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn decide(
        self,
        subject: &Ticket,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        let text = NewMessage::text(
            Audience::Internal,
            Direction::Internal,
            Channel::Note,
            self.text,
        );
        let mut events = vec![
            TicketEvent::Opened(Box::new(Opened {
                title: self.title,
                kind: self.kind,
                channel: Channel::Note,
                priority: self.priority,
                team_id: Some(self.team_id),
                service_id: self.service_id,
                requester_id: None,
                organisation_id: None,
                district_id: None,
                mailbox_id: None,
                follows_id: None,
                salt: crate::history::salt(),
            })),
            TicketEvent::Recurred {
                task_id: self.task_id,
                day: self.day,
            },
            TicketEvent::NoteWritten {
                message: Box::new(text),
            },
        ];
        if let Some(owner) = self.owner_id {
            events.push(TicketEvent::Assigned(Change {
                from: None,
                to: Some(owner),
            }));
            events.push(TicketEvent::StateChanged {
                change: Change {
                    from: subject.state,
                    to: State::Open,
                },
                waiting_for: None,
                reason: None,
                ended: None,
            });
        }
        if let Some(at) = self.reminder.filter(|at| *at > now) {
            events.push(TicketEvent::ReminderSet(Change {
                from: None,
                to: Some(at),
            }));
        }
        if let Some((template_id, lines)) = self.checklist
            && !lines.is_empty()
        {
            let lines = lines
                .into_iter()
                .map(|facts| NewLine::new(crate::new_id(), facts));
            let event = ChecklistEvent::Added {
                template_id: Some(template_id),
                lines: lines.collect(),
            };
            events.push(TicketEvent::Checklist(Box::new(event)));
        }
        Ok(events)
    }
}
