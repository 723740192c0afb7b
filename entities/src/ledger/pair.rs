//! Changes of two subjects at once: both rows locked in the order of their ids, both histories or none.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Batch, Done, Happening, Subject, use_key};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::history;
use crate::permit::{Action, Permit};
use crate::policy;

/// Something for each of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both<T> {
    pub one: T,
    pub other: T,
}

/// Something to be done to two subjects of one kind. Each of them gets events, and they name the other.
pub trait PairCommand: Action<On: Subject> {
    /// The key of the form this came from; the same key never changes anything twice.
    fn once(&self) -> Option<&str> {
        None
    }

    /// The events of each, or the state that forbids it. Pure; the two are never the same.
    fn decide(
        self,
        one: &Self::On,
        other: &Self::On,
        now: Instant,
    ) -> Result<Both<Vec<<Self::On as Subject>::Event>>, Rejected>;
}

impl Db {
    /// Changes two subjects by one command, with a permit for each.
    ///
    /// # Errors
    /// `SameTicket` when both are the same, `Rejected` when their state forbids it, `Forbidden` when the
    /// policy does by now, `AlreadyDone` when the same form was sent before.
    pub async fn change_pair<C: PairCommand>(
        &self,
        one: Permit<C>,
        other: Permit<C>,
        command: C,
    ) -> Result<Both<Done<C::On>>> {
        let (one_id, other_id) = (one.on().id(), other.on().id());
        if one_id == other_id {
            return Err(Rejected::SameTicket.into());
        }
        let tx = self.begin_write().await?;
        let mut ids = vec![one_id, other_id];
        ids.sort_unstable();
        let mut heads = history::heads(&tx, &ids).await?;
        let mut rows: HashMap<Uuid, C::On> = HashMap::with_capacity(2);
        for row in C::On::lock(&tx, ids).await? {
            rows.insert(row.id(), row);
        }
        let (Some(mut first), Some(mut second)) = (rows.remove(&one_id), rows.remove(&other_id))
        else {
            return Err(DeskError::Hidden);
        };
        let now = self.clock().now();
        let at = one.at().unwrap_or(now);
        // Either may have moved out of reach since the page was drawn.
        policy::require(one.actor(), C::NEEDS, first.place())?;
        policy::require(other.actor(), C::NEEDS, second.place())?;
        if let Some(key) = command.once()
            && let Some(earlier) = use_key(&tx, key, one_id, now).await?
        {
            return Err(DeskError::AlreadyDone(earlier));
        }
        let actor: Actor = one.into_actor();
        let events = command.decide(&first, &second, at)?;
        let happening = Happening {
            actor: &actor,
            at,
            now,
        };
        let mut batch = Batch::default();
        let mut numbers = Vec::with_capacity(2);
        for (subject, events) in [(&mut first, &events.one), (&mut second, &events.other)] {
            let head = heads
                .entry(subject.id())
                .or_insert_with(|| history::Head::new(C::On::KIND, subject.id()));
            numbers.push(head.number + 1);
            happening.write(self.key(), &mut batch, head, subject, events);
        }
        for head in heads.into_values() {
            batch.keep_head(self.key(), head);
        }
        batch.flush(&tx).await?;
        tx.commit().await?;
        let done = |subject, events, first_number| Done {
            subject,
            events,
            first_number,
            at,
        };
        Ok(Both {
            one: done(first, events.one, numbers[0]),
            other: done(second, events.other, numbers[1]),
        })
    }
}
