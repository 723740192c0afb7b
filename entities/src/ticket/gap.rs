//! Gaps of the knowledge base: services and causes with many solved cases and no article drawn from any of them since.

use chrono::Duration;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use sea_orm::{ActiveEnum as _, FromQueryResult};
use uuid::Uuid;

use super::filter::col;
use super::state::{ClosingReason, State};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission};

/// From when on cases without an article are a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Least {
    /// So many solved cases of one service and cause without an article.
    pub cases: i64,
    /// What was solved longer ago teaches little.
    pub days: i64,
}

impl Least {
    fn since(self, now: Instant) -> Instant {
        now - Duration::days(self.days)
    }
}

/// Causes an article has something to say about.
const TEACHING: [ClosingReason; 6] = [
    ClosingReason::UserError,
    ClosingReason::SoftwareFault,
    ClosingReason::Data,
    ClosingReason::Rights,
    ClosingReason::Interface,
    ClosingReason::LawChange,
];

/// One gap.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Gap {
    pub service_id: Uuid,
    pub reason: ClosingReason,
    pub cases: i64,
    /// The last article that was drawn from a case like these.
    pub drawn_at: Option<Instant>,
}

/// A case of a gap, or one that was called reusable.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Case {
    pub number: String,
    pub title: String,
    pub solved_at: Instant,
    /// Somebody said that it helps others too.
    pub is_reusable: bool,
}

/// What was solved since then and has something to teach, as far as the actor sees it.
fn solved(actor: &Actor, since: Instant) -> Condition {
    Condition::all()
        .add(col("solved_at").gt(since))
        .add(col("state").ne(State::Merged))
        .add(policy::tickets_where(actor, Permission::ReadTickets))
}

/// When an article was last drawn from a case, by service and cause.
fn drawn() -> SelectStatement {
    let of = |name: &'static str| Expr::col(("d", name));
    Query::select()
        .expr_as(of("service_id"), "service_id")
        .expr_as(of("closing_reason"), "closing_reason")
        .expr_as(Expr::col(("article_case", "since")).max(), "at")
        .from("article_case")
        .join_as(
            JoinType::InnerJoin,
            "ticket",
            "d",
            of("id").equals(("article_case", "ticket_id")),
        )
        .group_by_columns([("d", "service_id"), ("d", "closing_reason")])
        .to_owned()
}

/// The statement of [`gaps`].
pub fn gaps_query(
    actor: &Actor,
    least: Least,
    now: Instant,
    after: Option<&Cursor>,
    most: u64,
) -> SelectStatement {
    let at = || Expr::col(("drawn", "at"));
    let same = |name: &'static str| Expr::col(("drawn", name)).equals(("ticket", name));
    let mut query = Query::select();
    query
        .expr_as(col("service_id"), "service_id")
        .expr_as(col("closing_reason"), "reason")
        .expr_as(col("id").count(), "cases")
        .expr_as(at().max(), "drawn_at")
        .from("ticket")
        .join_subquery(
            JoinType::LeftJoin,
            drawn(),
            "drawn",
            same("service_id").and(same("closing_reason")),
        )
        .cond_where(solved(actor, least.since(now)))
        .and_where(col("service_id").is_not_null())
        .and_where(col("closing_reason").is_in(TEACHING))
        .cond_where(
            Condition::any()
                .add(at().is_null())
                .add(col("solved_at").gt(at())),
        )
        .group_by_columns([("ticket", "service_id"), ("ticket", "closing_reason")])
        .and_having(col("id").count().gte(least.cases))
        .order_by("cases", Order::Desc)
        .order_by(("ticket", "service_id"), Order::Asc)
        .order_by(("ticket", "closing_reason"), Order::Asc)
        .limit(most + 1);
    if let Some((cases, reason, service)) = after.and_then(place) {
        let here = Expr::tuple([col("service_id"), col("closing_reason")]);
        let there = Expr::tuple([Expr::val(service), Expr::val(reason)]);
        let fewer = col("id").count().lt(cases);
        let as_many = col("id").count().eq(cases).and(here.gt(there));
        query.and_having(fewer.or(as_many));
    }
    query
}

/// Where the next page begins: so many cases, of that cause and service.
fn cursor(gap: &Gap) -> Cursor {
    Cursor {
        key: format!("{} {}", gap.cases, gap.reason.to_value()),
        id: gap.service_id,
    }
}

/// That place; what nobody could have been given is none.
fn place(after: &Cursor) -> Option<(i64, ClosingReason, Uuid)> {
    let (cases, reason) = after.key.split_once(' ')?;
    let reason = ClosingReason::try_from_value(&reason.to_owned()).ok()?;
    Some((cases.parse().ok()?, reason, after.id))
}

fn may_look(actor: &Actor) -> Result<()> {
    let may = actor.may_somewhere(Permission::WriteArticles)
        && actor.may_somewhere(Permission::ReadTickets);
    may.then_some(()).ok_or(DeskError::Forbidden)
}

/// Gaps as far as the actor sees the cases, the widest first.
///
/// # Errors
/// `Forbidden` for whoever writes no articles or reads no tickets.
pub async fn gaps(
    db: &Db,
    actor: &Actor,
    least: Least,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Gap>> {
    may_look(actor)?;
    let page = (least, after.map(Cursor::encode), most);
    db.kept((actor.clone(), "gaps", page), async || {
        let query = gaps_query(actor, least, db.clock().now(), after, most);
        let statement = db.reader().get_database_backend().build(&query);
        let rows = Gap::find_by_statement(statement).all(db.reader()).await?;
        Ok(Page::cut(rows, most, cursor))
    })
    .await
}

fn case_query() -> SelectStatement {
    let mut query = Query::select();
    for name in ["number", "title", "solved_at"] {
        query.expr_as(col(name), name);
    }
    let marked = Expr::col(("reusable_case", "ticket_id"));
    query
        .expr_as(marked.is_not_null(), "is_reusable")
        .from("ticket")
        .to_owned()
}

fn reusable() -> Expr {
    Expr::col(("reusable_case", "ticket_id")).equals(("ticket", "id"))
}

/// The statement of [`cases`].
pub fn cases_query(
    actor: &Actor,
    least: Least,
    gap: &Gap,
    now: Instant,
    most: u64,
) -> SelectStatement {
    let since = least.since(now);
    let since = gap.drawn_at.map_or(since, |at| Ord::max(at, since));
    case_query()
        .left_join("reusable_case", reusable())
        .cond_where(solved(actor, since))
        .and_where(col("service_id").eq(gap.service_id))
        .and_where(col("closing_reason").eq(gap.reason))
        .order_by_expr(col("solved_at"), Order::Desc)
        .limit(most)
        .to_owned()
}

/// The cases of a gap, the last solved first.
///
/// # Errors
/// As of [`gaps`].
pub async fn cases(
    db: &Db,
    actor: &Actor,
    least: Least,
    gap: &Gap,
    most: u64,
) -> Result<Vec<Case>> {
    may_look(actor)?;
    let query = cases_query(actor, least, gap, db.clock().now(), most);
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Case::find_by_statement(statement).all(db.reader()).await?)
}

/// The statement of [`waiting`].
pub fn waiting_query(actor: &Actor, most: u64) -> SelectStatement {
    let drawn = Query::select()
        .expr(Expr::val(1))
        .from("article_case")
        .and_where(Expr::col(("article_case", "ticket_id")).equals(("ticket", "id")))
        .to_owned();
    case_query()
        .inner_join("reusable_case", reusable())
        // Not by the index of what is solved: of all that only few were called reusable.
        .and_where(Expr::cust(
            "CASE WHEN ticket.solved_at IS NULL THEN 0 ELSE 1 END = 1",
        ))
        .and_where(Expr::exists(drawn).not())
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .order_by_expr(Expr::col(("reusable_case", "since")), Order::Desc)
        .limit(most)
        .to_owned()
}

/// Cases that were called reusable and from which nobody has drawn an article, the last first.
///
/// # Errors
/// As of [`gaps`].
pub async fn waiting(db: &Db, actor: &Actor, most: u64) -> Result<Vec<Case>> {
    may_look(actor)?;
    let query = waiting_query(actor, most);
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Case::find_by_statement(statement).all(db.reader()).await?)
}
