//! The original of a mail, byte for byte as it came.

use entities::DeskError;
use entities::ticket::{Ticket, thread};
use poem::{Request, Response, handler};

use crate::error::{Error, Result};
use crate::web::bytes::{Bytes, Keep, Way, bytes};
use crate::web::cx::Cx;
use crate::web::permitted::{Seen, Sub};

/// `GET /tickets/:key/messages/:sub/raw`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Sub(id): Sub,
    request: &Request,
) -> Result<Response> {
    let message = thread::message(&cx.db, &ticket, id).await?;
    let sha256 = message.raw_sha256.ok_or(Error::Desk(DeskError::Hidden))?;
    let name = format!("{}-{}.eml", ticket.number, message.number);
    let file = Bytes {
        sha256: &sha256,
        name: &name,
        size_bytes: None,
        keep: Keep::AskEachTime,
    };
    bytes(request, file, Way::Save, cx.db.blobs().get(&sha256)).await
}
