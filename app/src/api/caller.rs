//! The program that calls: its token is proven, and it brings nothing that belongs to a browser.

use std::sync::Arc;

use entities::{Actor, Db, DeskError, api_token};
use poem::http::{StatusCode, header};
use poem::web::Json;
use poem::{Endpoint, FromRequest, IntoResponse as _, Request, RequestBody, Response};
use serde_json::json;

use crate::account::sign_in::limits;
use crate::desk::Desk;
use crate::error::Error;
use crate::web::cx;

/// Whoever acts by a token.
#[derive(Clone, Debug)]
pub struct Caller {
    pub desk: Desk,
    pub db: Db,
    pub actor: Actor,
}

/// Wraps every route for programs: who has no token that holds, or a browser's cookies beside it, gets no further.
pub async fn guard(
    next: Arc<impl Endpoint<Output = Response>>,
    mut request: Request,
) -> poem::Result<Response> {
    if request.headers().contains_key(header::COOKIE) {
        return Ok(said(
            StatusCode::BAD_REQUEST,
            "a token and cookies do not go together",
        ));
    }
    let caller = match caller(&request).await {
        Ok(Some(caller)) => caller,
        Ok(None) => return Ok(unknown()),
        Err(Refused::Wait(seconds)) => {
            let mut answer = said(StatusCode::TOO_MANY_REQUESTS, "too many wrong tokens");
            let headers = answer.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
            return Ok(answer);
        }
        Err(Refused::Error(error)) => return Ok(told(&error)),
    };
    request.extensions_mut().insert(caller);
    match next.call(request).await {
        Ok(answer) => Ok(answer),
        Err(error) => match error.downcast_ref::<Error>() {
            Some(known) => Ok(told(known)),
            None => Ok(said(error.status(), "bad request")),
        },
    }
}

enum Refused {
    /// For so many seconds.
    Wait(u64),
    Error(Error),
}

impl<E: Into<Error>> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::Error(error.into())
    }
}

async fn caller(request: &Request) -> Result<Option<Caller>, Refused> {
    let visitor = cx::visitor(request)?;
    let Some(token) = bearer(request) else {
        return Ok(None);
    };
    let desk = visitor.desk;
    if let Some(actor) = api_token::actor(&desk.db, token).await? {
        let db = desk.db.clone();
        return Ok(Some(Caller { desk, db, actor }));
    }
    let limits = limits(&desk);
    match entities::sign_in::refused(&desk.db, &visitor.address, limits).await? {
        Some(until) => {
            let seconds = (until - visitor.now.at).num_seconds().max(1);
            Err(Refused::Wait(seconds.unsigned_abs()))
        }
        None => Ok(None),
    }
}

fn bearer(request: &Request) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?;
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
        .filter(|token| token.starts_with(api_token::PREFIX))
}

fn unknown() -> Response {
    let mut answer = said(StatusCode::UNAUTHORIZED, "no token that holds");
    let scheme = poem::http::HeaderValue::from_static("Bearer");
    let headers = answer.headers_mut();
    headers.insert(header::WWW_AUTHENTICATE, scheme);
    answer
}

/// An error as a program reads it; never its own words.
fn told(error: &Error) -> Response {
    let status = error.status_code();
    match error {
        Error::Desk(DeskError::Rejected(why)) => {
            let body = json!({ "error": "rejected", "why": why });
            Json(body).with_status(status).into_response()
        }
        Error::Request(why) => said(status, why),
        _ if status.is_server_error() => {
            tracing::error!(%error, "a program's request failed");
            said(status, "the desk cannot answer now")
        }
        _ => said(status, status.canonical_reason().unwrap_or_default()),
    }
}

fn said(status: StatusCode, error: &str) -> Response {
    Json(json!({ "error": error }))
        .with_status(status)
        .into_response()
}

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let caller = request.extensions().get::<Caller>().cloned();
        Ok(caller.ok_or(Error::Broken("no token was asked for around this route"))?)
    }
}
