//! The rows of what is blacked out: the messages themselves, and everything of the ticket that repeats them.

use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseTransaction, FromQueryResult, Statement};
use uuid::Uuid;

use super::run;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::ticket::event::{Redacted, RedactionEvent};
use crate::ticket::redact::{Blackener, Model as Request, Outcome, Remains};

/// A text of a row, and another one where it has two.
#[derive(FromQueryResult)]
struct Texts {
    id: Uuid,
    one: String,
    other: Option<String>,
}

/// What the event does beyond the row of its ticket.
pub(super) async fn write(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    event: RedactionEvent,
    at: Instant,
) -> Result<()> {
    match event {
        RedactionEvent::Asked(request) => ask(tx, request).await,
        RedactionEvent::Left {
            request_id,
            decided_by,
            outcome,
            ..
        } => decide(tx, request_id, decided_by, outcome, at).await,
        RedactionEvent::Redacted(done) => redact(tx, ticket_id, done, at).await,
    }
}

async fn ask(tx: &DatabaseTransaction, request: Request) -> Result<()> {
    let sql = "INSERT INTO redaction_request (id, message_id, asked_by, asked_at, reason, passages, files, salt) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = vec![
        request.id.into(),
        request.message_id.into(),
        request.asked_by.into(),
        request.asked_at.into(),
        request.reason.into(),
        request.passages.into(),
        request.files.into(),
        request.salt.into(),
    ];
    run(tx, sql, values).await?;
    Ok(())
}

/// Two who decide at once do so once; the passages go with the decision.
async fn decide(
    tx: &DatabaseTransaction,
    id: Uuid,
    by: Uuid,
    outcome: Outcome,
    at: Instant,
) -> Result<()> {
    let sql = "UPDATE redaction_request SET outcome = $1, decided_by = $2, decided_at = $3, passages = '[]' \
               WHERE id = $4 AND outcome IS NULL";
    let values = vec![outcome.to_value().into(), by.into(), at.into(), id.into()];
    match run(tx, sql, values).await? {
        0 => Err(Rejected::RedactionDecided.into()),
        _ => Ok(()),
    }
}

async fn redact(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    done: Redacted,
    at: Instant,
) -> Result<()> {
    if let Some(by) = done.decided_by {
        decide(tx, done.request_id, by, Outcome::Redacted, at).await?;
    }
    let mut gone: Vec<String> = done.files.iter().map(|file| file.sha256.clone()).collect();
    for remains in done.remains {
        gone.extend(remains.raw_gone.clone());
        message(tx, ticket_id, remains).await?;
    }
    for file in &done.files {
        let sql = "DELETE FROM attachment WHERE id = $1 AND ticket_id = $2";
        run(tx, sql, vec![file.id.into(), ticket_id.into()]).await?;
        let sql = "DELETE FROM draft_file WHERE sha256 = $1 AND draft_id IN (SELECT id FROM draft WHERE ticket_id = $2)";
        let values = vec![file.sha256.clone().into(), ticket_id.into()];
        run(tx, sql, values).await?;
        // What was read in it stays for those only who have the same file elsewhere.
        let sql = "DELETE FROM file_text WHERE sha256 = $1 AND NOT EXISTS \
                   (SELECT 1 FROM attachment a WHERE a.sha256 = file_text.sha256)";
        run(tx, sql, vec![file.sha256.clone().into()]).await?;
    }
    for sha256 in gone {
        let sql = "INSERT INTO redacted_file (sha256, at) VALUES ($1, $2) ON CONFLICT (sha256) DO UPDATE SET at = excluded.at";
        run(tx, sql, vec![sha256.into(), at.into()]).await?;
    }
    let black = Blackener::new(&done.passages);
    drafts(tx, ticket_id, &black).await?;
    shares(tx, ticket_id, &black).await?;
    justifications(tx, ticket_id, &black).await?;
    reasons(tx, ticket_id, &black).await
}

async fn message(tx: &DatabaseTransaction, ticket_id: Uuid, remains: Remains) -> Result<()> {
    let has_page = remains.html.is_some();
    let sql = "UPDATE message SET subject = $1, body = $2, html = $3, addresses = $4, raw_sha256 = $5, salt = $6 \
               WHERE id = $7 AND ticket_id = $8";
    let addresses = serde_json::to_string(&remains.addresses).unwrap_or_default();
    let values = vec![
        remains.subject.clone().into(),
        remains.body.into(),
        remains.html.into(),
        addresses.into(),
        remains.raw.into(),
        remains.salt.into(),
        remains.message_id.into(),
        ticket_id.into(),
    ];
    if run(tx, sql, values).await? == 0 {
        return Err(Rejected::MessageMoved.into());
    }
    if !has_page {
        // Pictures that stood in the page hang below the text from now on.
        let sql = "UPDATE attachment SET inline = $1 WHERE message_id = $2 AND inline = $3";
        let values = vec![false.into(), remains.message_id.into(), true.into()];
        run(tx, sql, values).await?;
    }
    if let Some(raw) = remains.raw_gone {
        // Copies that came in of the same mail, too.
        let sql = "UPDATE inbound_mail SET subject = $1 WHERE id = $2 OR sha256 = $3";
        let values = vec![
            remains.subject.into(),
            remains.message_id.into(),
            raw.into(),
        ];
        run(tx, sql, values).await?;
    }
    Ok(())
}

/// What colleagues are writing and quote it in.
async fn drafts(tx: &DatabaseTransaction, ticket_id: Uuid, black: &Blackener) -> Result<()> {
    let sql = "SELECT id, content AS one, NULL AS other FROM draft WHERE ticket_id = $1";
    for draft in texts(tx, sql, ticket_id).await? {
        if let Some(content) = black.json(&draft.one) {
            let sql = "UPDATE draft SET content = $1 WHERE id = $2";
            run(tx, sql, vec![content.into(), draft.id.into()]).await?;
        }
    }
    Ok(())
}

/// What vendors were asked.
async fn shares(tx: &DatabaseTransaction, ticket_id: Uuid, black: &Blackener) -> Result<()> {
    let sql = "SELECT id, title AS one, enquiry AS other FROM vendor_share WHERE ticket_id = $1";
    for share in texts(tx, sql, ticket_id).await? {
        let before = share.other.unwrap_or_default();
        let (title, enquiry) = (black.text(&share.one), black.json(&before));
        if title == share.one && enquiry.is_none() {
            continue;
        }
        let sql = "UPDATE vendor_share SET title = $1, enquiry = $2, salt = $3 WHERE id = $4";
        let values = vec![
            title.into(),
            enquiry.unwrap_or(before).into(),
            crate::history::salt().into(),
            share.id.into(),
        ];
        run(tx, sql, values).await?;
    }
    Ok(())
}

/// Why something was let through to a vendor.
async fn justifications(
    tx: &DatabaseTransaction,
    ticket_id: Uuid,
    black: &Blackener,
) -> Result<()> {
    let sql = "SELECT id, found AS one, reason AS other FROM justification WHERE ticket_id = $1";
    for row in texts(tx, sql, ticket_id).await? {
        let before = row.other.unwrap_or_default();
        let (found, reason) = (black.text(&row.one), black.text(&before));
        if found == row.one && reason == before {
            continue;
        }
        let sql = "UPDATE justification SET found = $1, reason = $2, salt = $3 WHERE id = $4";
        let values = vec![
            found.into(),
            reason.into(),
            crate::history::salt().into(),
            row.id.into(),
        ];
        run(tx, sql, values).await?;
    }
    Ok(())
}

/// Why it was asked for, here or earlier.
async fn reasons(tx: &DatabaseTransaction, ticket_id: Uuid, black: &Blackener) -> Result<()> {
    let sql = "SELECT id, reason AS one, NULL AS other FROM redaction_request WHERE message_id IN \
               (SELECT m.id FROM message m WHERE m.ticket_id = $1)";
    for row in texts(tx, sql, ticket_id).await? {
        let reason = black.text(&row.one);
        if reason == row.one {
            continue;
        }
        let sql = "UPDATE redaction_request SET reason = $1, salt = $2 WHERE id = $3";
        let salt = crate::history::salt();
        run(tx, sql, vec![reason.into(), salt.into(), row.id.into()]).await?;
    }
    Ok(())
}

async fn texts(tx: &DatabaseTransaction, sql: &str, ticket_id: Uuid) -> Result<Vec<Texts>> {
    let statement =
        Statement::from_sql_and_values(tx.get_database_backend(), sql, [ticket_id.into()]);
    Ok(Texts::find_by_statement(statement).all(tx).await?)
}
