//! The history of every subject: events in a keyed hash chain that nobody without the key can rewrite.

pub mod event;
pub mod head;
mod key;
mod names;
mod read;
mod subject_kind;
mod verify;

use std::collections::HashMap;

use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

pub use key::{Key, KeyError, digest, salt};
pub use names::{names, retired};
pub use read::{Entry, Seal, of, of_named, page_statement, seal};
pub use subject_kind::SubjectKind;
pub use verify::{Broken, Fault, Verified, verify};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Result;
use crate::ledger::{Batch, Event};

/// The end of one subject's chain while it grows.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub subject_id: Uuid,
    pub kind: String,
    pub number: i32,
    pub hash: Vec<u8>,
    pub changed: bool,
}

impl Head {
    pub fn new(kind: SubjectKind, subject_id: Uuid) -> Head {
        Head {
            subject_id,
            kind: kind.name().to_owned(),
            number: 0,
            hash: Vec::new(),
            changed: false,
        }
    }

    pub fn row(self, key: &Key) -> head::Model {
        let mac = key.head_mac(&self.kind, self.subject_id, self.number, &self.hash);
        head::Model {
            subject_id: self.subject_id,
            subject_kind: self.kind,
            number: self.number,
            hash: self.hash,
            mac,
            anchored: false,
        }
    }
}

/// Locks and reads the heads of these subjects.
pub(crate) async fn heads(tx: &DatabaseTransaction, ids: &[Uuid]) -> Result<HashMap<Uuid, Head>> {
    use sea_orm::QuerySelect;
    let rows = head::Entity::find()
        .filter(head::COLUMN.subject_id.is_in(ids.iter().copied()))
        .order_by_subject()
        .lock_exclusive()
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let head = Head {
                subject_id: r.subject_id,
                kind: r.subject_kind,
                number: r.number,
                hash: r.hash,
                changed: false,
            };
            (r.subject_id, head)
        })
        .collect())
}

/// Adds one event to a chain.
pub(crate) fn append<E: Event>(
    batch: &mut Batch,
    key: &Key,
    head: &mut Head,
    (actor, on_behalf_of_id): (&Actor, Option<Uuid>),
    event: &E,
    at: Instant,
) {
    let rule = actor.rule();
    let actor_id = actor.person_id().filter(|_| rule.is_none());
    let mut row = event::Model {
        subject_kind: head.kind.clone(),
        subject_id: head.subject_id,
        number: head.number + 1,
        at,
        actor_id,
        on_behalf_of_id,
        rule: rule.map(|r| r.name().to_owned()),
        name: event.name().to_owned(),
        payload: event.record().to_string(),
        previous_hash: head.hash.clone(),
        hash: Vec::new(),
    };
    row.hash = key.event_hash(&row);
    head.number = row.number;
    head.hash.clone_from(&row.hash);
    head.changed = true;
    batch.events.push(row);
}

trait OrderBySubject {
    fn order_by_subject(self) -> Self;
}

impl OrderBySubject for sea_orm::Select<head::Entity> {
    fn order_by_subject(self) -> Self {
        use sea_orm::QueryOrder;
        self.order_by_asc(head::Column::SubjectId)
    }
}
