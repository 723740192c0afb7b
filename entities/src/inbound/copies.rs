//! Whether a mail came before.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
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
    /// The same bytes came before and were not given up.
    SameBytes(Box<Model>),
    /// The Message-ID belongs to these messages, newest first, but the bytes are others.
    OtherBytes(Vec<message::Model>),
}

/// Looks for mails with the same Message-ID that were stored before this one.
pub async fn earlier(db: &Db, mail: &Model, mail_id: &str) -> Result<Earlier> {
    let same = Entity::find()
        .filter(COLUMN.sha256.eq(mail.sha256.as_str()))
        .filter(COLUMN.id.lt(mail.id))
        .filter(
            COLUMN
                .fate
                .is_in([Fate::Stored, Fate::Message, Fate::Ticket, Fate::Copy]),
        )
        .order_by_asc(Column::Id)
        .one(db.reader())
        .await?;
    if let Some(same) = same {
        return Ok(Earlier::SameBytes(Box::new(same)));
    }
    let messages = message::Entity::find()
        .filter(message::COLUMN.mail_id.eq(mail_id))
        .filter(message::COLUMN.id.ne(mail.id))
        .order_by_desc(message::Column::CreatedAt)
        .all(db.reader())
        .await?;
    Ok(match messages.is_empty() {
        true => Earlier::Never,
        false => Earlier::OtherBytes(messages),
    })
}

/// The message a stored mail has become already, when processing died before it was settled.
pub async fn become_message(db: &Db, id: Uuid) -> Result<Option<message::Model>> {
    Ok(message::Entity::find_by_id(id).one(db.reader()).await?)
}
