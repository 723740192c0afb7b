//! What reviewers and authors say to each other about a version.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};
use serde::{Deserialize, Serialize};

use super::{Article, ArticleEvent, version};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::ledger::{Command, Subject as _};
use crate::policy::Permission;

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
    /// The passage it is about, as it stands in the version; empty: it is about all of it.
    pub quote: String,
    /// When an author was done with it, and who.
    pub done_at: Option<DateTimeUtc>,
    pub done_by: Option<Uuid>,
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
    pub id: Uuid,
    pub version: i32,
    pub kind: Kind,
    /// None: the system.
    pub author: Option<String>,
    pub written_at: Instant,
    pub text: String,
    /// The passage it is about; empty: all of it.
    pub quote: String,
    pub done_at: Option<Instant>,
    pub done_by: Option<String>,
}

/// The remarks on an article that was found for the actor: those that are open, the oldest of them first, then the newest
/// of those that are done.
pub async fn of(db: &Db, article: &Article, most: u64) -> Result<Vec<Told>> {
    let sql = "SELECT r.id, r.version, r.kind, (SELECT name FROM person WHERE id = r.author_id) AS author, r.written_at, \
               r.text, r.quote, r.done_at, (SELECT name FROM person WHERE id = r.done_by) AS done_by \
               FROM article_remark r WHERE r.article_id = $1 \
               ORDER BY CASE WHEN r.done_at IS NULL THEN 0 ELSE 1 END, r.written_at DESC, r.id DESC LIMIT $2";
    let backend = db.reader().get_database_backend();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = [article.row.id.into(), most.into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut told = Told::find_by_statement(statement).all(db.reader()).await?;
    let open = told.iter().filter(|one| one.done_at.is_none()).count();
    told[..open].reverse();
    Ok(told)
}

/// One remark on an article that was found for the actor.
///
/// # Errors
/// `Hidden` when there is no such remark on it.
pub async fn one(db: &Db, article: &Article, id: Uuid) -> Result<Model> {
    let row = Entity::find_by_id(id)
        .filter(Column::ArticleId.eq(article.row.id))
        .one(db.reader())
        .await?;
    row.ok_or(DeskError::Hidden)
}

/// Says that an author is done with a remark, or that they are not after all.
#[derive(Clone, Debug)]
pub struct Settle {
    pub remark: Model,
    pub is_done: bool,
}

impl Command for Settle {
    type Target = Article;
    type On = Article;
    const NEEDS: Permission = Permission::WriteArticles;

    fn target(&self, article: &Article) -> Option<Uuid> {
        Some(article.id())
    }

    fn decide(
        self,
        article: &Article,
        _: &Actor,
        _: Instant,
    ) -> std::result::Result<Vec<ArticleEvent>, Rejected> {
        let Model { id, version, .. } = self.remark;
        if self.remark.article_id != article.row.id || self.remark.done_at.is_some() == self.is_done
        {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![match self.is_done {
            true => ArticleEvent::RemarkSettled {
                remark: id,
                version,
            },
            false => ArticleEvent::RemarkReopened {
                remark: id,
                version,
            },
        }])
    }
}

/// Whether a passage stands in a version: its letters and digits do, whatever Markdown stands between them.
pub(super) fn stands_in(quote: &str, version: &version::Model) -> bool {
    let all = format!(
        "{}\n{}\n{}",
        version.title,
        version.summary,
        shown(&version.body)
    );
    letters(&all).contains(&letters(quote))
}

/// The text without the addresses of its links and the numbers of its lists, which nobody marks with it.
fn shown(body: &str) -> String {
    let lines: Vec<&str> = body.lines().map(without_number).collect();
    let body = lines.join("\n");
    let mut parts = body.split("](");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut depth = 0_u32;
        let end = part.find(|c: char| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' if depth > 0 => {
                depth -= 1;
                false
            }
            ')' | '\n' => true,
            _ => false,
        });
        text.push_str(end.map_or("", |end| &part[end..]));
    }
    text
}

/// A line without the number it has in a list.
fn without_number(line: &str) -> &str {
    let rest = line
        .trim_start()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = rest.starts_with(". ") || rest.starts_with(") ");
    match is_item && rest.len() < line.trim_start().len() {
        true => &rest[2..],
        false => line,
    }
}

fn letters(text: &str) -> String {
    let text = crate::text::fold(text);
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(quote: &str, body: &str) -> bool {
        letters(&shown(body)).contains(&letters(quote))
    }

    #[test]
    fn a_passage_is_found_through_its_marks_lists_and_links() {
        let body = "## Schritte\n\n1. **Öffnen** Sie [die Maske](/knowledge/1(2)#s-x) „Bonus“.\n2. Ablegen";
        for quote in [
            "Öffnen Sie die Maske „Bonus“. Ablegen",
            "schritte öffnen",
            "Maske",
        ] {
            assert!(stands(quote, body), "{quote}");
        }
        for quote in ["Öffnen die Maske", "knowledge"] {
            assert!(!stands(quote, body), "{quote}");
        }
    }
}
