//! Tickets as rows of a file: everything that stands about them in one place, with names.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{ExprTrait, Query};
use uuid::Uuid;

use super::filter::col;
use super::looked_up::looked_up;
use super::register::register;
use super::share::read::{Mark, marks};
use super::state::{Channel, ClosingReason, Kind, Priority, State, WaitingFor};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};

/// One ticket.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub kind: Kind,
    pub channel: Channel,
    pub state: State,
    pub waiting_for: Option<WaitingFor>,
    pub closing_reason: Option<ClosingReason>,
    pub priority: Priority,
    pub reminder_at: Option<Instant>,
    pub first_answer_due_at: Option<Instant>,
    pub solution_due_at: Option<Instant>,
    /// The next of the two.
    pub due_at: Option<Instant>,
    pub created_at: Instant,
    pub changed_at: Instant,
    pub first_reply_at: Option<Instant>,
    pub solved_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub owner: Option<String>,
    pub requester: Option<String>,
    pub organisation: Option<String>,
    #[sea_orm(skip)]
    pub district: Option<String>,
    #[sea_orm(skip)]
    pub team: Option<String>,
    #[sea_orm(skip)]
    pub service: Option<String>,
    /// The service above, when it is a module.
    #[sea_orm(skip)]
    pub whole_service: Option<String>,
    /// With which vendors it is shared.
    #[sea_orm(skip)]
    pub shares: Vec<Mark>,
    team_id: Option<Uuid>,
    service_id: Option<Uuid>,
    district_id: Option<Uuid>,
}

const PLAIN: [&str; 21] = [
    "id",
    "number",
    "title",
    "kind",
    "channel",
    "state",
    "waiting_for",
    "closing_reason",
    "priority",
    "reminder_at",
    "first_answer_due_at",
    "solution_due_at",
    "due_at",
    "created_at",
    "changed_at",
    "first_reply_at",
    "solved_at",
    "closed_at",
    "team_id",
    "service_id",
    "district_id",
];

/// Each a look at a primary key, as in lists.
const NAMED: [(&str, &str, &str); 3] = [
    ("owner", "person", "owner_id"),
    ("requester", "person", "requester_id"),
    ("organisation", "organisation", "organisation_id"),
];

/// The tickets of these ids that the actor sees and may export, in the order of the ids.
pub async fn rows(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<Vec<Row>> {
    let mut query = Query::select();
    for name in PLAIN {
        query.expr_as(col(name), name);
    }
    for (name, table, key) in NAMED {
        query.expr_as(looked_up(table, "name", key), name);
    }
    query
        .from("ticket")
        .and_where(col("id").is_in(ids.iter().copied()))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(policy::tickets_where(actor, Permission::ExportTickets));
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let found = Row::find_by_statement(backend.build(&query));
    let mut found = found.all(db.reader()).await?;
    let register = register(db, found.iter().filter_map(|row| row.district_id)).await?;
    let seen: Vec<Uuid> = found.iter().map(|row| row.id).collect();
    let mut shares = marks(db, &seen).await?;
    for row in &mut found {
        row.shares = shares.remove(&row.id).unwrap_or_default();
        row.team = register.team(row.team_id);
        (row.whole_service, row.service) = register.service(row.service_id);
        (row.district, _) = register.district(row.district_id);
    }
    let mut found: HashMap<Uuid, Row> = found.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}
