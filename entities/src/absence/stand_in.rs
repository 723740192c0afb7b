//! Who stands in for whom on a day: whom the absence names, else whoever stands in anyway, else theirs, else the team.

use chrono::NaiveDate;
use uuid::Uuid;

use super::presence::{Away, Presence};

impl Presence {
    /// By what somebody is away on that day, what was entered last first.
    fn absences(&self, person: Uuid, on: NaiveDate) -> impl Iterator<Item = &Away> {
        let all = self.away.get(&person).into_iter().flatten();
        all.filter(move |away| away.holds(on))
    }

    pub fn is_away(&self, person: Uuid, on: NaiveDate) -> bool {
        self.absences(person, on).next().is_some()
    }

    /// The last day of it, when somebody is away on that day; absences that follow each other count as one.
    pub fn away_until(&self, person: Uuid, on: NaiveDate) -> Option<NaiveDate> {
        let mut last = self.absences(person, on).map(|away| away.to_on).max()?;
        while let Some(next) = last.succ_opt() {
            match self.absences(person, next).map(|away| away.to_on).max() {
                Some(later) => last = later,
                None => break,
            }
        }
        Some(last)
    }

    /// Everybody who is away on that day.
    pub fn away_on(&self, on: NaiveDate) -> Vec<Uuid> {
        let mut all: Vec<Uuid> = self.away.keys().copied().collect();
        all.retain(|person| self.is_away(*person, on));
        all.sort_unstable();
        all
    }

    /// Whether the receipts of mails may name who stands in for somebody.
    pub fn names_deputy(&self, person: Uuid, on: NaiveDate) -> bool {
        self.absences(person, on).any(|away| away.names_deputy)
    }

    /// Whether somebody works on tickets and is there.
    pub fn is_there(&self, person: Uuid, on: NaiveDate) -> bool {
        self.agents.contains(&person) && !self.is_away(person, on)
    }

    /// Who is there for somebody that day, for a service; none where their team is.
    pub fn stand_in(&self, person: Uuid, service: Option<Uuid>, on: NaiveDate) -> Option<Uuid> {
        let services = self.services(service);
        self.follow(person, &services, on, &mut vec![person])
    }

    /// A service and those above it, the nearest first.
    pub(super) fn services(&self, service: Option<Uuid>) -> Vec<Uuid> {
        let mut all: Vec<Uuid> = service.into_iter().collect();
        while let Some(above) = all.last().and_then(|last| self.above.get(last)) {
            if all.contains(above) {
                break;
            }
            all.push(*above);
        }
        all
    }

    /// Nobody is asked twice, so circles lead to the team.
    fn follow(
        &self,
        person: Uuid,
        services: &[Uuid],
        on: NaiveDate,
        asked: &mut Vec<Uuid>,
    ) -> Option<Uuid> {
        for deputy in self.named(person, services, on) {
            if asked.contains(&deputy) || !self.agents.contains(&deputy) {
                continue;
            }
            if !self.is_away(deputy, on) {
                return Some(deputy);
            }
            asked.push(deputy);
            let there = self.follow(deputy, services, on, asked);
            if there.is_some() {
                return there;
            }
        }
        None
    }

    /// Whom somebody named for that day, the nearest first.
    fn named(&self, person: Uuid, services: &[Uuid], on: NaiveDate) -> Vec<Uuid> {
        let mut named = Vec::new();
        for away in self.absences(person, on) {
            for service in services {
                let of_service = away.by_service.iter().find(|(of, _)| of == service);
                named.extend(of_service.map(|(_, deputy)| *deputy));
            }
        }
        named.extend(self.absences(person, on).filter_map(|away| away.deputy_id));
        let standing = self.standing.get(&person);
        let standing = standing.filter(|one| one.holds(on));
        named.extend(standing.map(|one| one.deputy_id));
        named
    }

    /// For whom somebody stands in that day, for all or for some services.
    pub fn stands_in_for(&self, deputy: Uuid, on: NaiveDate) -> Vec<Uuid> {
        let named = self.away.values().flatten().filter(|away| away.holds(on));
        let mut services: Vec<Option<Uuid>> = named
            .flat_map(|away| away.by_service.iter().map(|(service, _)| Some(*service)))
            .collect();
        services.push(None);
        services.sort_unstable();
        services.dedup();
        let is_covered = |person: &Uuid| {
            let mut all = services.iter();
            all.any(|service| self.stand_in(*person, *service, on) == Some(deputy))
        };
        let mut all = self.away_on(on);
        all.retain(is_covered);
        // Who stands in on some days does so whether the person is away or not.
        let standing = self.standing.iter().filter(|(person, one)| {
            one.holds(on) && one.deputy_id == deputy && !self.is_away(**person, on)
        });
        all.extend(standing.map(|(person, _)| *person));
        all.sort_unstable();
        all
    }

    /// Until when somebody is stood in for, by an absence or anyway.
    pub fn covered_until(&self, person: Uuid, on: NaiveDate) -> Option<NaiveDate> {
        let standing = self.standing.get(&person).map(|one| one.to_on);
        self.away_until(person, on).or(standing)
    }

    /// Since when somebody is away that day, or stood in for anyway.
    pub(crate) fn covered_since(&self, person: Uuid, on: NaiveDate) -> Option<NaiveDate> {
        let since = self.absences(person, on).map(|away| away.from_on).min();
        let standing = self.standing.get(&person).filter(|one| one.holds(on));
        since.or(standing.map(|one| one.from_on))
    }

    /// The teams in use of which somebody is a member.
    pub fn teams_of(&self, person: Uuid) -> &[Uuid] {
        self.teams.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Where tickets of somebody go who has no deputy.
    pub fn team_of(&self, person: Uuid) -> Option<Uuid> {
        self.teams.get(&person)?.first().copied()
    }

    /// Who of a team is there.
    pub fn there_of(&self, team: Uuid, on: NaiveDate) -> Vec<Uuid> {
        let members = self.teams.iter().filter(|(_, teams)| teams.contains(&team));
        let mut there: Vec<Uuid> = members.map(|(person, _)| *person).collect();
        there.retain(|person| self.is_there(*person, on));
        there.sort_unstable();
        there
    }

    /// Who answers for a ticket that day: its owner, whoever is there for them, whoever of its team is there, of the
    /// owner's teams, or whoever [gives it out](Self::gives_out). Nobody only where nobody is there.
    pub fn answers_for(
        &self,
        owner: Option<Uuid>,
        team: Option<Uuid>,
        service: Option<Uuid>,
        on: NaiveDate,
    ) -> Vec<Uuid> {
        if let Some(owner) = owner {
            if self.is_there(owner, on) {
                return vec![owner];
            }
            if let Some(deputy) = self.stand_in(owner, service, on) {
                return vec![deputy];
            }
        }
        let of_owner: &[Uuid] = owner.map_or(&[], |owner| self.teams_of(owner));
        let is_teamless = team.is_none() && of_owner.is_empty();
        let teams = team.into_iter().chain(of_owner.iter().copied());
        let mut there = teams.map(|team| self.there_of(team, on));
        there
            .find(|people| !people.is_empty())
            .unwrap_or_else(|| self.gives_out(service, is_teamless, on))
    }

    /// Whether somebody works on tickets no more. Of a desk where nobody does, nothing is known.
    pub fn has_left(&self, person: Uuid) -> bool {
        !self.agents.is_empty() && !self.agents.contains(&person)
    }

    /// Whom what concerns a ticket of somebody is told in their place: those who answer for it when they are away or
    /// have left, else whoever stands in anyway.
    pub(crate) fn told_for(
        &self,
        owner: Uuid,
        team: Option<Uuid>,
        service: Option<Uuid>,
        on: NaiveDate,
    ) -> Vec<Uuid> {
        if self.is_away(owner, on) || self.has_left(owner) {
            return self.answers_for(Some(owner), team, service, on);
        }
        let standing = self.standing.get(&owner).filter(|one| one.holds(on));
        standing.map(|one| one.deputy_id).into_iter().collect()
    }

    /// Everybody for whom somebody else may be there that day.
    pub(crate) fn away_or_covered(&self, on: NaiveDate) -> Vec<Uuid> {
        let standing = self.standing.iter().filter(|(_, one)| one.holds(on));
        let mut all = self.away_on(on);
        all.extend(standing.map(|(person, _)| *person));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether somebody is there for a person that day, or will be by an absence that is known.
    pub(crate) fn will_stand_in(&self, deputy: Uuid, person: Uuid, on: NaiveDate) -> bool {
        let begins = self.away.get(&person).into_iter().flatten();
        let mut days = begins.map(|away| away.from_on.max(on)).chain([on]);
        days.any(|on| self.stands_in_for(deputy, on).contains(&person))
    }

    /// Whether anybody is away that day or has somebody who stands in.
    pub(crate) fn anybody_is_covered(&self, on: NaiveDate) -> bool {
        let mut away = self.away.values().flatten();
        away.any(|away| away.holds(on)) || self.standing.values().any(|one| one.holds(on))
    }

    /// Whether whom somebody named for a day leads back to them by what others named for it, so that all of them
    /// would wait for one another. Who stands in anyway does not count: two colleagues may do that for each other.
    pub fn leads_back(&self, person: Uuid, on: NaiveDate) -> bool {
        let mut asked = Vec::new();
        let mut next: Vec<Uuid> = self.explicit(person, on);
        while let Some(deputy) = next.pop() {
            if deputy == person {
                return true;
            }
            if !asked.contains(&deputy) {
                asked.push(deputy);
                next.extend(self.explicit(deputy, on));
            }
        }
        false
    }

    fn explicit(&self, person: Uuid, on: NaiveDate) -> Vec<Uuid> {
        let deputies = self.absences(person, on).flat_map(|away| {
            let of_services = away.by_service.iter().map(|(_, deputy)| *deputy);
            away.deputy_id.into_iter().chain(of_services)
        });
        deputies.collect()
    }

    /// Whether an absence names somebody who leads back on any of its days.
    pub(crate) fn is_circular(&self, person: Uuid, absence: Uuid, today: NaiveDate) -> bool {
        let mut all = self.away.get(&person).into_iter().flatten();
        let Some(away) = all.find(|away| away.id == absence) else {
            return false;
        };
        // Who is away changes on the days on which an absence begins.
        let begins = self.away.values().flatten().map(|other| other.from_on);
        let days = begins.chain([away.from_on.max(today)]);
        let mut days = days.filter(|on| *on >= today && away.holds(*on));
        days.any(|on| self.leads_back(person, on))
    }

    /// Whether this person works on tickets.
    pub(crate) fn is_agent(&self, person: Uuid) -> bool {
        self.agents.contains(&person)
    }

    /// The deputies an absence names.
    pub(crate) fn deputies(&self, absence: Uuid) -> Option<(Uuid, Vec<Uuid>)> {
        let mut all = self.away.iter();
        all.find_map(|(person, of)| {
            let away = of.iter().find(|away| away.id == absence)?;
            let of_services = away.by_service.iter().map(|(_, deputy)| *deputy);
            let named = away.deputy_id.into_iter().chain(of_services).collect();
            Some((*person, named))
        })
    }
}
