//! Which articles somebody finds.

use std::collections::HashMap;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use super::place::WORK;
use super::{Article, Entity, Model, State};
use crate::actor::Actor;
use crate::db::{Db, few_forms};
use crate::error::{DeskError, Result};
use crate::permit::Protected;
use crate::policy::{self, Permission, Place};

pub(super) fn col(name: &'static str) -> Expr {
    Expr::col(("article", name))
}

/// What is published, as far as the actor reads articles, and everything of those articles that they work on.
pub fn visible_to(actor: &Actor) -> Condition {
    let published = Condition::all()
        .add(col("published").is_not_null())
        .add(col("state").ne(State::Retired))
        .add(policy::articles_where(actor, Permission::ReadArticles));
    work(actor, Condition::any().add(published))
}

/// Everything of the articles that the actor works on.
pub(super) fn worked_on_by(actor: &Actor) -> Condition {
    work(actor, Condition::any().add(Expr::val(1).eq(2)))
}

fn work(actor: &Actor, any: Condition) -> Condition {
    WORK.into_iter()
        .filter(|permission| actor.may_somewhere(*permission))
        .fold(any, |any, permission| {
            any.add(policy::articles_where(actor, permission))
        })
}

/// The name of whoever answers for it.
pub(super) fn owner_name() -> Expr {
    let owner = Query::select()
        .expr(Expr::col(("person", "name")))
        .from("person")
        .and_where(Expr::col(("person", "id")).equals(("article", "owner_id")))
        .to_owned();
    Expr::from(owner)
}

/// Those the actor answers for.
pub(super) fn answered_for_by(actor: &Actor) -> Expr {
    col("owner_id").eq(actor.person_id())
}

/// One article.
///
/// # Errors
/// `Hidden` when there is none, or for those who do not find it.
pub async fn find(db: &Db, actor: &Actor, id: Uuid) -> Result<Article> {
    let row = Entity::find_by_id(id)
        .filter(visible_to(actor))
        .one(db.reader())
        .await?
        .ok_or(DeskError::Hidden)?;
    let found = Article::around(db.reader(), vec![row]).await?.pop();
    found.ok_or(DeskError::Hidden)
}

impl Protected for Article {
    fn place(&self) -> Place {
        crate::ledger::Subject::place(self)
    }

    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        let id = Uuid::try_parse(key).map_err(|_| DeskError::Hidden)?;
        find(db, actor, id).await
    }
}

/// Those of these articles that the actor finds, by id.
pub async fn hits(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, Model>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(col("id").is_in(few_forms(ids.iter().copied())))
        .filter(visible_to(actor))
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
