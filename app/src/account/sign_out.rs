//! Signing out: the session ends here and in the browser.

use entities::session as sessions;
use poem::{IntoResponse as _, Request, Response, handler};

use crate::error::Result;
use crate::web::cx::Visitor;
use crate::web::swap::Swap;
use crate::web::{session, url};

/// `POST /sign-out`; without a session it only removes the cookie.
#[handler]
pub async fn remove(visitor: Visitor, request: &Request) -> Result<Response> {
    if let Some(token) = session::token(request) {
        sessions::end(&visitor.desk.db, &token).await?;
    }
    let mut answer = Swap::go_to(visitor.asks, url::sign_in()).into_response();
    session::set(&mut answer, &session::removal(&visitor.desk));
    Ok(answer)
}
