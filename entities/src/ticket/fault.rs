//! A fault and what hangs on it: the tickets it causes, their duplicates, and whose requesters know of its repair.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Statement,
};
use tokio::try_join;
use uuid::Uuid;

use super::link::{self, LinkKind};
use super::show::visible_to;
use super::state::{Delivery, State, WaitingFor};
use super::table::{self, Model as Ticket};
use super::{message, share};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::person;

/// What a ticket that hangs on a fault is to it.
pub const HANGS: [LinkKind; 2] = [LinkKind::Causes, LinkKind::HasDuplicate];

/// The most faults that are offered to hang tickets on.
const MOST_OFFERED: u64 = 50;

/// A ticket that hangs on a fault, or the fault's own.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Hanging {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: State,
    pub waiting_for: Option<WaitingFor>,
    pub requester_id: Option<Uuid>,
    #[sea_orm(skip)]
    pub requester: Option<String>,
    /// When the requester was last told that a repair of the fault is live.
    #[sea_orm(skip)]
    pub told_at: Option<Instant>,
}

/// Everything that concerns a fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concerned {
    /// What the actor sees, the fault's own ticket first.
    pub tickets: Vec<Hanging>,
    /// How many more there are.
    pub hidden: usize,
}

/// The ticket of a fault the actor has already found, with what hangs on it.
pub async fn concerned(db: &Db, actor: &Actor, fault: &Ticket) -> Result<Concerned> {
    let ids = ids(db, fault.id).await?;
    let seen = visible_to(actor)
        .filter(table::COLUMN.id.is_in(few_forms(ids.iter().copied())))
        .select_only()
        .columns([
            table::Column::Id,
            table::Column::Number,
            table::Column::Title,
            table::Column::State,
            table::Column::WaitingFor,
            table::Column::RequesterId,
        ])
        .order_by_asc(table::Column::Number)
        .into_model::<Hanging>();
    let seen = async { Ok(seen.all(db.reader()).await?) };
    let (mut tickets, told) = try_join!(seen, told_about(db, fault.id))?;
    let requesters: Vec<Uuid> = tickets.iter().filter_map(|t| t.requester_id).collect();
    let names = person::names_by_id(db, &requesters).await?;
    for ticket in &mut tickets {
        ticket.requester = ticket.requester_id.and_then(|id| names.get(&id).cloned());
        ticket.told_at = told.get(&ticket.id).copied();
    }
    tickets.sort_by_key(|ticket| ticket.id != fault.id);
    Ok(Concerned {
        hidden: ids.len() - tickets.len(),
        tickets,
    })
}

/// The fault itself, and whatever hangs on it, whether somebody sees it or not.
pub(crate) async fn ids(db: &Db, fault_id: Uuid) -> Result<Vec<Uuid>> {
    let hanging: Vec<Uuid> = link::Entity::find()
        .select_only()
        .column(link::Column::OtherId)
        .distinct()
        .filter(link::COLUMN.ticket_id.eq(fault_id))
        .filter(link::Column::Kind.is_in(HANGS))
        .order_by_asc(link::Column::OtherId)
        .into_tuple()
        .all(db.reader())
        .await?;
    Ok([fault_id].into_iter().chain(hanging).collect())
}

#[derive(FromQueryResult)]
struct Told {
    ticket_id: Uuid,
    told_at: Instant,
}

/// By ticket, when its requester was last told of a repair of this fault, or of its end.
async fn told_about(db: &Db, fault_id: Uuid) -> Result<HashMap<Uuid, Instant>> {
    let sql = "SELECT m.ticket_id, m.created_at AS told_at FROM vendor_share s \
               JOIN message m ON m.told_of = s.id AND m.delivery <> 'withdrawn' AND m.created_at >= s.live_at \
               WHERE s.ticket_id = $1 UNION ALL SELECT m.ticket_id, m.created_at AS told_at FROM message m \
               WHERE m.told_of = $1 AND m.delivery <> 'withdrawn' ORDER BY told_at";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [fault_id.into()]);
    let rows = Told::find_by_statement(statement).all(db.reader()).await?;
    Ok(rows.into_iter().map(|t| (t.ticket_id, t.told_at)).collect())
}

#[derive(FromQueryResult)]
struct Knows {
    ticket_id: Uuid,
}

/// Those of these tickets whose requesters know that a repair is live since then.
pub(crate) async fn told(
    db: &Db,
    share_id: Uuid,
    since: Instant,
    tickets: &[Uuid],
) -> Result<HashSet<Uuid>> {
    let statement = told_statement(db.reader().get_database_backend(), share_id, since, tickets);
    let rows = Knows::find_by_statement(statement).all(db.reader()).await?;
    Ok(rows.into_iter().map(|row| row.ticket_id).collect())
}

/// The statement that finds whose requesters know already.
pub fn told_statement(
    backend: DbBackend,
    share_id: Uuid,
    since: Instant,
    tickets: &[Uuid],
) -> Statement {
    message::Entity::find()
        .select_only()
        .column(message::Column::TicketId)
        .filter(message::Column::ToldOf.eq(share_id))
        .filter(message::Column::TicketId.is_in(few_forms(tickets.iter().copied())))
        .filter(message::Column::Delivery.ne(Delivery::Withdrawn))
        .filter(message::Column::CreatedAt.gte(since))
        .build(backend)
}

/// A fault to hang tickets on.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Fault {
    pub id: Uuid,
    pub number: String,
    pub title: String,
}

/// Tickets the actor sees that are shared with a vendor and not over, last changed first.
pub async fn offered(db: &Db, actor: &Actor) -> Result<Vec<Fault>> {
    let shared = share::Entity::find()
        .select_only()
        .column(share::Column::TicketId)
        .filter(share::Column::WithdrawnAt.is_null())
        .into_query();
    Ok(visible_to(actor)
        .filter(table::Column::Id.in_subquery(shared))
        .filter(table::Column::State.is_not_in([State::Closed, State::Merged]))
        .select_only()
        .columns([
            table::Column::Id,
            table::Column::Number,
            table::Column::Title,
        ])
        .order_by_desc(table::Column::ChangedAt)
        .limit(MOST_OFFERED)
        .into_model()
        .all(db.reader())
        .await?)
}
