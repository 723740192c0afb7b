//! All tickets of a list at one moment: their ids alone, in its order.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::SelectStatement;
use uuid::Uuid;

use super::filter::{Filter, col};
use super::list::{Sort, SortBy, held_query, page_query};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Permission};

#[derive(FromQueryResult)]
struct Chosen {
    id: Uuid,
}

/// The ids of up to so many tickets that the filter selects and the actor sees and may do this to. One statement sees
/// one state of the database, so none is missing or twice, whatever changes while they are worked on.
pub async fn all(
    db: &Db,
    actor: &Actor,
    (filter, sort): (&Filter, Sort),
    may: Permission,
    most: u64,
) -> Result<Vec<Uuid>> {
    let now = db.clock().now();
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let read = async |mut query: SelectStatement, most: u64| -> Result<Vec<Uuid>> {
        query
            .clear_selects()
            .expr_as(col("id"), "id")
            .cond_where(policy::tickets_where(actor, may))
            .reset_limit()
            .limit(most);
        let rows = Chosen::find_by_statement(backend.build(&query));
        let rows = rows.all(db.reader()).await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    };
    let mut ids = match sort.by {
        SortBy::Field(order) => {
            let query = held_query(actor, filter, (order, sort.direction), None, 0, now);
            read(query, most).await?
        }
        _ => vec![],
    };
    let left = most.saturating_sub(ids.len() as u64);
    if left > 0 {
        ids.extend(read(page_query(actor, filter, sort, None, 0, now), left).await?);
    }
    Ok(ids)
}
