//! A permitted command with its type taken away, so that different ones can follow each other in one transaction.

use std::sync::Arc;

use uuid::Uuid;

use super::{Command, Subject};
use crate::actor::Actor;
use crate::bulk::item;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::permit::{Permit, Protected};
use crate::policy::{self, Permission, Place};

type Decide<S> =
    dyn Fn(&S, &Actor, Instant) -> Result<Vec<<S as Subject>::Event>, Rejected> + Send + Sync;

type Stand<S> = dyn Fn(&S) -> Place + Send + Sync;

type Note<S> = dyn Fn(&S, &S, &[<S as Subject>::Event]) -> item::Model + Send + Sync;

/// One change of a series, made of a permit and its command.
pub struct Step<S: Subject> {
    pub(super) actor: Actor,
    pub(super) at: Option<Instant>,
    /// None: a new subject is made.
    pub(super) target: Option<Uuid>,
    /// The id of a new one; none: any.
    pub(super) new_id: Option<Uuid>,
    pub(super) once: Option<String>,
    /// It is done only when the step was that leads its series.
    pub(super) follows: bool,
    /// Where the policy is asked again: a new one has no place but where the permit was asked for.
    place: Box<Stand<S>>,
    /// What is written beside it in the same transaction, so that nothing is done twice.
    pub(super) note: Option<Box<Note<S>>>,
    needs: Permission,
    decide: Box<Decide<S>>,
}

impl<S: Subject> Step<S> {
    /// Takes the permit and its command.
    pub fn new<C: Command<Target = S>>(permit: Permit<C>, command: C) -> Step<S> {
        let target = command.target(permit.on());
        let command = Arc::new(command);
        let place: Box<Stand<S>> = match target {
            None => {
                let place = permit.on().place();
                Box::new(move |_| place.clone())
            }
            Some(_) => {
                let command = command.clone();
                Box::new(move |subject| command.place(subject))
            }
        };
        Step {
            at: permit.at(),
            target,
            new_id: command.new_id(),
            once: command.once().map(str::to_owned),
            follows: false,
            place,
            note: None,
            needs: C::NEEDS,
            decide: Box::new(move |subject, actor, at| {
                C::clone(&command).decide(subject, actor, at)
            }),
            actor: permit.into_actor(),
        }
    }

    /// It belongs to the last step before it that follows none, and falls with that one: as `Hidden`, for there is nothing
    /// to it. Those that follow the same one do not fall with each other.
    pub fn following(mut self) -> Step<S> {
        self.follows = true;
        self
    }

    /// Has what became of it noted in its bulk: from the subject before, after, and the events between.
    pub(crate) fn noted(
        mut self,
        note: impl Fn(&S, &S, &[S::Event]) -> item::Model + Send + Sync + 'static,
    ) -> Step<S> {
        self.note = Some(Box::new(note));
        self
    }

    /// The events it leads to; the policy is asked again.
    pub(crate) fn decide(&self, subject: &S, at: Instant) -> Result<Vec<S::Event>> {
        // It may have moved out of reach since the page was drawn.
        policy::require(&self.actor, self.needs, (self.place)(subject))?;
        Ok((self.decide)(subject, &self.actor, at)?)
    }
}
