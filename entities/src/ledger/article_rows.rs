//! The rows of articles one transaction writes.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Statement, Value,
};
use uuid::Uuid;

use crate::article::related::Known;
use crate::article::validity::{recheck, release as valid};
use crate::article::{self, Article, feedback, remark, service, vendor, version, visitor};
use crate::clock::Instant;
use crate::error::Result;
use crate::ledger::around_articles as around;
use crate::ledger::batch::{insert, newest, upsert};
use crate::release;
use crate::service::list::parents_on;
use crate::setting::tree;

/// What the events of one transaction do to articles.
#[derive(Default)]
pub struct ArticleRows {
    pub rows: Vec<article::Model>,
    pub versions: Vec<version::Model>,
    /// All services an article is about.
    pub services: Vec<(Uuid, Vec<Uuid>)>,
    /// All vendors that what it is known by is for.
    pub vendors: Vec<(Uuid, Vec<Uuid>)>,
    pub remarks: Vec<remark::Model>,
    /// Articles with all releases they are valid for.
    valid: Vec<(Uuid, Vec<Uuid>)>,
    /// Articles with releases they were checked for. What is recorded meanwhile stays on the list.
    checked: Vec<(Uuid, Vec<Uuid>)>,
    /// Articles that nobody needs to check any more.
    pub retired: Vec<Uuid>,
    /// Releases that are there from now on: what is known of their services is checked again.
    pub released: Vec<release::Model>,
    /// Releases that nobody needs to check anything for any more.
    pub withdrawn: Vec<Uuid>,
    pub feedback: Vec<feedback::Model>,
    pub visitors: Vec<visitor::Model>,
    /// What they are known by to each other.
    pub(crate) known: Vec<Known>,
    /// Remarks that somebody was done with then, or not after all.
    pub settled: Vec<(Uuid, Option<Instant>, Option<Uuid>)>,
    /// Articles whose re-checks were told of, and when.
    pub told: Vec<(Uuid, Instant)>,
    /// Who watches from then on, or no more.
    watches: Vec<(Uuid, Uuid, Option<Instant>)>,
}

impl ArticleRows {
    /// Which releases an article is valid for has changed.
    pub fn valid(&mut self, article: &Article) {
        let valid = article.release_ids.clone();
        self.valid.push((article.row.id, valid));
    }

    pub fn checked(&mut self, article_id: Uuid, releases: &[Uuid]) {
        self.checked.push((article_id, releases.to_vec()));
    }

    /// Somebody watches an article since then, or no more.
    pub fn watch(&mut self, article_id: Uuid, person_id: Uuid, since: Option<Instant>) {
        self.watches.push((article_id, person_id, since));
    }

    pub async fn write(self, tx: &DatabaseTransaction) -> Result<()> {
        upsert::<article::Entity>(tx, newest(self.rows, |r| r.id)).await?;
        let versions = newest(self.versions, |r| (r.article_id, r.number));
        upsert::<version::Entity>(tx, versions).await?;
        for (article_id, ids) in newest(self.services, |(id, _)| *id) {
            use service as t;
            t::Entity::delete_many()
                .filter(t::Column::ArticleId.eq(article_id))
                .exec(tx)
                .await?;
            let rows = ids.into_iter().map(|service_id| t::Model {
                article_id,
                service_id,
            });
            insert::<t::Entity>(tx, rows.collect()).await?;
        }
        for (article_id, ids) in newest(self.vendors, |(id, _)| *id) {
            use vendor as t;
            t::Entity::delete_many()
                .filter(t::Column::ArticleId.eq(article_id))
                .exec(tx)
                .await?;
            let rows = ids.into_iter().map(|organisation_id| t::Model {
                article_id,
                organisation_id,
            });
            insert::<t::Entity>(tx, rows.collect()).await?;
        }
        insert::<remark::Entity>(tx, self.remarks).await?;
        for (article_id, ids) in newest(self.valid, |(id, _)| *id) {
            valid::Entity::delete_many()
                .filter(valid::Column::ArticleId.eq(article_id))
                .exec(tx)
                .await?;
            let rows = ids.into_iter().map(|release_id| valid::Model {
                article_id,
                release_id,
            });
            insert::<valid::Entity>(tx, rows.collect()).await?;
        }
        for (article_id, releases) in self.checked {
            recheck::Entity::delete_many()
                .filter(recheck::Column::ArticleId.eq(article_id))
                .filter(recheck::Column::ReleaseId.is_in(releases))
                .exec(tx)
                .await?;
        }
        if !self.retired.is_empty() {
            recheck::Entity::delete_many()
                .filter(recheck::Column::ArticleId.is_in(self.retired))
                .exec(tx)
                .await?;
        }
        if !self.withdrawn.is_empty() {
            recheck::Entity::delete_many()
                .filter(recheck::Column::ReleaseId.is_in(self.withdrawn))
                .exec(tx)
                .await?;
        }
        for release in newest(self.released, |r| r.id) {
            put_on_list(tx, &release).await?;
        }
        let feedback = newest(self.feedback, |r| (r.article_id, r.person_id));
        upsert::<feedback::Entity>(tx, feedback).await?;
        let visitors = newest(self.visitors, |r| (r.article_id, r.visitor.clone()));
        upsert::<visitor::Entity>(tx, visitors).await?;
        around::known(tx, newest(self.known, |k| k.article_id)).await?;
        around::told(tx, self.told).await?;
        around::settled(tx, self.settled).await?;
        around::watches(tx, newest(self.watches, |w| (w.0, w.1))).await
    }
}

/// What is published of a release's service, and of what is below it, is to be checked for it: what was published or
/// checked for it already is not.
async fn put_on_list(tx: &DatabaseTransaction, release: &release::Model) -> Result<()> {
    let services = tree::below(release.service_id, &parents_on(tx).await?);
    let named: Vec<String> = (3..3 + services.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "INSERT INTO article_recheck (article_id, release_id, since) SELECT a.id, $1, $2 FROM article a \
         WHERE a.id IN (SELECT article_id FROM article_service WHERE service_id IN ({})) \
         AND a.state <> 'retired' AND a.published_at <= $2 \
         AND NOT EXISTS (SELECT 1 FROM article_release v WHERE v.article_id = a.id AND v.release_id = $1) \
         ON CONFLICT DO NOTHING",
        named.join(", ")
    );
    let mut values: Vec<Value> = vec![release.id.into(), release.created_at.into()];
    values.extend(services.into_iter().map(Value::from));
    let backend = tx.get_database_backend();
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}
