//! Who gives out tickets that no team has.

use chrono::NaiveDate;
use uuid::Uuid;

use super::presence::Presence;

impl Presence {
    /// Who is there that day and gives tickets of a service to others: by a right for it or what lies above it; where there
    /// is no team to ask, colleagues who are in none either and may give such tickets to others; else by a right for all
    /// tickets, as administrators have it. The whole desk where nobody of them is there.
    pub fn gives_out(&self, service: Option<Uuid>, is_teamless: bool, on: NaiveDate) -> Vec<Uuid> {
        let services = self.services(service);
        let leads = self.leads.iter();
        let of_service = leads.filter(|(_, of)| of.iter().any(|one| services.contains(one)));
        // Whoever is in a team has that to look after.
        let leads_none = self.leads_none.iter().copied();
        let colleagues =
            leads_none.filter(|person| is_teamless && self.teams_of(*person).is_empty());
        let groups: [Vec<Uuid>; 4] = [
            of_service.map(|(person, _)| *person).collect(),
            colleagues.collect(),
            self.leads_all.iter().copied().collect(),
            self.agents.iter().copied().collect(),
        ];
        let there = groups.map(|mut people: Vec<Uuid>| {
            people.retain(|person| self.is_there(*person, on));
            people.sort_unstable();
            people
        });
        let mut there = there.into_iter();
        there.find(|people| !people.is_empty()).unwrap_or_default()
    }
}
