//! What can be set about a team, its members among it, and how that becomes rows.

use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Entity, Model, member};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::finding::renamed::Renamed;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// A team with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub row: Model,
    /// Sorted.
    pub member_ids: Vec<Uuid>,
}

/// The content of a team's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamFacts {
    pub name: String,
    pub member_ids: Vec<Uuid>,
}

impl Facts for TeamFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        self.member_ids.sort_unstable();
        self.member_ids.dedup();
        Ok(TeamFacts {
            name: setting::name(&self.name)?,
            member_ids: self.member_ids,
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("members", &self.member_ids),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Team {
    type Facts = TeamFacts;

    const KIND: SubjectKind = SubjectKind::Team;

    const MANAGE: Permission = Permission::ManageTeams;

    fn id(&self) -> Uuid {
        self.row.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.row.retired_at
    }

    fn is_retired(&self) -> bool {
        self.row.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        let row = Model {
            id,
            name: String::new(),
            created_at: now,
            retired_at: None,
        };
        Team::of(row, &[])
    }

    fn facts(&self) -> TeamFacts {
        TeamFacts {
            name: self.row.name.clone(),
            member_ids: self.member_ids.clone(),
        }
    }

    fn take(&mut self, facts: &TeamFacts) {
        self.row.name.clone_from(&facts.name);
        self.member_ids.clone_from(&facts.member_ids);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        let rows = setting::rows::<Entity>(tx, ids.clone()).await?;
        let members = member::Entity::find()
            .filter(member::COLUMN.team_id.is_in(ids))
            .all(tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| Team::of(row, &members))
            .collect())
    }

    fn write(&self, events: &[SettingEvent<TeamFacts>], batch: &mut Batch) {
        for event in events {
            if event.changes(|f| f.name.clone()) {
                batch.renamed.push(Renamed::Team(self.row.id));
            }
            let (before, after): (&[Uuid], &[Uuid]) = match event {
                SettingEvent::Created(facts) => (&[], &facts.member_ids),
                SettingEvent::Updated { from, to } => (&from.member_ids, &to.member_ids),
                SettingEvent::Retired | SettingEvent::Restored => continue,
            };
            let new = after.iter().copied().filter(|id| !before.contains(id));
            batch.checks.must_be_active(Table::Person, new);
            batch
                .team_members
                .push((self.row.id, self.member_ids.clone()));
        }
        batch.teams.push(self.row.clone());
    }
}

impl Team {
    pub(super) fn of(row: Model, members: &[member::Model]) -> Team {
        let mut member_ids: Vec<Uuid> = members
            .iter()
            .filter(|m| m.team_id == row.id)
            .map(|m| m.person_id)
            .collect();
        member_ids.sort_unstable();
        Team { row, member_ids }
    }
}
