//! Taking up an invitation: what a link opens, and the first password of whoever opened it.

use sea_orm::{EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::invitation;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::language::Language;
use crate::ledger::Command;
use crate::one_time::{self, Purpose};
use crate::permit::{Desk, Permit};
use crate::person::{Person, PersonEvent, PersonFacts};
use crate::policy::Permission;
use crate::setting::{self, Facts as _, Setting as _, SettingEvent};
use crate::sign_in::OWN_ACCOUNT;

/// What stands behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    Open(Box<Invited>),
    /// It was taken up before: there is an account by now.
    Accepted(Language),
    /// It ran out, was taken back, or never was one.
    Over,
}

/// Whom a link lets in.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Invited {
    pub person_id: Uuid,
    pub name: String,
    pub email: String,
    /// The vendor's name.
    pub organisation: String,
    pub language: Language,
    pub valid_until: Instant,
}

/// Looks what a link opens, and uses nothing up.
pub async fn door(db: &Db, word: &str) -> Result<Door> {
    if let Some(id) = one_time::whose(db, Purpose::Invitation, word).await? {
        let invited = invited(db, id).await?;
        return Ok(invited.map_or(Door::Over, |invited| Door::Open(Box::new(invited))));
    }
    let Some(id) = one_time::once_of(db, Purpose::Invitation, word).await? else {
        return Ok(Door::Over);
    };
    let last = invitation::Entity::find_by_id(id).one(db.reader()).await?;
    Ok(match last {
        Some(last) if last.accepted_at.is_some() => Door::Accepted(last.language),
        _ => Door::Over,
    })
}

/// What the mail and the page of an invitation say of it.
pub async fn invited(db: &Db, person_id: Uuid) -> Result<Option<Invited>> {
    let sql = "SELECT p.id AS person_id, p.name, p.email, o.name AS organisation, i.language, i.valid_until \
               FROM invitation i JOIN person p ON p.id = i.person_id JOIN organisation o ON o.id = i.organisation_id \
               WHERE i.person_id = $1 AND i.withdrawn_at IS NULL AND i.accepted_at IS NULL AND i.valid_until > $2 \
               AND p.retired_at IS NULL AND p.email IS NOT NULL";
    let values = [person_id.into(), db.clock().now().into()];
    let backend = db.reader().get_database_backend();
    Ok(
        Invited::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .one(db.reader())
            .await?,
    )
}

/// Gives whoever brought a link their name and first password.
#[derive(Clone, Debug)]
pub struct Accept {
    pub id: Uuid,
    pub name: String,
    /// Made by [`crate::person::password::hash`].
    pub hash: String,
}

impl Command for Accept {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        let invitation = person.invitation.as_ref();
        if !invitation.is_some_and(|invitation| invitation.holds(now)) {
            return Err(Rejected::NotInvited);
        }
        let from = person.facts();
        let to = PersonFacts {
            name: self.name,
            ..from.clone()
        };
        let to = to.checked()?;
        let mut events = Vec::new();
        if from != to {
            events.push(PersonEvent::Setting(SettingEvent::Updated {
                from: Box::new(from),
                to: Box::new(to),
            }));
        }
        events.extend(person.first_password(self.hash)?);
        Ok(events)
    }
}

/// Takes up the invitation of a link; of several at once one succeeds. None when the link opens nothing any more.
pub async fn accept(db: &Db, word: &str, name: String, hash: String) -> Result<Option<Uuid>> {
    // What is wrong with it must not cost the link.
    let name = setting::name(&name)?;
    let Some(id) = one_time::use_up(db, Purpose::Invitation, word).await? else {
        return Ok(None);
    };
    let permit = Permit::ask(&OWN_ACCOUNT, Desk)?;
    match db.change(permit, Accept { id, name, hash }).await {
        Ok(_) => Ok(Some(id)),
        Err(DeskError::Rejected(Rejected::NotInvited | Rejected::Retired)) => Ok(None),
        Err(error) => Err(error),
    }
}
