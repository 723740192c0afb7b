//! Tickets that changed and are to be looked for in the watched views: noted in the transaction that changed them.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};

use crate::error::Result;
use crate::ledger::upsert;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "view_look")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    /// Another one with every change: what changes while it is looked for stays noted.
    pub mark: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// Notes tickets; nothing while nobody watches a view.
pub(crate) async fn note(tx: &DatabaseTransaction, tickets: Vec<Uuid>) -> Result<()> {
    if tickets.is_empty() {
        return Ok(());
    }
    let any = Statement::from_string(
        tx.get_database_backend(),
        "SELECT 1 AS n FROM view_watch LIMIT 1",
    );
    if tx.query_one_raw(any).await?.is_none() {
        return Ok(());
    }
    let row = |ticket_id| Model {
        ticket_id,
        mark: crate::new_id(),
    };
    upsert::<Entity>(tx, tickets.into_iter().map(row).collect()).await
}
