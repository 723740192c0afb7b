//! Mails that tell people of their own accounts and work: each takes a place in the hour of its mailbox as answers do, and is
//! remembered when it has left. Its words and its link are made when it leaves and stored nowhere.

use chrono::Duration;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::Begun;
use super::hour::{Asks, Rank, full_until, lock, run};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::mailbox::Mailbox;
use crate::outbox::Claim;
use crate::person::tell::Tell;
use crate::policy::{self, Permission, Place};

/// How long it is remembered that one was sent.
const KEEP: Duration = Duration::days(90);
/// How many a mailbox's page shows.
const MOST_SHOWN: i64 = 20;

#[derive(FromQueryResult)]
struct Standing {
    state: String,
    created_at: Instant,
}

/// Marks such a mail as being sent unless its mailbox must pause; then it waits and keeps its place.
pub async fn begin(
    db: &Db,
    claim: &Claim,
    person_id: Uuid,
    tell: Tell,
    mailbox: &Mailbox,
) -> Result<Begun> {
    let now = db.clock().now();
    let tx = db.begin_write().await?;
    if mailbox.hourly_limit.is_some() {
        lock(&tx, mailbox.id).await?;
    }
    run(
        &tx,
        "INSERT INTO told_mail (id, person_id, tell, mailbox_id, state, created_at) \
         VALUES ($1, $2, $3, $4, 'queued', $5) ON CONFLICT (id) DO NOTHING",
        vec![
            claim.id.into(),
            person_id.into(),
            tell.name().into(),
            mailbox.id.into(),
            now.into(),
        ],
    )
    .await?;
    let statement = Statement::from_sql_and_values(
        tx.get_database_backend(),
        "SELECT state, created_at FROM told_mail WHERE id = $1",
        [claim.id.into()],
    );
    let me = Standing::find_by_statement(statement).one(&tx).await?;
    let Some(me) = me.filter(|me| me.state != "sent") else {
        return Ok(Begun::No);
    };
    let asks = Asks {
        id: claim.id,
        rank: Rank::Told,
        created_at: me.created_at,
    };
    // One whose sending was cut off took its place already.
    let limit = mailbox.hourly_limit.filter(|_| me.state != "sending");
    if let Some(limit) = limit
        && let Some(until) = full_until(&tx, mailbox.id, &asks, limit.into(), now).await?
    {
        run(
            &tx,
            "UPDATE told_mail SET state = 'queued', limited_until = $1, mailbox_id = $2 WHERE id = $3",
            vec![until.into(), mailbox.id.into(), claim.id.into()],
        )
        .await?;
        tx.commit().await?;
        return Ok(Begun::Limited(until));
    }
    run(
        &tx,
        "UPDATE told_mail SET state = 'sending', limited_until = NULL, mailbox_id = $1 WHERE id = $2",
        vec![mailbox.id.into(), claim.id.into()],
    )
    .await?;
    tx.commit().await?;
    Ok(Begun::Yes)
}

/// It has left.
pub async fn sent(db: &Db, id: Uuid) -> Result<()> {
    let sql = "UPDATE told_mail SET state = 'sent', sent_at = $1 WHERE id = $2";
    db.write_statement(sql, vec![db.clock().now().into(), id.into()])
        .await?;
    Ok(())
}

/// It did not leave, and gives its place back: it is tried again, or waits for a person.
pub async fn refused(db: &Db, id: Uuid) -> Result<()> {
    let sql = "UPDATE told_mail SET state = 'queued' WHERE id = $1 AND state = 'sending'";
    db.write_statement(sql, vec![id.into()]).await?;
    Ok(())
}

/// One that waits.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    /// Whom it is for.
    pub person: String,
    /// The name of a [`Tell`].
    pub tell: String,
    pub created_at: Instant,
    pub not_before: Instant,
    /// The server's words.
    pub last_error: Option<String>,
    limited_until: Option<Instant>,
}

impl Waiting {
    /// Whether it waits because its mailbox has sent enough for the hour.
    pub fn is_limited(&self) -> bool {
        self.limited_until.is_some()
    }
}

/// Those that failed and are tried again, and those that wait for the hour; the oldest first, at most 200.
///
/// # Errors
/// `Forbidden` without `SettleMail`.
pub async fn waiting(db: &Db, actor: &Actor) -> Result<Vec<Waiting>> {
    policy::require(actor, Permission::SettleMail, Place::Desk)?;
    let sql = "SELECT p.name AS person, t.tell, t.created_at, o.not_before, o.last_error, t.limited_until \
               FROM told_mail t JOIN outbox o ON o.id = t.id JOIN person p ON p.id = t.person_id \
               WHERE t.state = 'queued' AND o.state = 'waiting' ORDER BY t.created_at, t.id LIMIT 200";
    let backend = db.reader().get_database_backend();
    Ok(
        Waiting::find_by_statement(Statement::from_string(backend, sql))
            .all(db.reader())
            .await?,
    )
}

/// One that has left.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Sent {
    /// Whom it was for.
    pub person: String,
    /// The name of a [`Tell`].
    pub tell: String,
    pub sent_at: Instant,
}

/// The last of a mailbox, the newest first.
///
/// # Errors
/// `Forbidden` for who does not manage mailboxes.
pub async fn newest(db: &Db, actor: &Actor, mailbox_id: Uuid) -> Result<Vec<Sent>> {
    policy::require(actor, Permission::ManageMailboxes, Place::Desk)?;
    let sql = "SELECT p.name AS person, t.tell, t.sent_at FROM told_mail t JOIN person p ON p.id = t.person_id \
               WHERE t.mailbox_id = $1 AND t.sent_at IS NOT NULL ORDER BY t.sent_at DESC, t.id DESC LIMIT $2";
    let backend = db.reader().get_database_backend();
    let values = [mailbox_id.into(), MOST_SHOWN.into()];
    Ok(
        Sent::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(db.reader())
            .await?,
    )
}

/// Forgets what is older than it is kept.
pub async fn sweep(db: &Db) -> Result<()> {
    let before = db.clock().now() - KEEP;
    let sql = "DELETE FROM told_mail WHERE created_at < $1";
    db.write_statement(sql, vec![before.into()]).await?;
    Ok(())
}
