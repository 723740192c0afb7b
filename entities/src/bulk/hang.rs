//! Hanging tickets on a fault: each changes two subjects, so each is a transaction of its own.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::item::{self, Why};
use super::{Outcome, State};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms};
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::{Both, Note, PairCommand};
use crate::permit::{Action, Permit};
use crate::policy::{Permission, allows};
use crate::ticket::event::TicketEvent;
use crate::ticket::link::{self, LinkKind};
use crate::ticket::state::State as Standing;
use crate::ticket::{Link, Ticket, Unlink, show};

/// Hangs the first ticket on the second, or takes it off again, as long as it is as it was seen.
#[derive(Clone, Debug)]
struct Hang {
    /// The ticket's in the bulk.
    item: item::Model,
    back: bool,
}

impl Action for Hang {
    type On = Ticket;
    const NEEDS: Permission = Permission::LinkTickets;
}

impl PairCommand for Hang {
    fn note(&self) -> Option<Note<Ticket>> {
        let Hang { item, back } = self.clone();
        Some(Box::new(move |after: &Ticket| match back {
            false => item::Model {
                outcome: Some(Outcome::Done),
                after_version: Some(after.version),
                ..item.clone()
            },
            true => item::Model {
                undone: Some(Outcome::Done),
                ..item.clone()
            },
        }))
    }

    fn decide(
        self,
        one: &Ticket,
        other: &Ticket,
        actor: &Actor,
        now: Instant,
    ) -> Result<Both<Vec<TicketEvent>>, Rejected> {
        let kind = LinkKind::CausedBy;
        let seen = match self.back {
            false => Some(self.item.version),
            true => self.item.after_version,
        };
        if seen != Some(one.version) {
            return Err(Rejected::ChangedMeanwhile);
        }
        match self.back {
            false => Link { kind }.decide(one, other, actor, now),
            true => Unlink { kind }.decide(one, other, actor, now),
        }
    }
}

/// The fault, as far as the actor sees it; why nothing can be hung on it otherwise.
async fn fault(db: &Db, actor: &Actor, id: Uuid) -> Result<Result<Ticket, Why>> {
    match show::by_id(db, actor, id).await {
        Ok(fault) if fault.state == Standing::Merged => {
            Ok(Err(Why::Rejected(Rejected::TargetMerged)))
        }
        Ok(fault) if !allows(actor, Permission::LinkTickets, fault.place()) => {
            Ok(Err(Why::Forbidden))
        }
        Ok(fault) => Ok(Ok(fault)),
        Err(error) => Ok(Err(Why::of(error)?)),
    }
}

/// What would become of each of these tickets.
pub(super) async fn judge(
    db: &Db,
    actor: &Actor,
    fault_id: Uuid,
    items: &[item::Model],
    tickets: &HashMap<Uuid, Ticket>,
) -> Result<HashMap<Uuid, (Outcome, Option<Why>)>> {
    let hanging: Vec<Uuid> = link::Entity::find()
        .select_only()
        .column(link::Column::TicketId)
        .filter(link::Column::OtherId.eq(fault_id))
        .filter(link::Column::TicketId.is_in(few_forms(tickets.keys().copied())))
        .filter(link::Column::Kind.is_in([LinkKind::CausedBy, LinkKind::DuplicateOf]))
        .into_tuple()
        .all(db.reader())
        .await?;
    let hanging: HashSet<Uuid> = hanging.into_iter().collect();
    let fault = fault(db, actor, fault_id).await?;
    let one = |item: &item::Model| {
        let refused = |why: Why| (Outcome::Refused, Some(why));
        let Some(ticket) = tickets.get(&item.ticket_id) else {
            return refused(Why::Gone);
        };
        match &fault {
            Err(why) => refused(*why),
            Ok(_) if ticket.id == fault_id => refused(Why::Rejected(Rejected::SameTicket)),
            Ok(_) if ticket.state == Standing::Merged => {
                refused(Why::Rejected(Rejected::AlreadyMerged))
            }
            Ok(_) if !allows(actor, Permission::LinkTickets, ticket.place()) => {
                refused(Why::Forbidden)
            }
            Ok(_) if hanging.contains(&ticket.id) => (Outcome::Same, None),
            Ok(_) if ticket.version != item.version => {
                refused(Why::Rejected(Rejected::ChangedMeanwhile))
            }
            Ok(_) => (Outcome::Done, None),
        }
    };
    Ok(items.iter().map(|i| (i.ticket_id, one(i))).collect())
}

/// Does it to these tickets, or takes it back; what is left as it was, with the reason.
pub(super) async fn go_on(
    db: &Db,
    actor: &Actor,
    fault_id: Uuid,
    state: State,
    items: Vec<item::Model>,
) -> Result<Vec<(Uuid, (Outcome, Option<Why>))>> {
    let back = state == State::Undoing;
    let mut left = Vec::new();
    for item in items {
        let id = item.ticket_id;
        let (outcome, why) = match pair(db, actor, fault_id, Hang { item, back }).await {
            Ok(()) => continue,
            Err(DeskError::Rejected(Rejected::NothingToDo)) => (Outcome::Same, None),
            Err(error) => (Outcome::Refused, Some(Why::of(error)?)),
        };
        left.push((id, (outcome, why)));
    }
    Ok(left)
}

async fn pair(db: &Db, actor: &Actor, fault_id: Uuid, hang: Hang) -> Result<()> {
    let ticket = show::by_id(db, actor, hang.item.ticket_id).await?;
    let fault = show::by_id(db, actor, fault_id).await?;
    let (one, other) = (Permit::ask(actor, ticket)?, Permit::ask(actor, fault)?);
    db.change_pair(one, other, hang).await?;
    Ok(())
}
