//! Takes the content of files out of the store once nothing names it any more.

use chrono::Duration;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::db::Db;
use crate::error::Result;

/// A content that was stored anew since is left alone that long: the row that names it may still be on its way.
const NEW_FOR: Duration = Duration::days(1);

/// The most contents of one run.
const MOST: u64 = 100;

#[derive(FromQueryResult)]
struct Content {
    sha256: String,
}

/// Whether something in a content of this digest was blacked out somewhere.
pub async fn is_redacted(db: &Db, sha256: &str) -> Result<bool> {
    let sql = "SELECT sha256 FROM redacted_file WHERE sha256 = $1";
    let backend = db.reader().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [sha256.into()]);
    Ok(db.reader().query_one_raw(statement).await?.is_some())
}

/// Removes contents that were blacked out and that no message, file, draft, article or text block has; how many.
///
/// # Errors
/// The file store's; what was not removed is tried again next time.
pub async fn sweep(db: &Db) -> Result<usize> {
    let sql = "SELECT r.sha256 FROM redacted_file r JOIN blob b ON b.sha256 = r.sha256 \
               WHERE (b.created_at <= r.at OR b.created_at < $1) \
               AND NOT EXISTS (SELECT 1 FROM message m WHERE m.raw_sha256 = r.sha256) \
               AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = r.sha256) \
               AND NOT EXISTS (SELECT 1 FROM draft_file d WHERE d.sha256 = r.sha256) \
               AND NOT EXISTS (SELECT 1 FROM inbound_mail i WHERE i.sha256 = r.sha256 AND i.fate = 'stored') \
               AND NOT EXISTS (SELECT 1 FROM article_version v WHERE v.files LIKE '%' || r.sha256 || '%') \
               AND NOT EXISTS (SELECT 1 FROM document_template d WHERE d.content LIKE '%' || r.sha256 || '%' \
               OR d.approved LIKE '%' || r.sha256 || '%') \
               AND NOT EXISTS (SELECT 1 FROM text_block t WHERE t.content LIKE '%' || r.sha256 || '%' \
               OR t.approved LIKE '%' || r.sha256 || '%') \
               ORDER BY r.sha256 LIMIT $2";
    let before = db.clock().now() - NEW_FOR;
    let backend = db.reader().get_database_backend();
    let values = [before.into(), (MOST as i64).into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let found = Content::find_by_statement(statement)
        .all(db.reader())
        .await?;
    let mut removed = 0;
    for content in found {
        db.blobs().remove(&content.sha256).await?;
        // It may have been stored once more in this moment.
        let sql = "DELETE FROM blob WHERE sha256 = $1 AND (created_at < $2 OR EXISTS \
                   (SELECT 1 FROM redacted_file r WHERE r.sha256 = blob.sha256 AND blob.created_at <= r.at))";
        db.write_statement(sql, vec![content.sha256.into(), before.into()])
            .await?;
        removed += 1;
    }
    Ok(removed)
}
