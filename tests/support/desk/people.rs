//! People as a test speaks of them: `desk.agent("Annika Brandt").in_team(&youth).await`.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use entities::first_start::{
    ADMINISTRATOR, AGENT, DEFAULT_MAILBOX, KNOWLEDGE_AUTHOR, KNOWLEDGE_REVIEWER, LEAD, VENDOR,
    VENDOR_COORDINATOR,
};
use entities::ledger::Command;
use entities::mailbox::{Mailbox, MailboxFacts};
use entities::organisation::{Organisation, OrganisationFacts, OrganisationKind};
use entities::permit;
use entities::person::{self, PersonFacts, SetPassword, SetRoles};
use entities::policy::{Grant, Scope};
use entities::role::{self, Role, RoleFacts};
use entities::service::{Service, ServiceFacts};
use entities::setting::{Create, Setting, Update};
use entities::synonym::{SynonymFacts, Synonyms};
use entities::team::{self, Team, TeamFacts};
use entities::{Actor, Permission, Permit, Rule, Uuid, mailbox, session};
use lotse::desk::Desk;

use super::TestDesk;
use super::client::Client;

const CONSOLE: Actor = Actor::System(Rule::Console);

/// Somebody the desk knows.
#[derive(Clone, Debug)]
pub struct Persona {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    desk: Desk,
    base: String,
}

impl Persona {
    /// A browser in which this person has signed in.
    pub async fn sign_in(&self) -> Client {
        let client = Client::new(self.desk.clone(), self.base.clone());
        let started = session::start(&self.desk.db, self.id, "test", "127.0.0.1").await;
        client.set_session(&started.unwrap().token);
        client
    }

    /// The person as the model sees them now.
    pub async fn actor(&self) -> Actor {
        session::actor_of(&self.desk.db, self.id).await.unwrap()
    }
}

/// A person about to be made; `.await` makes them.
pub struct PersonaBuilder<'a> {
    desk: &'a TestDesk,
    name: String,
    email: Option<String>,
    teams: Vec<Uuid>,
    organisation: Option<Uuid>,
    password: Option<String>,
    rights: Rights,
}

enum Rights {
    Nothing,
    Administrator,
    Agent,
    Lead,
    Vendor,
    Coordinator,
    Author,
    Reviewer,
    Own(Vec<Grant>),
}

impl TestDesk {
    /// An administrator, who may everything a person may.
    pub fn administrator(&self) -> PersonaBuilder<'_> {
        self.person("Petra Adler", Rights::Administrator)
    }

    /// An agent with the shipped role.
    pub fn agent(&self, name: &str) -> PersonaBuilder<'_> {
        self.person(name, Rights::Agent)
    }

    /// Somebody who leads their teams, with the shipped role.
    pub fn lead(&self, name: &str) -> PersonaBuilder<'_> {
        self.person(name, Rights::Lead)
    }

    /// Somebody of a vendor with the shipped role: `desk.vendor_user("Jonas Ehlers").of(nordlicht)`.
    pub fn vendor_user(&self, name: &str) -> PersonaBuilder<'_> {
        self.person(name, Rights::Vendor)
    }

    /// Somebody who lets others of their vendor in and out, with the shipped role.
    pub fn coordinator(&self, name: &str) -> PersonaBuilder<'_> {
        self.person(name, Rights::Coordinator)
    }

    /// Somebody who writes articles, with the shipped role.
    pub fn author(&self, name: &str) -> PersonaBuilder<'_> {
        self.person(name, Rights::Author)
    }

    /// Somebody who looks through articles and publishes them, with the shipped role.
    pub fn reviewer(&self, name: &str) -> PersonaBuilder<'_> {
        self.person(name, Rights::Reviewer)
    }

    /// Somebody who writes to the desk, without any right.
    pub fn requester(&self, name: &str) -> PersonaBuilder<'_> {
        self.person(name, Rights::Nothing)
    }

    /// Somebody with exactly these rights.
    pub fn person_with(&self, name: &str, grants: &[(Permission, Scope)]) -> PersonaBuilder<'_> {
        let grants = grants.iter().map(|(permission, scope)| Grant {
            permission: *permission,
            scope: scope.clone(),
        });
        self.person(name, Rights::Own(grants.collect()))
    }

    fn person(&self, name: &str, rights: Rights) -> PersonaBuilder<'_> {
        PersonaBuilder {
            desk: self,
            name: name.to_owned(),
            email: None,
            teams: Vec::new(),
            organisation: None,
            password: None,
            rights,
        }
    }

    /// Changes something as the owner of the machine does.
    pub async fn console<C: Command<On = permit::Desk>>(&self, command: C) -> C::Target {
        let permit = Permit::ask(&CONSOLE, permit::Desk).unwrap();
        self.db.change(permit, command).await.unwrap().subject
    }

    pub async fn create<S: Setting>(&self, facts: S::Facts) -> Uuid {
        self.console(Create::<S> { facts, once: None }).await.id()
    }

    /// Words that mean the same, one a line.
    pub async fn synonyms(&self, words: &str) -> Uuid {
        let facts = SynonymFacts {
            words: words.to_owned(),
        };
        self.create::<Synonyms>(facts).await
    }

    /// A team.
    pub async fn team(&self, name: &str) -> Uuid {
        let facts = TeamFacts {
            name: name.to_owned(),
            member_ids: vec![],
        };
        self.create::<Team>(facts).await
    }

    /// A service, for which a team is responsible.
    pub async fn service(&self, name: &str, team: Uuid) -> Uuid {
        self.create_service(name, None, Some(team)).await
    }

    /// A module of a service, with the service's team.
    pub async fn module(&self, name: &str, service: Uuid) -> Uuid {
        self.create_service(name, Some(service), None).await
    }

    async fn create_service(&self, name: &str, above: Option<Uuid>, team: Option<Uuid>) -> Uuid {
        let facts = ServiceFacts {
            name: name.to_owned(),
            parent_id: above,
            team_id: team,
            time_limit_id: None,
        };
        self.create::<Service>(facts).await
    }

    /// A district office whose mail domain is made of its short name: `pa.example`.
    pub async fn district(&self, name: &str, short_name: &str) -> Uuid {
        let facts = OrganisationFacts {
            name: name.to_owned(),
            short_name: Some(short_name.to_owned()),
            kind: OrganisationKind::DistrictOffice,
            parent_id: None,
            domain: Some(format!("{}.example", short_name.to_lowercase())),
            postal_address: None,
        };
        self.create::<Organisation>(facts).await
    }

    /// A vendor whose people write from that domain.
    pub async fn vendor(&self, name: &str, domain: &str) -> Uuid {
        let facts = OrganisationFacts {
            name: name.to_owned(),
            short_name: None,
            kind: OrganisationKind::Vendor,
            parent_id: None,
            domain: Some(domain.to_owned()),
            postal_address: None,
        };
        self.create::<Organisation>(facts).await
    }

    /// A mailbox without IMAP whose tickets go to a team.
    pub async fn mailbox(&self, name: &str, team: Option<Uuid>) -> Uuid {
        let facts = MailboxFacts {
            team_id: team,
            ..MailboxFacts::new(name, &format!("{name}@desk.example"), "Servicedesk")
        };
        self.create::<Mailbox>(facts).await
    }

    /// The mailbox every desk begins with.
    pub async fn first_mailbox(&self) -> Mailbox {
        let known = mailbox::choices(&self.db).await.unwrap();
        let id = known.iter().find(|known| known.name == DEFAULT_MAILBOX);
        mailbox::find(&self.db, &CONSOLE, id.unwrap().id)
            .await
            .unwrap()
    }
}

impl PersonaBuilder<'_> {
    /// Makes them a member of a team.
    #[must_use]
    pub fn in_team(mut self, team: Uuid) -> Self {
        self.teams.push(team);
        self
    }

    /// Makes them belong to an organisation.
    #[must_use]
    pub fn of(mut self, organisation: Uuid) -> Self {
        self.organisation = Some(organisation);
        self
    }

    /// Gives them another address than the one made of their name.
    #[must_use]
    pub fn writing_from(mut self, email: &str) -> Self {
        self.email = Some(email.to_owned());
        self
    }

    /// Gives them a password to sign in with.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Self {
        self.password = Some(password.to_owned());
        self
    }

    async fn make(self) -> Persona {
        let email = self.email.unwrap_or_else(|| {
            let name = entities::text::fold(&self.name).replace(' ', ".");
            format!("{name}@desk.example")
        });
        let desk = self.desk;
        let facts = PersonFacts {
            name: self.name.clone(),
            email: Some(email.clone()),
            ..PersonFacts::default()
        };
        let organisation_ids = self.organisation.into_iter().collect();
        let create = person::Create {
            facts,
            organisation_ids,
            once: None,
        };
        let id = desk.console(create).await.row.id;
        for team in self.teams {
            join(desk, team, id).await;
        }
        let roles: Vec<Uuid> = match self.rights {
            Rights::Nothing => vec![],
            Rights::Administrator => vec![shipped(desk, ADMINISTRATOR).await],
            Rights::Agent => vec![shipped(desk, AGENT).await],
            Rights::Lead => vec![shipped(desk, LEAD).await],
            Rights::Vendor => vec![shipped(desk, VENDOR).await],
            Rights::Coordinator => vec![shipped(desk, VENDOR_COORDINATOR).await],
            Rights::Author => vec![shipped(desk, KNOWLEDGE_AUTHOR).await],
            Rights::Reviewer => vec![shipped(desk, KNOWLEDGE_REVIEWER).await],
            Rights::Own(grants) => {
                let facts = RoleFacts {
                    name: format!("Rolle von {}", self.name),
                    shipped_as: None,
                    grants,
                };
                vec![desk.create::<Role>(facts).await]
            }
        };
        if !roles.is_empty() {
            let role_ids = roles;
            desk.console(SetRoles { id, role_ids }).await;
        }
        if let Some(password) = self.password {
            let hash = person::password::hash(&password).await.unwrap();
            desk.console(SetPassword { id, hash }).await;
        }
        Persona {
            id,
            name: self.name,
            email,
            desk: (*self.desk).clone(),
            base: self.desk.base(),
        }
    }
}

impl<'a> IntoFuture for PersonaBuilder<'a> {
    type Output = Persona;
    type IntoFuture = Pin<Box<dyn Future<Output = Persona> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.make())
    }
}

async fn join(desk: &TestDesk, team: Uuid, person: Uuid) {
    let mut facts = team::find(&desk.db, &CONSOLE, team).await.unwrap().facts();
    facts.member_ids.push(person);
    desk.console(Update::<Team> { id: team, facts }).await;
}

async fn shipped(desk: &TestDesk, mark: &str) -> Uuid {
    role::shipped(&desk.db, mark).await.unwrap().unwrap().id
}
