//! Gives every request an id that stands in the log, in the answer's header and on error pages.

use std::sync::Arc;
use std::time::Instant;

use poem::http::{HeaderName, HeaderValue};
use poem::{Endpoint, IntoResponse as _, Request, Response, Result};
use tracing::Instrument as _;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Found in the request's extensions.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Wraps the routes: `.around(request_id::add)`. An id sent by the visitor is not believed.
pub async fn add<E: Endpoint>(next: Arc<E>, mut request: Request) -> Result<Response> {
    let id = Uuid::now_v7().simple().to_string();
    let value = HeaderValue::from_str(&id).map_err(poem::error::InternalServerError)?;
    let span = tracing::info_span!("request", %id, method = %request.method(), path = request.uri().path());
    request.extensions_mut().insert(RequestId(id));
    let started = Instant::now();
    async move {
        let mut response = next.call(request).await?.into_response();
        tracing::debug!(
            status = response.status().as_u16(),
            elapsed_us = started.elapsed().as_micros(),
            "answered"
        );
        response.headers_mut().insert(HEADER, value);
        Ok(response)
    }
    .instrument(span)
    .await
}
