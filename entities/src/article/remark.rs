//! What reviewers and authors say to each other about a version.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use super::Article;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;

/// The content beside an event of an article; the event holds its digest.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_remark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article_id: Uuid,
    /// Number of the version it is about.
    pub version: i32,
    pub kind: Kind,
    pub author_id: Option<Uuid>,
    pub written_at: DateTimeUtc,
    pub text: String,
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

pub use Model as Remark;

/// Why it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In passing.
    #[sea_orm(string_value = "said")]
    Said,
    /// With it the version went back to its authors.
    #[sea_orm(string_value = "returned")]
    Returned,
}

/// A remark as those who work on the article read it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Told {
    pub version: i32,
    pub kind: Kind,
    /// None: the system.
    pub author: Option<String>,
    pub written_at: Instant,
    pub text: String,
}

/// The newest remarks on an article that was found for the actor, the oldest of them first.
pub async fn of(db: &Db, article: &Article, most: u64) -> Result<Vec<Told>> {
    let sql = "SELECT r.version, r.kind, (SELECT name FROM person WHERE id = r.author_id) AS author, r.written_at, r.text \
               FROM article_remark r WHERE r.article_id = $1 ORDER BY r.written_at DESC, r.id DESC LIMIT $2";
    let backend = db.reader().get_database_backend();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = [article.row.id.into(), most.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut told = Told::find_by_statement(statement).all(db.reader()).await?;
    told.reverse();
    Ok(told)
}
