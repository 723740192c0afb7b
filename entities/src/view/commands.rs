//! Save a view, change it, take it out of use and bring it back.

use uuid::Uuid;

use super::{Model, Shelf, ViewFacts};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Protected as _;
use crate::policy::{self, Permission};
use crate::setting::{Facts as _, SettingEvent};

/// Saves a new one.
#[derive(Clone, Debug)]
pub struct Create {
    pub facts: ViewFacts,
    pub once: Option<String>,
}

/// Replaces what is set, its shelf included.
#[derive(Clone, Debug)]
pub struct Update {
    pub facts: ViewFacts,
}

/// Takes it out of use; whoever has its address still reads it.
#[derive(Clone, Copy, Debug)]
pub struct Retire;

/// Brings it back.
#[derive(Clone, Copy, Debug)]
pub struct Restore;

type Events = Result<Vec<SettingEvent<ViewFacts>>, Rejected>;

/// The permit was asked for one shelf; the facts may name another.
fn may_keep(actor: &Actor, facts: &ViewFacts) -> Result<(), Rejected> {
    let may_read = actor.may_somewhere(Permission::ReadTickets);
    if may_read && policy::allows(actor, Permission::ShareViews, facts.shelf.place()) {
        Ok(())
    } else {
        Err(Rejected::ShelfNotYours)
    }
}

impl Command for Create {
    type Target = Model;
    type On = Shelf;
    const NEEDS: Permission = Permission::ShareViews;

    fn target(&self, _: &Shelf) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn decide(self, _: &Model, actor: &Actor, _: Instant) -> Events {
        may_keep(actor, &self.facts)?;
        let facts = Box::new(self.facts.checked()?);
        Ok(vec![SettingEvent::Created(facts)])
    }
}

impl Command for Update {
    type Target = Model;
    type On = Model;
    const NEEDS: Permission = Permission::ShareViews;

    fn target(&self, view: &Model) -> Option<Uuid> {
        Some(view.id)
    }

    fn decide(self, view: &Model, actor: &Actor, _: Instant) -> Events {
        if view.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        may_keep(actor, &self.facts)?;
        let (from, to) = (view.facts(), self.facts.checked()?);
        if from == to {
            return Ok(vec![]);
        }
        Ok(vec![SettingEvent::Updated {
            from: Box::new(from),
            to: Box::new(to),
        }])
    }
}

impl Command for Retire {
    type Target = Model;
    type On = Model;
    const NEEDS: Permission = Permission::ShareViews;

    fn target(&self, view: &Model) -> Option<Uuid> {
        Some(view.id)
    }

    fn decide(self, view: &Model, _: &Actor, _: Instant) -> Events {
        match view.retired_at {
            Some(_) => Ok(vec![]),
            None => Ok(vec![SettingEvent::Retired]),
        }
    }
}

impl Command for Restore {
    type Target = Model;
    type On = Model;
    const NEEDS: Permission = Permission::ShareViews;

    fn target(&self, view: &Model) -> Option<Uuid> {
        Some(view.id)
    }

    fn decide(self, view: &Model, _: &Actor, _: Instant) -> Events {
        match view.retired_at {
            None => Ok(vec![]),
            Some(_) => Ok(vec![SettingEvent::Restored]),
        }
    }
}
