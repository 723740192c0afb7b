//! Lists of articles: by title, or by the day on which they are due.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Order, Query, SelectStatement};
use uuid::Uuid;

use super::find::{answered_for_by, col, owner_name, visible_to};
use super::place::WORK;
use super::{Audience, State};
use crate::actor::Actor;
use crate::amount;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::language::Language;
use crate::page::{Cursor, Page};
use crate::policy::{self, Permission};
use crate::text;

/// Which articles are wanted; all but the retired ones when nothing is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// One of these categories.
    pub categories: Vec<Uuid>,
    /// About one of these services.
    pub services: Vec<Uuid>,
    pub state: Option<State>,
    /// Those the actor answers for.
    pub mine: bool,
    /// Those to be looked at again until that day, which are then listed by it.
    pub due_until: Option<NaiveDate>,
    /// Every word stands in its title, its summary or among its keywords.
    pub words: String,
}

/// An article as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub title: String,
    pub folded_title: String,
    pub summary: String,
    pub state: State,
    pub audience: Audience,
    pub language: Language,
    pub newest: i32,
    pub published: Option<i32>,
    pub category_id: Option<Uuid>,
    /// Who answers for it.
    pub owner: Option<String>,
    pub review_due_on: Option<NaiveDate>,
    pub changed_at: Instant,
    pub published_at: Option<Instant>,
}

/// So many are counted; then there are more.
pub const MOST_COUNTED: u64 = 1_000;

const COLUMNS: [&str; 13] = [
    "id",
    "title",
    "folded_title",
    "summary",
    "state",
    "audience",
    "language",
    "newest",
    "published",
    "category_id",
    "review_due_on",
    "changed_at",
    "published_at",
];

/// Whether the actor reads or works on any articles at all.
pub fn may_look(actor: &Actor) -> bool {
    actor.may_somewhere(Permission::ReadArticles) || may_work(actor)
}

/// Whether the actor works on articles, and so finds drafts.
pub fn may_work(actor: &Actor) -> bool {
    WORK.into_iter()
        .any(|permission| actor.may_somewhere(permission))
}

/// The articles that are wanted, as far as the actor finds them.
fn among(actor: &Actor, wanted: &Wanted) -> SelectStatement {
    let mut query = Query::select();
    query.from("article").cond_where(visible_to(actor));
    match wanted.state {
        Some(state) => query.and_where(col("state").eq(state)),
        None => query.and_where(col("state").ne(State::Retired)),
    };
    match wanted.categories.as_slice() {
        [] => {}
        // One alone is read from the index in its order.
        [one] => drop(query.and_where(col("category_id").eq(*one))),
        several => drop(query.and_where(col("category_id").is_in(several.iter().copied()))),
    }
    if !wanted.services.is_empty() {
        query.and_where(policy::is_about(wanted.services.clone()));
    }
    if wanted.mine {
        query.and_where(answered_for_by(actor));
    }
    for word in text::fold(&wanted.words).split_whitespace() {
        let pattern = format!("%{}", text::like_prefix(word));
        query.and_where(col("found_by").like(LikeExpr::new(pattern).escape('\\')));
    }
    if let Some(until) = wanted.due_until {
        query.and_where(col("review_due_on").lte(until));
    }
    query
}

/// The statement of [`list`].
pub fn list_query(
    actor: &Actor,
    wanted: &Wanted,
    after: Option<&Cursor>,
    most: u64,
) -> SelectStatement {
    let mut query = among(actor, wanted);
    for name in COLUMNS {
        query.expr_as(col(name), name);
    }
    query.expr_as(owner_name(), "owner");
    let key = match wanted.due_until {
        Some(_) => "review_due_on",
        None => "folded_title",
    };
    if let Some(place) = after.and_then(|after| place(wanted, after)) {
        let here = Expr::tuple([col(key), col("id")]);
        query.and_where(here.gt(place));
    }
    query
        .order_by_expr(col(key), Order::Asc)
        .order_by_expr(col("id"), Order::Asc)
        .limit(most + 1)
        .to_owned()
}

/// Articles the actor finds.
///
/// # Errors
/// `Forbidden` for those who neither read nor write any.
pub async fn list(
    db: &Db,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Page<Line>> {
    if !may_look(actor) {
        return Err(DeskError::Forbidden);
    }
    let query = list_query(actor, wanted, after, most);
    let statement = db.reader().get_database_backend().build(&query);
    let rows = Line::find_by_statement(statement).all(db.reader()).await?;
    let cursor = |line: &Line| Cursor {
        key: match (wanted.due_until, line.review_due_on) {
            (Some(_), Some(due)) => due.to_string(),
            _ => line.folded_title.clone(),
        },
        id: line.id,
    };
    Ok(Page::cut(rows, most, cursor))
}

/// How many articles the actor finds, up to [`MOST_COUNTED`].
pub async fn count(db: &Db, actor: &Actor, wanted: &Wanted) -> Result<i64> {
    amount::read(db, &amount::up_to(among(actor, wanted), MOST_COUNTED)).await
}

/// Where the next page begins; what nobody could have been given is none.
fn place(wanted: &Wanted, after: &Cursor) -> Option<Expr> {
    let key = match wanted.due_until {
        Some(_) => Expr::val(after.key.parse::<NaiveDate>().ok()?),
        None => Expr::val(after.key.clone()),
    };
    Some(Expr::tuple([key, Expr::val(after.id)]))
}
