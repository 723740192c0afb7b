//! A noun that is nothing but its facts: the little each has to say, and what follows from it for all.

use std::future::Future;

use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, Iterable, PrimaryKeyToColumn, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{Facts, Setting, SettingEvent};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Result;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Checks, Subject};
use crate::policy::{Permission, Place};

/// A setting to which nothing happens but what happens to every setting.
#[allow(private_interfaces)]
pub trait Noun: Clone + Send + Sync + 'static {
    type Facts: Facts;

    /// What sort of setting it is.
    const KIND: SubjectKind;

    /// What creating and changing it needs.
    const MANAGE: Permission;

    fn id(&self) -> Uuid;

    fn retired_at(&mut self) -> &mut Option<Instant>;

    fn is_retired(&self) -> bool;

    /// A new one; nothing is set yet.
    fn blank(id: Uuid, now: Instant) -> Self;

    /// What is set now.
    fn facts(&self) -> Self::Facts;

    /// Sets these facts.
    fn take(&mut self, facts: &Self::Facts);

    /// Sets these facts in place of others.
    fn change(&mut self, facts: &Self::Facts) {
        self.take(facts);
    }

    /// Locks and reads the rows of these ids; missing ones are left out.
    fn lock(
        tx: &DatabaseTransaction,
        ids: Vec<Uuid>,
    ) -> impl Future<Output = Result<Vec<Self>>> + Send;

    /// What must hold because of whom these events are by.
    fn guard(
        &self,
        _events: &[SettingEvent<Self::Facts>],
        _by: &Actor,
        _at: Instant,
        _checks: &mut Checks,
    ) {
    }

    /// Rows to write for these events, the noun's own among them, and what must hold for them.
    fn write(&self, events: &[SettingEvent<Self::Facts>], batch: &mut Batch);
}

/// Locks and reads the rows of a table with these ids, in their order.
pub(crate) async fn rows<E: EntityTrait>(
    tx: &DatabaseTransaction,
    ids: Vec<Uuid>,
) -> Result<Vec<E::Model>> {
    let mut query = E::find();
    for key in E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column) {
        query = query
            .filter(key.is_in(ids.iter().copied()))
            .order_by_asc(key);
    }
    Ok(query.lock_exclusive().all(tx).await?)
}

#[allow(private_interfaces)]
impl<N: Noun> Subject for N {
    type Event = SettingEvent<N::Facts>;

    const KIND: SubjectKind = <N as Noun>::KIND;

    fn id(&self) -> Uuid {
        Noun::id(self)
    }

    fn place(&self) -> Place {
        Place::Desk
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        <N as Noun>::lock(tx, ids).await
    }

    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        Ok(ids.into_iter().map(|id| N::blank(id, now)).collect())
    }

    fn apply(&mut self, event: &Self::Event, at: Instant) {
        match event {
            SettingEvent::Created(facts) => self.take(facts),
            SettingEvent::Updated { to, .. } => self.change(to),
            SettingEvent::Retired => *self.retired_at() = Some(at),
            SettingEvent::Restored => *self.retired_at() = None,
        }
    }

    fn write(&self, events: &[Self::Event], actor: &Actor, at: Instant, batch: &mut Batch) {
        self.guard(events, actor, at, &mut batch.checks);
        Noun::write(self, events, batch);
    }
}

impl<N: Noun> Setting for N {
    type Facts = N::Facts;

    const MANAGE: Permission = <N as Noun>::MANAGE;

    fn facts(&self) -> Self::Facts {
        Noun::facts(self)
    }

    fn is_retired(&self) -> bool {
        Noun::is_retired(self)
    }

    fn event(event: SettingEvent<Self::Facts>) -> Self::Event {
        event
    }
}
