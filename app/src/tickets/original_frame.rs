//! The frame of the original view: a document of its own with a policy of its own.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entities::DeskError;
use entities::ticket::Ticket;
use poem::http::header;
use poem::{Response, handler};
use serde::Deserialize;

use super::original::{SANDBOX, page_of, pass};
use crate::error::{Error, Result};
use crate::mail::html::{Images, Pictures, original};
use crate::mail::read;
use crate::web::bytes::shown_inline;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::{Seen, Sub};

/// What the frame is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    images: Option<String>,
}

/// `GET /tickets/:key/messages/:sub/frame`: the mail itself.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Sub(id): Sub,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let message = page_of(&cx, &ticket, id).await?;
    let images = match wanted.images {
        Some(given) if given == pass(&cx, id) => Images::Remote,
        _ => Images::Blocked,
    };
    let sha256 = message.raw_sha256.ok_or(Error::Desk(DeskError::Hidden))?;
    let raw = cx.db.blobs().get(&sha256).await?;
    let mail = read::read(&raw).map_err(|_| Error::Desk(DeskError::Hidden))?;
    let page = mail.html.as_deref().unwrap_or_default();
    let document = original(page, images, &pictures(&mail));
    let sources = match images {
        Images::Blocked => "data:",
        Images::Remote => "data: https: http:",
    };
    let policy = format!(
        "sandbox {SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src {sources}; \
         frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    );
    Ok(Response::builder()
        .header(header::CONTENT_SECURITY_POLICY, policy)
        .header(header::X_FRAME_OPTIONS, "SAMEORIGIN")
        .header(header::REFERRER_POLICY, "no-referrer")
        .content_type("text/html; charset=utf-8")
        .body(document))
}

/// The frame has no origin and gets no cookies, so the mail's own pictures come with it.
fn pictures(mail: &read::Mail) -> Pictures {
    let mut pictures = HashMap::new();
    for file in &mail.attachments {
        let kind = shown_inline(&file.media_type).filter(|kind| kind.starts_with("image/"));
        if let (Some(kind), Some(id)) = (kind, &file.content_id) {
            let data = STANDARD.encode(&file.bytes);
            pictures.insert(id.clone(), format!("data:{kind};base64,{data}"));
        }
    }
    Arc::new(pictures)
}
