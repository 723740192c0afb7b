//! Opening the door to whoever has proven who they are, by whichever way.

use entities::sign_in::entry::{self, Entry, Way};
use entities::sign_in::{Seat, device, let_in};
use entities::{Uuid, session as sessions};
use poem::web::cookie::Cookie;
use poem::{IntoResponse as _, Request, Response};

use crate::error::Result;
use crate::web::cx::Visitor;
use crate::web::session;
use crate::web::swap::Swap;
use crate::web::url::Url;

/// Where the visitor sits.
pub fn seat<'a>(visitor: &'a Visitor, request: &'a Request) -> Seat<'a> {
    Seat {
        browser: &visitor.browser,
        address: &visitor.address,
        device: session::cookie_value(request, session::DEVICE),
    }
}

/// A new session with a new token, whatever the browser carried before; on to where they wanted to go.
pub async fn open(
    visitor: &Visitor,
    request: &Request,
    (person_id, way): (Uuid, Way),
    next: Url,
) -> Result<Response> {
    let mut answer = Swap::go_to(visitor.asks, next).into_response();
    enter(visitor, request, (person_id, way), &mut answer).await?;
    Ok(answer)
}

/// The same with an answer of its own.
pub async fn enter(
    visitor: &Visitor,
    request: &Request,
    (person_id, way): (Uuid, Way),
    answer: &mut Response,
) -> Result<()> {
    let db = &visitor.desk.db;
    let opened = let_in(db, person_id, way, seat(visitor, request)).await?;
    if let Some(before) = session::token(request) {
        sessions::end(db, &before).await?;
    }
    let desk = &visitor.desk;
    session::set(answer, &session::cookie(desk, &opened.started.token));
    session::set(answer, &session::device_cookie(desk, &opened.device));
    Ok(())
}

/// Whoever has the person's mail gets in by this browser, whoever fails elsewhere meanwhile; by others anew.
pub async fn known_here(visitor: &Visitor, request: &Request, id: Uuid) -> Result<Cookie> {
    let db = &visitor.desk.db;
    let seat = seat(visitor, request);
    device::forget_all(db, id).await?;
    let word = device::remember(db, id, &seat).await?;
    let entry = Entry {
        way: Way::Link,
        person_id: Some(id),
        outcome: "password_set",
        ..Entry::at(&seat)
    };
    entry::note(db, &entry).await?;
    Ok(session::device_cookie(&visitor.desk, &word))
}
