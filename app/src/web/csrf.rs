//! No unsafe request without proof that our own page sent it.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt as _, stream};
use poem::http::{Method, header};
use poem::{Body, Endpoint, IntoResponse, Request, Response, Result};

use crate::error::Error;
use crate::web::cx;

/// The form field, always the first of its form.
pub const FIELD: &str = "csrf";
/// The header scripts send.
pub const HEADER: &str = "x-csrf";

/// How much of a form with files is looked through for the token.
const LOOK_BYTES: usize = 4096;
/// The most bytes of a form without files.
const MOST_FORM_BYTES: usize = 8 * 1024 * 1024;

/// Wraps the routes, inside of the session layer.
pub async fn check<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return Ok(next.call(request).await?.into_response());
    }
    let Some(session) = cx::visitor(&request)?.session else {
        // Signing in has no session yet: the browser itself says where the form stands.
        return if from_our_origin(&request) {
            Ok(next.call(request).await?.into_response())
        } else {
            Err(Error::Csrf.into())
        };
    };
    if let Some(sent) = request.headers().get(HEADER) {
        return if same(sent.as_bytes(), session.csrf.as_bytes()) {
            Ok(next.call(request).await?.into_response())
        } else {
            Err(Error::Csrf.into())
        };
    }
    let (request, sent) = token_in_form(request).await?;
    if !sent.is_some_and(|sent| same(&sent, session.csrf.as_bytes())) {
        return Err(Error::Csrf.into());
    }
    Ok(next.call(request).await?.into_response())
}

fn from_our_origin(request: &Request) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            origin
                .split_once("://")
                .is_some_and(|(_, from)| from == host)
        }
        // Neither header: no browser of this decade, so no visitor who could be led here.
        (None, None) => true,
    }
}

async fn token_in_form(mut request: Request) -> Result<(Request, Option<Vec<u8>>)> {
    let kind = request
        .content_type()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let body = request.take_body();
    if kind.starts_with("multipart/form-data") {
        let mut rest = Box::pin(body.into_bytes_stream());
        let mut start = BytesMut::new();
        while start.len() < LOOK_BYTES {
            match rest.next().await {
                Some(Ok(bytes)) => start.extend_from_slice(&bytes),
                Some(Err(error)) => return Err(poem::error::BadRequest(error)),
                None => break,
            }
        }
        let start = start.freeze();
        let sent = first_field(&start);
        let whole = stream::once(async move { Ok::<Bytes, std::io::Error>(start) }).chain(rest);
        request.set_body(Body::from_bytes_stream(whole));
        return Ok((request, sent));
    }
    let bytes = body.into_bytes_limit(MOST_FORM_BYTES).await?;
    let sent = form_value(&bytes);
    request.set_body(bytes);
    Ok((request, sent))
}

fn form_value(form: &[u8]) -> Option<Vec<u8>> {
    let pair = form
        .split(|b| *b == b'&')
        .find_map(|pair| pair.strip_prefix(b"csrf="))?;
    Some(pair.to_vec())
}

/// The value of the token's part when it stands first.
fn first_field(start: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(&start[..start.len().min(LOOK_BYTES)]);
    let (head, rest) = text.split_once("\r\n\r\n")?;
    if !head.contains("name=\"csrf\"") {
        return None;
    }
    let (value, _) = rest.split_once("\r\n")?;
    Some(value.as_bytes().to_vec())
}

/// Compares without telling by time where two tokens differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (x, y)| differ | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_in_both_kinds_of_forms() {
        assert_eq!(
            form_value(b"a=1&csrf=abc&b=2").as_deref(),
            Some(&b"abc"[..])
        );
        let form = b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x--";
        assert_eq!(first_field(form).as_deref(), Some(&b"abc"[..]));
        let other = b"--x\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nabc\r\n--x--";
        assert_eq!(first_field(other), None);
    }

    #[test]
    fn tokens_compare_whole() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd") && !same(b"abc", b"ab"));
    }
}
