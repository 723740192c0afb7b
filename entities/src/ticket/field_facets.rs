//! The numbers of choice fields beside a list: of each option, and of the tickets that hold nothing.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Query, SelectStatement};
use uuid::Uuid;

use super::facets::{MOST, by_column};
use super::filter::{Filter, col, literal};
use super::selection::Selection;
use super::state::Priority;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::field::{Field, Kind};
use crate::kept::Part;
use crate::policy::{self, Permission};

/// The most options that are offered and counted one by one; of more they are found by typing.
pub const MOST_OPTIONS: usize = 400;

/// What the tickets of a filter hold in one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfField {
    /// By option, each alone; none where there are more than [`MOST_OPTIONS`].
    pub options: HashMap<Uuid, i64>,
    pub nothing: i64,
}

/// The numbers of some fields. Those the filter asks about are each counted without that question.
pub(super) async fn of_fields(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    fields: &[&Field],
) -> Result<HashMap<Uuid, OfField>> {
    let is_asked = |field: &&Field| filter.fields.iter().any(|f| f.field_id == field.row.id);
    let (asked, others): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|f| is_asked(f));
    let mut all = counted(db, actor, filter, &others).await?;
    for field in asked {
        let mut filter = filter.clone();
        filter.fields.retain(|f| f.field_id != field.row.id);
        all.extend(counted(db, actor, &filter, &[field]).await?);
    }
    Ok(all)
}

#[derive(FromQueryResult)]
struct Held {
    field_id: Uuid,
    ref_id: Uuid,
    n: i64,
}

#[derive(FromQueryResult)]
struct Holders {
    field_id: Uuid,
    n: i64,
}

async fn counted(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    fields: &[&Field],
) -> Result<HashMap<Uuid, OfField>> {
    if fields.is_empty() {
        return Ok(HashMap::new());
    }
    let is_offered = |field: &&&Field| field.options.len() <= MOST_OPTIONS;
    let (offered, long): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(is_offered);
    let ids = |fields: &mut dyn Iterator<Item = &&Field>| -> Vec<Uuid> {
        fields.map(|field| field.row.id).collect()
    };
    // Who holds several options is counted with each of them, so they are counted whole as well.
    let several = offered.iter().filter(|f| f.row.kind == Kind::Choices);
    let whole = ids(&mut several.chain(&long));
    let asked = (ids(&mut offered.iter()), whole);
    let Counted { options, holders } = read(db, actor, filter, asked).await?;
    let of = |id| {
        let options = options.get(&id).cloned().unwrap_or_default();
        (
            id,
            OfField {
                options,
                nothing: 0,
            },
        )
    };
    let mut all: HashMap<Uuid, OfField> = ids(&mut fields.iter()).into_iter().map(of).collect();
    // Every ticket has a priority, and most lists have counted them already.
    let tickets = by_column::<Priority>(db, actor, filter, "priority").await?;
    let tickets: i64 = tickets.values().sum();
    for (id, of) in &mut all {
        let holders = holders.get(id).copied().unwrap_or_default();
        of.nothing = Ord::max(tickets - holders, 0);
    }
    Ok(all)
}

/// What was counted of fields.
#[derive(Clone, Default)]
struct Counted {
    /// By field and option.
    options: HashMap<Uuid, HashMap<Uuid, i64>>,
    /// Tickets that hold anything there.
    holders: HashMap<Uuid, i64>,
}

/// Counts the options of the first fields, and who holds anything in the second.
async fn read(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    (offered, whole): (Vec<Uuid>, Vec<Uuid>),
) -> Result<Counted> {
    let selection = Selection::of(actor, filter);
    let parts = selection.parts().with(Part::Fields);
    let question = (selection, offered.clone(), whole.clone());
    db.kept_of(parts, question, async || {
        let now = db.clock().now();
        let backend = db.reader().get_database_backend();
        let mut counted = Counted::default();
        if !offered.is_empty() {
            let query = by_option_query(actor, filter, &offered, now);
            let held = Held::find_by_statement(backend.build(&query));
            for held in held.all(db.reader()).await? {
                let options = counted.options.entry(held.field_id).or_default();
                options.insert(held.ref_id, held.n);
                *counted.holders.entry(held.field_id).or_default() += held.n;
            }
        }
        if !whole.is_empty() {
            let query = holders_query(actor, filter, &whole, now);
            let found = Holders::find_by_statement(backend.build(&query));
            let found = found.all(db.reader()).await?.into_iter();
            let found = found.map(|Holders { field_id, n }| (field_id, n));
            counted.holders.extend(found);
        }
        Ok(counted)
    })
    .await
}

fn value(name: &'static str) -> Expr {
    Expr::col(("field_value", name))
}

/// The statement of the numbers by option, in the order of the index that gives them.
pub fn by_option_query(
    actor: &Actor,
    filter: &Filter,
    fields: &[Uuid],
    now: Instant,
) -> SelectStatement {
    held(actor, filter, fields, now)
        .expr(value("ref_id"))
        .expr_as(Func::count(Expr::col(Asterisk)), "n")
        .add_group_by([value("field_id"), value("ref_id")])
        .to_owned()
}

/// The statement of how many tickets hold anything in each field.
pub fn holders_query(
    actor: &Actor,
    filter: &Filter,
    fields: &[Uuid],
    now: Instant,
) -> SelectStatement {
    held(actor, filter, fields, now)
        .expr_as(Func::count_distinct(value("ticket_id")), "n")
        .add_group_by([value("field_id")])
        .to_owned()
}

/// What the tickets of a filter hold in some fields.
fn held(actor: &Actor, filter: &Filter, fields: &[Uuid], now: Instant) -> SelectStatement {
    let seen = policy::tickets_where(actor, Permission::ReadTickets);
    let is_all_open = seen.is_empty() && *filter == Filter::default();
    let mut tickets = Query::select();
    tickets
        .expr_as(col("id"), "id")
        .from("ticket")
        .cond_where(seen)
        .cond_where(filter.condition(actor, now));
    let mut query = Query::select();
    query.expr(value("field_id"));
    if filter.active() == Some(true) {
        // Open work is a small part of the index, so it is read whole.
        query
            .from("field_value")
            .and_where(value("active").eq(literal(true)));
        if !is_all_open {
            query.and_where(value("ticket_id").in_subquery(tickets));
        }
    } else {
        // What has ended is most of it: here the few tickets come first.
        query
            .from_subquery(tickets.limit(MOST).to_owned(), "some")
            .cross_join("field_value")
            .and_where(value("ticket_id").equals(("some", "id")));
    }
    query
        .and_where(value("field_id").is_in(fields.iter().copied()))
        .and_where(value("ref_id").is_not_null())
        .to_owned()
}
