//! What can be done to many tickets, each as the command that does it to one.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Result;
use crate::field::Value;
use crate::field::change::Sets;
use crate::ledger::{Command, Step};
use crate::permit::Permit;
use crate::policy::Permission;
use crate::ticket::as_seen::AsSeen;
use crate::ticket::assign::Assignee;
use crate::ticket::classify::Place;
use crate::ticket::close::Ending;
use crate::ticket::take_back::{Before, TakeBack};
use crate::ticket::{
    Assign, Classify, Close, ClosingReason, Prioritise, Priority, Reopen, SetFields, SetReminder,
    Ticket, Wait, WaitingFor,
};

/// What sort of thing is to be done, before it is said how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    #[sea_orm(string_value = "assign")]
    Assign,
    #[sea_orm(string_value = "classify")]
    Classify,
    #[sea_orm(string_value = "state")]
    State,
    #[sea_orm(string_value = "priority")]
    Priority,
    #[sea_orm(string_value = "field")]
    Field,
    #[sea_orm(string_value = "reminder")]
    Reminder,
}

impl Verb {
    /// What somebody needs to begin with; each ticket is asked for again.
    pub fn needs(self) -> &'static [Permission] {
        match self {
            Verb::Assign => &[Permission::Assign],
            Verb::Classify | Verb::Field => &[Permission::Classify],
            Verb::State => &[Permission::SetState, Permission::CloseTickets],
            Verb::Priority => &[Permission::SetPriority],
            Verb::Reminder => &[Permission::SetState],
        }
    }
}

/// What is to be done to each ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Assign(Assignee),
    /// About this service; the team responsible for it comes along.
    Classify {
        service_id: Option<Uuid>,
        team_id: Option<Uuid>,
    },
    Wait {
        waiting_for: WaitingFor,
        until: Option<Instant>,
    },
    Close {
        to: Ending,
        reason: ClosingReason,
    },
    Reopen,
    Prioritise(Priority),
    Remind(Option<Instant>),
    Field {
        field_id: Uuid,
        value: Option<Value>,
    },
}

impl Act {
    /// The step that does it to a ticket of that version. `sets` is read for this ticket: the value of a field, or what
    /// a service begins with.
    ///
    /// # Errors
    /// `Forbidden` when the policy says no.
    pub(super) fn step(
        &self,
        actor: &Actor,
        ticket: &Ticket,
        version: i32,
        sets: Sets,
    ) -> Result<Step<Ticket>> {
        match self {
            Act::Assign(to) => seen(actor, ticket, version, Assign { to: *to }),
            Act::Classify {
                service_id,
                team_id,
            } => {
                let place = Some(Place {
                    service_id: *service_id,
                    team_id: *team_id,
                });
                let command = Classify {
                    place,
                    begins: sets,
                    ..Classify::default()
                };
                seen(actor, ticket, version, command)
            }
            Act::Wait { waiting_for, until } => {
                let command = Wait {
                    waiting_for: *waiting_for,
                    until: *until,
                };
                seen(actor, ticket, version, command)
            }
            Act::Close { to, reason } => {
                let command = Close {
                    to: *to,
                    reason: Some(*reason),
                };
                seen(actor, ticket, version, command)
            }
            Act::Reopen => seen(actor, ticket, version, Reopen),
            Act::Prioritise(priority) => {
                let priority = *priority;
                seen(actor, ticket, version, Prioritise { priority })
            }
            Act::Remind(at) => seen(actor, ticket, version, SetReminder { at: *at }),
            Act::Field { .. } => seen(actor, ticket, version, SetFields { sets }),
        }
    }

    /// The step that takes it back from a ticket of that version.
    ///
    /// # Errors
    /// `Forbidden` when the policy says no.
    pub(super) fn back(
        &self,
        actor: &Actor,
        ticket: &Ticket,
        version: i32,
        (before, sets): (Before, Sets),
    ) -> Result<Step<Ticket>> {
        let now = (before, version, sets);
        match self {
            Act::Assign(_) => back::<Assign>(actor, ticket, now),
            Act::Classify { .. } => back::<Classify>(actor, ticket, now),
            Act::Wait { .. } => back::<Wait>(actor, ticket, now),
            Act::Close { .. } => back::<Close>(actor, ticket, now),
            Act::Reopen => back::<Reopen>(actor, ticket, now),
            Act::Prioritise(_) => back::<Prioritise>(actor, ticket, now),
            Act::Remind(_) => back::<SetReminder>(actor, ticket, now),
            Act::Field { .. } => back::<SetFields>(actor, ticket, now),
        }
    }
}

fn seen<C: Command<Target = Ticket, On = Ticket>>(
    actor: &Actor,
    ticket: &Ticket,
    version: i32,
    command: C,
) -> Result<Step<Ticket>> {
    let permit = Permit::ask(actor, ticket.clone())?;
    Ok(Step::new(permit, AsSeen { version, command }))
}

fn back<C: Command<Target = Ticket, On = Ticket>>(
    actor: &Actor,
    ticket: &Ticket,
    (before, version, sets): (Before, i32, Sets),
) -> Result<Step<Ticket>> {
    // Asked for where it leads back to.
    let permit = Permit::ask(actor, before.stood(ticket))?;
    let command = TakeBack::<C>::new(before, version, sets);
    Ok(Step::new(permit, command))
}
