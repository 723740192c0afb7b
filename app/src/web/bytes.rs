//! The bytes of stored files, handed out so that nothing in them can act.

use poem::http::{Method, StatusCode, header};
use poem::{Request, Response, ResponseBuilder};

use crate::error::Result;

/// How bytes reach the browser.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// To be saved, as a type no browser opens.
    Save,
    /// To be seen, as one of the types that cannot act.
    Inline(&'static str),
}

/// The type a file may be shown as; everything else is saved.
pub fn shown_inline(content_type: &str) -> Option<&'static str> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    [
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "application/pdf",
    ]
    .into_iter()
    .find(|known| kind.eq_ignore_ascii_case(known))
}

/// A stored file about to be handed out.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a> {
    pub sha256: &'a str,
    pub name: &'a str,
    /// None when only the store knows.
    pub size_bytes: Option<u64>,
    pub keep: Keep,
}

/// How long a browser may keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Rights can be taken away, so the browser asks each time.
    AskEachTime,
    /// A picture in a text, for the session that saw it.
    ForGood,
}

/// The bytes of a stored file, with the headers that keep them harmless. The store is asked for bytes alone, not for
/// what the browser has or does not want.
pub async fn bytes(
    request: &Request,
    file: Bytes<'_>,
    way: Way,
    fetch: impl Future<Output = entities::Result<Vec<u8>>>,
) -> Result<Response> {
    let tag = format!("\"{}\"", file.sha256);
    let is_known = |one: &str| {
        let one = one.trim();
        one == "*" || one.trim_start_matches("W/") == tag
    };
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|known| known.split(',').any(is_known));
    let (content_type, place) = match way {
        Way::Save => ("application/octet-stream", "attachment"),
        Way::Inline(content_type) => (content_type, "inline"),
    };
    let keep = match file.keep {
        Keep::AskEachTime => "private, no-cache",
        Keep::ForGood => "private, max-age=31536000, immutable",
    };
    let answer = Response::builder()
        .header(header::ETAG, &tag)
        .header(header::CACHE_CONTROL, keep)
        // Another session on the same machine gets nothing out of the cache.
        .header(header::VARY, "Cookie")
        .header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox",
        )
        .header(header::CONTENT_DISPOSITION, disposition(place, file.name));
    if known {
        return Ok(answer.status(StatusCode::NOT_MODIFIED).finish());
    }
    if let (&Method::HEAD, Some(size)) = (request.method(), file.size_bytes) {
        let answer = answer.header(header::CONTENT_LENGTH, size);
        return Ok(answer.content_type(content_type).finish());
    }
    let bytes = fetch.await?;
    Ok(answer.content_type(content_type).body(bytes))
}

/// The beginning of an answer that is saved as a file.
pub fn saved_as(content_type: &str, name: &str) -> ResponseBuilder {
    Response::builder()
        .content_type(content_type)
        .header(header::CONTENT_DISPOSITION, disposition("attachment", name))
        .header(header::CACHE_CONTROL, "private, no-store")
}

/// `attachment; filename="…"; filename*=UTF-8''…` after RFC 6266 and RFC 5987.
pub fn disposition(place: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '/' | '%' => '_',
            c if c.is_ascii_graphic() || c == ' ' => c,
            _ => '_',
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{place}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("attachment", "Bericht „A“\r\nX: \"1\".pdf"),
            "attachment; filename=\"Bericht _A___X: _1_.pdf\"; \
             filename*=UTF-8''Bericht%20%E2%80%9EA%E2%80%9C%0D%0AX%3A%20%221%22.pdf"
        );
    }

    #[test]
    fn only_types_that_cannot_act_are_shown() {
        assert_eq!(shown_inline("image/PNG; name=a"), Some("image/png"));
        assert_eq!(shown_inline("image/svg+xml"), None);
        assert_eq!(shown_inline("text/html"), None);
    }
}
