//! Persons as those who act: the grants of their roles, and their teams.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

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
    team_id: Option<Uuid>,
}

/// These persons with what their roles grant; retired roles grant nothing.
pub(crate) async fn actors(
    c: &impl ConnectionTrait,
    people: Vec<(Uuid, String)>,
) -> Result<Vec<PersonActor>> {
    let ids = few_forms(people.iter().map(|(id, _)| *id));
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let these = places(ids.len());
    let sql = format!(
        "SELECT r.person_id, r.role_id, g.permission, g.scope, g.scope_ids, NULL AS team_id FROM person_role r \
         JOIN role o ON o.id = r.role_id AND o.retired_at IS NULL LEFT JOIN \"grant\" g ON g.role_id = r.role_id \
         WHERE r.person_id IN ({these}) UNION ALL \
         SELECT m.person_id, NULL, NULL, NULL, NULL, m.team_id FROM team_member m WHERE m.person_id IN ({these})"
    );
    let values = ids.into_iter().map(sea_orm::Value::from);
    let statement = Statement::from_sql_and_values(c.get_database_backend(), sql, values);
    let rows = GrantRow::find_by_statement(statement).all(c).await?;
    let mut of_person: HashMap<Uuid, Vec<GrantRow>> = HashMap::new();
    for row in rows {
        of_person.entry(row.person_id).or_default().push(row);
    }
    let actor = |(id, name)| actor(id, name, of_person.remove(&id).unwrap_or_default());
    Ok(people.into_iter().map(actor).collect())
}

fn actor(id: Uuid, name: String, rows: Vec<GrantRow>) -> PersonActor {
    let mut actor = PersonActor {
        id,
        name,
        grants: vec![],
        roles: vec![],
        teams: vec![],
    };
    for row in rows {
        actor.teams.extend(row.team_id);
        if let Some(role) = row.role_id.filter(|role| !actor.roles.contains(role)) {
            actor.roles.push(role);
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
