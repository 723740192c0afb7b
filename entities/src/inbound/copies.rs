//! Whether a mail came before.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{COLUMN, Column, Entity, Fate, Model};
use crate::db::Db;
use crate::error::Result;
use crate::ticket::message;

/// What is known of a Message-ID and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Neither was seen.
    Never,
    /// The same bytes came before and were not given up; where they are, as far as that is decided.
    SameBytes {
        ticket_id: Option<Uuid>,
        message_id: Option<Uuid>,
    },
    /// The Message-ID belongs to these messages, newest first, but the bytes are others.
    OtherBytes(Vec<message::Model>),
}

/// Looks for the same mail among those that became a message or came first.
///
/// What became a message counts whenever it was stored: a clock that jumped back gives later mails
/// smaller ids. Of those that still wait, only the first counts, so that two of them never wait for each other.
pub async fn earlier(db: &Db, mail: &Model, mail_id: Option<&str>) -> Result<Earlier> {
    let decided = Condition::any()
        .add(COLUMN.fate.is_in([Fate::Message, Fate::Ticket]))
        .add(
            Condition::all()
                .add(COLUMN.fate.eq(Fate::Stored))
                .add(COLUMN.id.lt(mail.id)),
        );
    let mut same = Entity::find()
        .filter(COLUMN.sha256.eq(mail.sha256.as_str()))
        .filter(COLUMN.id.ne(mail.id))
        .filter(COLUMN.on_server.eq(false))
        .filter(decided);
    if mail_id.is_none() {
        // Without an id only a mail that its server numbered anew is known to be the same.
        let Some(validity) = mail.uid_validity else {
            return Ok(Earlier::Never);
        };
        same = same
            .filter(COLUMN.mailbox_id.eq(mail.mailbox_id))
            .filter(COLUMN.uid_validity.ne(validity));
    }
    let same = same.order_by_asc(Column::Id).one(db.reader()).await?;
    if let Some(same) = same {
        return Ok(Earlier::SameBytes {
            ticket_id: same.ticket_id,
            message_id: same.message_id,
        });
    }
    let Some(mail_id) = mail_id else {
        return Ok(Earlier::Never);
    };
    let messages = message::Entity::find()
        .filter(message::COLUMN.mail_id.eq(mail_id))
        .filter(message::COLUMN.id.ne(mail.id))
        .order_by_desc(message::Column::CreatedAt)
        .all(db.reader())
        .await?;
    // It became a message, but that was not noted yet.
    let same = |m: &&message::Model| m.raw_sha256.as_deref() == Some(mail.sha256.as_str());
    if let Some(same) = messages.iter().find(same) {
        return Ok(Earlier::SameBytes {
            ticket_id: Some(same.ticket_id),
            message_id: Some(same.id),
        });
    }
    Ok(match messages.is_empty() {
        true => Earlier::Never,
        false => Earlier::OtherBytes(messages),
    })
}

/// The message a stored mail has become already, when processing died before it was settled.
pub async fn become_message(db: &Db, id: Uuid) -> Result<Option<message::Model>> {
    Ok(message::Entity::find_by_id(id).one(db.reader()).await?)
}
