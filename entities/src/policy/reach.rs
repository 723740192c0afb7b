//! Whether a scope reaches a place, for one subject and for many rows at once, and whether scopes cover another.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use uuid::Uuid;

use super::{Grant, Permission, Scope};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Where a subject stands, as far as scopes can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A setting of the whole desk: only `Everything` reaches it.
    Desk,
    /// Whatever the scopes reach, decided row by row in SQL.
    Reach,
    /// A person's account: `Everything` reaches it, and the person themself needs no role for their own.
    Account { person_id: Uuid },
    /// What is a person's alone, such as a private view: no role reaches another's.
    Own { person_id: Uuid },
    /// What a colleague may say of a person, such as that they are away; the person themself needs no role.
    Colleague {
        person_id: Uuid,
        team_ids: Vec<Uuid>,
    },
    /// What a team has in common, such as its views.
    Team { team_id: Uuid },
    /// What is shared with a vendor: nobody but their own people reaches it, however much else they may.
    Share { organisation_id: Uuid },
    /// An article of the knowledge base.
    Article {
        service_ids: Vec<Uuid>,
        owner_id: Option<Uuid>,
    },
    /// A ticket.
    Ticket(TicketPlace),
}

/// What scopes know of a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketPlace {
    pub team_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    /// Fields and the options chosen in them, as far as scopes of whoever asks name the fields.
    pub held: Vec<(Uuid, Uuid)>,
}

/// By what a scope reaches a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reached {
    Everywhere,
    /// Rows are asked one by one.
    Somewhere,
    /// The actor owns the ticket or answers for the article.
    Owned,
    OwnTeam,
    /// It lies with no team.
    NoTeam,
    Team,
    Service,
    Organisation,
    FieldValue,
}

/// Whether the actor holds the permission at that place.
pub fn allows(actor: &Actor, permission: Permission, place: Place) -> bool {
    if let (
        Actor::Person(person),
        Place::Account { person_id } | Place::Colleague { person_id, .. },
    ) = (actor, &place)
        && person.id == *person_id
    {
        return true;
    }
    if let Place::Own { person_id } = place {
        return actor.person_id() == Some(person_id);
    }
    actor
        .scopes(permission)
        .iter()
        .any(|scope| reached(scope, actor, &place).is_some())
}

/// `allows` as a result: 403 for what is seen but not permitted.
pub fn require(actor: &Actor, permission: Permission, place: Place) -> Result<()> {
    if allows(actor, permission, place) {
        Ok(())
    } else {
        Err(DeskError::Forbidden)
    }
}

/// By what the scope reaches the place, if it does.
pub fn reached(scope: &Scope, actor: &Actor, place: &Place) -> Option<Reached> {
    if let Place::Share { organisation_id } = place {
        let is_theirs = actor.organisations().contains(organisation_id);
        return (is_theirs && *scope == Scope::OwnOrganisation).then_some(Reached::Organisation);
    }
    if *scope == Scope::Everything {
        return Some(Reached::Everywhere);
    }
    match place {
        Place::Reach => Some(Reached::Somewhere),
        Place::Desk | Place::Account { .. } | Place::Own { .. } | Place::Share { .. } => None,
        Place::Team { team_id } => of_team(scope, actor, Some(*team_id)),
        Place::Colleague { team_ids, .. } => {
            let mut teams = team_ids.iter();
            teams.find_map(|team| of_team(scope, actor, Some(*team)))
        }
        Place::Article {
            service_ids,
            owner_id,
        } => owned(actor, *owner_id).or_else(|| of_services(scope, service_ids)),
        Place::Ticket(ticket) => {
            owned(actor, ticket.owner_id).or_else(|| of_ticket(scope, actor, ticket))
        }
    }
}

fn owned(actor: &Actor, owner_id: Option<Uuid>) -> Option<Reached> {
    let owns = owner_id.is_some() && owner_id == actor.person_id();
    owns.then_some(Reached::Owned)
}

fn of_services(scope: &Scope, about: &[Uuid]) -> Option<Reached> {
    let fits = matches!(scope, Scope::Services(ids) if about.iter().any(|id| ids.contains(id)));
    fits.then_some(Reached::Service)
}

fn of_team(scope: &Scope, actor: &Actor, team_id: Option<Uuid>) -> Option<Reached> {
    match (scope, team_id) {
        (Scope::OwnTeams, None) => Some(Reached::NoTeam),
        (Scope::OwnTeams, Some(team)) => actor.teams().contains(&team).then_some(Reached::OwnTeam),
        (Scope::Teams(ids), Some(team)) => ids.contains(&team).then_some(Reached::Team),
        _ => None,
    }
}

fn of_ticket(scope: &Scope, actor: &Actor, ticket: &TicketPlace) -> Option<Reached> {
    let among = |ids: &[Uuid], id: Option<Uuid>| id.is_some_and(|id| ids.contains(&id));
    match scope {
        Scope::Everything | Scope::OwnTeams | Scope::Teams(_) => {
            of_team(scope, actor, ticket.team_id)
        }
        Scope::Services(ids) => among(ids, ticket.service_id).then_some(Reached::Service),
        Scope::OwnOrganisation => {
            among(actor.organisations(), ticket.organisation_id).then_some(Reached::Organisation)
        }
        Scope::FieldValues { field, options } => {
            let fits = |(of, option): &(Uuid, Uuid)| of == field && options.contains(option);
            ticket.held.iter().any(fits).then_some(Reached::FieldValue)
        }
    }
}

/// The same decision for many rows at once, as SQL over the columns of `ticket`.
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
            Scope::Services(ids) => any = any.add(col("service_id").is_in(ids)),
            Scope::OwnOrganisation => {
                let mine = actor.organisations().iter().copied();
                any = any.add(col("organisation_id").is_in(mine));
            }
            Scope::FieldValues { field, options } => any = any.add(is_chosen(field, options)),
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

/// The decision for articles as SQL over the columns of `article`.
pub fn articles_where(actor: &Actor, permission: Permission) -> Condition {
    let col = |name: &'static str| Expr::col(("article", name));
    let mut any = Condition::any().add(Expr::val(1).eq(2));
    for scope in actor.scopes(permission) {
        match scope {
            Scope::Everything => return Condition::all().add(Expr::val(1).eq(1)),
            Scope::Services(ids) => any = any.add(is_about(ids)),
            Scope::OwnTeams
            | Scope::Teams(_)
            | Scope::OwnOrganisation
            | Scope::FieldValues { .. } => {}
        }
        if let Some(me) = actor.person_id() {
            any = any.add(col("owner_id").eq(me));
        }
    }
    any
}

/// Whether an article is about one of these services.
pub(crate) fn is_about(services: Vec<Uuid>) -> Expr {
    let col = |name: &'static str| Expr::col(("article_service", name));
    let rows = Query::select()
        .expr(Expr::val(1))
        .from("article_service")
        .and_where(col("article_id").equals(("article", "id")))
        .and_where(col("service_id").is_in(services))
        .limit(1)
        .to_owned();
    Expr::from(rows).is_not_null()
}

/// Whether one of these options is chosen in that field, asked of each ticket by its key and not by `EXISTS`, which
/// PostgreSQL turns around.
fn is_chosen(field: Uuid, options: Vec<Uuid>) -> Expr {
    let col = |name: &'static str| Expr::col(("field_value", name));
    let rows = Query::select()
        .expr(Expr::val(1))
        .from("field_value")
        .and_where(col("ticket_id").equals(("ticket", "id")))
        .and_where(col("field_id").eq(field))
        .and_where(col("ref_id").is_in(options))
        .limit(1)
        .to_owned();
    Expr::from(rows).is_not_null()
}

/// Whether the actor holds all that this grant gives.
pub fn holds(actor: &Actor, grant: &Grant) -> bool {
    // Letting people of vendors in is giving them the portal of their own house.
    let is_key = grant.is_of_portal() && grant.scope == Scope::OwnOrganisation;
    (is_key && allows(actor, Permission::InviteVendors, Place::Desk))
        || covers(&actor.scopes(grant.permission), actor.teams(), &grant.scope)
}

/// Whether these scopes, held by a member of these teams, reach as far as that one. What depends on who holds it, such
/// as own teams, is compared by its word: whose teams those are is for those to say who manage teams.
pub fn covers(held: &[Scope], teams: &[Uuid], scope: &Scope) -> bool {
    let any = |fits: &dyn Fn(&Scope) -> bool| held.iter().any(fits);
    if held.is_empty() || held.contains(&Scope::Everything) {
        return !held.is_empty();
    }
    match scope {
        Scope::Everything => false,
        Scope::OwnTeams | Scope::OwnOrganisation => held.contains(scope),
        Scope::Teams(ids) => ids.iter().all(|id| {
            any(&|held| match held {
                Scope::Teams(named) => named.contains(id),
                Scope::OwnTeams => teams.contains(id),
                _ => false,
            })
        }),
        Scope::Services(ids) => ids.iter().all(|id| {
            any(&|held| matches!(held, Scope::Services(services) if services.contains(id)))
        }),
        Scope::FieldValues { field, options } => options.iter().all(|option| {
            any(&|held| {
                matches!(held, Scope::FieldValues { field: of, options }
                    if of == field && options.contains(option))
            })
        }),
    }
}
