//! What goes to another ticket: everything of a merged one, or a single message.

use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::{count, run};
use crate::draft::id_at;
use crate::error::{Rejected, Result};
use crate::ticket::message::ThreadedBy;

/// A message keeps the ticket it first stood in, until it is back there.
pub(super) const ORIGIN: &str = "origin_id = CASE WHEN COALESCE(origin_id, ticket_id) = $1 THEN NULL \
                      ELSE COALESCE(origin_id, ticket_id) END";

/// What a merger takes along; the drafts that came, by their new ids.
pub(super) async fn everything(
    tx: &DatabaseTransaction,
    source: Uuid,
    target: Uuid,
    after: i32,
) -> Result<Vec<Uuid>> {
    let both = || -> Vec<Value> { vec![target.into(), source.into()] };
    let messages = format!(
        "UPDATE message SET {ORIGIN}, ticket_id = $1, number = number + $3 WHERE ticket_id = $2"
    );
    let sql = "UPDATE inbound_mail SET ticket_id = $1 WHERE id IN (SELECT id FROM message WHERE ticket_id = $2)";
    run(tx, sql, both()).await?;
    let sql = "UPDATE outbound_mail SET ticket_id = $1 WHERE message_id IN (SELECT id FROM message WHERE ticket_id = $2)";
    run(tx, sql, both()).await?;
    let mut values = both();
    values.push(after.into());
    run(tx, &messages, values).await?;
    shares(tx, source, target).await?;
    for sql in [
        "UPDATE attachment SET ticket_id = $1 WHERE ticket_id = $2",
        "DELETE FROM link WHERE (ticket_id = $1 AND other_id = $2) OR (ticket_id = $2 AND other_id = $1)",
        "INSERT INTO link (ticket_id, other_id, kind, created_at) SELECT $1, other_id, kind, created_at FROM link \
         WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        "INSERT INTO link (ticket_id, other_id, kind, created_at) SELECT ticket_id, $1, kind, created_at FROM link \
         WHERE other_id = $2 ON CONFLICT DO NOTHING",
        "DELETE FROM link WHERE ticket_id <> $1 AND (ticket_id = $2 OR other_id = $2)",
        "INSERT INTO suggestion (ticket_id, number, created_at, refused_at) SELECT $1, number, created_at, refused_at \
         FROM suggestion WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        "INSERT INTO vendor_number (ticket_id, organisation_id, number, folded_number, created_at) \
         SELECT $1, organisation_id, number, folded_number, created_at FROM vendor_number WHERE ticket_id = $2 \
         ON CONFLICT DO NOTHING",
        "INSERT INTO watch (person_id, ticket_id, since) SELECT person_id, $1, since FROM watch WHERE ticket_id = $2 \
         ON CONFLICT DO NOTHING",
        "DELETE FROM watch WHERE ticket_id = $2 AND ticket_id <> $1",
        "INSERT INTO article_case (ticket_id, article_id, since) SELECT $1, article_id, since FROM article_case \
         WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        "DELETE FROM article_case WHERE ticket_id = $2 AND ticket_id <> $1",
        "INSERT INTO linked_article (ticket_id, article_id, since) SELECT $1, article_id, since FROM linked_article \
         WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        "DELETE FROM linked_article WHERE ticket_id = $2 AND ticket_id <> $1",
        "DELETE FROM reusable_case WHERE ticket_id = $2 AND ticket_id <> $1",
    ] {
        run(tx, sql, both()).await?;
    }
    drafts(tx, source, target, None).await
}

#[derive(FromQueryResult)]
struct Draft {
    id: Uuid,
    person_id: Uuid,
    mode: String,
}

/// Drafts, or some of them, go along unless their writers have one of that kind there already. Their new ids: each is
/// found by its place.
pub(super) async fn drafts(
    tx: &DatabaseTransaction,
    from: Uuid,
    to: Uuid,
    some: Option<&[Uuid]>,
) -> Result<Vec<Uuid>> {
    let sql = "SELECT id, person_id, mode FROM draft WHERE ticket_id = $1 AND NOT EXISTS (SELECT 1 FROM draft d \
               WHERE d.ticket_id = $2 AND d.person_id = draft.person_id AND d.mode = draft.mode)";
    let backend = tx.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [from.into(), to.into()]);
    let mut all = Draft::find_by_statement(statement).all(tx).await?;
    all.retain(|draft| some.is_none_or(|some| some.contains(&draft.id)));
    let mut moved = Vec::with_capacity(all.len());
    for draft in all {
        let id = id_at(draft.person_id, to, &draft.mode);
        let sql = "UPDATE draft SET id = $1, ticket_id = $2 WHERE id = $3";
        run(tx, sql, vec![id.into(), to.into(), draft.id.into()]).await?;
        let sql = "UPDATE draft_file SET draft_id = $1 WHERE draft_id = $2";
        run(tx, sql, vec![id.into(), draft.id.into()]).await?;
        moved.push(id);
    }
    Ok(moved)
}

/// A vendor's share goes along; where the vendor has one there already, its messages do.
async fn shares(tx: &DatabaseTransaction, source: Uuid, target: Uuid) -> Result<()> {
    for sql in [
        "UPDATE vendor_share SET ticket_id = $1 WHERE ticket_id = $2 AND organisation_id NOT IN \
         (SELECT t.organisation_id FROM vendor_share t WHERE t.ticket_id = $1)",
        "UPDATE message SET share_id = (SELECT t.id FROM vendor_share t JOIN vendor_share s \
         ON s.organisation_id = t.organisation_id WHERE s.id = message.share_id AND t.ticket_id = $1) \
         WHERE share_id IN (SELECT id FROM vendor_share WHERE ticket_id = $2)",
        "UPDATE justification SET ticket_id = $1 WHERE ticket_id = $2",
    ] {
        run(tx, sql, vec![target.into(), source.into()]).await?;
    }
    Ok(())
}

/// One message with its files and mails.
pub(super) async fn message(
    tx: &DatabaseTransaction,
    message_id: Uuid,
    from: Uuid,
    to: Uuid,
    number: i32,
) -> Result<()> {
    let by = serde_json::to_string(&ThreadedBy::ByHand).unwrap_or_default();
    let sql = format!(
        "UPDATE message SET {ORIGIN}, ticket_id = $1, number = $2, threaded_by = $3 \
         WHERE id = $4 AND ticket_id = $5"
    );
    let values = vec![
        to.into(),
        number.into(),
        by.into(),
        message_id.into(),
        from.into(),
    ];
    // Somebody else may have moved it in the same moment.
    if run(tx, &sql, values).await? == 0 {
        return Err(Rejected::MessageMoved.into());
    }
    // A ticket without a message says nothing; what was answered by itself says no more.
    let sql = "SELECT count(*) AS n FROM message m WHERE m.ticket_id = $1 AND NOT EXISTS \
               (SELECT 1 FROM outbound_mail o WHERE o.message_id = m.id AND o.automatic)";
    if count(tx, sql, vec![from.into()]).await? == 0 {
        return Err(Rejected::OnlyMessage.into());
    }
    for sql in [
        // It stays with its vendor only where the ticket is shared with that vendor too.
        "UPDATE message SET share_id = (SELECT t.id FROM vendor_share t JOIN vendor_share s \
         ON s.organisation_id = t.organisation_id WHERE s.id = message.share_id AND t.ticket_id = $1) \
         WHERE id = $2 AND share_id IS NOT NULL",
        "UPDATE justification SET ticket_id = $1 WHERE message_id = $2",
        "UPDATE attachment SET ticket_id = $1 WHERE message_id = $2",
        "UPDATE outbound_mail SET ticket_id = $1 WHERE message_id = $2",
        "UPDATE inbound_mail SET ticket_id = $1 WHERE id = $2",
    ] {
        run(tx, sql, vec![to.into(), message_id.into()]).await?;
    }
    Ok(())
}
