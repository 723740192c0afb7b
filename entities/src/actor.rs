//! Who acts: a signed-in person with their grants, or the system under a named rule.

use std::sync::Arc;

use uuid::Uuid;

use crate::policy::{Grant, Permission, Scope};

/// Whoever reads or changes something. There is no path to the data without one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A signed-in person.
    Person(Arc<PersonActor>),
    /// The system, under a rule the history names.
    System(Rule),
}

/// What the policy needs to know of a signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PersonActor {
    pub id: Uuid,
    pub name: String,
    pub grants: Vec<Grant>,
    /// Roles in use that the person has; fields know them.
    pub roles: Vec<Uuid>,
    /// Teams the person is a member of.
    pub teams: Vec<Uuid>,
    /// Organisations the person belongs to today.
    pub organisations: Vec<Uuid>,
    /// Whom the person stands in for today. It gives no right.
    pub stands_in_for: Vec<Uuid>,
}

/// The rule under which the system acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Mail taken in from a mailbox.
    MailIntake,
    /// Mail handed to an SMTP server, and its fate.
    MailDelivery,
    /// The automatic receipt of a new ticket.
    Receipt,
    /// The automatic note that a ticket was closed.
    ClosingNote,
    /// A reminder or waiting date that has come.
    Reminder,
    /// A deadline that is near or has passed.
    Deadline,
    /// Closing what has been solved for long enough.
    AutoClose,
    /// Bringing in cases from elsewhere, in the name of a person.
    Import { on_behalf_of: Option<Uuid> },
    /// Bringing in what was told of a deadline elsewhere, and nothing else.
    ImportedDeadline,
    /// Opening the tickets of tasks by date.
    Recurring,
    /// Taking in from a calendar on which days somebody is away.
    AbsenceFeed,
    /// The nightly comparison of what was seen with what became of it.
    Reconciliation,
    /// Somebody whom an identity provider vouches for.
    SignOn,
    /// What people do for their own account before they are signed in: a forgotten password, an invitation.
    OwnAccount,
    /// Taking down what readers outside of the desk say of articles.
    Site,
    /// First start and the command line of the machine's owner.
    Console,
}

impl Rule {
    /// The name stored in the history.
    pub fn name(self) -> &'static str {
        match self {
            Rule::MailIntake => "mail_intake",
            Rule::MailDelivery => "mail_delivery",
            Rule::Receipt => "receipt",
            Rule::ClosingNote => "closing_note",
            Rule::Reminder => "reminder",
            Rule::Deadline => "deadline",
            Rule::AutoClose => "auto_close",
            Rule::Import { .. } => "import",
            Rule::ImportedDeadline => "imported_deadline",
            Rule::Recurring => "recurring",
            Rule::AbsenceFeed => "absence_feed",
            Rule::Reconciliation => "reconciliation",
            Rule::SignOn => "sign_on",
            Rule::OwnAccount => "own_account",
            Rule::Site => "site",
            Rule::Console => "console",
        }
    }

    /// What each rule may do, as rows of the same policy that persons have.
    pub fn grants(self) -> Vec<Grant> {
        use Permission::*;
        let allowed: &[Permission] = match self {
            Rule::MailIntake => &[
                ReadTickets,
                ReceiveMail,
                LinkTickets,
                ManagePeople,
                ManageOrganisations,
            ],
            Rule::MailDelivery => &[ReadTickets, DeliverMail],
            Rule::Receipt | Rule::ClosingNote => &[ReadTickets, DeliverMail],
            Rule::Reminder | Rule::Deadline | Rule::ImportedDeadline => &[ReadTickets, Remind],
            Rule::AutoClose => &[ReadTickets, CloseTickets],
            Rule::Recurring => &[ReadTickets, CreateTickets],
            Rule::AbsenceFeed => &[EnterAbsences],
            Rule::Reconciliation => &[ReadTickets, CreateTickets, SettleMail],
            Rule::SignOn => &[ManagePeople, ManageRoles, ManageTeams],
            Rule::OwnAccount => &[ManageRoles],
            Rule::Site => &[ReadArticles],
            Rule::Import { .. } | Rule::Console => Permission::ALL,
        };
        allowed
            .iter()
            .map(|&permission| Grant::everywhere(permission))
            .collect()
    }

    /// Whether it brings in what happened elsewhere, and so may say when.
    pub fn brings_in(self) -> bool {
        matches!(self, Rule::Import { .. } | Rule::ImportedDeadline)
    }
}

impl Actor {
    /// The person who acts, or in whose name an import acts.
    pub fn person_id(&self) -> Option<Uuid> {
        match self {
            Actor::Person(p) => Some(p.id),
            Actor::System(Rule::Import { on_behalf_of }) => *on_behalf_of,
            Actor::System(_) => None,
        }
    }

    /// The rule that acts, when it is the system.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Actor::Person(_) => None,
            Actor::System(rule) => Some(*rule),
        }
    }

    /// All scopes under which this actor holds a permission.
    pub fn scopes(&self, permission: Permission) -> Vec<Scope> {
        let of = |grants: &[Grant]| {
            grants
                .iter()
                .filter(|g| g.permission == permission)
                .map(|g| g.scope.clone())
                .collect()
        };
        match self {
            Actor::Person(p) => of(&p.grants),
            Actor::System(rule) => of(&rule.grants()),
        }
    }

    /// Teams this actor is a member of; the system belongs to none.
    pub fn teams(&self) -> &[Uuid] {
        match self {
            Actor::Person(p) => &p.teams,
            Actor::System(_) => &[],
        }
    }

    /// Organisations this actor belongs to; the system belongs to none.
    pub fn organisations(&self) -> &[Uuid] {
        match self {
            Actor::Person(p) => &p.organisations,
            Actor::System(_) => &[],
        }
    }

    /// Whether the actor stands in for somebody today.
    pub(crate) fn stands_in(&self) -> bool {
        matches!(self, Actor::Person(p) if !p.stands_in_for.is_empty())
    }

    /// The owner of a ticket, when the actor stands in for them today.
    pub(crate) fn on_behalf_of(&self, owner: Option<Uuid>) -> Option<Uuid> {
        match self {
            Actor::Person(p) => owner.filter(|id| p.stands_in_for.contains(id)),
            Actor::System(Rule::Import { on_behalf_of }) => *on_behalf_of,
            Actor::System(_) => None,
        }
    }

    /// The fields by whose values its scopes know tickets.
    pub(crate) fn scope_fields(&self) -> Vec<Uuid> {
        let grants = match self {
            Actor::Person(p) => p.grants.as_slice(),
            Actor::System(_) => &[],
        };
        let field = |grant: &Grant| match &grant.scope {
            Scope::FieldValues { field, .. } => Some(*field),
            _ => None,
        };
        grants.iter().filter_map(field).collect()
    }

    /// A person whose rights are those of the portal alone: for them the desk is not there.
    pub fn is_guest(&self) -> bool {
        let Actor::Person(person) = self else {
            return false;
        };
        let grants = &person.grants;
        !grants.is_empty() && grants.iter().all(Grant::is_of_portal)
    }

    /// Holds the permission somewhere, in whatever scope.
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        !self.scopes(permission).is_empty()
    }
}
