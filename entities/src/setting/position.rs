//! The places of what stands in an order that people choose.

use sea_orm::{EntityTrait, QueryOrder, QuerySelect, Select};

use crate::db::Db;
use crate::error::Result;

/// How far apart new ones are set, so that others fit between.
pub const STEP: i32 = 10;

/// The place behind all these rows.
pub(crate) async fn behind<E: EntityTrait>(
    db: &Db,
    rows: Select<E>,
    position: E::Column,
) -> Result<i32> {
    let last: Option<i32> = rows
        .select_only()
        .column(position)
        .order_by_desc(position)
        .into_tuple()
        .one(db.reader())
        .await?;
    Ok(last.unwrap_or_default() + STEP)
}
