//! The rows of articles one transaction writes.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::article::{self, remark, service, vendor, version};
use crate::error::Result;
use crate::ledger::batch::{insert, newest, upsert};

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
}

impl ArticleRows {
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
        insert::<remark::Entity>(tx, self.remarks).await
    }
}
