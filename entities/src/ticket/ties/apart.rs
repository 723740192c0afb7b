//! What a merger brings along, remembered row by row, and how it goes back.

use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};
use uuid::Uuid;

use super::moved::{self, ORIGIN};
use super::{run, something};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::ticket::unmerge::{Brought, Rows, Since, Tied};

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Word {
    word: String,
}

/// A share of the source, and what the vendor has at the target.
#[derive(FromQueryResult)]
struct Shared {
    id: Uuid,
    withdrawn: bool,
    theirs: Option<Uuid>,
    theirs_withdrawn: Option<bool>,
}

/// What the source has before it goes, and which of it is new to the target.
///
/// # Errors
/// `SharesDiffer` when one vendor sees one of the two and does not see the other any more: together the vendor would see
/// again what was withdrawn, or nothing of what is shared.
pub(super) async fn look(tx: &DatabaseTransaction, source: Uuid, target: Uuid) -> Result<Rows> {
    let both = [source, target];
    let sql = "SELECT s.id, s.withdrawn_at IS NOT NULL AS withdrawn, t.id AS theirs, \
               CASE WHEN t.id IS NULL THEN NULL ELSE t.withdrawn_at IS NOT NULL END AS theirs_withdrawn \
               FROM vendor_share s LEFT JOIN vendor_share t \
               ON t.ticket_id = $2 AND t.organisation_id = s.organisation_id WHERE s.ticket_id = $1";
    let shared: Vec<Shared> = all(tx, sql, &both).await?;
    let differs = |one: &&Shared| one.theirs_withdrawn.is_some_and(|it| it != one.withdrawn);
    if shared.iter().any(|one| differs(&one)) {
        return Err(Rejected::SharesDiffer.into());
    }
    let links: Vec<Tied> = all(
        tx,
        "SELECT ticket_id, other_id, kind, created_at FROM link WHERE ticket_id = $1 OR other_id = $1",
        &both[..1],
    )
    .await?;
    let new_links = all(
        tx,
        "SELECT ticket_id, other_id, kind, created_at FROM link l WHERE \
         (ticket_id = $1 AND other_id <> $2 AND NOT EXISTS \
         (SELECT 1 FROM link t WHERE t.ticket_id = $2 AND t.other_id = l.other_id AND t.kind = l.kind)) \
         OR (other_id = $1 AND ticket_id <> $2 AND NOT EXISTS \
         (SELECT 1 FROM link t WHERE t.other_id = $2 AND t.ticket_id = l.ticket_id AND t.kind = l.kind))",
        &both,
    )
    .await?;
    let ids = |rows: Vec<Id>| rows.into_iter().map(|row| row.id).collect();
    let watchers = all(
        tx,
        "SELECT person_id AS id, since FROM watch WHERE ticket_id = $1",
        &both[..1],
    )
    .await?;
    let new_watchers = all(
        tx,
        "SELECT person_id AS id FROM watch WHERE ticket_id = $1 AND person_id NOT IN \
         (SELECT person_id FROM watch WHERE ticket_id = $2)",
        &both,
    )
    .await?;
    let articles = all(
        tx,
        "SELECT article_id AS id, since FROM article_case WHERE ticket_id = $1",
        &both[..1],
    )
    .await?;
    let new_articles = all(
        tx,
        "SELECT article_id AS id FROM article_case WHERE ticket_id = $1 AND article_id NOT IN \
         (SELECT article_id FROM article_case WHERE ticket_id = $2)",
        &both,
    )
    .await?;
    let linked_articles = all(
        tx,
        "SELECT article_id AS id, since FROM linked_article WHERE ticket_id = $1",
        &both[..1],
    )
    .await?;
    let new_linked_articles = all(
        tx,
        "SELECT article_id AS id FROM linked_article WHERE ticket_id = $1 AND article_id NOT IN \
         (SELECT article_id FROM linked_article WHERE ticket_id = $2)",
        &both,
    )
    .await?;
    let new_suggestions: Vec<Word> = all(
        tx,
        "SELECT number AS word FROM suggestion WHERE ticket_id = $1 AND number NOT IN \
         (SELECT number FROM suggestion WHERE ticket_id = $2)",
        &both,
    )
    .await?;
    let new_vendor_numbers = all(
        tx,
        "SELECT organisation_id AS id FROM vendor_number WHERE ticket_id = $1 AND organisation_id NOT IN \
         (SELECT organisation_id FROM vendor_number WHERE ticket_id = $2)",
        &both,
    )
    .await?;
    let reusable: Vec<Since> = all(
        tx,
        "SELECT ticket_id AS id, since FROM reusable_case WHERE ticket_id = $1",
        &both[..1],
    )
    .await?;
    let whole = shared.iter().filter(|one| one.theirs.is_none());
    Ok(Rows {
        shares: whole.map(|one| one.id).collect(),
        joined: shared
            .iter()
            .filter_map(|one| Some((one.id, one.theirs?)))
            .collect(),
        links,
        new_links,
        watchers,
        new_watchers: ids(new_watchers),
        articles,
        new_articles: ids(new_articles),
        linked_articles,
        new_linked_articles: ids(new_linked_articles),
        new_suggestions: new_suggestions.into_iter().map(|row| row.word).collect(),
        new_vendor_numbers: ids(new_vendor_numbers),
        reusable_since: reusable.first().map(|row| row.since),
        // Known once they have moved.
        drafts: vec![],
    })
}

/// Keeps what was brought, with the versions that both have by now.
pub(super) async fn remember(
    tx: &DatabaseTransaction,
    source: Uuid,
    target: Uuid,
    at: Instant,
    brought: &Brought,
) -> Result<()> {
    let sql = "INSERT INTO merger (source_id, target_id, at, source_version, target_version, target_before, brought) \
               SELECT s.id, t.id, $3, s.version, t.version, $4, $5 FROM ticket s JOIN ticket t ON t.id = $2 \
               WHERE s.id = $1 ON CONFLICT (source_id) DO UPDATE SET target_id = excluded.target_id, at = excluded.at, \
               source_version = excluded.source_version, target_version = excluded.target_version, \
               target_before = excluded.target_before, brought = excluded.brought";
    let values = vec![
        source.into(),
        target.into(),
        at.into(),
        brought.stood.target_version.into(),
        serde_json::to_string(brought).unwrap_or_default().into(),
    ];
    something(run(tx, sql, values).await?)
}

/// Gives the source back what it brought.
pub(super) async fn give_back(
    tx: &DatabaseTransaction,
    source: Uuid,
    target: Uuid,
    brought: Brought,
) -> Result<()> {
    let sql = "DELETE FROM merger WHERE source_id = $1 AND target_id = $2";
    if run(tx, sql, vec![source.into(), target.into()]).await? == 0 {
        return Err(Rejected::NotMerged.into());
    }
    // What was merged before it has its way back again: the target stands as that merger left it.
    let sql = "UPDATE merger SET target_version = (SELECT version FROM ticket WHERE id = $1) \
               WHERE target_id = $1 AND target_version = $2";
    let values = vec![target.into(), brought.stood.target_version.into()];
    run(tx, sql, values).await?;
    messages(tx, source, target, &brought).await?;
    rows(tx, source, target, brought.rows).await
}

/// What came with a number above that of the target's own, as nothing else was written since.
async fn messages(
    tx: &DatabaseTransaction,
    source: Uuid,
    target: Uuid,
    brought: &Brought,
) -> Result<()> {
    const CAME: &str = "(SELECT id FROM message WHERE ticket_id = $2 AND number > $3)";
    let values = || vec![source.into(), target.into(), brought.after.into()];
    for sql in [
        format!("UPDATE inbound_mail SET ticket_id = $1 WHERE ticket_id = $2 AND id IN {CAME}"),
        format!("UPDATE outbound_mail SET ticket_id = $1 WHERE message_id IN {CAME}"),
        format!("UPDATE attachment SET ticket_id = $1 WHERE message_id IN {CAME}"),
        format!("UPDATE justification SET ticket_id = $1 WHERE message_id IN {CAME}"),
    ] {
        run(tx, &sql, values()).await?;
    }
    for (from, to) in &brought.rows.joined {
        let sql = "UPDATE message SET share_id = $1 WHERE share_id = $2 AND ticket_id = $3 AND number > $4";
        let values = vec![
            (*from).into(),
            (*to).into(),
            target.into(),
            brought.after.into(),
        ];
        run(tx, sql, values).await?;
    }
    let sql = format!(
        "UPDATE message SET {ORIGIN}, ticket_id = $1, number = number - $3 WHERE ticket_id = $2 AND number > $3"
    );
    run(tx, &sql, values()).await?;
    Ok(())
}

async fn rows(tx: &DatabaseTransaction, source: Uuid, target: Uuid, rows: Rows) -> Result<()> {
    for share in rows.shares {
        let sql = "UPDATE vendor_share SET ticket_id = $1 WHERE id = $2";
        run(tx, sql, vec![source.into(), share.into()]).await?;
    }
    moved::drafts(tx, target, source, Some(&rows.drafts)).await?;
    for link in rows.new_links {
        let instead = |id| if id == source { target } else { id };
        let sql = "DELETE FROM link WHERE ticket_id = $1 AND other_id = $2 AND kind = $3";
        let values = vec![
            instead(link.ticket_id).into(),
            instead(link.other_id).into(),
            link.kind.to_value().into(),
        ];
        run(tx, sql, values).await?;
    }
    for link in rows.links {
        let sql = "INSERT INTO link (ticket_id, other_id, kind, created_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT DO NOTHING";
        let values = vec![
            link.ticket_id.into(),
            link.other_id.into(),
            link.kind.to_value().into(),
            link.created_at.into(),
        ];
        run(tx, sql, values).await?;
    }
    for watcher in rows.watchers {
        // Whoever looked away meanwhile is not made to watch again.
        let sql = "INSERT INTO watch (person_id, ticket_id, since) SELECT person_id, $1, $3 FROM watch \
                   WHERE ticket_id = $2 AND person_id = $4 ON CONFLICT DO NOTHING";
        let values = vec![
            source.into(),
            target.into(),
            watcher.since.into(),
            watcher.id.into(),
        ];
        run(tx, sql, values).await?;
    }
    for article in rows.articles {
        let sql = "INSERT INTO article_case (ticket_id, article_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let values = vec![source.into(), article.id.into(), article.since.into()];
        run(tx, sql, values).await?;
    }
    for article in rows.linked_articles {
        let sql = "INSERT INTO linked_article (ticket_id, article_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let values = vec![source.into(), article.id.into(), article.since.into()];
        run(tx, sql, values).await?;
    }
    if let Some(since) = rows.reusable_since {
        let sql =
            "INSERT INTO reusable_case (ticket_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        run(tx, sql, vec![source.into(), since.into()]).await?;
    }
    for (sql, ids) in [
        (
            "DELETE FROM watch WHERE ticket_id = $1 AND person_id = $2",
            rows.new_watchers,
        ),
        (
            "DELETE FROM article_case WHERE ticket_id = $1 AND article_id = $2",
            rows.new_articles,
        ),
        (
            "DELETE FROM linked_article WHERE ticket_id = $1 AND article_id = $2",
            rows.new_linked_articles,
        ),
        (
            "DELETE FROM vendor_number WHERE ticket_id = $1 AND organisation_id = $2",
            rows.new_vendor_numbers,
        ),
    ] {
        for id in ids {
            run(tx, sql, vec![target.into(), id.into()]).await?;
        }
    }
    for number in rows.new_suggestions {
        let sql = "DELETE FROM suggestion WHERE ticket_id = $1 AND number = $2";
        run(tx, sql, vec![target.into(), number.into()]).await?;
    }
    Ok(())
}

async fn all<T: FromQueryResult>(
    tx: &DatabaseTransaction,
    sql: &str,
    ids: &[Uuid],
) -> Result<Vec<T>> {
    let values = ids
        .iter()
        .map(|id| (*id).into())
        .collect::<Vec<sea_orm::Value>>();
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(T::find_by_statement(statement).all(tx).await?)
}
