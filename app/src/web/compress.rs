//! Compresses pages: gzip at its fastest level, HTML of 1 kB and more, never a stream of events.

use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use poem::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use poem::http::{HeaderMap, HeaderValue, Method};
use poem::{Endpoint, IntoResponse as _, Request, Response, Result};

/// Below this a packet is saved by nobody.
const SMALLEST_BYTES: usize = 1024;

/// Wraps the routes: `.around(compress::pages)`.
pub async fn pages<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    let wanted = accepts_gzip(request.headers()) && request.method() != Method::HEAD;
    let mut response = next.call(request).await?.into_response();
    if !is_html(response.headers()) || response.headers().contains_key(CONTENT_ENCODING) {
        return Ok(response);
    }
    response
        .headers_mut()
        .append(VARY, HeaderValue::from_static("Accept-Encoding"));
    if !wanted {
        return Ok(response);
    }
    let plain = response.take_body().into_bytes().await?;
    if plain.len() < SMALLEST_BYTES {
        response.set_body(plain);
        return Ok(response);
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::fast());
    encoder
        .write_all(&plain)
        .map_err(poem::error::InternalServerError)?;
    response.set_body(encoder.finish().map_err(poem::error::InternalServerError)?);
    response
        .headers_mut()
        .insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Ok(response)
}

fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|item| {
            let mut pieces = item.split(';').map(str::trim);
            let named = matches!(pieces.next(), Some("gzip" | "*"));
            named
                && pieces.all(|piece| {
                    piece
                        .strip_prefix("q=")
                        .is_none_or(|weight| weight.parse().is_ok_and(|weight: f32| weight > 0.0))
                })
        })
}

#[cfg(test)]
mod tests {
    use poem::http::StatusCode;
    use poem::web::Html;
    use poem::{EndpointExt as _, Route, get, handler, test::TestClient};

    use super::*;

    #[handler]
    fn large() -> Html<String> {
        Html("<p>Zahllauf</p>".repeat(200))
    }

    #[handler]
    fn small() -> Html<&'static str> {
        Html("<p>Zahllauf</p>")
    }

    #[handler]
    fn events() -> Response {
        Response::builder()
            .content_type("text/event-stream")
            .body("data: 1\n\n".repeat(200))
    }

    fn client() -> TestClient<impl Endpoint> {
        TestClient::new(
            Route::new()
                .at("/large", get(large))
                .at("/small", get(small))
                .at("/events", get(events))
                .around(pages),
        )
    }

    async fn encoding_of(path: &str, accepted: &'static str) -> Option<String> {
        let response = client()
            .get(path)
            .header(ACCEPT_ENCODING, accepted)
            .send()
            .await;
        response.assert_status(StatusCode::OK);
        response
            .0
            .headers()
            .get(CONTENT_ENCODING)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    #[tokio::test]
    async fn only_large_pages_are_compressed_and_only_on_request() {
        assert_eq!(
            encoding_of("/large", "br, gzip;q=0.8").await.as_deref(),
            Some("gzip")
        );
        assert_eq!(encoding_of("/large", "br").await, None);
        assert_eq!(encoding_of("/large", "gzip;q=0").await, None);
        assert_eq!(encoding_of("/small", "gzip").await, None);
        assert_eq!(encoding_of("/events", "gzip").await, None);
    }
}
