//! Whom the events of articles tell: of a review, whoever answers for it, as far as they still find it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    Statement,
};
use uuid::Uuid;

use crate::actor::Actor;
use crate::article::service;
use crate::clock::{Instant, day};
use crate::db::{few_forms, places};
use crate::error::Result;
use crate::notice::{Kind, Model};
use crate::policy::{self, Permission, Place};
use crate::session;

/// What is to be told, by articles.
#[derive(Default)]
pub struct ArticleNotices {
    told: HashMap<Uuid, Vec<(i32, Kind, Instant)>>,
}

/// Somebody an article concerns.
#[derive(FromQueryResult)]
struct Concerned {
    article_id: Uuid,
    owner_id: Option<Uuid>,
    person_id: Uuid,
    name: String,
}

/// Whoever holds one of these at an article finds it.
const FINDS: [Permission; 4] = [
    Permission::ReadArticles,
    Permission::WriteArticles,
    Permission::ReviewArticles,
    Permission::PublishArticles,
];

impl ArticleNotices {
    pub(super) fn tell(&mut self, id: Uuid, number: i32, kind: Kind, at: Instant) {
        self.told.entry(id).or_default().push((number, kind, at));
    }

    /// A row for everybody who is told.
    pub(super) async fn rows(self, tx: &DatabaseTransaction) -> Result<Vec<Model>> {
        if self.told.is_empty() {
            return Ok(vec![]);
        }
        let told = self.told.values().flatten().map(|(_, _, at)| *at);
        let today = told.max().map(day).unwrap_or_default();
        let concerned = concerned(tx, self.told.keys().copied(), today).await?;
        let mut people: Vec<(Uuid, String)> = concerned
            .iter()
            .map(|c| (c.person_id, c.name.clone()))
            .collect();
        people.sort_unstable();
        people.dedup();
        let actors = session::actors(tx, people, today).await?;
        let actors: HashMap<Uuid, Actor> = actors
            .into_iter()
            .map(|a| (a.id, Actor::Person(a.into())))
            .collect();
        let about = service::Entity::find()
            .filter(service::Column::ArticleId.is_in(self.told.keys().copied()))
            .all(tx)
            .await?;
        let mut rows = Vec::new();
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
            let told = self.told.get(&one.article_id).into_iter().flatten();
            rows.extend(told.map(|(number, kind, at)| Model {
                id: crate::new_id(),
                person_id: one.person_id,
                subject_id: one.article_id,
                number: *number,
                kind: kind.name().to_owned(),
                at: *at,
                read_at: None,
            }));
        }
        Ok(rows)
    }
}

/// The owners of these articles and those who stand in for them that day; nobody retired.
async fn concerned(
    tx: &DatabaseTransaction,
    articles: impl Iterator<Item = Uuid>,
    today: NaiveDate,
) -> Result<Vec<Concerned>> {
    let ids = few_forms(articles);
    let these = places(ids.len());
    let on = ids.len() + 1;
    let of = |join: &str| {
        format!(
            "SELECT a.id AS article_id, a.owner_id, p.id AS person_id, p.name FROM article a {join} \
             WHERE a.id IN ({these}) AND p.retired_at IS NULL"
        )
    };
    let sql = [
        of("JOIN person p ON p.id = a.owner_id"),
        of(&format!(
            "JOIN deputy d ON d.person_id = a.owner_id AND d.from_on <= ${on} AND ${on} <= d.to_on \
             JOIN person p ON p.id = d.deputy_id"
        )),
    ];
    let backend = tx.get_database_backend();
    let mut values: Vec<sea_orm::Value> = ids.into_iter().map(Into::into).collect();
    values.push(today.into());
    let statement = Statement::from_sql_and_values(backend, sql.join(" UNION "), values);
    Ok(Concerned::find_by_statement(statement).all(tx).await?)
}
