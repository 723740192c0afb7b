//! Who stands in for a person, from when until when. A deputy gets no right by it: what they may do they may by roles
//! of their own, and what they do with the absent person's tickets names both.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::actor::Actor;
use crate::clock::day;
use crate::db::Db;
use crate::deadline::rules;
use crate::error::{DeskError, Result};
use crate::policy::{self, Permission, Place};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deputy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub deputy_id: Uuid,
    pub from_on: Date,
    /// The last day of it.
    pub to_on: Date,
    /// Who said so; none where that is not known any more.
    pub set_by_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Somebody who stands in, on these days and those between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cover {
    pub deputy_id: Uuid,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
}

impl Model {
    /// Without whom it is for.
    pub fn cover(&self) -> Cover {
        Cover {
            deputy_id: self.deputy_id,
            from_on: self.from_on,
            to_on: self.to_on,
        }
    }

    /// Somebody else who said so for the person.
    pub fn set_by_other(&self) -> Option<Uuid> {
        self.set_by_id.filter(|id| *id != self.person_id)
    }
}

impl Cover {
    /// For a person, said by somebody.
    pub(crate) fn row(self, person_id: Uuid, set_by_id: Option<Uuid>) -> Model {
        Model {
            person_id,
            deputy_id: self.deputy_id,
            from_on: self.from_on,
            to_on: self.to_on,
            set_by_id,
        }
    }
}

/// Who stands in for the actor, now or later.
///
/// # Errors
/// `Hidden` for the system.
pub async fn own(db: &Db, actor: &Actor) -> Result<Option<Model>> {
    let me = actor.person_id().ok_or(DeskError::Hidden)?;
    found(db, me).await
}

/// Who stands in for a person, now or later, for those who manage people.
///
/// # Errors
/// `Forbidden` for others.
pub async fn of(db: &Db, actor: &Actor, person_id: Uuid) -> Result<Option<Model>> {
    policy::require(actor, Permission::ManagePeople, Place::Desk)?;
    found(db, person_id).await
}

async fn found(db: &Db, person_id: Uuid) -> Result<Option<Model>> {
    let found = Entity::find_by_id(person_id).one(db.reader()).await?;
    let today = day(db.clock().now());
    Ok(found.filter(|row| today <= row.to_on))
}

/// Somebody the actor stands in for today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    pub person_id: Uuid,
    pub name: String,
    pub to_on: NaiveDate,
}

#[derive(PartialEq, Eq, Hash)]
struct Absents(Uuid, NaiveDate);

/// All of them, whoever comes back first first.
pub async fn absent(db: &Db, actor: &Actor) -> Result<Vec<Absent>> {
    let Some(me) = actor.person_id().filter(|_| actor.stands_in()) else {
        return Ok(vec![]);
    };
    let today = day(db.clock().now());
    db.kept_setting(Absents(me, today), async || read(db, me, today).await)
        .await
}

async fn read(db: &Db, me: Uuid, today: NaiveDate) -> Result<Vec<Absent>> {
    let rules = rules::for_pages(db).await?;
    let presence = rules.presence();
    let people = presence.stands_in_for(me, today);
    let absent = super::names(db, &people).await?.into_iter();
    let absent = absent.filter_map(|person| {
        Some(Absent {
            to_on: presence.covered_until(person.id, today)?,
            person_id: person.id,
            name: person.name,
        })
    });
    let mut absent: Vec<Absent> = absent.collect();
    absent.sort_by_key(|one| one.to_on);
    Ok(absent)
}
