//! What an actor may find, as a filter of the index; the database is asked again about every hit.

use super::share_document::WHOSE;
use entities::article::WORK;
use entities::field::Field;
use entities::field::read::definitions;
use entities::policy::Scope;
use entities::{Actor, Db, Permission, Uuid};
use search::Filter;
use search::document::{Kind, Scope as Passages};

/// The attribute under which the options of a field are kept.
pub fn option_of(field: Uuid) -> String {
    format!("option:{field}")
}

/// The attribute under which they are kept of a case: by it alone a scope reaches cases, nobody asks for what a field
/// holds that its page does not show.
pub fn case_option_of(field: Uuid) -> String {
    format!("case_option:{field}")
}

/// Whether the actor may know of a field: who reads cases and no tickets sees those that name nobody.
pub fn sees(actor: &Actor, field: &Field) -> bool {
    field.is_visible(actor) && (field.is_nameless() || actor.may_somewhere(Permission::ReadTickets))
}

/// Everything the actor may find.
pub fn visible_to(actor: &Actor) -> Filter {
    Filter::Any(vec![
        of_kind(
            Kind::Ticket,
            tickets(actor, Permission::ReadTickets, option_of),
        ),
        of_kind(Kind::Article, articles(actor)),
        of_kind(Kind::Case, cases(actor)),
    ])
}

/// What of the shared tickets somebody of that vendor may find.
pub fn shared_with(organisation_id: Uuid) -> Filter {
    of_kind(Kind::Share, Filter::is(WHOSE, organisation_id.to_string()))
}

/// Which passages of it: those of fields the actor sees, and whatever the readers of a ticket read.
///
/// # Errors
/// The database's.
pub async fn passages(db: &Db, actor: &Actor) -> entities::Result<Vec<Passages>> {
    let fields = definitions(db).await?;
    let fields = fields.iter().filter(|field| sees(actor, field));
    let mut scopes = vec![Passages::Notes, Passages::People, Passages::Files];
    scopes.extend(fields.map(|field| Passages::Field(field.row.id)));
    Ok(scopes)
}

fn of_kind(kind: Kind, filter: Filter) -> Filter {
    Filter::is("kind", kind.name()).and(filter)
}

/// As `policy::tickets_where` says it in SQL.
fn tickets(actor: &Actor, permission: Permission, option_of: fn(Uuid) -> String) -> Filter {
    let scopes = actor.scopes(permission);
    if scopes.contains(&Scope::Everything) {
        return Filter::everything();
    }
    let mut any: Vec<Filter> = Vec::new();
    for scope in &scopes {
        any.push(match scope {
            Scope::Everything => Filter::everything(),
            Scope::OwnTeams => Filter::Any(vec![
                Filter::is("team", "none"),
                Filter::one_of("team", texts(actor.teams())),
            ]),
            Scope::Teams(ids) => Filter::one_of("team", texts(ids)),
            Scope::Services(ids) => Filter::one_of("service", texts(ids)),
            Scope::OwnOrganisation => Filter::one_of("organisation", texts(actor.organisations())),
            Scope::FieldValues { field, options } => {
                Filter::one_of(option_of(*field), texts(options))
            }
        });
    }
    any.extend(owned(actor, &scopes));
    Filter::Any(any)
}

/// Whether there may be tickets that the actor finds as cases without names alone.
pub fn finds_cases(actor: &Actor) -> bool {
    let reads_all = actor
        .scopes(Permission::ReadTickets)
        .contains(&Scope::Everything);
    actor.may_somewhere(Permission::ReadCases) && !reads_all
}

/// Cases without names, of tickets that the actor does not find with them.
fn cases(actor: &Actor) -> Filter {
    let read = tickets(actor, Permission::ReadTickets, case_option_of);
    tickets(actor, Permission::ReadCases, case_option_of).and(Filter::Not(Box::new(read)))
}

/// As `article::visible_to` says it in SQL.
fn articles(actor: &Actor) -> Filter {
    let read = Filter::is("read", "true").and(about(actor, Permission::ReadArticles));
    let work = WORK.into_iter().map(|permission| about(actor, permission));
    Filter::Any([read].into_iter().chain(work).collect())
}

/// As `policy::articles_where` says it in SQL.
fn about(actor: &Actor, permission: Permission) -> Filter {
    let scopes = actor.scopes(permission);
    if scopes.contains(&Scope::Everything) {
        return Filter::everything();
    }
    let services = scopes.iter().filter_map(|scope| match scope {
        Scope::Services(ids) => Some(Filter::one_of("service", texts(ids))),
        _ => None,
    });
    let mut any: Vec<Filter> = services.collect();
    any.extend(owned(actor, &scopes));
    Filter::Any(any)
}

/// Whatever is narrower than everything also reaches what the actor owns.
fn owned(actor: &Actor, scopes: &[Scope]) -> Option<Filter> {
    let me = actor.person_id().filter(|_| !scopes.is_empty())?;
    Some(Filter::is("owner", me.to_string()))
}

fn texts(ids: &[Uuid]) -> Vec<String> {
    ids.iter().map(Uuid::to_string).collect()
}
