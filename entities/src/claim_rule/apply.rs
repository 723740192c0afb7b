//! Give and take by rules, when somebody has come in: what a rule gave and no longer holds is taken, what hands gave stays.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::judge::{self, change, judge, wanted};
use super::{Gift, Gives, gift};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::Command;
use crate::permit::{Desk, Permit};
use crate::person::{Person, PersonEvent};
use crate::policy::Permission;
use crate::setting::SettingEvent;
use crate::sign_in::SIGN_ON;
use crate::team::{Team, TeamFacts};
use crate::ticket::event;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// As the rules say.
    All,
    /// But the last administrator keeps their roles.
    AdministratorKept,
}

/// Applies the rules of a provider to a person of whom it has proven these claims.
///
/// # Errors
/// When something could not be taken away: then nobody may be let in with it.
pub async fn apply(
    db: &Db,
    provider_id: Uuid,
    person_id: Uuid,
    claims: &Map<String, Value>,
) -> Result<Applied> {
    let judged = judge(db, provider_id, claims).await?;
    let change = judge::preview(db, provider_id, &judged, person_id).await?;
    let teams = |gifts: &BTreeSet<Gift>| -> Vec<Uuid> {
        let teams = gifts.iter().filter(|gift| gift.gives == Gives::Team);
        teams.map(|gift| gift.id).collect()
    };
    // A process killed in between forgets nothing that it gave: it is noted before and forgotten after.
    for team_id in teams(&change.take) {
        let leave = JoinTeam::new(team_id, person_id, Joins::Leaves);
        db.change(Permit::ask(&SIGN_ON, Desk)?, leave).await?;
    }
    let mut command = ApplyGifts {
        person_id,
        provider_id,
        wanted: wanted(&judged),
        teams: crate::team::of_person(db, person_id).await?,
        keeps_roles: false,
    };
    let mut applied = Applied::All;
    let first = db.change(Permit::ask(&SIGN_ON, Desk)?, command.clone());
    match first.await {
        Ok(_) => {}
        Err(DeskError::Rejected(Rejected::LastAdministrator)) => {
            applied = Applied::AdministratorKept;
            command.keeps_roles = true;
            db.change(Permit::ask(&SIGN_ON, Desk)?, command).await?;
        }
        Err(error) => return Err(error),
    }
    for team_id in teams(&change.give) {
        let join = JoinTeam::new(team_id, person_id, Joins::Joins);
        db.change(Permit::ask(&SIGN_ON, Desk)?, join).await?;
    }
    Ok(applied)
}

/// Sets roles, organisations and what is noted of the rules' gifts.
#[derive(Clone, Debug)]
pub struct ApplyGifts {
    person_id: Uuid,
    provider_id: Uuid,
    wanted: BTreeSet<Gift>,
    /// Those the person is in, by whomever.
    teams: Vec<Uuid>,
    keeps_roles: bool,
}

impl Command for ApplyGifts {
    type Target = Person;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageRoles;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.person_id)
    }

    fn decide(
        self,
        person: &Person,
        _: &Actor,
        now: Instant,
    ) -> Result<Vec<PersonEvent>, Rejected> {
        if person.row.retired_at.is_some() {
            return Err(Rejected::Retired);
        }
        let today = day(now);
        let mut change = change(person, &self.teams, self.provider_id, &self.wanted, today);
        let before: BTreeSet<Gift> = person
            .gifts
            .iter()
            .filter(|g| g.provider_id == self.provider_id)
            .map(gift::Model::gift)
            .collect();
        let mut after: BTreeSet<Gift> = before.intersection(&self.wanted).copied().collect();
        after.extend(change.give.iter().copied());
        if self.keeps_roles {
            let roles = change.take.iter().filter(|g| g.gives == Gives::Role);
            after.extend(roles.copied().collect::<Vec<_>>());
            change.take.retain(|gift| gift.gives != Gives::Role);
        }
        let set = |gives: Gives, from: &[Uuid]| {
            let of = |gifts: &BTreeSet<Gift>| -> BTreeSet<Uuid> {
                let gifts = gifts.iter().filter(|gift| gift.gives == gives);
                gifts.map(|gift| gift.id).collect()
            };
            let mut to: BTreeSet<Uuid> = from.iter().copied().collect();
            to.extend(of(&change.give));
            let to: Vec<Uuid> = to.difference(&of(&change.take)).copied().collect();
            event::Change {
                from: from.to_vec(),
                to,
            }
        };
        let roles = set(Gives::Role, &person.role_ids);
        let organisations = set(Gives::Organisation, &person.organisation_ids(today));
        let mut events = Vec::new();
        if roles.from != roles.to {
            events.push(PersonEvent::RolesSet(roles));
        }
        if organisations.from != organisations.to {
            events.push(PersonEvent::MembershipSet(organisations));
        }
        if before != after {
            events.push(PersonEvent::GiftsNoted {
                provider_id: self.provider_id,
                gifts: after.into_iter().collect(),
            });
        }
        Ok(events)
    }
}

/// Whether a person comes into a team or leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joins {
    Joins,
    Leaves,
}

/// Puts one person into a team or out of it, whoever else is in it by now.
#[derive(Clone, Debug)]
pub struct JoinTeam {
    team_id: Uuid,
    person_id: Uuid,
    joins: Joins,
}

impl JoinTeam {
    fn new(team_id: Uuid, person_id: Uuid, joins: Joins) -> JoinTeam {
        JoinTeam {
            team_id,
            person_id,
            joins,
        }
    }
}

impl Command for JoinTeam {
    type Target = Team;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageTeams;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.team_id)
    }

    fn decide(
        self,
        team: &Team,
        _: &Actor,
        _: Instant,
    ) -> Result<Vec<SettingEvent<TeamFacts>>, Rejected> {
        let from = TeamFacts {
            name: team.row.name.clone(),
            member_ids: team.member_ids.clone(),
        };
        let mut to = from.clone();
        to.member_ids.retain(|id| *id != self.person_id);
        if self.joins == Joins::Joins {
            to.member_ids.push(self.person_id);
            to.member_ids.sort_unstable();
        }
        if from == to {
            return Ok(vec![]);
        }
        Ok(vec![SettingEvent::Updated {
            from: Box::new(from),
            to: Box::new(to),
        }])
    }
}
