//! Tickets as a test speaks of them: `desk.ticket("Zahllauf bricht ab").from(&sabine).in_team(youth).await`.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use entities::field::{self, Field, FieldFacts, Value};
use entities::permit::Desk;
use entities::ticket::assign::Assignee;
use entities::ticket::classify::Place;
use entities::ticket::message::{Address, Addresses, NewMessage};
use entities::ticket::open::AfterOpen;
use entities::ticket::{
    Assign, Audience, Channel, Direction, Kind, Open, Priority, Reply, SetFields, Then, Ticket,
};
use entities::{Actor, Permit, Rule, Uuid, ticket};

use super::{Persona, TestDesk};

/// A ticket about to be opened by phone; `.await` opens it.
pub struct TicketBuilder<'a> {
    desk: &'a TestDesk,
    title: String,
    text: String,
    requester: Option<Uuid>,
    place: Place,
    organisation: Option<Uuid>,
    district: Option<Uuid>,
    mailbox: Option<Uuid>,
    priority: Priority,
    owner: Option<Uuid>,
}

impl TestDesk {
    /// A ticket somebody called about.
    pub fn ticket(&self, title: &str) -> TicketBuilder<'_> {
        TicketBuilder {
            desk: self,
            title: title.to_owned(),
            text: format!("{title}."),
            requester: None,
            place: Place::default(),
            organisation: None,
            district: None,
            mailbox: None,
            priority: Priority::Normal,
            owner: None,
        }
    }

    /// The ticket as it stands in the database.
    pub async fn read(&self, id: Uuid) -> Ticket {
        let console = Actor::System(Rule::Console);
        ticket::show::by_id(&self.db, &console, id).await.unwrap()
    }
}

/// A reply by mail that leaves the ticket open and can be taken back for ten seconds.
pub fn reply(to: &str, body: &str) -> Reply {
    let message_id = entities::new_id();
    Reply {
        message_id,
        mail_id: format!("{}@desk.example", message_id.simple()),
        in_reply_to: None,
        mail_references: vec![],
        mailbox_id: None,
        addresses: Addresses {
            to: vec![Address {
                name: None,
                address: to.to_owned(),
            }],
            ..Addresses::default()
        },
        subject: "Re: Zahllauf".to_owned(),
        body: body.to_owned(),
        files: vec![],
        audience: Audience::Requester,
        told_of: None,
        then: Then::Open,
        undo_seconds: 10,
        once: None,
    }
}

impl TicketBuilder<'_> {
    /// Who asks.
    #[must_use]
    pub fn from(mut self, requester: &Persona) -> Self {
        self.requester = Some(requester.id);
        self
    }

    /// The first message.
    #[must_use]
    pub fn saying(mut self, text: &str) -> Self {
        self.text = text.to_owned();
        self
    }

    #[must_use]
    pub fn in_team(mut self, team: Uuid) -> Self {
        self.place.team_id = Some(team);
        self
    }

    #[must_use]
    pub fn about(mut self, service: Uuid) -> Self {
        self.place.service_id = Some(service);
        self
    }

    #[must_use]
    pub fn of_organisation(mut self, organisation: Uuid) -> Self {
        self.organisation = Some(organisation);
        self
    }

    #[must_use]
    pub fn of_district(mut self, district: Uuid) -> Self {
        self.district = Some(district);
        self
    }

    #[must_use]
    pub fn answered_from(mut self, mailbox: Uuid) -> Self {
        self.mailbox = Some(mailbox);
        self
    }

    #[must_use]
    pub fn urgent(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Who works on it.
    #[must_use]
    pub fn owned_by(mut self, agent: &Persona) -> Self {
        self.owner = Some(agent.id);
        self
    }

    async fn open(self) -> Ticket {
        let console = Actor::System(Rule::Console);
        let first = NewMessage {
            author_id: self.requester,
            ..NewMessage::text(
                Audience::Requester,
                Direction::In,
                Channel::Phone,
                self.text,
            )
        };
        let open = Open {
            title: self.title,
            kind: Kind::Incident,
            priority: self.priority,
            place: self.place,
            requester_id: self.requester,
            organisation_id: self.organisation,
            district_id: self.district,
            mailbox_id: self.mailbox,
            fields: entities::field::change::Sets::default(),
            first,
            then: AfterOpen::HandToTeam,
            once: None,
        };
        let db = &self.desk.db;
        let permit = Permit::ask(&console, Desk).unwrap();
        let ticket = db.change(permit, open).await.unwrap().subject;
        let Some(id) = self.owner else { return ticket };
        let assign = Assign {
            to: Assignee::Person { id },
        };
        let permit = Permit::ask(&console, ticket).unwrap();
        db.change(permit, assign).await.unwrap().subject
    }
}

impl<'a> IntoFuture for TicketBuilder<'a> {
    type Output = Ticket;
    type IntoFuture = Pin<Box<dyn Future<Output = Ticket> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}

impl TestDesk {
    /// A dynamic field.
    pub async fn field(&self, facts: FieldFacts) -> Field {
        self.console(field::Create { facts, once: None }).await
    }

    /// Sets values of a ticket as somebody.
    ///
    /// # Errors
    /// What the model says.
    pub async fn set(
        &self,
        actor: &Actor,
        ticket: Uuid,
        values: Vec<(Uuid, Option<Value>)>,
    ) -> entities::Result<Ticket> {
        let ticket = ticket::show::by_id(&self.db, actor, ticket).await?;
        let sets = field::change::prepare(&self.db, actor, Some(ticket.id), values).await?;
        let permit = Permit::ask(actor, ticket)?;
        Ok(self.db.change(permit, SetFields { sets }).await?.subject)
    }
}
