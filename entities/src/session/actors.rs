//! Persons as those who act: the grants of their roles, and their teams.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use crate::absence::Presence;
use crate::actor::PersonActor;
use crate::db::{few_forms, places};
use crate::error::Result;
use crate::policy::{Grant, Permission, Scope};

#[derive(FromQueryResult)]
struct GrantRow {
    person_id: Uuid,
    role_id: Option<Uuid>,
    permission: Option<String>,
    scope: Option<String>,
    scope_ids: Option<String>,
    member_of: Option<Uuid>,
}

/// What stands in place of a scope in the rows of organisations.
const ORGANISATION: &str = "organisation";

/// These persons with what their roles grant, and where they belong on that day; retired roles grant nothing.
pub(crate) async fn actors(
    c: &impl ConnectionTrait,
    people: Vec<(Uuid, String)>,
    on: NaiveDate,
) -> Result<Vec<PersonActor>> {
    actors_if(c, people, on, &HashMap::new()).await
}

/// The same where it is known who is there.
pub(crate) async fn actors_among(
    c: &impl ConnectionTrait,
    people: Vec<(Uuid, String)>,
    on: NaiveDate,
    presence: &Presence,
) -> Result<Vec<PersonActor>> {
    assembled(c, people, on, &HashMap::new(), presence).await
}

/// The same as if these roles granted something else.
pub(crate) async fn actors_if(
    c: &impl ConnectionTrait,
    people: Vec<(Uuid, String)>,
    on: NaiveDate,
    instead: &HashMap<Uuid, Vec<Grant>>,
) -> Result<Vec<PersonActor>> {
    if people.is_empty() {
        return Ok(vec![]);
    }
    let presence = Presence::read(c, on).await?;
    assembled(c, people, on, instead, &presence).await
}

async fn assembled(
    c: &impl ConnectionTrait,
    people: Vec<(Uuid, String)>,
    on: NaiveDate,
    instead: &HashMap<Uuid, Vec<Grant>>,
    presence: &Presence,
) -> Result<Vec<PersonActor>> {
    let ids = few_forms(people.iter().map(|(id, _)| *id));
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let (these, today) = (places(ids.len()), ids.len() + 1);
    let sql = format!(
        "SELECT r.person_id, r.role_id, g.permission, g.scope, g.scope_ids, NULL AS member_of FROM person_role r \
         JOIN role o ON o.id = r.role_id AND o.retired_at IS NULL LEFT JOIN \"grant\" g ON g.role_id = r.role_id \
         WHERE r.person_id IN ({these}) UNION ALL \
         SELECT m.person_id, NULL, NULL, NULL, NULL, m.team_id FROM team_member m WHERE m.person_id IN ({these}) \
         UNION ALL SELECT m.person_id, NULL, NULL, '{ORGANISATION}', NULL, m.organisation_id FROM membership m \
         WHERE m.person_id IN ({these}) AND (m.from_on IS NULL OR m.from_on <= ${today}) \
         AND (m.to_on IS NULL OR ${today} < m.to_on)"
    );
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.push(on.into());
    let statement = Statement::from_sql_and_values(c.get_database_backend(), sql, values);
    let rows = GrantRow::find_by_statement(statement).all(c).await?;
    let mut of_person: HashMap<Uuid, Vec<GrantRow>> = HashMap::new();
    for row in rows {
        of_person.entry(row.person_id).or_default().push(row);
    }
    let actor = |(id, name)| {
        let rows = of_person.remove(&id).unwrap_or_default();
        PersonActor {
            stands_in_for: presence.stands_in_for(id, on),
            ..actor(id, name, rows, instead)
        }
    };
    let mut actors: Vec<PersonActor> = people.into_iter().map(actor).collect();
    widen(c, &mut actors).await?;
    Ok(actors)
}

#[derive(FromQueryResult)]
struct Below {
    id: Uuid,
    parent_id: Uuid,
}

/// Has scopes that name services and options reach what is below them too.
pub(crate) async fn widen(c: &impl ConnectionTrait, actors: &mut [PersonActor]) -> Result<()> {
    let grants = |actors: &[PersonActor], of: fn(&Scope) -> bool| {
        let mut all = actors.iter().flat_map(|actor| &actor.grants);
        all.any(|grant| of(&grant.scope))
    };
    let mut below: Vec<Below> = Vec::new();
    for (table, is_named) in [
        (
            "service",
            grants(actors, |s| matches!(s, Scope::Services(_))),
        ),
        (
            "field_option",
            grants(actors, |s| matches!(s, Scope::FieldValues { .. })),
        ),
    ] {
        if is_named {
            let sql = format!("SELECT id, parent_id FROM {table} WHERE parent_id IS NOT NULL");
            let statement = Statement::from_string(c.get_database_backend(), sql);
            below.extend(Below::find_by_statement(statement).all(c).await?);
        }
    }
    for grant in actors.iter_mut().flat_map(|actor| &mut actor.grants) {
        let (Scope::Services(ids) | Scope::FieldValues { options: ids, .. }) = &mut grant.scope
        else {
            continue;
        };
        let mut next = 0;
        while let Some(above) = ids.get(next).copied() {
            let found = below.iter().filter(|row| row.parent_id == above);
            let new: Vec<Uuid> = found
                .map(|row| row.id)
                .filter(|id| !ids.contains(id))
                .collect();
            ids.extend(new);
            next += 1;
        }
    }
    Ok(())
}

fn actor(
    id: Uuid,
    name: String,
    rows: Vec<GrantRow>,
    instead: &HashMap<Uuid, Vec<Grant>>,
) -> PersonActor {
    let mut actor = PersonActor {
        id,
        name,
        grants: vec![],
        roles: vec![],
        teams: vec![],
        organisations: vec![],
        stands_in_for: vec![],
    };
    for row in rows {
        match row.scope.as_deref() {
            Some(ORGANISATION) => actor.organisations.extend(row.member_of),
            _ => actor.teams.extend(row.member_of),
        }
        if let Some(role) = row.role_id.filter(|role| !actor.roles.contains(role)) {
            actor.roles.push(role);
            let grants = instead.get(&role).into_iter().flatten();
            actor.grants.extend(grants.cloned());
        }
        if row.role_id.is_some_and(|role| instead.contains_key(&role)) {
            continue;
        }
        let (Some(permission), Some(scope)) = (row.permission, row.scope) else {
            continue;
        };
        let ids = row
            .scope_ids
            .as_deref()
            .map(serde_json::from_str)
            .and_then(std::result::Result::ok)
            .unwrap_or_default();
        if let Some(permission) = Permission::from_name(&permission) {
            actor.grants.push(Grant {
                permission,
                scope: Scope::from_row(&scope, ids),
            });
        }
    }
    actor
}
