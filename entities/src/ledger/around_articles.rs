//! What articles are known by to each other, who watches them, and of which re-checks somebody was told.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Statement,
};
use uuid::Uuid;

use super::batch::{insert, upsert};
use crate::article::related::{Known, keyword, link};
use crate::article::watch;
use crate::clock::Instant;
use crate::error::Result;

/// Articles that one statement asks for.
const AT_ONCE: usize = 500;

/// Links and keywords of articles in place of those they had.
pub(super) async fn known(tx: &DatabaseTransaction, known: Vec<Known>) -> Result<()> {
    for some in known.chunks(AT_ONCE) {
        let ids: Vec<Uuid> = some.iter().map(|one| one.article_id).collect();
        link::Entity::delete_many()
            .filter(link::Column::ArticleId.is_in(ids.clone()))
            .exec(tx)
            .await?;
        keyword::Entity::delete_many()
            .filter(keyword::Column::ArticleId.is_in(ids))
            .exec(tx)
            .await?;
    }
    let (mut links, mut words) = (Vec::new(), Vec::new());
    for one in known {
        let article_id = one.article_id;
        let to = one.links.into_iter();
        links.extend(to.map(|to_id| link::Model { article_id, to_id }));
        let of = one.words.into_iter();
        words.extend(of.map(|word| keyword::Model { word, article_id }));
    }
    insert::<link::Entity>(tx, links).await?;
    insert::<keyword::Entity>(tx, words).await
}

/// Those whom the re-checks of an article concern were told.
pub(super) async fn told(tx: &DatabaseTransaction, told: Vec<(Uuid, Instant)>) -> Result<()> {
    let sql = "UPDATE article_recheck SET told_at = $1 WHERE article_id = $2 AND told_at IS NULL";
    for (article_id, at) in told {
        let values = [at.into(), article_id.into()];
        let backend = tx.get_database_backend();
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    Ok(())
}

/// Remarks that somebody was done with then, or not after all.
pub(super) async fn settled(
    tx: &DatabaseTransaction,
    settled: Vec<(Uuid, Option<Instant>, Option<Uuid>)>,
) -> Result<()> {
    let sql = "UPDATE article_remark SET done_at = $1, done_by = $2 WHERE id = $3";
    for (remark_id, at, by) in settled {
        let values = [at.into(), by.into(), remark_id.into()];
        let backend = tx.get_database_backend();
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    Ok(())
}

/// Whoever watches since then, and whoever does no more.
pub(super) async fn watches(
    tx: &DatabaseTransaction,
    watches: Vec<(Uuid, Uuid, Option<Instant>)>,
) -> Result<()> {
    let mut begun = Vec::new();
    for (article_id, person_id, since) in watches {
        match since {
            Some(since) => begun.push(watch::Model {
                article_id,
                person_id,
                since,
            }),
            None => {
                watch::Entity::delete_by_id((article_id, person_id))
                    .exec(tx)
                    .await?;
            }
        }
    }
    upsert::<watch::Entity>(tx, begun).await
}
