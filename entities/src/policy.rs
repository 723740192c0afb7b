//! Who may do what: permissions, scopes, and the one place that compares them.

use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Everything that can be permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    ReadTickets,
    CreateTickets,
    Reply,
    Note,
    Assign,
    Classify,
    SetPriority,
    SetState,
    CloseTickets,
    /// Tying tickets together, and refusing what the intake suggests.
    LinkTickets,
    /// Merging tickets, and moving a message to another one.
    MergeTickets,
    /// Keeping an eye on tickets; whoever reads may.
    Watch,
    /// Taking lists of tickets out of the desk as files.
    ExportTickets,
    /// Taking in mail, for the system's intake only.
    ReceiveMail,
    /// Recording what became of a mail, for the system's sender only.
    DeliverMail,
    /// Reopening what a reminder calls back and telling of deadlines, for the system only.
    Remind,
    /// Seeing failed mail and deciding what becomes of it.
    SettleMail,
    /// Saving views for a team, or everywhere for all; one's own need no role.
    ShareViews,
    ManagePeople,
    ManageOrganisations,
    ManageTeams,
    ManageServices,
    /// Defining dynamic fields.
    ManageFields,
    ManageMailboxes,
    ManageRoles,
}

impl Permission {
    /// Every permission, in the order of the settings pages.
    pub const ALL: &'static [Permission] = &[
        Permission::ReadTickets,
        Permission::CreateTickets,
        Permission::Reply,
        Permission::Note,
        Permission::Assign,
        Permission::Classify,
        Permission::SetPriority,
        Permission::SetState,
        Permission::CloseTickets,
        Permission::LinkTickets,
        Permission::MergeTickets,
        Permission::Watch,
        Permission::ExportTickets,
        Permission::ReceiveMail,
        Permission::DeliverMail,
        Permission::Remind,
        Permission::SettleMail,
        Permission::ShareViews,
        Permission::ManagePeople,
        Permission::ManageOrganisations,
        Permission::ManageTeams,
        Permission::ManageServices,
        Permission::ManageFields,
        Permission::ManageMailboxes,
        Permission::ManageRoles,
    ];

    /// What no role of a person ever holds: acts of the system alone.
    pub const SYSTEM_ONLY: &'static [Permission] = &[
        Permission::ReceiveMail,
        Permission::DeliverMail,
        Permission::Remind,
    ];

    /// The stored name, the same in the database and in the history.
    pub fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            _ => String::new(),
        }
    }

    /// Reads a stored name; an unknown one is none.
    pub fn from_name(name: &str) -> Option<Permission> {
        Permission::ALL.iter().copied().find(|p| p.name() == name)
    }
}

/// How far a permission reaches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every subject.
    Everything,
    /// Tickets of the actor's teams, of no team, and those the actor owns.
    OwnTeams,
    /// Tickets of the named teams, and those the actor owns.
    Teams(Vec<Uuid>),
}

impl Scope {
    /// The stored name and ids.
    pub fn to_row(&self) -> (String, Vec<Uuid>) {
        match self {
            Scope::Everything => ("everything".into(), vec![]),
            Scope::OwnTeams => ("own_teams".into(), vec![]),
            Scope::Teams(ids) => ("teams".into(), ids.clone()),
        }
    }

    /// Reads what `to_row` wrote; an unknown scope reaches nothing.
    pub fn from_row(name: &str, ids: Vec<Uuid>) -> Scope {
        match name {
            "everything" => Scope::Everything,
            "own_teams" => Scope::OwnTeams,
            _ => Scope::Teams(ids),
        }
    }
}

/// One permission in one scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    pub permission: Permission,
    pub scope: Scope,
}

/// Where a subject stands, as far as scopes can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A setting of the whole desk: only `Everything` reaches it.
    Desk,
    /// Whatever the scopes reach, decided row by row in SQL.
    Reach,
    /// A person's account: `Everything` reaches it, and the person themself needs no role for their own.
    Account { person_id: Uuid },
    /// What is a person's alone, such as a private view: no role reaches another's.
    Own { person_id: Uuid },
    /// What a team has in common, such as its views.
    Team { team_id: Uuid },
    /// A ticket with its team and owner.
    Ticket {
        team_id: Option<Uuid>,
        owner_id: Option<Uuid>,
    },
}

/// Whether the actor holds the permission at that place.
pub fn allows(actor: &Actor, permission: Permission, place: Place) -> bool {
    if let (Actor::Person(person), Place::Account { person_id }) = (actor, place)
        && person.id == person_id
    {
        return true;
    }
    if let Place::Own { person_id } = place {
        return actor.person_id() == Some(person_id);
    }
    actor
        .scopes(permission)
        .iter()
        .any(|scope| reaches(scope, actor, place))
}

/// `allows` as a result: 403 for what is seen but not permitted.
pub fn require(actor: &Actor, permission: Permission, place: Place) -> Result<()> {
    if allows(actor, permission, place) {
        Ok(())
    } else {
        Err(DeskError::Forbidden)
    }
}

fn reaches(scope: &Scope, actor: &Actor, place: Place) -> bool {
    let (team_id, owner_id) = match place {
        Place::Ticket { team_id, owner_id } => (team_id, owner_id),
        Place::Team { team_id } => (Some(team_id), None),
        Place::Reach => return true,
        Place::Desk | Place::Account { .. } | Place::Own { .. } => {
            return *scope == Scope::Everything;
        }
    };
    let own = owner_id.is_some() && owner_id == actor.person_id();
    match scope {
        Scope::Everything => true,
        Scope::OwnTeams => own || team_id.is_none_or(|team| actor.teams().contains(&team)),
        Scope::Teams(ids) => own || team_id.is_some_and(|team| ids.contains(&team)),
    }
}

/// The same decision for many rows at once, as SQL over the columns `team_id` and `owner_id` of `ticket`.
pub fn tickets_where(actor: &Actor, permission: Permission) -> Condition {
    let mut any = Condition::any();
    let col = |name: &'static str| Expr::col(("ticket", name));
    for scope in actor.scopes(permission) {
        match scope {
            Scope::Everything => return Condition::all(),
            Scope::OwnTeams => {
                any = any
                    .add(col("team_id").is_null())
                    .add(col("team_id").is_in(actor.teams().iter().copied()));
            }
            Scope::Teams(ids) => any = any.add(col("team_id").is_in(ids)),
        }
        if let Some(me) = actor.person_id() {
            any = any.add(col("owner_id").eq(me));
        }
    }
    if any.is_empty() {
        Condition::all().add(Expr::val(1).eq(2))
    } else {
        any
    }
}
