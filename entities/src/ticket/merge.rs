//! Merge a ticket into another: its messages, files, links and numbers go there, and it points there.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::event::{Change, TicketEvent};
use super::state::State;
use super::table::Model as Ticket;
use super::take_back::Before;
use super::unmerge::Stood;
use super::{link, set_fields};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::field::change::Sets;
use crate::ledger::{Both, Followers, PairCommand};
use crate::permit::Action;
use crate::policy::Permission;

/// Merges the first ticket into the second.
#[derive(Clone, Debug)]
pub struct Merge {
    /// What the source holds where nothing stands in the target.
    pub fields: Sets,
    /// The key of the form this came from.
    pub once: Option<String>,
}

impl Action for Merge {
    type On = Ticket;
    const NEEDS: Permission = Permission::MergeTickets;
}

impl PairCommand for Merge {
    /// Tickets tied to the source are tied to the target from now on, and their histories say so.
    async fn followers(
        &self,
        tx: &DatabaseTransaction,
        source: Uuid,
        target: Uuid,
    ) -> Result<Followers<Ticket>> {
        let mut followers: Followers<Ticket> = Vec::new();
        for link in link::to(tx, source).await? {
            if link.ticket_id == target {
                continue;
            }
            let event = TicketEvent::LinkFollowed {
                from_id: source,
                other_id: target,
                kind: link.kind,
            };
            match followers.last_mut() {
                Some((id, events)) if *id == link.ticket_id => events.push(event),
                _ => followers.push((link.ticket_id, vec![event])),
            }
        }
        Ok(followers)
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(
        self,
        source: &Ticket,
        target: &Ticket,
        actor: &Actor,
        _: Instant,
    ) -> Result<Both<Vec<TicketEvent>>, Rejected> {
        if source.state == State::Merged {
            return Err(Rejected::AlreadyMerged);
        }
        if target.state == State::Merged {
            return Err(Rejected::TargetMerged);
        }
        let mut one = vec![TicketEvent::MergedInto {
            target_id: target.id,
        }];
        if source.reminder_at.is_some() {
            one.push(TicketEvent::ReminderSet(Change {
                from: source.reminder_at,
                to: None,
            }));
        }
        let fields = set_fields::set(self.fields.changes(target, actor)?);
        let mut other = vec![TicketEvent::MergedFrom {
            source_id: source.id,
            messages: source.message_count,
            after: target.numbers_given,
            numbers: source.numbers_given,
            last_message_at: source.last_message_at,
            stood: Box::new(Stood {
                source: Before::of(source, &[]),
                target: Before::of(target, fields.as_slice()),
                target_version: target.version,
                last_message_at: target.last_message_at,
            }),
        }];
        other.extend(fields);
        if wakes(source, target) {
            other.push(TicketEvent::StateChanged {
                change: Change {
                    from: target.state,
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

/// Whether merging opens the target again: nobody may take open work for done.
pub fn wakes(source: &Ticket, target: &Ticket) -> bool {
    source.state.is_active() && matches!(target.state, State::Solved | State::Closed)
}
