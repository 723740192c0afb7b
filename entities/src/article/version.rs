//! The versions of an article: what was written, by whom, and whether readers ever saw it.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, FromQueryResult, Statement};

use super::{Article, Audience, Content};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};

/// Articles that one statement asks for.
const AT_ONCE: usize = 500;

/// One version. It never changes, save that it is noted once when it was published.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: Uuid,
    /// Counts from one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub title: String,
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// One a line.
    pub keywords: String,
    pub audience: Audience,
    /// JSON: the vendors it is for.
    pub vendor_ids: String,
    /// JSON: the files that belong to it.
    pub files: String,
    /// What was changed, in the author's words.
    pub note: String,
    /// None: the system.
    pub author_id: Option<Uuid>,
    pub written_at: DateTimeUtc,
    /// The number of the version it repeats.
    pub restored_from: Option<i32>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<DateTimeUtc>,
    /// Salt of its digest in the history.
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

pub use Model as Version;

impl Model {
    /// What was written.
    pub fn content(&self) -> Content {
        Content {
            title: self.title.clone(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            keywords: self.keywords.lines().map(str::to_owned).collect(),
            audience: self.audience,
            vendor_ids: self.vendor_ids(),
            files: self.files(),
            note: self.note.clone(),
        }
    }

    /// The vendors it is for; none when the stored form is damaged.
    pub fn vendor_ids(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.vendor_ids).unwrap_or_default()
    }
}

/// A version as the list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    pub number: i32,
    pub title: String,
    pub note: String,
    pub written_at: Instant,
    /// None: the system.
    pub author: Option<String>,
    pub restored_from: Option<i32>,
    pub published_at: Option<Instant>,
    /// Who released it.
    pub publisher: Option<String>,
}

/// One version of an article that was found for the actor. Whoever does not work on it sees only the published one.
///
/// # Errors
/// `Hidden` when there is no such version.
pub async fn of(db: &Db, article: &Article, number: i32) -> Result<Model> {
    if let Some(newest) = article.newest.as_ref().filter(|v| v.number == number) {
        return Ok(newest.clone());
    }
    Entity::find_by_id((article.row.id, number))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)
}

/// All versions of an article that was found for the actor, the newest first.
pub async fn lines(db: &Db, article: &Article, most: u64) -> Result<Vec<Line>> {
    let sql = "SELECT v.number, v.title, v.note, v.written_at, v.restored_from, v.published_at, \
               (SELECT name FROM person WHERE id = v.author_id) AS author, \
               (SELECT name FROM person WHERE id = v.published_by) AS publisher \
               FROM article_version v WHERE v.article_id = $1 ORDER BY v.number DESC LIMIT $2";
    let backend = db.reader().get_database_backend();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = [article.row.id.into(), most.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Line::find_by_statement(statement).all(db.reader()).await?)
}

/// The newest versions of these articles.
pub(super) async fn newest(c: &impl ConnectionTrait, rows: &[super::Model]) -> Result<Vec<Model>> {
    let mut found = Vec::with_capacity(rows.len());
    for some in rows.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT v.* FROM article a JOIN article_version v ON v.article_id = a.id AND v.number = a.newest \
             WHERE a.id IN ({})",
            places(some.len())
        );
        let ids = some.iter().map(|row| row.id.into());
        let statement = Statement::from_sql_and_values(c.get_database_backend(), sql, ids);
        found.extend(Model::find_by_statement(statement).all(c).await?);
    }
    Ok(found)
}

/// These versions, by article.
pub(crate) async fn those(db: &Db, all: &[(Uuid, i32)]) -> Result<HashMap<Uuid, Model>> {
    let mut found = HashMap::with_capacity(all.len());
    for some in all.chunks(AT_ONCE) {
        let any = some.iter().fold(Condition::any(), |any, (id, number)| {
            let one = Condition::all()
                .add(COLUMN.article_id.eq(*id))
                .add(COLUMN.number.eq(*number));
            any.add(one)
        });
        let rows = Entity::find().filter(any).all(db.reader()).await?;
        found.extend(rows.into_iter().map(|row| (row.article_id, row)));
    }
    Ok(found)
}

/// Who wrote what came after the last version that was published: article and person.
pub(super) async fn writers(
    c: &impl ConnectionTrait,
    rows: &[super::Model],
) -> Result<Vec<(Uuid, Uuid)>> {
    let backend = c.get_database_backend();
    let mut found = Vec::new();
    for some in rows.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT DISTINCT v.article_id, v.author_id FROM article_version v WHERE v.article_id IN ({}) \
             AND v.author_id IS NOT NULL AND v.number > COALESCE((SELECT max(p.number) FROM article_version p \
             WHERE p.article_id = v.article_id AND p.published_at IS NOT NULL), 0)",
            places(some.len())
        );
        let ids = some.iter().map(|row| row.id.into());
        let statement = Statement::from_sql_and_values(backend, sql, ids);
        for row in c.query_all_raw(statement).await? {
            found.push((
                row.try_get("", "article_id")?,
                row.try_get("", "author_id")?,
            ));
        }
    }
    Ok(found)
}

/// So many places for values.
fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|n| format!("${n}")).collect();
    places.join(", ")
}
