//! What somebody is for their vendor, and the roles that stand for it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::first_start::{VENDOR, VENDOR_COORDINATOR};
use crate::person::{Person, PersonEvent};
use crate::role;
use crate::ticket::event::Change;

/// What somebody is for their vendor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Uses the portal.
    #[default]
    Member,
    /// Lets others of the vendor in and out as well.
    Coordinator,
}

/// The shipped roles of the portal. Whoever gives one holds what it grants; the ledger sees to that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roles {
    member: Uuid,
    coordinator: Uuid,
}

impl Roles {
    pub(super) async fn load(db: &Db) -> Result<Roles> {
        let of = async |mark: &str| -> Result<Uuid> {
            let role = role::shipped(db, mark).await?;
            Ok(role.ok_or(Rejected::Retired)?.id)
        };
        Ok(Roles {
            member: of(VENDOR).await?,
            coordinator: of(VENDOR_COORDINATOR).await?,
        })
    }

    /// Whether the person has no other role.
    pub(super) fn are_all_of(self, person: &Person) -> bool {
        let ours = [self.member, self.coordinator];
        person.role_ids.iter().all(|id| ours.contains(id))
    }

    /// Makes the person that for their vendor; nothing when they are.
    pub(super) fn give(self, person: &Person, part: Part) -> Option<PersonEvent> {
        set(
            person,
            vec![match part {
                Part::Member => self.member,
                Part::Coordinator => self.coordinator,
            }],
        )
    }

    /// Takes the portal away; nothing when it was not given.
    pub(super) fn take(person: &Person) -> Option<PersonEvent> {
        set(person, vec![])
    }
}

fn set(person: &Person, to: Vec<Uuid>) -> Option<PersonEvent> {
    let from = person.role_ids.clone();
    (from != to).then_some(PersonEvent::RolesSet(Change { from, to }))
}
