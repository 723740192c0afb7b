//! A file of a shared ticket, to be saved.

use poem::{Request, Response, handler};

use crate::error::Result;
use crate::web::bytes::{Bytes, Keep, Way, bytes};
use crate::web::permitted::{Key, Sub};
use crate::web::portal_cx::PortalCx;

/// `GET /portal/tickets/:key/files/:sub`
#[handler]
pub async fn show(
    cx: PortalCx,
    Key(number): Key,
    Sub(id): Sub,
    request: &Request,
) -> Result<Response> {
    let file = cx.vendor.file(&number, id).await?;
    let stored = Bytes {
        sha256: &file.sha256,
        name: &file.name,
        size_bytes: u64::try_from(file.size_bytes).ok(),
        keep: Keep::AskEachTime,
    };
    bytes(request, stored, Way::Save, file.bytes()).await
}
