//! Teams as the settings show them, and as a select offers them.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Entity, Model, Team, member};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{self, Choice, Show};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub team: Model,
    pub members: usize,
}

/// All teams by name.
pub async fn list(db: &Db, actor: &Actor, show: Show) -> Result<Vec<Row>> {
    if !actor.may_somewhere(Permission::ManageTeams) {
        return Err(DeskError::Forbidden);
    }
    let mut members: HashMap<Uuid, usize> = HashMap::new();
    for row in member::Entity::find().all(db.reader()).await? {
        *members.entry(row.team_id).or_default() += 1;
    }
    Ok(all(db, show)
        .await?
        .into_iter()
        .map(|team| Row {
            members: members.get(&team.id).copied().unwrap_or(0),
            team,
        })
        .collect())
}

/// Teams in use by name.
pub async fn choices(db: &Db) -> Result<Vec<Choice>> {
    let choice = |t: Model| Choice {
        id: t.id,
        name: t.name,
    };
    db.kept_setting(EveryChoice, async || {
        let teams = all(db, Show::Active).await?;
        Ok(teams.into_iter().map(choice).collect())
    })
    .await
}

/// The question that [`choices`] answers.
#[derive(PartialEq, Eq, Hash)]
struct EveryChoice;

/// One team with its members.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Team> {
    let row = setting::find::<Entity>(db, actor, Permission::ManageTeams, id).await?;
    let members = member::Entity::find()
        .filter(member::COLUMN.team_id.eq(id))
        .all(db.reader())
        .await?;
    Ok(Team::of(row, &members))
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    setting::by_name::<Entity>(db, show, |t| (&t.name, t.id)).await
}

/// The teams a person is in, retired ones too, sorted.
pub(crate) async fn of_person(db: &Db, person_id: Uuid) -> Result<Vec<Uuid>> {
    let members = member::Entity::find()
        .filter(member::COLUMN.person_id.eq(person_id))
        .all(db.reader())
        .await?;
    let mut ids: Vec<Uuid> = members.into_iter().map(|m| m.team_id).collect();
    ids.sort_unstable();
    Ok(ids)
}
