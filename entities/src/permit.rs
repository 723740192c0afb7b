//! Permission as a value: a permit exists only because the policy said yes.

use std::future::Future;

use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::ledger::Command;
use crate::policy::{self, Permission, Place};

/// Something a permit can be about.
pub trait Protected: Clone + Send + Sync + 'static {
    /// Where it stands for the policy.
    fn place(&self) -> Place;

    /// Finds it by the key that stands in an address, as far as the actor may see it.
    /// Not visible is [`DeskError::Hidden`].
    fn find(db: &Db, actor: &Actor, key: &str) -> impl Future<Output = Result<Self>> + Send;
}

/// The desk as a whole: what settings and new tickets are permitted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk;

impl Protected for Desk {
    fn place(&self) -> Place {
        Place::Desk
    }

    async fn find(_: &Db, _: &Actor, _: &str) -> Result<Self> {
        Ok(Desk)
    }
}

/// Whatever the actor's scopes reach: what acts over many tickets is permitted on, each row by SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach;

impl Protected for Reach {
    fn place(&self) -> Place {
        Place::Reach
    }

    async fn find(_: &Db, _: &Actor, _: &str) -> Result<Self> {
        Ok(Reach)
    }
}

/// Something that needs a permission: every command, and those on two subjects.
pub trait Action: Send + Sync + 'static {
    /// What the permit is about.
    type On: Protected;
    /// What the policy must grant.
    const NEEDS: Permission;
}

impl<C: Command> Action for C {
    type On = <C as Command>::On;
    const NEEDS: Permission = <C as Command>::NEEDS;
}

/// The right to run one command on one thing; consumed by `Db::change` and `Db::change_pair`.
#[derive(Clone, Debug)]
pub struct Permit<C: Action> {
    actor: Actor,
    on: C::On,
    at: Option<Instant>,
}

impl<C: Action> Permit<C> {
    /// Asks the policy. Seen but not permitted is [`DeskError::Forbidden`].
    pub fn ask(actor: &Actor, on: C::On) -> Result<Self> {
        policy::require(actor, C::NEEDS, on.place())?;
        Ok(Permit {
            actor: actor.clone(),
            on,
            at: None,
        })
    }

    /// The thing it was asked for, as it was then.
    pub fn on(&self) -> &C::On {
        &self.on
    }

    /// Who holds it.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Dates the change in the past. Only an import may; for others it is [`DeskError::Forbidden`].
    pub fn dated(mut self, at: Instant) -> Result<Self> {
        if !self.actor.rule().is_some_and(Rule::brings_in) {
            return Err(DeskError::Forbidden);
        }
        self.at = Some(at);
        Ok(self)
    }

    pub(crate) fn into_actor(self) -> Actor {
        self.actor
    }

    pub(crate) fn at(&self) -> Option<Instant> {
        self.at
    }
}
