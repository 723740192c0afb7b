//! Add, change, tick, move and remove lines of a ticket's checklist.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::event::{ChecklistEvent, NewLine};
use crate::actor::Actor;
use crate::checklist::{MOST_LETTERS, MOST_STEPS, Responsible, Step};
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::policy::Permission;
use crate::ticket::event::TicketEvent;
use crate::ticket::state::State;
use crate::ticket::table::Model as Ticket;

/// What can be set about a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFacts {
    pub text: String,
    /// Somebody who sees the ticket; see [`super::sees`].
    pub responsible_id: Option<Uuid>,
    pub due_on: Option<NaiveDate>,
}

impl LineFacts {
    /// A step of a template in a ticket of that owner, on that day.
    pub fn of_step(step: &Step, owner_id: Option<Uuid>, on: NaiveDate) -> LineFacts {
        let days = step.days.and_then(|days| u64::try_from(days).ok());
        LineFacts {
            text: step.text.clone(),
            responsible_id: match step.responsible {
                Responsible::Nobody => None,
                Responsible::Owner => owner_id,
                Responsible::Person(id) => Some(id),
            },
            due_on: days.and_then(|days| on.checked_add_days(Days::new(days))),
        }
    }

    fn checked(self) -> Result<LineFacts, Rejected> {
        let text = self.text.trim().replace(char::is_control, " ");
        if text.is_empty() {
            return Err(Rejected::EmptyText);
        }
        if text.chars().count() > MOST_LETTERS {
            return Err(Rejected::TooLong);
        }
        Ok(LineFacts { text, ..self })
    }
}

/// Puts lines below those that are there.
#[derive(Clone, Debug)]
pub struct AddLines {
    /// The template they come from.
    pub template_id: Option<Uuid>,
    /// Up to as many as a template has.
    pub lines: Vec<LineFacts>,
    pub once: Option<String>,
}

/// Says something else in a line.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    pub line_id: Uuid,
    /// The version that was seen.
    pub seen: i32,
    pub to: LineFacts,
}

/// Says that a line is done, or is not after all.
#[derive(Clone, Copy, Debug)]
pub struct TickLine {
    pub line_id: Uuid,
    pub done: bool,
}

/// Lets two lines change places.
#[derive(Clone, Copy, Debug)]
pub struct MoveLine {
    pub line_id: Uuid,
    pub over_id: Uuid,
}

/// Takes a line out.
#[derive(Clone, Copy, Debug)]
pub struct RemoveLine {
    pub line_id: Uuid,
}

type Events = Result<Vec<TicketEvent>, Rejected>;

fn happens(ticket: &Ticket, event: ChecklistEvent) -> Events {
    if ticket.state == State::Merged {
        return Err(Rejected::AlreadyMerged);
    }
    Ok(vec![TicketEvent::Checklist(Box::new(event))])
}

impl Command for AddLines {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Events {
        if self.lines.is_empty() {
            return Err(Rejected::EmptyText);
        }
        if self.lines.len() > MOST_STEPS {
            return Err(Rejected::TooManySteps);
        }
        let mut lines = Vec::with_capacity(self.lines.len());
        for facts in self.lines {
            lines.push(NewLine::new(crate::new_id(), facts.checked()?));
        }
        let template_id = self.template_id;
        happens(ticket, ChecklistEvent::Added { template_id, lines })
    }
}

impl Command for ChangeLine {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Events {
        let line = NewLine::new(self.line_id, self.to.checked()?);
        let seen = self.seen;
        happens(ticket, ChecklistEvent::Changed { line, seen })
    }
}

impl Command for TickLine {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, actor: &Actor, _: Instant) -> Events {
        let line_id = self.line_id;
        let event = match self.done {
            true => ChecklistEvent::Ticked {
                line_id,
                by: actor.person_id(),
            },
            false => ChecklistEvent::Unticked { line_id },
        };
        happens(ticket, event)
    }
}

impl Command for MoveLine {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Events {
        if self.line_id == self.over_id {
            return Err(Rejected::NothingToDo);
        }
        let event = ChecklistEvent::Moved {
            line_id: self.line_id,
            over_id: self.over_id,
        };
        happens(ticket, event)
    }
}

impl Command for RemoveLine {
    type Target = Ticket;
    type On = Ticket;
    const NEEDS: Permission = Permission::Note;

    fn target(&self, on: &Ticket) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, ticket: &Ticket, _: &Actor, _: Instant) -> Events {
        let line_id = self.line_id;
        happens(ticket, ChecklistEvent::Removed { line_id })
    }
}
