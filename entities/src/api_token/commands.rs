//! Make a token for oneself; end one's own, or somebody else's.

use uuid::Uuid;

use super::{DAYS, Model, OFFERED};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Desk;
use crate::person::{OwnAccount, Person, PersonEvent};
use crate::policy::Permission;
use crate::setting;

/// Makes a token for some of one's own permissions.
#[derive(Clone, Debug)]
pub struct MakeToken {
    pub name: String,
    pub permissions: Vec<Permission>,
    pub days: i64,
    /// Made by [`super::invented`].
    pub hash: Vec<u8>,
}

impl Command for MakeToken {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
    }

    fn decide(
        mut self,
        person: &Person,
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        self.permissions
            .retain(|p| OFFERED.contains(p) && actor.may_somewhere(*p));
        if self.permissions.is_empty() || !DAYS.contains(&self.days) {
            return Err(Rejected::NothingToDo);
        }
        let names: Vec<String> = self.permissions.iter().map(|p| p.name()).collect();
        Ok(vec![PersonEvent::TokenMade(Box::new(Model {
            id: crate::new_id(),
            person_id: person.row.id,
            name: setting::name(&self.name)?,
            hash: self.hash,
            permissions: serde_json::json!(names).to_string(),
            created_at: now,
            expires_at: now + chrono::Duration::days(self.days),
            ended_at: None,
            used_at: None,
        }))])
    }
}

/// Ends one of one's own tokens.
#[derive(Clone, Debug)]
pub struct EndOwn {
    pub token_id: Uuid,
}

impl Command for EndOwn {
    type Target = Person;
    type On = OwnAccount;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, on: &OwnAccount) -> Option<Uuid> {
        Some(on.person_id())
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        Ok(ended(person, self.token_id))
    }
}

/// Ends a token of somebody.
#[derive(Clone, Debug)]
pub struct EndToken {
    pub id: Uuid,
    pub token_id: Uuid,
}

impl Command for EndToken {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, person: &Person, _: &Actor, _: Instant) -> Result<Vec<PersonEvent>, Rejected> {
        Ok(ended(person, self.token_id))
    }
}

/// Whether the token is this person's is asked where it is written.
fn ended(person: &Person, token_id: Uuid) -> Vec<PersonEvent> {
    vec![PersonEvent::TokenEnded {
        person_id: person.row.id,
        token_id,
    }]
}
