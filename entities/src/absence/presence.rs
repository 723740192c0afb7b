//! Who is there: absences that are not over, who stands in anyway, teams, and who works on tickets at all.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use crate::error::Result;

/// All of it, as one transaction or page sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    pub(super) away: HashMap<Uuid, Vec<Away>>,
    pub(super) standing: HashMap<Uuid, Standing>,
    /// Teams in use by person.
    pub(super) teams: HashMap<Uuid, Vec<Uuid>>,
    /// Who may own a ticket.
    pub(super) agents: HashSet<Uuid>,
    /// The service above each.
    pub(super) above: HashMap<Uuid, Uuid>,
    /// Who gives tickets to others wherever they lie.
    pub(super) leads_all: HashSet<Uuid>,
    /// Who does so in their teams, and with tickets that no team has.
    pub(super) leads_none: HashSet<Uuid>,
    /// Who does so in services of theirs and what lies below them.
    pub(super) leads: HashMap<Uuid, Vec<Uuid>>,
}

/// Days on which somebody is away, and whom they named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    pub id: Uuid,
    pub from_on: NaiveDate,
    /// The last day of it.
    pub to_on: NaiveDate,
    pub deputy_id: Option<Uuid>,
    /// Service and who stands in for it.
    pub by_service: Vec<(Uuid, Uuid)>,
    pub names_deputy: bool,
}

impl Away {
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from_on <= on && on <= self.to_on
    }
}

/// Who stands in for somebody on some days, whether they are away or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub deputy_id: Uuid,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
}

impl Standing {
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from_on <= on && on <= self.to_on
    }
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    id: Uuid,
    person_id: Uuid,
    deputy_id: Option<Uuid>,
    service_id: Option<Uuid>,
    from_on: Option<NaiveDate>,
    to_on: Option<NaiveDate>,
    tells: i32,
    /// Services as a grant names them.
    named: Option<String>,
}

/// One statement, because it is read within transactions. What a part has not is cast, so that no database has to guess
/// its type.
const ALL: &str = "SELECT 'away' AS kind, a.id, a.person_id, a.deputy_id, CAST(NULL AS uuid) AS service_id, a.from_on, a.to_on, \
     CASE WHEN a.names_deputy THEN 1 ELSE 0 END AS tells, CAST(NULL AS text) AS named \
     FROM absence a WHERE a.cancelled_at IS NULL AND a.to_on >= $1 \
     UNION ALL SELECT 'service', s.absence_id, a.person_id, s.deputy_id, s.service_id, a.from_on, a.to_on, 0, CAST(NULL AS text) \
     FROM absence_service s JOIN absence a ON a.id = s.absence_id WHERE a.cancelled_at IS NULL AND a.to_on >= $1 \
     UNION ALL SELECT 'standing', d.person_id, d.person_id, d.deputy_id, CAST(NULL AS uuid), d.from_on, d.to_on, 0, CAST(NULL AS text) \
     FROM deputy d WHERE d.to_on >= $1 \
     UNION ALL SELECT 'team', m.team_id, m.person_id, CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS date), CAST(NULL AS date), 0, \
     CAST(NULL AS text) FROM team_member m JOIN team t ON t.id = m.team_id WHERE t.retired_at IS NULL \
     UNION ALL SELECT 'above', s.id, s.parent_id, CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS date), CAST(NULL AS date), 0, \
     CAST(NULL AS text) FROM service s WHERE s.parent_id IS NOT NULL \
     UNION ALL SELECT 'agent', p.id, p.id, CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS date), CAST(NULL AS date), 0, \
     CAST(NULL AS text) FROM person p WHERE p.retired_at IS NULL AND EXISTS (SELECT 1 FROM person_role pr \
     JOIN role r ON r.id = pr.role_id AND r.retired_at IS NULL JOIN \"grant\" g ON g.role_id = r.id \
     WHERE pr.person_id = p.id AND g.permission = 'reply') \
     UNION ALL SELECT g.scope, p.id, p.id, CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS date), CAST(NULL AS date), 0, \
     CAST(g.scope_ids AS text) FROM person p JOIN person_role pr ON pr.person_id = p.id \
     JOIN role r ON r.id = pr.role_id AND r.retired_at IS NULL JOIN \"grant\" g ON g.role_id = r.id \
     WHERE p.retired_at IS NULL AND g.permission = 'assign' AND g.scope IN ('everything', 'services', 'own_teams')";

impl Presence {
    /// What is not over on that day.
    pub(crate) async fn read(c: &impl ConnectionTrait, on: NaiveDate) -> Result<Presence> {
        let backend = c.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, ALL, [on.into()]);
        let mut all = Presence::default();
        for row in Row::find_by_statement(statement).all(c).await? {
            all.take(row);
        }
        for away in all.away.values_mut() {
            // What was entered last is what holds.
            away.sort_by_key(|one| std::cmp::Reverse(one.id));
        }
        all.teams
            .values_mut()
            .for_each(|teams| teams.sort_unstable());
        Ok(all)
    }

    fn take(&mut self, row: Row) {
        let days = row.from_on.zip(row.to_on);
        match (row.kind.as_str(), days) {
            ("away", Some((from_on, to_on))) => {
                let one = self.entry(row.person_id, row.id, from_on, to_on);
                one.deputy_id = row.deputy_id;
                one.names_deputy = row.tells != 0;
            }
            ("service", Some((from_on, to_on))) => {
                let one = self.entry(row.person_id, row.id, from_on, to_on);
                one.by_service.extend(row.service_id.zip(row.deputy_id));
            }
            ("standing", Some((from_on, to_on))) => {
                let standing = row.deputy_id.map(|deputy_id| Standing {
                    deputy_id,
                    from_on,
                    to_on,
                });
                self.standing
                    .extend(standing.map(|standing| (row.person_id, standing)));
            }
            ("team", _) => self.teams.entry(row.person_id).or_default().push(row.id),
            ("above", _) => {
                self.above.insert(row.id, row.person_id);
            }
            ("everything", _) => {
                self.leads_all.insert(row.person_id);
            }
            ("own_teams", _) => {
                self.leads_none.insert(row.person_id);
            }
            ("services", _) => {
                let named = row.named.as_deref().unwrap_or_default();
                let services: Vec<Uuid> = serde_json::from_str(named).unwrap_or_default();
                let of_person = self.leads.entry(row.person_id).or_default();
                of_person.extend(services);
            }
            _ => {
                self.agents.insert(row.person_id);
            }
        }
    }

    fn entry(&mut self, person: Uuid, id: Uuid, from_on: NaiveDate, to_on: NaiveDate) -> &mut Away {
        let of_person = self.away.entry(person).or_default();
        let place = of_person.iter().position(|one| one.id == id);
        let place = place.unwrap_or_else(|| {
            of_person.push(Away {
                id,
                from_on,
                to_on,
                deputy_id: None,
                by_service: vec![],
                names_deputy: false,
            });
            of_person.len() - 1
        });
        &mut of_person[place]
    }

    /// Made by hand, for whoever asks what would be: people with their teams work on tickets, nobody is away.
    pub fn of(people: impl IntoIterator<Item = (Uuid, Vec<Uuid>)>) -> Presence {
        let teams: HashMap<Uuid, Vec<Uuid>> = people.into_iter().collect();
        Presence {
            agents: teams.keys().copied().collect(),
            teams,
            ..Presence::default()
        }
    }

    /// The same with somebody away.
    pub fn with(mut self, person_id: Uuid, away: Away) -> Presence {
        self.away.entry(person_id).or_default().push(away);
        self
    }

    /// The same with somebody who stands in for another.
    pub fn covered(mut self, person_id: Uuid, standing: Standing) -> Presence {
        self.standing.insert(person_id, standing);
        self
    }

    /// The same with somebody who gives tickets of a service to others, or all of them.
    pub fn led_by(mut self, person_id: Uuid, service: Option<Uuid>) -> Presence {
        match service {
            Some(service) => self.leads.entry(person_id).or_default().push(service),
            None => {
                self.leads_all.insert(person_id);
            }
        }
        self
    }

    /// The same without somebody who left.
    pub fn without(mut self, person_id: Uuid) -> Presence {
        self.agents.remove(&person_id);
        self
    }
}
