//! Text blocks of one's own: nobody approves them, nobody else sees them.

use uuid::Uuid;

use super::{BlockKind, Model, TextBlockFacts, Wording};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::person::OwnAccount;
use crate::policy::{Permission, Place};
use crate::setting::{Facts as _, Noun as _, SettingEvent};

/// Makes one's own block, or changes it.
#[derive(Clone, Debug)]
pub struct KeepOwn {
    /// None: a new one.
    pub id: Option<Uuid>,
    pub name: String,
    pub category: String,
    pub wording: Wording,
    pub once: Option<String>,
}

impl Command for KeepOwn {
    type Target = Model;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &OwnAccount) -> Option<Uuid> {
        self.id
    }

    fn once(&self) -> Option<&str> {
        self.once.as_deref()
    }

    fn place(&self, block: &Model) -> Place {
        own(block)
    }

    fn decide(
        self,
        block: &Model,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<SettingEvent<TextBlockFacts>>, Rejected> {
        let person = actor.person_id();
        if self.id.is_some() && block.owner_id != person {
            return Err(Rejected::ShelfNotYours);
        }
        if self.id.is_some() && block.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        let facts = TextBlockFacts {
            name: self.name,
            kind: BlockKind::Answer,
            owner_id: person,
            wording: self.wording,
            author_id: person,
            approved_by: person,
            category: self.category,
            ..TextBlockFacts::default()
        };
        let facts = facts.checked()?;
        let to = TextBlockFacts {
            approved: Some(facts.wording.clone()),
            ..facts
        };
        if self.id.is_none() {
            return Ok(vec![SettingEvent::Created(Box::new(to))]);
        }
        let from = block.facts();
        if from == to {
            return Ok(vec![]);
        }
        Ok(vec![SettingEvent::Updated {
            from: Box::new(from),
            to: Box::new(to),
        }])
    }
}

/// Takes one's own block out of use.
#[derive(Clone, Debug)]
pub struct RemoveOwn {
    pub id: Uuid,
}

impl Command for RemoveOwn {
    type Target = Model;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &OwnAccount) -> Option<Uuid> {
        Some(self.id)
    }

    fn place(&self, block: &Model) -> Place {
        own(block)
    }

    fn decide(
        self,
        block: &Model,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<SettingEvent<TextBlockFacts>>, Rejected> {
        match block.retired_at {
            Some(_) => Err(Rejected::Retired),
            None => Ok(vec![SettingEvent::Retired]),
        }
    }
}

/// No role reaches another's; what is nobody's is no own block.
fn own(block: &Model) -> Place {
    Place::Own {
        person_id: block.owner_id.unwrap_or_default(),
    }
}
