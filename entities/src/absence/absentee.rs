//! Somebody who is away or will be: oneself, or a colleague for whom a lead may say so.

use uuid::Uuid;

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::Protected;
use crate::person;
use crate::policy::{Permission, Place};
use crate::team;

/// A person who works on tickets, as far as absences are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absentee {
    pub person_id: Uuid,
    pub name: String,
    team_ids: Vec<Uuid>,
    is_own: bool,
}

impl Absentee {
    /// Whether it is the one who asks.
    pub fn is_own(&self) -> bool {
        self.is_own
    }
}

impl Protected for Absentee {
    fn place(&self) -> Place {
        Place::Colleague {
            person_id: self.person_id,
            team_ids: self.team_ids.clone(),
        }
    }

    /// By the person's id; without one it is whoever asks.
    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        let me = actor.person_id();
        let id = match key {
            "" => me,
            key => Uuid::try_parse(key).ok(),
        };
        let id = id.ok_or(DeskError::Hidden)?;
        if !actor.may_somewhere(Permission::ReadTickets) && actor.rule().is_none() {
            return Err(DeskError::Hidden);
        }
        let agents = person::agents(db).await?;
        let agent = agents.into_iter().find(|agent| agent.id == id);
        let name = match agent {
            Some(agent) => agent.name,
            None if Some(id) == me => person::names(db, &[id])
                .await?
                .pop()
                .map(|found| found.name)
                .ok_or(DeskError::Hidden)?,
            None => return Err(DeskError::Hidden),
        };
        Ok(Absentee {
            person_id: id,
            name,
            team_ids: team::of_person(db, id).await?,
            is_own: Some(id) == me,
        })
    }
}
