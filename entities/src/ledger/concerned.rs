//! Whom tickets concern, read in one statement.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};
use uuid::Uuid;

use super::notices::Told;
use crate::db::{few_forms, places};
use crate::error::Result;
use crate::notice::{Kind, Reason};

/// Somebody a ticket concerns, and how.
#[derive(Clone, FromQueryResult)]
pub(super) struct Concerned {
    pub ticket_id: Uuid,
    pub team_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    pub person_id: Uuid,
    pub name: String,
    pub reason: String,
}

/// How an owner who is retired is read, who is told of nothing: somebody else is in their place.
pub(super) const LEFT: &str = "left_owner";

/// The owners of these tickets, the teams of those without one, whoever watches them or their services, whoever is named,
/// and whoever decides what is to be blacked out; nobody retired but owners, as [`LEFT`].
pub(super) async fn concerned(
    tx: &DatabaseTransaction,
    told: &HashMap<Uuid, Vec<Told>>,
) -> Result<Vec<Concerned>> {
    let ids = few_forms(told.keys().copied());
    let these = places(ids.len());
    let named = told.values().flatten().flat_map(|told| &told.mentions);
    let named = few_forms(named.copied());
    let of = |reason: Reason, join: &str| {
        format!(
            "SELECT t.id AS ticket_id, t.team_id, t.owner_id, t.service_id, t.organisation_id, p.id AS person_id, p.name, \
             '{}' AS reason FROM ticket t {join} WHERE t.id IN ({these}) AND p.retired_at IS NULL",
            reason.name()
        )
    };
    let mut sql = vec![of(
        Reason::Service,
        "JOIN above u ON u.ticket_id = t.id JOIN service_watch w ON w.service_id = u.id JOIN person p ON p.id = w.person_id",
    )];
    let is_new = |told: &Told| matches!(told.kind, Kind::TicketOpened | Kind::Classified);
    if !told.values().flatten().all(is_new) {
        sql.extend([
            of(Reason::Owner, "JOIN person p ON p.id = t.owner_id"),
            left_owners(&these),
            of(
                Reason::Team,
                "JOIN team_member m ON t.owner_id IS NULL AND m.team_id = t.team_id \
                 JOIN person p ON p.id = m.person_id",
            ),
            of(
                Reason::Watch,
                "JOIN watch w ON w.ticket_id = t.id JOIN person p ON p.id = w.person_id",
            ),
        ]);
    }
    if told
        .values()
        .flatten()
        .any(|told| told.kind == Kind::RedactionAsked)
    {
        sql.push(of(Reason::Approver, APPROVERS));
    }
    if !named.is_empty() {
        let places: Vec<String> = (ids.len() + 1..=ids.len() + named.len())
            .map(|n| format!("${n}"))
            .collect();
        let people = format!("JOIN person p ON p.id IN ({})", places.join(", "));
        sql.push(of(Reason::Mentioned, &people));
    }
    let sql = format!(
        "WITH RECURSIVE above(ticket_id, id) AS (SELECT t.id, t.service_id FROM ticket t WHERE t.id IN ({these}) \
         AND t.service_id IS NOT NULL UNION SELECT u.ticket_id, s.parent_id FROM above u JOIN service s ON s.id = u.id \
         WHERE s.parent_id IS NOT NULL) {}",
        sql.join(" UNION ")
    );
    let backend = tx.get_database_backend();
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.extend(named.into_iter().map(sea_orm::Value::from));
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Concerned::find_by_statement(statement).all(tx).await?)
}

/// Those who hold the right to black out somewhere; where is asked of the policy.
const APPROVERS: &str = "JOIN \"grant\" g ON g.permission = 'redact_messages' JOIN role r ON r.id = g.role_id AND r.retired_at IS NULL \
    JOIN person_role pr ON pr.role_id = r.id JOIN person p ON p.id = pr.person_id";

fn left_owners(these: &str) -> String {
    format!(
        "SELECT t.id AS ticket_id, t.team_id, t.owner_id, t.service_id, t.organisation_id, p.id AS person_id, p.name, \
         '{LEFT}' AS reason FROM ticket t JOIN person p ON p.id = t.owner_id WHERE t.id IN ({these}) AND p.retired_at IS NOT NULL"
    )
}
