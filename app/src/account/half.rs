//! Half a sign-in: the password was right, and something is missing yet. It waits sealed in the browser.

use entities::Uuid;
use poem::web::cookie::Cookie;
use poem::{Request, Response};
use serde::{Deserialize, Serialize};

use super::sign_in::next;
use crate::web::cx::Visitor;
use crate::web::url::Url;
use crate::web::{sealed, session};

const COOKIE: &str = "lotse_half";
const PURPOSE: &str = "half a sign-in";

/// Whose password it was, and where they wanted to go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Half {
    pub person_id: Uuid,
    next: String,
}

impl Half {
    pub fn new(person_id: Uuid, next: &Url) -> Half {
        Half {
            person_id,
            next: next.as_str().to_owned(),
        }
    }

    /// What this browser brings; none when it brings nothing, or too late.
    pub fn of(visitor: &Visitor, request: &Request) -> Option<Half> {
        let text = session::cookie_value(request, COOKIE)?;
        sealed::open(visitor.desk.db.key(), PURPOSE, text, visitor.now.at)
    }

    pub fn next(&self) -> Url {
        next(&self.next)
    }

    pub fn cookie(&self, visitor: &Visitor) -> Cookie {
        let desk = &visitor.desk;
        let sealed = sealed::seal(desk.db.key(), PURPOSE, self, visitor.now.at);
        session::door_cookie(desk, COOKIE, &sealed)
    }

    /// The door is open: nothing waits any more.
    pub fn done(visitor: &Visitor, answer: &mut Response) {
        session::set(answer, &session::door_removal(&visitor.desk, COOKIE));
    }
}
