//! Automatic answers as the settings list them: what was sent, what was not, and why.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query};
use sea_orm::{FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission, Place};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "automatic_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub occasion: Occasion,
    pub ticket_id: Uuid,
    /// The answer, when it was sent.
    pub message_id: Option<Uuid>,
    /// JSON array of addresses, when it was sent.
    pub recipients: Option<String>,
    /// The header or rule that forbade it; none when it was sent.
    pub suppressed_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What an automatic answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A new ticket.
    #[sea_orm(string_value = "receipt")]
    Receipt,
    /// A ticket that the system has closed.
    #[sea_orm(string_value = "closing_note")]
    ClosingNote,
}

/// Which answers a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub outcome: Option<Outcome>,
    /// From this instant on.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    Suppressed,
    /// Suppressed by this header or rule.
    SuppressedBy(String),
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: Uuid,
    pub at: Instant,
    pub occasion: Occasion,
    pub recipients: Option<String>,
    pub suppressed_by: Option<String>,
    pub number: String,
    pub title: String,
}

/// Answers of tickets the actor may see, the newest first.
///
/// # Errors
/// `Forbidden` for those who may not manage mailboxes.
pub async fn list(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Row>> {
    policy::require(actor, Permission::ManageMailboxes, Place::Desk)?;
    let of = |column: &'static str| Expr::col(("automatic_answer", column));
    let mut query = Query::select();
    query
        .expr_as(of("id"), "id")
        .expr_as(of("at"), "at")
        .expr_as(of("occasion"), "occasion")
        .expr_as(of("recipients"), "recipients")
        .expr_as(of("suppressed_by"), "suppressed_by")
        .expr_as(Expr::col(("ticket", "number")), "number")
        .expr_as(Expr::col(("ticket", "title")), "title")
        .from("automatic_answer")
        .inner_join(
            "ticket",
            Expr::col(("ticket", "id")).equals(("automatic_answer", "ticket_id")),
        )
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(narrowed(filter))
        .order_by(("automatic_answer", "at"), Order::Desc)
        .order_by(("automatic_answer", "id"), Order::Desc)
        .limit(most + 1);
    let last = after.and_then(|c| Some((c.key.parse::<DateTime<Utc>>().ok()?, c.id)));
    if let Some((at, id)) = last {
        let place = Expr::tuple([of("at"), of("id")]);
        query.and_where(place.lt(Expr::tuple([Expr::val(at), Expr::val(id)])));
    }
    let backend = db.reader().get_database_backend();
    let rows = Row::find_by_statement(backend.build(&query))
        .all(db.reader())
        .await?;
    Ok(Page::cut(rows, most, |row| Cursor {
        key: row.at.to_rfc3339(),
        id: row.id,
    }))
}

fn narrowed(filter: &Filter) -> Condition {
    let of = |column: &'static str| Expr::col(("automatic_answer", column));
    let outcome = filter.outcome.as_ref().map(|outcome| match outcome {
        Outcome::Sent => of("suppressed_by").is_null(),
        Outcome::Suppressed => of("suppressed_by").is_not_null(),
        Outcome::SuppressedBy(by) => of("suppressed_by").eq(by.as_str()),
    });
    Condition::all()
        .add_option(outcome)
        .add_option(filter.from.map(|from| of("at").gte(from)))
        .add_option(filter.until.map(|until| of("at").lt(until)))
}

#[derive(FromQueryResult)]
struct Reason {
    suppressed_by: String,
}

/// Every reason that ever forbade an answer, by name.
pub async fn reasons(db: &Db) -> Result<Vec<String>> {
    // Steps from one value of the index to the next, however many rows there are.
    let sql = "WITH RECURSIVE r(suppressed_by) AS (SELECT min(suppressed_by) FROM automatic_answer \
               UNION ALL SELECT (SELECT min(a.suppressed_by) FROM automatic_answer a \
               WHERE a.suppressed_by > r.suppressed_by) FROM r WHERE r.suppressed_by IS NOT NULL) \
               SELECT suppressed_by FROM r WHERE suppressed_by IS NOT NULL";
    let backend = db.reader().get_database_backend();
    let rows = Reason::find_by_statement(Statement::from_string(backend, sql))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| row.suppressed_by).collect())
}
