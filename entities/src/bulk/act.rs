//! What can be done to many tickets, each as the command that does it to one.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::leave::Leave;
use super::serial::{Made, Serial, Way};
use super::tell::{Letter, Tell};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::field::Value;
use crate::field::change::Sets;
use crate::ledger::{Command, Step};
use crate::permit::Permit;
use crate::policy::Permission;
use crate::ticket::as_seen::AsSeen;
use crate::ticket::assign::Assignee;
use crate::ticket::classify::Place;
use crate::ticket::close::Ending;
use crate::ticket::message::Model as Message;
use crate::ticket::take_back::{Before, TakeBack};
use crate::ticket::{
    Assign, Classify, Close, CloseReusable, ClosingReason, Prioritise, Priority, Reopen, SetFields,
    SetReminder, Ticket, Wait, WaitingFor, Withdraw,
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
    #[sea_orm(string_value = "hang")]
    Hang,
    #[sea_orm(string_value = "tell")]
    Tell,
    #[sea_orm(string_value = "serial")]
    Serial,
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
            Verb::Hang => &[Permission::LinkTickets],
            Verb::Tell => &[Permission::Reply],
            Verb::Serial => &[Permission::Reply, Permission::Note],
        }
    }
}

/// What was read for one ticket, to do it.
#[derive(Default)]
pub(super) struct With {
    /// The value of a field, or what a service begins with.
    pub sets: Sets,
    /// What its requester is written.
    pub letter: Option<Result<Letter, Rejected>>,
    /// The document that is noted at it.
    pub made: Option<Result<Made, Rejected>>,
}

/// What was read for one ticket, to take it back.
#[derive(Default)]
pub(super) struct WithBack {
    pub sets: Sets,
    /// The message its requester was told by.
    pub message: Option<Message>,
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
        /// The solution helps others too.
        #[serde(default)]
        reusable: bool,
    },
    Reopen,
    Prioritise(Priority),
    Remind(Option<Instant>),
    Field {
        field_id: Uuid,
        value: Option<Value>,
    },
    /// On a fault, which causes it.
    Hang {
        fault_id: Uuid,
    },
    /// Its requester, that the fault is repaired.
    Tell(Box<Tell>),
    /// A document for each.
    Serial(Box<Serial>),
}

impl Act {
    /// The step that does it to a ticket of that version; none for what concerns two. `with` is read for this ticket.
    ///
    /// # Errors
    /// `Forbidden` when the policy says no, `Rejected` when nothing can be written to the requester.
    pub(super) fn step(
        &self,
        actor: &Actor,
        ticket: &Ticket,
        version: i32,
        with: With,
    ) -> Result<Option<Step<Ticket>>> {
        let sets = with.sets;
        let step = match self {
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
            Act::Close {
                to,
                reason,
                reusable,
            } => {
                let close = Close {
                    to: *to,
                    reason: Some(*reason),
                };
                match reusable {
                    true => seen(actor, ticket, version, CloseReusable { close }),
                    false => seen(actor, ticket, version, close),
                }
            }
            Act::Reopen => seen(actor, ticket, version, Reopen),
            Act::Prioritise(priority) => {
                let priority = *priority;
                seen(actor, ticket, version, Prioritise { priority })
            }
            Act::Remind(at) => seen(actor, ticket, version, SetReminder { at: *at }),
            Act::Field { .. } => seen(actor, ticket, version, SetFields { sets }),
            Act::Hang { .. } => return Ok(None),
            Act::Tell(tell) => {
                // What ended says so, whatever else keeps its requester from being told.
                ticket.state.require_unended()?;
                let letter = with.letter.unwrap_or(Err(Rejected::NoRecipient))?;
                let command = tell.reply(letter);
                seen(actor, ticket, version, command)
            }
            Act::Serial(serial) => {
                serial.require(actor, ticket)?;
                match serial.way {
                    Way::Mail => {
                        ticket.state.require_unended()?;
                        let letter = with.letter.unwrap_or(Err(Rejected::NoRecipient))?;
                        seen(actor, ticket, version, serial.mail(letter))
                    }
                    Way::Note => {
                        let made = with.made.unwrap_or(Err(Rejected::NotMade))?;
                        match serial.leave {
                            Leave::AsItIs => seen(actor, ticket, version, serial.note(made)),
                            _ => seen(actor, ticket, version, serial.note_then(made)),
                        }
                    }
                }
            }
        };
        step.map(Some)
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
        (before, with): (Before, WithBack),
    ) -> Result<Step<Ticket>> {
        let sets = with.sets;
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
            Act::Hang { .. } | Act::Serial(_) => Err(Rejected::NothingToDo.into()),
            Act::Tell(_) => {
                let message = with.message.ok_or(Rejected::NothingToDo)?;
                let permit = Permit::ask(actor, ticket.clone())?;
                Ok(Step::new(permit, Withdraw { message }))
            }
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
