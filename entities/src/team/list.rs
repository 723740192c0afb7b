//! Teams as the settings show them, and as a select offers them.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryTrait};
use uuid::Uuid;

use super::{COLUMN, Entity, Model, Team, member};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::policy::Permission;
use crate::setting::{Choice, Show};
use crate::text;

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
    Ok(all(db, Show::Active)
        .await?
        .into_iter()
        .map(choice)
        .collect())
}

/// One team with its members.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Team> {
    if !actor.may_somewhere(Permission::ManageTeams) {
        return Err(DeskError::Hidden);
    }
    let row = Entity::find_by_id(id)
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)?;
    let members = member::Entity::find()
        .filter(member::COLUMN.team_id.eq(id))
        .all(db.reader())
        .await?;
    Ok(Team::of(row, &members))
}

async fn all(db: &Db, show: Show) -> Result<Vec<Model>> {
    let mut teams = Entity::find()
        .apply_if(Some(show).filter(|s| *s == Show::Active), |q, _| {
            q.filter(COLUMN.retired_at.is_null())
        })
        .all(db.reader())
        .await?;
    teams.sort_by_cached_key(|t| (text::fold(&t.name), t.id));
    Ok(teams)
}
