//! The original of a mail that came in, byte for byte.

use entities::DeskError;
use entities::inbound::list::{self, Content};
use poem::http::header;
use poem::{Response, handler};

use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::permitted::Sub;

/// `GET /settings/inbound/:sub/raw`.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Response> {
    let row = list::find(&cx.db, &cx.actor, id).await?;
    if row.content == Content::Hidden {
        return Err(Error::Desk(DeskError::Hidden));
    }
    let raw = cx.db.blobs().get(&row.mail.sha256).await?;
    let name = format!("attachment; filename=\"{}.eml\"", row.mail.id.simple());
    Ok(Response::builder()
        .content_type("message/rfc822")
        .header(header::CONTENT_DISPOSITION, name)
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(raw))
}
