//! Open a ticket by phone or by hand.

use uuid::Uuid;

use super::classify::Place;
use super::event::{Change, Opened, TicketEvent};
use super::message::NewMessage;
use super::set_fields::set;
use super::state::{Channel, ClosingReason, Kind, Priority, State};
use super::table::Model as Ticket;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::field::change::Sets;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::policy::Permission;

/// Opens a ticket with its first message, usually a call.
#[derive(Clone, Debug)]
pub struct Open {
    pub title: String,
    pub kind: Kind,
    pub priority: Priority,
    /// Service and the team responsible for it.
    pub place: Place,
    pub requester_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    pub district_id: Option<Uuid>,
    pub mailbox_id: Option<Uuid>,
    pub fields: Sets,
    pub first: NewMessage,
    pub then: AfterOpen,
    pub once: Option<String>,
}

/// How it goes on after the first contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterOpen {
    /// The responsible team takes over.
    HandToTeam,
    /// The agent keeps it.
    Mine,
    /// The agent keeps it and is reminded to call back.
    CallBack(Instant),
    /// It was solved in the conversation.
    Solved(ClosingReason),
}

impl Command for Open {
    type Target = Ticket;
    type On = Desk;
    const NEEDS: Permission = Permission::CreateTickets;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(
        self,
        subject: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<TicketEvent>, Rejected> {
        if self.title.trim().is_empty() {
            return Err(Rejected::EmptyTitle);
        }
        let channel = self.first.channel;
        let opened = TicketEvent::Opened(Box::new(Opened {
            title: self.title.trim().to_owned(),
            kind: self.kind,
            channel,
            priority: self.priority,
            team_id: self.place.team_id,
            service_id: self.place.service_id,
            requester_id: self.requester_id,
            organisation_id: self.organisation_id,
            district_id: self.district_id,
            mailbox_id: self.mailbox_id,
            follows_id: None,
            salt: crate::history::salt(),
        }));
        let mut like = subject.clone();
        crate::ledger::Subject::apply(&mut like, &opened, now);
        let fields = set(self.fields.changes(&like, actor)?);
        let message = Box::new(self.first);
        let mut events = vec![opened];
        events.extend(fields);
        events.push(match channel {
            Channel::Phone => TicketEvent::CallLogged { message },
            Channel::Mail | Channel::Note | Channel::Portal => TicketEvent::NoteWritten { message },
        });
        events.extend(going_on(self.then, subject, actor, now)?);
        Ok(events)
    }
}

/// The events of how it goes on.
pub(super) fn going_on(
    then: AfterOpen,
    subject: &Ticket,
    actor: &Actor,
    now: Instant,
) -> Result<Vec<TicketEvent>, Rejected> {
    let mine = TicketEvent::Assigned(Change {
        from: None,
        to: actor.person_id(),
    });
    let to = |state, reason| TicketEvent::StateChanged {
        change: Change {
            from: subject.state,
            to: state,
        },
        waiting_for: None,
        reason,
        ended: None,
    };
    match then {
        AfterOpen::HandToTeam => Ok(vec![]),
        AfterOpen::Mine => Ok(vec![mine, to(State::Open, None)]),
        AfterOpen::CallBack(at) if at <= now => Err(Rejected::DateInPast),
        AfterOpen::CallBack(at) => {
            let reminder = TicketEvent::ReminderSet(Change {
                from: None,
                to: Some(at),
            });
            Ok(vec![mine, to(State::Open, None), reminder])
        }
        AfterOpen::Solved(reason) => Ok(vec![mine, to(State::Solved, Some(reason))]),
    }
}
