//! Finding and ordering tickets by a field: which rows an index gives, and when it is cheaper to walk the list.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use uuid::Uuid;

use super::facts::Field;
use super::list::column;
use super::option;
use super::read;
use super::settings::Kind;
use super::value::folded;
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::ticket::filter::literal;

/// Up to so many hits a question is answered first and the list made of its hits; a question with more is asked
/// of each ticket of the list in turn, of which then one in sixty fits.
pub const MOST_HITS: u64 = 2_000;

/// What is asked of one field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    /// One of these options, or of those below them; a person, organisation or ticket.
    Any(Vec<Uuid>),
    /// A text that begins like this.
    Begins(String),
    /// A number, date or moment as it is kept, both ends included; yes is one, no is nought.
    Within { from: Option<i64>, to: Option<i64> },
    /// One of these options, or nothing.
    AnyOrEmpty(Vec<Uuid>),
    /// Nothing stands in it.
    Empty,
}

/// A question about a field the reader may know, with its hits where there are few.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldFilter {
    pub field_id: Uuid,
    pub ask: Ask,
    way: Way,
}

/// How the answer is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Way {
    /// These hits are all there are.
    Hits(Vec<Uuid>),
    /// Each ticket of the list is asked.
    Each,
    /// All open hits at once, for counts of open work: it is little, however old the desk.
    Open,
}

/// What a list is ordered by when it is a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldOrder {
    pub field_id: Uuid,
    /// By the number that is kept, otherwise by the folded text.
    pub by_number: bool,
}

impl FieldOrder {
    /// The order by a field.
    pub fn of(field: &Field) -> FieldOrder {
        FieldOrder {
            field_id: field.row.id,
            by_number: column(field) == "number",
        }
    }

    /// The column of the order in rows called `sorted`.
    pub(crate) fn column(self) -> Expr {
        Expr::col(("sorted", if self.by_number { "number" } else { "folded" }))
    }
}

fn col(name: &'static str) -> Expr {
    Expr::col(("field_value", name))
}

impl Ask {
    /// The rows that answer it, by the index of their column.
    fn condition(&self) -> Condition {
        let all = Condition::all();
        match self {
            Ask::Any(ids) | Ask::AnyOrEmpty(ids) => all
                .add(col("ref_id").is_not_null())
                .add(col("ref_id").is_in(ids.iter().copied())),
            Ask::Begins(text) => {
                let from = folded(text);
                // The last character there is ends what begins alike.
                let to = format!("{from}\u{10ffff}");
                all.add(col("folded").is_not_null())
                    .add(col("folded").gte(from))
                    .add(col("folded").lt(to))
            }
            Ask::Within { from, to } => {
                let mut all = all.add(col("number").is_not_null());
                if let Some(from) = from {
                    all = all.add(col("number").gte(*from));
                }
                if let Some(to) = to {
                    all = all.add(col("number").lte(*to));
                }
                all
            }
            Ask::Empty => all,
        }
    }
}

/// The statement that finds up to [`MOST_HITS`] and one more.
pub fn hits_query(field_id: Uuid, ask: &Ask, active: Option<bool>) -> SelectStatement {
    let active = active.map_or_else(|| vec![true, false], |active| vec![active]);
    Query::select()
        .expr_as(col("ticket_id"), "ticket_id")
        .from("field_value")
        .and_where(col("field_id").eq(field_id))
        .and_where(col("active").is_in(active.into_iter().map(literal)))
        .cond_where(ask.condition())
        .limit(MOST_HITS + 1)
        .to_owned()
}

#[derive(FromQueryResult)]
struct Hit {
    ticket_id: Uuid,
}

impl FieldFilter {
    /// Asks a question about a field; `active` says whether the list has open work only, or none of it.
    pub async fn ask(
        db: &Db,
        field: &Field,
        ask: Ask,
        active: Option<bool>,
    ) -> Result<FieldFilter> {
        let field_id = field.row.id;
        let ask = whole(db, field, ask).await?;
        if ask == Ask::Empty {
            let way = Way::Each;
            return Ok(FieldFilter { field_id, ask, way });
        }
        let query = hits_query(field_id, &ask, active);
        let statement = db.reader().get_database_backend().build(&query);
        let hits = Hit::find_by_statement(statement).all(db.reader()).await?;
        let way = if hits.len() as u64 <= MOST_HITS {
            let mut ids: Vec<Uuid> = hits.into_iter().map(|hit| hit.ticket_id).collect();
            ids.sort_unstable();
            ids.dedup();
            Way::Hits(ids)
        } else {
            Way::Each
        };
        Ok(FieldFilter { field_id, ask, way })
    }

    /// The same question for counts of open work, where no hits are needed first.
    pub async fn of_open(db: &Db, field: &Field, ask: Ask) -> Result<FieldFilter> {
        Ok(FieldFilter {
            field_id: field.row.id,
            ask: whole(db, field, ask).await?,
            way: Way::Open,
        })
    }

    /// The condition on tickets; `active` as in [`FieldFilter::ask`].
    pub(crate) fn condition(&self, active: Option<bool>) -> Condition {
        let id = || Expr::col(("ticket", "id"));
        let mut rows = Query::select();
        rows.from("field_value")
            .and_where(col("field_id").eq(self.field_id))
            .cond_where(self.ask.condition());
        let holds = match &self.way {
            Way::Hits(hits) => id().is_in(hits.iter().copied()),
            Way::Each => {
                rows.expr(Expr::val(1))
                    .and_where(col("ticket_id").equals(("ticket", "id")));
                // Else a planner that begins with the values walks those of all that has ended.
                if let Some(active) = active {
                    rows.and_where(col("active").eq(literal(active)));
                }
                match self.ask {
                    Ask::Empty => Expr::exists(rows),
                    // Not `EXISTS`, which PostgreSQL turns around: it would begin with all that hold the value.
                    _ => Expr::from(rows.limit(1).to_owned()).is_not_null(),
                }
            }
            Way::Open => {
                rows.expr(col("ticket_id"))
                    .and_where(col("active").eq(literal(true)));
                id().in_subquery(rows)
            }
        };
        match self.ask {
            Ask::Empty => Condition::all().add(holds.not()),
            Ask::AnyOrEmpty(_) => Condition::any().add(holds).add(self.is_filled().not()),
            _ => Condition::all().add(holds),
        }
    }

    /// Whether anything stands in it, asked of each ticket.
    fn is_filled(&self) -> Expr {
        let rows = Query::select()
            .expr(Expr::val(1))
            .from("field_value")
            .and_where(col("field_id").eq(self.field_id))
            .and_where(col("ticket_id").equals(("ticket", "id")))
            .to_owned();
        Expr::exists(rows)
    }
}

/// The question with everything it means: an option of a tree stands for those below it too.
async fn whole(db: &Db, field: &Field, mut ask: Ask) -> Result<Ask> {
    if let Ask::Any(ids) | Ask::AnyOrEmpty(ids) = &mut ask
        && field.row.kind == Kind::Tree
    {
        *ids = with_those_below(db, field.row.id, ids).await?;
    }
    Ok(ask)
}

/// These options of a tree and all below them.
async fn with_those_below(db: &Db, field_id: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let field = read::with_options(db, &[field_id]).await?.pop();
    let options = field.map(|f| f.options).unwrap_or_default();
    let above = option::Above::of(&options);
    let below = options
        .iter()
        .filter(|o| above.path(o.id).iter().any(|p| ids.contains(&p.id)));
    Ok(below.map(|o| o.id).collect())
}

/// The field of a key, when the actor may know it.
pub async fn known(db: &Db, actor: &Actor, key: &str) -> Result<Option<Field>> {
    match super::list::by_key(db, actor, key).await {
        Ok(field) => Ok(Some(field).filter(|f| f.row.retired_at.is_none())),
        Err(crate::DeskError::Hidden) => Ok(None),
        Err(other) => Err(other),
    }
}
