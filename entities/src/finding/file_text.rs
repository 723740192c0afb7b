//! The texts in files: each content is read once, whatever it is called and wherever it hangs, and waits until then.

use std::collections::HashMap;

use chrono::Duration;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QuerySelect};

use super::queue;
use crate::db::Db;
use crate::error::Result;
use crate::queue::Queue;
use crate::ticket::attachment;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of the bytes, in hex; no two rows have the same.
    pub sha256: String,
    /// What the file was called where it was met first.
    pub name: String,
    pub content_type: String,
    /// None until it was read; empty when nothing in it could be.
    pub text: Option<String>,
    pub claimed_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A content that nobody has read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub sha256: String,
    pub name: String,
    pub content_type: String,
}

const QUEUE: Queue = Queue {
    claim: "UPDATE file_text SET claimed_until = $2",
    waiting: "file_text WHERE text IS NULL",
    oldest: "id",
};

/// The texts of those of the contents that are known; none for one that waits.
pub async fn texts(db: &Db, digests: Vec<String>) -> Result<HashMap<String, Option<String>>> {
    if digests.is_empty() {
        return Ok(HashMap::new());
    }
    let known = Entity::find()
        .select_only()
        .columns([Column::Sha256, Column::Text])
        .filter(Column::Sha256.is_in(digests))
        .into_tuple::<(String, Option<String>)>()
        .all(db.reader())
        .await?;
    Ok(known.into_iter().collect())
}

/// Notes contents that are to be read; those that are known already stay as they are.
pub async fn expect(db: &Db, files: Vec<Unread>) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let rows = files.into_iter().map(|file| {
        let row = Model {
            id: crate::new_id(),
            sha256: file.sha256,
            name: file.name,
            content_type: file.content_type,
            text: None,
            claimed_until: None,
        };
        row.into_active_model()
    });
    let mut known = OnConflict::column(Column::Sha256);
    known.do_nothing();
    let tx = db.begin_write().await?;
    Entity::insert_many(rows)
        .on_conflict(known)
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Claims the content that waits longest.
pub async fn claim(db: &Db, hold: Duration) -> Result<Option<Model>> {
    db.claim(&QUEUE, hold).await
}

/// Keeps the text of a content, and notes every ticket that has a file of it to be indexed again.
pub async fn keep(db: &Db, file: &Model, text: &str) -> Result<()> {
    let tx = db.begin_write().await?;
    Entity::update_many()
        .col_expr(Column::Text, Expr::value(text))
        .col_expr(Column::ClaimedUntil, Expr::value(None::<DateTimeUtc>))
        .filter(Column::Id.eq(file.id))
        .exec(&tx)
        .await?;
    if !text.is_empty() {
        let tickets = attachment::Entity::find()
            .select_only()
            .column(attachment::Column::TicketId)
            .filter(attachment::Column::Sha256.eq(&file.sha256))
            .distinct()
            .into_tuple::<Uuid>()
            .all(&tx)
            .await?;
        let rows = tickets
            .into_iter()
            .map(|id| queue::row(id, super::Kind::Ticket));
        crate::ledger::upsert::<queue::Entity>(&tx, rows.collect()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Gives back a content that could not be fetched.
pub async fn hand_back(db: &Db, file: &Model) -> Result<()> {
    let sql = "UPDATE file_text SET claimed_until = NULL WHERE id = $1";
    db.write_statement(sql, vec![file.id.into()]).await?;
    Ok(())
}
