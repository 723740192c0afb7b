//! Articles that belong to another: linked from it or to it, or alike in keywords, services or category.

use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, UnionType};
use uuid::Uuid;

use super::find::{col, visible_to};
use super::{Article, State, version};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::Result;
use crate::language::Language;
use crate::text;

/// What an article leads to, found in the version it is known by.
pub(crate) mod link {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub article_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub to_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The keywords of the version it is known by, folded.
pub(crate) mod keyword {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article_keyword")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub article_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Before the ids of articles in links.
const LEADS: [&str; 3] = ["/knowledge/", "/help/articles/", "/portal/knowledge/"];
/// The most links of an article that are kept.
const MOST_LINKS: usize = 200;
/// Of each sort so many are looked at, the newest of them.
const MOST_ALIKE: u64 = 100;
/// Keywords and services by which others are looked for.
const MOST_BY: usize = 8;
/// So many of those that are most alike are asked whether the reader may see them.
const MOST_ASKED: u64 = 60;

/// What articles are known by to each other.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub article_id: Uuid,
    pub links: Vec<Uuid>,
    pub words: Vec<String>,
}

impl Known {
    pub(super) fn of(version: &version::Model) -> Known {
        let mut links = linked(&version.body);
        links.retain(|to| *to != version.article_id);
        links.truncate(MOST_LINKS);
        Known {
            article_id: version.article_id,
            links,
            words: words(&version.keywords),
        }
    }
}

/// The articles a text leads to, each once.
fn linked(text: &str) -> Vec<Uuid> {
    let mut found = Vec::new();
    for lead in LEADS {
        for (at, _) in text.match_indices(lead) {
            let from = at + lead.len();
            let id = text.get(from..from + 36);
            let id = id.and_then(|id| Uuid::try_parse(id).ok());
            found.extend(id.filter(|id| !found.contains(id)));
        }
    }
    found
}

/// Keywords as they are compared, each once.
fn words(keywords: &str) -> Vec<String> {
    let mut words: Vec<String> = keywords.lines().map(text::fold).collect();
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words.dedup();
    words
}

/// An article that belongs to another.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Related {
    pub id: Uuid,
    pub title: String,
    pub language: Language,
}

/// Ids out of a table in the order of an index, each with how much it says.
fn alike(
    table: &'static str,
    id: &'static str,
    by: (&'static str, Expr),
    says: i32,
) -> SelectStatement {
    let of = |name: &'static str| Expr::col((table, name));
    let some = Query::select()
        .expr_as(of(id), "id")
        .expr_as(Expr::val(says), "says")
        .from(table)
        .and_where(of(by.0).eq(by.1))
        .order_by_expr(of(id), Order::Desc)
        .limit(MOST_ALIKE)
        .to_owned();
    // A part of a union has no order of its own.
    Query::select()
        .columns(["id", "says"])
        .from_subquery(some, "some")
        .to_owned()
}

/// The statement of [`related`].
pub fn related_query(actor: &Actor, article: &Article, most: u64) -> SelectStatement {
    let id = article.row.id;
    let mut all = alike("article_link", "to_id", ("article_id", Expr::val(id)), 7);
    let mut add = |part: SelectStatement| {
        all.union(UnionType::All, part);
    };
    add(alike(
        "article_link",
        "article_id",
        ("to_id", Expr::val(id)),
        6,
    ));
    let keywords = article.known_keywords();
    for word in keywords.into_iter().take(MOST_BY) {
        add(alike(
            "article_keyword",
            "article_id",
            ("word", Expr::val(word)),
            3,
        ));
    }
    for service in article.service_ids.iter().take(MOST_BY) {
        let by = ("service_id", Expr::val(*service));
        add(alike("article_service", "article_id", by, 2));
    }
    if let Some(category) = article.row.category_id {
        let of_it = Query::select()
            .expr_as(col("id"), "id")
            .expr_as(Expr::val(1), "says")
            .from("article")
            .and_where(col("category_id").eq(category))
            .order_by_expr(col("folded_title"), Order::Asc)
            .order_by_expr(col("id"), Order::Asc)
            .limit(MOST_ALIKE)
            .to_owned();
        add(Query::select()
            .columns(["id", "says"])
            .from_subquery(of_it, "some")
            .to_owned());
    }
    let sum = |table: &'static str| Expr::col((table, "says")).sum();
    let most_alike = Query::select()
        .expr_as(Expr::col(("alike", "id")), "id")
        .expr_as(sum("alike"), "says")
        .from_subquery(all, "alike")
        .and_where(Expr::col(("alike", "id")).ne(id))
        .group_by_col(("alike", "id"))
        .order_by_expr(sum("alike"), Order::Desc)
        .order_by(("alike", "id"), Order::Desc)
        .limit(MOST_ASKED)
        .to_owned();
    let mut query = Query::select();
    for name in ["id", "title", "language"] {
        query.expr_as(col(name), name);
    }
    query
        .from_subquery(most_alike, "near")
        .inner_join("article", col("id").equals(("near", "id")))
        .cond_where(visible_to(actor))
        .and_where(col("published").is_not_null())
        .and_where(col("state").ne(State::Retired))
        .order_by(("near", "says"), Order::Desc)
        .order_by(("article", "folded_title"), Order::Asc)
        .order_by(("article", "id"), Order::Asc)
        .limit(most)
        .to_owned()
}

/// What is published and belongs to an article that was found for the actor, as far as they read it: what is most alike first.
pub async fn related(db: &Db, actor: &Actor, article: &Article, most: u64) -> Result<Vec<Related>> {
    let query = related_query(actor, article, most);
    let statement = db.reader().get_database_backend().build(&query);
    Ok(Related::find_by_statement(statement)
        .all(db.reader())
        .await?)
}

impl Article {
    /// The keywords others are looked for by: those of its newest version.
    fn known_keywords(&self) -> Vec<String> {
        let keywords = self.newest.as_ref().map(|v| v.keywords.as_str());
        words(keywords.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_articles_are_found_wherever_they_lead_through() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let text = format!(
            "[a](/knowledge/{a}#s-x) [b](https://hilfe.example/help/articles/{b}) [a](/portal/knowledge/{a}) /knowledge/ä"
        );
        assert_eq!(linked(&text), [a, b]);
        assert_eq!(linked("/knowledge/new"), Vec::<Uuid>::new());
    }

    #[test]
    fn keywords_are_compared_without_their_case_and_accents() {
        assert_eq!(words("Größe\n\nBonus\nbonus"), ["bonus", "grosse"]);
    }
}
