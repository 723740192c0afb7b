//! Whether an article helped somebody whom nobody knows: a yes or a no, and nothing about them.

use sea_orm::entity::prelude::*;

/// What one visitor says of an article.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_visitor_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: Uuid,
    /// Made of a random word that only their browser keeps, and of the article: it ties no two answers together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub visitor: String,
    /// Number of the version it is about.
    pub version: i32,
    pub helped: bool,
    pub given_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

pub use Model as VisitorAnswer;
