//! A permitted command with its type taken away, so that different ones can follow each other in one transaction.

use uuid::Uuid;

use super::{Command, Subject};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::permit::{Permit, Protected};
use crate::policy::{self, Permission, Place};

type Decide<S> =
    dyn Fn(&S, &Actor, Instant) -> Result<Vec<<S as Subject>::Event>, Rejected> + Send + Sync;

/// One change of a series, made of a permit and its command.
pub struct Step<S: Subject> {
    pub(super) actor: Actor,
    pub(super) at: Option<Instant>,
    /// None: a new subject is made.
    pub(super) target: Option<Uuid>,
    pub(super) once: Option<String>,
    /// Where the permit was asked for.
    place: Place,
    needs: Permission,
    decide: Box<Decide<S>>,
}

impl<S: Subject> Step<S> {
    /// Takes the permit and its command.
    pub fn new<C: Command<Target = S>>(permit: Permit<C>, command: C) -> Step<S> {
        Step {
            at: permit.at(),
            target: command.target(permit.on()),
            once: command.once().map(str::to_owned),
            place: permit.on().place(),
            needs: C::NEEDS,
            decide: Box::new(move |subject, actor, at| command.clone().decide(subject, actor, at)),
            actor: permit.into_actor(),
        }
    }

    /// The events it leads to; the policy is asked again.
    pub(super) fn decide(&self, subject: &S, at: Instant) -> Result<Vec<S::Event>> {
        // The row may have moved out of reach since the page was drawn.
        let place = match self.target {
            None => self.place,
            Some(_) => subject.place(),
        };
        policy::require(&self.actor, self.needs, place)?;
        Ok((self.decide)(subject, &self.actor, at)?)
    }
}
