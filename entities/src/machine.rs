//! The machines that serve a desk: each says every few seconds that it is there.

use sea_orm::IntoActiveModel;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, OnConflict};

use crate::db::Db;
use crate::error::Result;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "machine")]
pub struct Model {
    /// Of its data folder, which it made itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is called in its network.
    pub name: String,
    /// Whether it keeps a search index that no other machine can read.
    pub own_index: bool,
    /// Grows each time it says that it is there. Clocks of machines differ; this does not.
    pub beats: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// All machines that said that they are there and not that they go.
pub async fn all(db: &Db) -> Result<Vec<Model>> {
    Ok(Entity::find().all(db.reader()).await?)
}

/// This machine is there.
pub async fn is_there(db: &Db, machine: &Model) -> Result<()> {
    let mut known = OnConflict::column(Column::Id);
    known
        .update_columns([Column::Name, Column::OwnIndex])
        .value(Column::Beats, Expr::col((Entity, Column::Beats)).add(1));
    let tx = db.begin_note().await?;
    Entity::insert(machine.clone().into_active_model())
        .on_conflict(known)
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// A machine is there no longer.
pub async fn is_gone(db: &Db, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM machine WHERE id = $1";
    db.write_note(sql, vec![id.into()]).await
}
