//! Puts the demo's unit into a database, by commands only; what is there already is kept.

use std::collections::HashMap;

use entities::field::Field;
use entities::mailbox::{self, Mailbox, MailboxFacts};
use entities::organisation::{self, OrganisationFacts, OrganisationKind as Kind};
use entities::permit::Desk;
use entities::service::{self, ServiceFacts};
use entities::setting::{Setting, Show};
use entities::team::{self, TeamFacts};
use entities::ticket::message::Address;
use entities::{Actor, Db, DeskError, Instant, Permit, Rule, Uuid, first_start, ledger};

use super::accounts;
use super::catalogue::SERVICES;
use super::limits;
use super::partners;
use super::people::{People, Person};
use super::unit::{
    DISTRICTS, ORGANISATIONS, OrganisationKind, PROVIDERS, TEAMS, UNIT_ADDRESS, UNIT_NAME,
};

/// The ids of everything the cases speak of, in the order of the demo's lists.
#[derive(Clone, Debug)]
pub struct Unit {
    pub agents: Vec<Somebody>,
    pub requesters: Vec<Somebody>,
    pub vendors: Vec<Somebody>,
    pub organisations: Vec<Uuid>,
    pub teams: Vec<Uuid>,
    /// The unit's own mailbox.
    pub mailbox: Mailbox,
    /// One for each team.
    pub team_mailboxes: Vec<Mailbox>,
    services: HashMap<String, Uuid>,
}

/// A person with the address they write from.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub id: Uuid,
    pub organisation: usize,
    pub address: Address,
}

impl Unit {
    /// A service or one of its modules.
    pub fn service(&self, name: &str, module: Option<&str>) -> Option<Uuid> {
        let of_module = module.and_then(|m| self.services.get(&path(name, m)));
        of_module.or_else(|| self.services.get(name)).copied()
    }
}

/// Who brings in what was there before the demo began.
pub(super) fn importer() -> Actor {
    Actor::System(Rule::Import { on_behalf_of: None })
}

/// Makes what is missing of the unit; settings are dated `founded`.
pub async fn build(db: &Db, people: &People, founded: Instant) -> anyhow::Result<Unit> {
    first_start::prepare(db, UNIT_ADDRESS).await?;
    let maker = Maker { db, founded };
    let organisations = maker.organisations().await?;
    let persons = accounts::build(&maker, people, &organisations).await?;
    let find = |list: &[Person]| -> anyhow::Result<Vec<Somebody>> {
        list.iter()
            .map(|person| {
                let id = persons.get(&person.address).copied();
                Ok(Somebody {
                    id: id.ok_or(DeskError::Hidden)?,
                    organisation: person.organisation,
                    address: Address {
                        name: Some(person.name()),
                        address: person.address.clone(),
                    },
                })
            })
            .collect()
    };
    let agents = find(&people.agents)?;
    let teams = maker.teams(people, &agents).await?;
    let limits = limits::build(&maker).await?;
    let services = maker.services(&teams, &limits).await?;
    let (mailbox, team_mailboxes) = maker.mailboxes(&teams).await?;
    let unit = Unit {
        requesters: find(&people.requesters)?,
        vendors: find(&people.vendors)?,
        agents,
        organisations,
        teams,
        mailbox,
        team_mailboxes,
        services,
    };
    maker.fields(&unit).await?;
    partners::build(&maker, &unit, entities::clock::day(founded)).await?;
    super::views::build(db, &unit).await?;
    Ok(unit)
}

pub(super) struct Maker<'a> {
    pub db: &'a Db,
    founded: Instant,
}

impl Maker<'_> {
    /// The right to do something to the settings, on the day the unit was founded.
    pub fn permit<C: ledger::Command<On = Desk>>(&self) -> Result<Permit<C>, DeskError> {
        Permit::ask(&importer(), Desk)?.dated(self.founded)
    }

    /// Makes these; the first that is refused is the error.
    pub(super) async fn create<S>(&self, all: Vec<S::Facts>) -> Result<Vec<S>, DeskError>
    where
        S: Setting + ledger::Subject,
    {
        let pairs = all
            .into_iter()
            .map(|facts| {
                let command = entities::setting::Create { facts, once: None };
                Ok((self.permit()?, command))
            })
            .collect::<Result<Vec<_>, DeskError>>()?;
        let made = self.db.change_many(pairs).await?;
        made.into_iter().map(|one| Ok(one?.subject)).collect()
    }

    async fn organisations(&self) -> anyhow::Result<Vec<Uuid>> {
        let mut known = by_name(organisation::choices(self.db).await?);
        let facts = |place: usize, parent_id| {
            let one = ORGANISATIONS[place];
            OrganisationFacts {
                name: one.name.to_owned(),
                short_name: Some(one.short_name.to_owned()),
                kind: match one.kind {
                    OrganisationKind::OwnUnit => Kind::OwnUnit,
                    OrganisationKind::DistrictOffice => Kind::DistrictOffice,
                    OrganisationKind::Provider => Kind::Provider,
                    OrganisationKind::Vendor => Kind::Vendor,
                    OrganisationKind::DataCentre => Kind::DataCentre,
                },
                parent_id,
                domain: Some(one.domain.to_owned()),
                postal_address: Some(format!("Amtsplatz {}\n10115 Berlin", place + 1)),
            }
        };
        // Providers stand below a district office, so those come first.
        for providers in [false, true] {
            let missing = (0..ORGANISATIONS.len())
                .filter(|place| PROVIDERS.contains(place) == providers)
                .filter(|place| !known.contains_key(ORGANISATIONS[*place].name));
            let all = missing
                .map(|place| {
                    let office = ORGANISATIONS[district_of(place)].name;
                    let parent = known.get(office).copied().filter(|_| providers);
                    facts(place, parent)
                })
                .collect();
            for made in self.create::<organisation::Organisation>(all).await? {
                known.insert(made.name, made.id);
            }
        }
        let ids = ORGANISATIONS
            .iter()
            .map(|one| known.get(one.name).copied().ok_or(DeskError::Hidden));
        Ok(ids.collect::<Result<_, _>>()?)
    }

    async fn teams(&self, people: &People, agents: &[Somebody]) -> anyhow::Result<Vec<Uuid>> {
        let mut known = by_name(team::choices(self.db).await?);
        let facts = |place: usize| TeamFacts {
            name: TEAMS[place].name.to_owned(),
            member_ids: people
                .agents
                .iter()
                .zip(agents)
                .filter(|(agent, _)| agent.teams.contains(&place))
                .map(|(_, agent)| agent.id)
                .collect(),
        };
        let missing = (0..TEAMS.len()).filter(|place| !known.contains_key(TEAMS[*place].name));
        for made in self
            .create::<team::Team>(missing.map(facts).collect())
            .await?
        {
            known.insert(made.row.name, made.row.id);
        }
        let ids = TEAMS
            .iter()
            .map(|one| known.get(one.name).copied().ok_or(DeskError::Hidden));
        Ok(ids.collect::<Result<_, _>>()?)
    }

    async fn services(
        &self,
        teams: &[Uuid],
        limits: &HashMap<String, Uuid>,
    ) -> anyhow::Result<HashMap<String, Uuid>> {
        let mut known = by_name(service::choices(self.db).await?);
        let missing = SERVICES.iter().filter(|one| !known.contains_key(one.name));
        let facts = missing.map(|one| ServiceFacts {
            name: one.name.to_owned(),
            parent_id: None,
            team_id: Some(teams[one.team]),
            time_limit_id: limits::of_team(one.team, limits),
        });
        for made in self.create::<service::Service>(facts.collect()).await? {
            known.insert(made.name, made.id);
        }
        let mut modules = Vec::new();
        let mut paths = Vec::new();
        for one in &SERVICES {
            for module in one.modules {
                let full = path(one.name, module);
                if !known.contains_key(&full) {
                    modules.push(ServiceFacts {
                        name: (*module).to_owned(),
                        parent_id: known.get(one.name).copied(),
                        team_id: None,
                        time_limit_id: None,
                    });
                    paths.push(full);
                }
            }
        }
        let made = self.create::<service::Service>(modules).await?;
        known.extend(paths.into_iter().zip(made.into_iter().map(|one| one.id)));
        Ok(known)
    }

    async fn fields(&self, unit: &Unit) -> anyhow::Result<()> {
        let known = entities::field::read::definitions(self.db).await?;
        let missing = super::field_definitions::definitions(unit)
            .into_iter()
            .filter(|facts| known.iter().all(|f| f.row.key != facts.key));
        self.create::<Field>(missing.collect()).await?;
        Ok(())
    }

    async fn mailboxes(&self, teams: &[Uuid]) -> anyhow::Result<(Mailbox, Vec<Mailbox>)> {
        let mut known: HashMap<String, Mailbox> = mailbox::list(self.db, &importer(), Show::Active)
            .await?
            .into_iter()
            .map(|row| (row.mailbox.name.clone(), row.mailbox))
            .collect();
        let missing = TEAMS
            .iter()
            .zip(teams)
            .filter(|(team, _)| !known.contains_key(team.name));
        let facts = missing.map(|(team, id)| MailboxFacts {
            team_id: Some(*id),
            ..MailboxFacts::new(team.name, team.address, UNIT_NAME)
        });
        for made in self.create::<Mailbox>(facts.collect()).await? {
            known.insert(made.name.clone(), made);
        }
        let first = known.remove(first_start::DEFAULT_MAILBOX);
        let mut first = first.ok_or(DeskError::Hidden)?;
        if first.address != UNIT_ADDRESS || first.display_name != UNIT_NAME {
            let facts = MailboxFacts {
                address: UNIT_ADDRESS.to_owned(),
                display_name: UNIT_NAME.to_owned(),
                ..first.facts()
            };
            let update = mailbox::Update {
                id: first.id,
                facts,
            };
            first = self.db.change(self.permit()?, update).await?.subject;
        }
        let of_teams = TEAMS
            .iter()
            .map(|team| known.remove(team.name).ok_or(DeskError::Hidden));
        Ok((first, of_teams.collect::<Result<_, _>>()?))
    }
}

/// The district office an organisation counts for.
pub(super) fn district_of(organisation: usize) -> usize {
    if DISTRICTS.contains(&organisation) {
        organisation
    } else {
        DISTRICTS.start + organisation % DISTRICTS.len()
    }
}

/// How the model names a module among all services.
fn path(service: &str, module: &str) -> String {
    format!("{service} › {module}")
}

pub(super) fn by_name(choices: Vec<entities::setting::Choice>) -> HashMap<String, Uuid> {
    choices.into_iter().map(|one| (one.name, one.id)).collect()
}
