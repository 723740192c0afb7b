//! The bytes of a file of an article, for whoever may read the article there.

use entities::site::Site;
use poem::{Request, Response};
use serde::Deserialize;

use crate::error::Result;
use crate::web::bytes::{Bytes, Keep, Way, bytes, shown_inline};
use crate::web::permitted::SUB;

/// Whether to show rather than to save; the beginning of the digest says that the address names these very bytes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    inline: Option<String>,
}

/// The file that the address names, of the article with that key.
pub async fn given(site: &Site, key: &str, asked: &Asked, request: &Request) -> Result<Response> {
    let name = request.raw_path_param(SUB).unwrap_or_default();
    let file = site.file(key, name).await?;
    let mark = asked.inline.as_deref();
    let shown = mark.and_then(|_| shown_inline(file.content_type()));
    let stored = Bytes {
        sha256: file.digest(),
        name: file.name(),
        size_bytes: u64::try_from(file.size_bytes()).ok(),
        keep: match mark.is_some_and(|mark| file.is_marked(mark)) {
            true => Keep::ForGood,
            false => Keep::AskEachTime,
        },
    };
    let way = shown.map_or(Way::Save, Way::Inline);
    bytes(request, stored, way, site.bytes(&file)).await
}
