//! The bytes of a file of a ticket.

use entities::ticket::{Ticket, thread};
use poem::{Request, Response, handler};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::web::bytes::{Bytes, Keep, Way, bytes, shown_inline};
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::{Seen, Sub};

/// Whether to show rather than to save; the beginning of the digest says that the address names these very bytes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    inline: Option<String>,
}

/// `GET /tickets/:key/files/:sub`: the bytes.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Sub(id): Sub,
    Query(shown): Query<Shown>,
    request: &Request,
) -> Result<Response> {
    let file = thread::file(&cx.db, &cx.actor, id).await?;
    if file.ticket_id != ticket.id {
        return Err(Error::Desk(entities::DeskError::Hidden));
    }
    let given = shown.inline;
    let inline = given
        .as_ref()
        .and_then(|_| shown_inline(&file.content_type));
    let way = match inline {
        Some(content_type) => Way::Inline(content_type),
        None => Way::Save,
    };
    let named = given.is_some_and(|given| given.len() >= 16 && file.sha256.starts_with(&given));
    let file = Bytes {
        sha256: &file.sha256,
        name: &file.name,
        size_bytes: u64::try_from(file.size_bytes).ok(),
        keep: if named {
            Keep::ForGood
        } else {
            Keep::AskEachTime
        },
    };
    bytes(request, file, way, cx.db.blobs().get(file.sha256)).await
}
