//! Whom the events of articles tell: whoever answers for one and whoever watches it, as far as they still find it, and
//! nobody of what they did themselves.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    Statement,
};
use uuid::Uuid;

use super::notices::{Told, actors, row};
use crate::actor::Actor;
use crate::article::service;
use crate::clock::{Instant, day};
use crate::db::{few_forms, places};
use crate::error::Result;
use crate::notice::{Kind, Model, Reason};
use crate::policy::{self, Permission, Place};

/// What is to be told, by articles.
#[derive(Default)]
pub struct ArticleNotices {
    told: HashMap<Uuid, Vec<Told>>,
}

/// Somebody an article concerns.
#[derive(FromQueryResult)]
struct Concerned {
    article_id: Uuid,
    owner_id: Option<Uuid>,
    person_id: Uuid,
    name: String,
    /// One: it is watched; none: it is answered for.
    watches: i32,
}

/// Who recorded a release that asks for an article to be checked.
#[derive(FromQueryResult)]
struct Recorded {
    article_id: Uuid,
    by: Option<Uuid>,
}

impl Concerned {
    /// Whether they are told of such an event.
    fn hears_of(&self, kind: Kind) -> bool {
        match kind {
            Kind::ArticlePublished | Kind::ArticleRetired => self.watches == 1,
            Kind::RecheckDue => true,
            _ => self.watches == 0,
        }
    }
}

/// Whoever holds one of these at an article finds it.
const FINDS: [Permission; 4] = [
    Permission::ReadArticles,
    Permission::WriteArticles,
    Permission::ReviewArticles,
    Permission::PublishArticles,
];

impl ArticleNotices {
    pub(super) fn tell(&mut self, id: Uuid, told: Told) {
        self.told.entry(id).or_default().push(told);
    }

    /// A row for everybody who is told.
    pub(super) async fn rows(self, tx: &DatabaseTransaction) -> Result<Vec<Model>> {
        if self.told.is_empty() {
            return Ok(vec![]);
        }
        let told = self.told.values().flatten().map(|told| told.at);
        let today = told.max().map(day).unwrap_or_default();
        let concerned = concerned(tx, self.told.keys().copied(), today).await?;
        let people = concerned.iter().map(|c| (c.person_id, c.name.clone()));
        let actors = actors(tx, people, today, None).await?;
        let about = service::Entity::find()
            .filter(service::Column::ArticleId.is_in(self.told.keys().copied()))
            .all(tx)
            .await?;
        let recorded = self.recorded(tx).await?;
        let mut rows = Vec::new();
        let mut told_once = HashSet::new();
        for one in concerned {
            let of_it = about.iter().filter(|row| row.article_id == one.article_id);
            let place = Place::Article {
                service_ids: of_it.map(|row| row.service_id).collect(),
                owner_id: one.owner_id,
            };
            let finds = |actor: &Actor| {
                let allows = |of| policy::allows(actor, of, place.clone());
                FINDS.into_iter().any(allows)
            };
            if !actors.get(&one.person_id).is_some_and(finds) {
                continue;
            }
            for told in self.told.get(&one.article_id).into_iter().flatten() {
                let own = match told.kind {
                    Kind::RecheckDue => recorded
                        .iter()
                        .filter(|r| r.article_id == one.article_id)
                        .all(|r| r.by == Some(one.person_id)),
                    _ => told.by == Some(one.person_id),
                };
                let key = (one.article_id, told.number, one.person_id);
                if own || !one.hears_of(told.kind) || !told_once.insert(key) {
                    continue;
                }
                let reason = match (one.watches, Some(one.person_id) == one.owner_id) {
                    (1, _) => Reason::Watch,
                    (_, true) => Reason::Owner,
                    (_, false) => Reason::Deputy,
                };
                rows.push(row(
                    one.person_id,
                    one.article_id,
                    told,
                    (told.kind, reason),
                ));
            }
        }
        Ok(rows)
    }

    /// Who recorded the releases that are told of.
    async fn recorded(&self, tx: &DatabaseTransaction) -> Result<Vec<Recorded>> {
        let is_asked = |told: &&Told| told.kind == Kind::RecheckDue;
        let asked: Vec<(Uuid, Instant)> = self
            .told
            .iter()
            .filter_map(|(id, told)| Some((*id, told.iter().find(is_asked)?.at)))
            .collect();
        let Some((_, at)) = asked.first().copied() else {
            return Ok(vec![]);
        };
        let ids = few_forms(asked.into_iter().map(|(id, _)| id));
        let sql = format!(
            "SELECT r.article_id, e.actor_id AS \"by\" FROM article_recheck r \
             LEFT JOIN event e ON e.subject_id = r.release_id AND e.number = 1 \
             WHERE r.article_id IN ({}) AND r.told_at = ${}",
            places(ids.len()),
            ids.len() + 1
        );
        let backend = tx.get_database_backend();
        let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
        values.push(at.into());
        let statement = Statement::from_sql_and_values(backend, sql, values);
        Ok(Recorded::find_by_statement(statement).all(tx).await?)
    }
}

/// The owners of these articles, those who stand in for them that day, and whoever watches them; nobody retired.
async fn concerned(
    tx: &DatabaseTransaction,
    articles: impl Iterator<Item = Uuid>,
    today: NaiveDate,
) -> Result<Vec<Concerned>> {
    let ids = few_forms(articles);
    let these = places(ids.len());
    let on = ids.len() + 1;
    let of = |watches: u8, join: &str| {
        format!(
            "SELECT a.id AS article_id, a.owner_id, p.id AS person_id, p.name, {watches} AS watches FROM article a {join} \
             WHERE a.id IN ({these}) AND p.retired_at IS NULL"
        )
    };
    let sql = [
        of(0, "JOIN person p ON p.id = a.owner_id"),
        of(
            0,
            &format!(
                "JOIN deputy d ON d.person_id = a.owner_id AND d.from_on <= ${on} AND ${on} <= d.to_on \
                 JOIN person p ON p.id = d.deputy_id"
            ),
        ),
        of(
            1,
            "JOIN article_watch w ON w.article_id = a.id JOIN person p ON p.id = w.person_id",
        ),
    ];
    let backend = tx.get_database_backend();
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.push(today.into());
    let statement = Statement::from_sql_and_values(backend, sql.join(" UNION "), values);
    Ok(Concerned::find_by_statement(statement).all(tx).await?)
}
