//! How often answers were sent with a text block: a number beside it, which nobody is told of.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use crate::db::Db;
use crate::error::Result;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_block_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub text_block_id: Uuid,
    pub times: i64,
    pub last_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Counts that these were used once more.
pub async fn note(db: &Db, blocks: &[Uuid]) -> Result<()> {
    for block in blocks {
        let sql = "INSERT INTO text_block_use (text_block_id, times, last_at) VALUES ($1, 1, $2) \
                   ON CONFLICT (text_block_id) DO UPDATE SET times = text_block_use.times + 1, last_at = excluded.last_at";
        let values = vec![(*block).into(), db.clock().now().into()];
        db.write_statement(sql, values).await?;
    }
    Ok(())
}

/// How often each was used.
pub(super) async fn counts(db: &Db) -> Result<HashMap<Uuid, i64>> {
    let all = Entity::find().all(db.reader()).await?;
    Ok(all
        .into_iter()
        .map(|row| (row.text_block_id, row.times))
        .collect())
}
