//! Mails on their way out: what a message needs to leave, and the state of its row.

pub mod answers;
pub mod dead;
mod hour;
pub mod limits;
pub mod stop;
pub mod told;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::mailbox::Mailbox;
use crate::ticket::{attachment, message, outbound, table};
pub use hour::sent as sent_this_hour;

/// Everything that is needed to send one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub outbound: outbound::Model,
    pub message: message::Model,
    pub ticket: table::Model,
    /// In the order of the composer.
    pub files: Vec<attachment::Model>,
}

impl Letter {
    /// The envelope's recipients, blind copies among them.
    pub fn recipients(&self) -> Vec<String> {
        serde_json::from_str(&self.outbound.recipients).unwrap_or_default()
    }
}

/// A mail to send by its message, none when there is none.
pub async fn letter(db: &Db, message_id: Uuid) -> Result<Option<Letter>> {
    let reader = db.reader();
    let outbound = outbound::Entity::find_by_id(message_id).one(reader).await?;
    let message = message::Entity::find_by_id(message_id).one(reader).await?;
    let (Some(outbound), Some(message)) = (outbound, message) else {
        return Ok(None);
    };
    let Some(ticket) = table::Entity::find_by_id(message.ticket_id)
        .one(reader)
        .await?
    else {
        return Ok(None);
    };
    let files = attachment::Entity::find()
        .filter(attachment::COLUMN.message_id.eq(message_id))
        .order_by_asc(attachment::Column::Id)
        .all(reader)
        .await?;
    Ok(Some(Letter {
        outbound,
        message,
        ticket,
        files,
    }))
}

/// What became of the wish to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It can no longer be taken back.
    Yes,
    /// It was taken back, or sent before.
    No,
    /// Its mailbox sent as much as it may in an hour; not before then.
    Limited(Instant),
}

/// Marks a mail of this mailbox as being sent, unless it must wait. A mail whose sending was cut off is sent again.
pub async fn begin(db: &Db, message_id: Uuid, mailbox: &Mailbox) -> Result<Begun> {
    if let Some(limit) = mailbox.hourly_limit {
        return hour::begin(db, message_id, mailbox, limit.into()).await;
    }
    let changed = db
        .write_statement(
            "UPDATE outbound_mail SET state = 'sending', attempts = attempts + 1, limited_until = NULL, mailbox_id = $1 \
             WHERE message_id = $2 AND state IN ('queued', 'sending')",
            vec![mailbox.id.into(), message_id.into()],
        )
        .await?;
    Ok(match changed.rows_affected() {
        0 => Begun::No,
        _ => Begun::Yes,
    })
}

/// Puts a mail back into the queue after a failure that may pass.
pub async fn wait(db: &Db, message_id: Uuid, error: &str, until: Instant) -> Result<()> {
    db.write_statement(
        "UPDATE outbound_mail SET state = 'queued', last_error = $1, not_before = $2 \
         WHERE message_id = $3 AND state IN ('queued', 'sending')",
        vec![error.into(), until.into(), message_id.into()],
    )
    .await?;
    Ok(())
}
