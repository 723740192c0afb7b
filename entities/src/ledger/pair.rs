//! Changes of two subjects at once: both rows locked in the order of their ids, both histories or none.

use std::collections::HashMap;
use std::future::Future;

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::happening::{Happening, rules};
use super::once::use_key;
use super::{Batch, Done, Subject};
use crate::actor::Actor;
use crate::bulk::item;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::history;
use crate::kept::{Changed, Parts};
use crate::permit::{Action, Permit};
use crate::policy;

/// How often what follows is looked up anew when it changes before the locks hold.
const MOST_LOOKS: usize = 5;

/// Something for each of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both<T> {
    pub one: T,
    pub other: T,
}

/// Further subjects with what happens to each, in the order of their ids.
pub type Followers<S> = Vec<(Uuid, Vec<<S as Subject>::Event>)>;

/// Makes the item of a bulk of what a subject has become.
pub type Note<S> = Box<dyn Fn(&S) -> item::Model + Send + Sync>;

/// Something to be done to two subjects of one kind. Each of them gets events, and they name the other.
pub trait PairCommand: Action<On: Subject> {
    /// The key of the form this came from; the same key never changes anything twice.
    fn once(&self) -> Option<&str> {
        None
    }

    /// What happens to further subjects because of it: their ids, each with its events. They need no right of their
    /// own, as nobody acts on them.
    fn followers(
        &self,
        _tx: &DatabaseTransaction,
        _one: Uuid,
        _other: Uuid,
    ) -> impl Future<Output = Result<Followers<Self::On>>> + Send {
        async { Ok(Vec::new()) }
    }

    /// What is noted in a bulk in the same transaction, of the first as it then stands.
    fn note(&self) -> Option<Note<Self::On>> {
        None
    }

    /// The events of each, or the state that forbids it. Pure; the two are never the same.
    fn decide(
        self,
        one: &Self::On,
        other: &Self::On,
        actor: &Actor,
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
        let Locked {
            tx,
            mut heads,
            mut rows,
            mut followers,
        } = self
            .lock_pair(&command, one_id, other_id, &[one.actor(), other.actor()])
            .await?;
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
        let note = command.note();
        let mut events = command.decide(&first, &second, &actor, at)?;
        let rules = rules::<C::On>(self, &tx).await?;
        let happening = Happening {
            actor: &actor,
            rules: &rules,
            at,
            now,
        };
        let mut batch = Batch::default();
        let mut numbers = Vec::with_capacity(2);
        for (subject, events) in [
            (&mut first, &mut events.one),
            (&mut second, &mut events.other),
        ] {
            let head = heads
                .entry(subject.id())
                .or_insert_with(|| history::Head::new(C::On::KIND, subject.id()));
            numbers.push(head.number + 1);
            happening.write(self.key(), &mut batch, head, subject, events);
        }
        batch.bulk_items.extend(note.map(|note| note(&first)));
        for (id, events) in &mut followers {
            let Some(subject) = rows.get_mut(id) else {
                continue;
            };
            let head = heads
                .entry(*id)
                .or_insert_with(|| history::Head::new(C::On::KIND, *id));
            happening.write(self.key(), &mut batch, head, subject, events);
        }
        for head in heads.into_values() {
            batch.keep_head(self.key(), head);
        }
        batch.flush(&tx).await?;
        let committed = tx.commit().await;
        self.answers().changed(Changed::of(C::On::KIND), Parts::ALL);
        committed?;
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

    /// Locks both and whoever follows, all in the order of their ids.
    async fn lock_pair<C: PairCommand>(
        &self,
        command: &C,
        one: Uuid,
        other: Uuid,
        actors: &[&Actor],
    ) -> Result<Locked<C::On>> {
        for _ in 0..MOST_LOOKS {
            let tx = self.begin_write().await?;
            let before = ids(&command.followers(&tx, one, other).await?);
            let mut all = [vec![one, other], before.clone()].concat();
            all.sort_unstable();
            all.dedup();
            let heads = history::heads(&tx, &all).await?;
            let mut rows = C::On::lock(&tx, all).await?;
            C::On::stand(&tx, actors, &mut rows).await?;
            let followers = command.followers(&tx, one, other).await?;
            // Somebody may have tied another one to it before the locks held.
            if ids(&followers) == before {
                let rows = rows.into_iter().map(|row| (row.id(), row)).collect();
                return Ok(Locked {
                    tx,
                    heads,
                    rows,
                    followers,
                });
            }
            tx.rollback().await?;
        }
        Err(Rejected::Unsettled.into())
    }
}

/// Everything a change of two takes hold of.
struct Locked<S: Subject> {
    tx: DatabaseTransaction,
    heads: HashMap<Uuid, history::Head>,
    rows: HashMap<Uuid, S>,
    followers: Followers<S>,
}

fn ids<E>(followers: &[(Uuid, Vec<E>)]) -> Vec<Uuid> {
    followers.iter().map(|(id, _)| *id).collect()
}
