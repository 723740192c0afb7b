//! Headers that keep a browser from doing what a page did not ask for; a route may set stricter ones itself.

use std::sync::Arc;

use poem::http::HeaderValue;
use poem::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use poem::{Endpoint, IntoResponse as _, Request, Response, Result};

const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; \
                      frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const ALWAYS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    // Whoever uses the machine next must not find what was read before.
    (CACHE_CONTROL, "no-store"),
];

/// Whether visitors come over https only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Https,
    Http,
}

/// Wraps the routes: `.around(move |next, request| security_headers::add(transport, next, request))`.
pub async fn add<E: Endpoint>(
    transport: Transport,
    next: Arc<E>,
    request: Request,
) -> Result<Response> {
    let mut response = next.call(request).await?.into_response();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if transport == Transport::Https {
        headers
            .entry(STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use poem::{EndpointExt as _, Route, get, handler, test::TestClient};

    use super::*;

    #[handler]
    fn page() -> &'static str {
        "page"
    }

    #[handler]
    fn strict() -> Response {
        Response::builder()
            .header(CONTENT_SECURITY_POLICY, "sandbox")
            .finish()
    }

    async fn headers_of(transport: Transport, path: &str) -> poem::http::HeaderMap {
        let app = Route::new()
            .at("/page", get(page))
            .at("/strict", get(strict));
        let app = app.around(move |next, request| add(transport, next, request));
        TestClient::new(app)
            .get(path)
            .send()
            .await
            .0
            .headers()
            .clone()
    }

    #[tokio::test]
    async fn every_answer_carries_them_and_a_stricter_policy_stays() {
        let headers = headers_of(Transport::Http, "/page").await;
        assert!(ALWAYS.iter().all(|(name, value)| headers[name] == *value));
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
        assert_eq!(
            headers_of(Transport::Https, "/strict").await[CONTENT_SECURITY_POLICY],
            "sandbox"
        );
        assert!(
            headers_of(Transport::Https, "/page")
                .await
                .contains_key(STRICT_TRANSPORT_SECURITY)
        );
    }
}
