//! Messages between the desk and one vendor, and their files.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::Vendor;
use super::list::SHARED;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::ticket::number;
use crate::ticket::state::Direction;

/// A message for or from the vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: Uuid,
    pub who: Who,
    /// Markdown of the desk, plain text of the vendor.
    pub text: String,
    pub at: Instant,
    pub files: Vec<Attached>,
}

/// Whose message it is. Who at the desk wrote it is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Desk,
    /// By name, as far as it is known.
    Vendor(Option<String>),
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub id: Uuid,
    pub name: String,
    pub size_bytes: i64,
}

/// A file about to be fetched.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub content_type: String,
    pub size_bytes: i64,
    pub sha256: String,
    db: Db,
}

impl File {
    /// What is in it.
    pub async fn bytes(&self) -> Result<Vec<u8>> {
        self.db.blobs().get(&self.sha256).await
    }
}

/// What of a share's messages the vendor may read: addressed to this vendor or from them, and no longer to be taken back.
const READABLE: &str = "m.audience = 'vendor' AND m.delivery NOT IN ('queued', 'withdrawn')";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    direction: Direction,
    body: String,
    created_at: Instant,
    author: Option<String>,
}

#[derive(FromQueryResult)]
struct FileRow {
    id: Uuid,
    message_id: Uuid,
    name: String,
    size_bytes: i64,
}

#[derive(FromQueryResult)]
struct Bytes {
    name: String,
    content_type: String,
    size_bytes: i64,
    sha256: String,
}

impl Vendor {
    /// The files of the enquiry, when it can be read by now, and the messages after it.
    pub(super) async fn messages(
        &self,
        share_id: Uuid,
        shared_at: Instant,
    ) -> Result<(Option<Vec<Attached>>, Vec<Message>)> {
        let sql = format!(
            "SELECT m.id, m.direction, m.body, m.created_at, \
             CASE WHEN m.direction = 'in' THEN (SELECT name FROM person WHERE id = m.author_id) END AS author \
             FROM message m WHERE m.share_id = $1 AND {READABLE} ORDER BY m.created_at, m.number"
        );
        let backend = self.db.reader().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [share_id.into()]);
        let rows = Row::find_by_statement(statement)
            .all(self.db.reader())
            .await?;
        let mut files = self.files(share_id).await?;
        let (mut enquiry, mut messages) = (None, Vec::with_capacity(rows.len()));
        for row in rows {
            let files = files.remove(&row.id).unwrap_or_default();
            let is_out = row.direction == Direction::Out;
            if is_out && enquiry.is_none() && row.created_at == shared_at {
                enquiry = Some(files);
                continue;
            }
            messages.push(Message {
                id: row.id,
                who: match is_out {
                    true => Who::Desk,
                    false => Who::Vendor(row.author),
                },
                text: row.body,
                at: row.created_at,
                files,
            });
        }
        Ok((enquiry, messages))
    }

    async fn files(&self, share_id: Uuid) -> Result<HashMap<Uuid, Vec<Attached>>> {
        let sql = format!(
            "SELECT a.id, a.message_id, a.name, a.size_bytes FROM attachment a JOIN message m ON m.id = a.message_id \
             WHERE m.share_id = $1 AND {READABLE} ORDER BY a.id"
        );
        let backend = self.db.reader().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [share_id.into()]);
        let rows = FileRow::find_by_statement(statement)
            .all(self.db.reader())
            .await?;
        let mut all: HashMap<Uuid, Vec<Attached>> = HashMap::new();
        for row in rows {
            all.entry(row.message_id).or_default().push(Attached {
                id: row.id,
                name: row.name,
                size_bytes: row.size_bytes,
            });
        }
        Ok(all)
    }

    /// A file of a shared ticket.
    ///
    /// # Errors
    /// `Hidden` when it belongs to no message of this vendor in that ticket.
    pub async fn file(&self, typed: &str, id: Uuid) -> Result<File> {
        let number = number::parse(typed).ok_or(DeskError::Hidden)?;
        let sql = format!(
            "SELECT a.name, a.content_type, a.size_bytes, a.sha256 FROM attachment a \
             JOIN message m ON m.id = a.message_id WHERE a.id = $3 AND {READABLE} AND m.share_id IN \
             (SELECT s.id {SHARED} AND t.number = $2)"
        );
        let values: [Value; 3] = [self.organisation_id.into(), number.into(), id.into()];
        let backend = self.db.reader().get_database_backend();
        let found = Bytes::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .one(self.db.reader())
            .await?
            .ok_or(DeskError::Hidden)?;
        Ok(File {
            name: found.name,
            content_type: found.content_type,
            size_bytes: found.size_bytes,
            sha256: found.sha256,
            db: self.db.clone(),
        })
    }
}
