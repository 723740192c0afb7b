//! All tickets of a list at one moment: their ids alone, in its order.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use uuid::Uuid;

use super::filter::{Filter, col};
use super::group;
use super::list::{Sort, SortBy, held_query, page_query};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::policy::{self, Permission};
use crate::view::Grouping;

/// A list as it is shown: what it selects, and in which order.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    pub filter: &'a Filter,
    pub sort: Sort,
    pub grouping: Option<Grouping>,
}

/// What a list is handed to, as it is read.
pub trait Take: Send {
    fn take(&mut self, ids: Vec<Uuid>) -> impl Future<Output = Result<()>> + Send;
}

/// Ids that are gathered before they are handed over to be held.
const PORTION: usize = 1_000;

#[derive(FromQueryResult)]
struct Chosen {
    id: Uuid,
}

/// The statements of a list, those of each of its groups behind those of the one before.
fn statements(
    actor: &Actor,
    list: &List<'_>,
    groups: &[group::Group],
    now: Instant,
) -> Vec<SelectStatement> {
    let in_group = |group: Option<group::Group>| Filter {
        group,
        ..list.filter.clone()
    };
    // What is in no group any more, or in a new one, stands at the end.
    let groups = groups.iter().copied().map(Some).chain([None]);
    let of_group = |group| {
        let filter = in_group(group);
        let held = match list.sort.by {
            SortBy::Field(order) => {
                let order = (order, list.sort.direction);
                Some(held_query(actor, &filter, order, None, 0, now))
            }
            _ => None,
        };
        let others = page_query(actor, &filter, list.sort, None, 0, now);
        held.into_iter().chain([others]).collect::<Vec<_>>()
    };
    groups.flat_map(of_group).collect()
}

/// Hands over the ids of up to `most` tickets that the list shows the actor and they may do this to, `portion` at a
/// time, as they come. All are read by one look at the database, so none is missing or twice, whatever changes meanwhile.
pub async fn each(
    db: &Db,
    actor: &Actor,
    list: &List<'_>,
    may: Permission,
    (most, portion): (u64, usize),
    to: &mut impl Take,
) -> Result<()> {
    let groups = match list.grouping {
        Some(grouping) => group::groups(db, actor, list.filter, grouping).await?,
        None => vec![],
    };
    let statements = statements(actor, list, &groups, db.clock().now());
    let look: DatabaseTransaction = db.begin_read().await?;
    let backend = sea_orm::ConnectionTrait::get_database_backend(&look);
    // Only open work stands in groups, and that is little however old the desk.
    let mut known = (!groups.is_empty()).then(HashSet::new);
    let mut some = Vec::with_capacity(portion);
    let mut left = most;
    for mut query in statements {
        if left == 0 {
            break;
        }
        query
            .clear_selects()
            .expr_as(col("id"), "id")
            .cond_where(policy::tickets_where(actor, may))
            .reset_limit();
        if known.is_none() {
            query.limit(left);
        }
        let found = Chosen::find_by_statement(backend.build(&query));
        let mut found = found.stream(&look).await?;
        while let Some(Chosen { id }) = found.try_next().await? {
            if known.as_mut().is_some_and(|known| !known.insert(id)) {
                continue;
            }
            some.push(id);
            left -= 1;
            if some.len() == portion {
                to.take(std::mem::replace(&mut some, Vec::with_capacity(portion)))
                    .await?;
            }
            if left == 0 {
                break;
            }
        }
    }
    if !some.is_empty() {
        to.take(some).await?;
    }
    Ok(look.commit().await?)
}

impl Take for Vec<Uuid> {
    async fn take(&mut self, ids: Vec<Uuid>) -> Result<()> {
        self.extend(ids);
        Ok(())
    }
}

/// Which of these tickets a filter shows the actor.
pub async fn among(db: &Db, actor: &Actor, filter: &Filter, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let ids = few_forms(ids.iter().copied());
    let query = Query::select()
        .expr_as(col("id"), "id")
        .from("ticket")
        .and_where(col("id").is_in(ids))
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(filter.condition(actor, db.clock().now()))
        .to_owned();
    let statement = sea_orm::ConnectionTrait::get_database_backend(db.reader()).build(&query);
    let found = Chosen::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(found.into_iter().map(|one| one.id).collect())
}

/// The ids of up to `most` of them at once.
pub async fn all(
    db: &Db,
    actor: &Actor,
    list: &List<'_>,
    may: Permission,
    most: u64,
) -> Result<Vec<Uuid>> {
    let mut ids = Vec::new();
    each(db, actor, list, may, (most, PORTION), &mut ids).await?;
    Ok(ids)
}
