//! Lists of tickets, paged by key, one joined query a page.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement};
use uuid::Uuid;

use super::filter::{Filter, col, literal};
use super::looked_up::named;
use super::order::HELD;
pub use super::order::{Direction, Sort, SortBy};
use super::register::register;
use super::state::{Channel, Kind, Priority, State, WaitingFor};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::field::filter::FieldOrder;
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission};

/// One line of a list, with the names it shows.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub kind: Kind,
    pub channel: Channel,
    pub state: State,
    pub waiting_for: Option<WaitingFor>,
    pub priority: Priority,
    pub reminder_at: Option<Instant>,
    pub first_reply_at: Option<Instant>,
    pub calendar_id: Option<Uuid>,
    pub first_answer_minutes: Option<i32>,
    pub solution_minutes: Option<i32>,
    pub first_answer_due_at: Option<Instant>,
    pub solution_due_at: Option<Instant>,
    /// The next deadline, while the clock runs.
    pub due_at: Option<Instant>,
    pub warn_at: Option<Instant>,
    pub held_since: Option<Instant>,
    pub created_at: Instant,
    pub changed_at: Instant,
    pub last_message_at: Instant,
    pub owner_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub district_id: Option<Uuid>,
    pub owner_name: Option<String>,
    pub requester_name: Option<String>,
    #[sea_orm(skip)]
    pub team_name: Option<String>,
    #[sea_orm(skip)]
    pub service_name: Option<String>,
    /// The service a module belongs to.
    #[sea_orm(skip)]
    pub parent_service_name: Option<String>,
    #[sea_orm(skip)]
    pub district_name: Option<String>,
    #[sea_orm(skip)]
    pub district_short_name: Option<String>,
    /// When the reader last looked at it.
    pub seen_at: Option<Instant>,
    /// What it is ordered by, when that is a field.
    pub order_number: Option<i64>,
    pub order_folded: Option<String>,
}

impl Row {
    /// Whether something came in since the reader last looked.
    pub fn is_unread(&self) -> bool {
        self.seen_at.is_none_or(|seen| seen < self.last_message_at)
    }
}

/// One page of the tickets the actor sees that the filter selects.
pub async fn list(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    sort: Sort,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Row>> {
    let now = db.clock().now();
    let rows = match sort.by {
        SortBy::Field(order) => {
            let held = after.is_none_or(|cursor| cursor.key.starts_with(HELD));
            let mut rows = match held {
                true => {
                    let order = (order, sort.direction);
                    read(db, &held_query(actor, filter, order, after, most, now)).await?
                }
                false => vec![],
            };
            let left = most + 1 - rows.len() as u64;
            if left > 0 {
                let after = after.filter(|_| !held);
                let query = page_query(actor, filter, sort, after, left - 1, now);
                rows.extend(read(db, &query).await?);
            }
            rows
        }
        _ => read(db, &page_query(actor, filter, sort, after, most, now)).await?,
    };
    Ok(Page::cut(rows, most, |row| sort.cursor(row)))
}

/// The rows a statement of a page gives, with all their names.
pub(super) async fn read(db: &Db, query: &SelectStatement) -> Result<Vec<Row>> {
    let statement = db.reader().get_database_backend().build(query);
    let rows = Row::find_by_statement(statement);
    let mut rows = rows.all(db.reader()).await?;
    let register = register(db, rows.iter().filter_map(|row| row.district_id)).await?;
    for row in &mut rows {
        row.team_name = register.team(row.team_id);
        (row.parent_service_name, row.service_name) = register.service(row.service_id);
        (row.district_name, row.district_short_name) = register.district(row.district_id);
    }
    Ok(rows)
}

/// The statement of a page.
pub fn page_query(
    actor: &Actor,
    filter: &Filter,
    sort: Sort,
    after: Option<&Cursor>,
    most: u64,
    now: Instant,
) -> SelectStatement {
    let order = match sort.direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    };
    let mut query = base(actor, filter, now);
    for (name, cast) in [
        ("order_number", "CAST(NULL AS bigint)"),
        ("order_folded", "CAST(NULL AS text)"),
    ] {
        query.expr_as(Expr::cust(cast), name);
    }
    if let SortBy::Field(order) = sort.by {
        query.cond_where(holds(order).not());
    }
    if let Some(cursor) = after {
        query.cond_where(sort.after(cursor));
    }
    if sort.nulls_last() {
        query.order_by_expr(sort.column().is_null(), Order::Asc);
    }
    query
        .order_by_expr(sort.column(), order.clone())
        .order_by_expr(col("id"), order)
        .limit(most + 1);
    query.to_owned()
}

/// Whether a ticket holds something in a field.
fn holds(order: FieldOrder) -> Condition {
    let value = |name: &'static str| Expr::col(("field_value", name));
    let rows = Query::select()
        .expr(Expr::val(1))
        .from("field_value")
        .and_where(value("ticket_id").equals(("ticket", "id")))
        .and_where(value("field_id").eq(order.field_id))
        .and_where(value("part").eq(0i16))
        .to_owned();
    Condition::all().add(Expr::exists(rows))
}

/// The statement of a page of those that hold something in the field they are ordered by, by its index.
pub fn held_query(
    actor: &Actor,
    filter: &Filter,
    (order, direction): (FieldOrder, Direction),
    after: Option<&Cursor>,
    most: u64,
    now: Instant,
) -> SelectStatement {
    let mut query = base(actor, filter, now);
    let value = |name: &'static str| Expr::col(("sorted", name));
    let (number, folded) = match order.by_number {
        true => (value("number"), Expr::cust("CAST(NULL AS text)")),
        false => (Expr::cust("CAST(NULL AS bigint)"), value("folded")),
    };
    query
        .expr_as(number, "order_number")
        .expr_as(folded, "order_folded")
        .join_as(
            sea_orm::JoinType::InnerJoin,
            "field_value",
            "sorted",
            value("ticket_id").eq(col("id")),
        )
        .and_where(value("field_id").eq(order.field_id))
        .and_where(value("part").eq(0i16))
        .and_where(order.column().is_not_null());
    // The index begins with whether somebody still works on the ticket; both kinds are two walks of it.
    if let Some(active) = filter.active() {
        query.and_where(value("active").eq(literal(active)));
    }
    if let Some(cursor) = after {
        let key = cursor.key.trim_start_matches(HELD);
        let key = match (order.by_number, key.parse::<i64>()) {
            (true, Ok(number)) => Expr::val(number),
            (true, Err(_)) => Expr::val(0i64),
            (false, _) => Expr::val(key.to_owned()),
        };
        let place = Expr::tuple([order.column(), value("ticket_id")]);
        let last = Expr::tuple([key, Expr::val(cursor.id)]);
        query.and_where(match direction {
            Direction::Ascending => place.gt(last),
            Direction::Descending => place.lt(last),
        });
    }
    let way = match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    };
    query
        .order_by_expr(order.column(), way.clone())
        .order_by_expr(value("ticket_id"), way)
        .limit(most + 1);
    query
}

/// Rows with their names, of what the actor sees and the filter selects.
fn base(actor: &Actor, filter: &Filter, now: Instant) -> SelectStatement {
    let mut query = Query::select();
    for name in [
        "id",
        "number",
        "title",
        "kind",
        "channel",
        "state",
        "waiting_for",
        "priority",
        "reminder_at",
        "first_reply_at",
        "calendar_id",
        "first_answer_minutes",
        "solution_minutes",
        "first_answer_due_at",
        "solution_due_at",
        "due_at",
        "warn_at",
        "held_since",
        "created_at",
        "changed_at",
        "last_message_at",
        "owner_id",
        "team_id",
        "service_id",
        "district_id",
    ] {
        query.expr_as(col(name), name);
    }
    for (name, of) in named(actor) {
        query.expr_as(of, name);
    }
    query
        .from("ticket")
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, now));
    query
}
