//! Signing in with an address and a password.

use chrono::Duration;
use entities::sign_in::entry::{self, Entry, Way};
use entities::sign_in::{Attempt, Limits, Outcome, sign_in};
use entities::{Uuid, provider, second_factor};
use maud::Markup;
use poem::http::StatusCode;
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::door;
use super::half::Half;
use super::sign_in_page::{Fault, SignInPage, too_many, wait_until};
use crate::desk::Desk;
use crate::error::Result;
use crate::web::cx::Visitor;
use crate::web::form::{Form, Query};
use crate::web::session;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// Where to go afterwards, and what was done before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInQuery {
    pub next: String,
    done: Option<Done>,
}

/// What leads here that the page tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Done {
    /// A new password was chosen.
    Password,
    /// An invitation was taken up.
    Invitation,
}

impl Done {
    /// The form in an address.
    pub fn name(self) -> &'static str {
        match self {
            Done::Password => "password",
            Done::Invitation => "invitation",
        }
    }

    /// The key of its sentence.
    pub fn words(self) -> &'static str {
        match self {
            Done::Password => "reset-done",
            Done::Invitation => "invitation-done",
        }
    }
}

/// What was typed.
#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`
#[handler]
pub async fn new(visitor: Visitor, Query(query): Query<SignInQuery>) -> Result<Response> {
    let next = next(&query.next);
    if visitor.session.is_some() {
        return Ok(Swap::go_to(visitor.asks, next).into_response());
    }
    let providers = provider::active(&visitor.desk.db).await?;
    let page = SignInPage {
        done: query.done,
        ..SignInPage::new(&next, &providers)
    };
    Ok(page.render(&visitor).into_response())
}

/// `POST /sign-in`
#[handler]
pub async fn create(
    visitor: Visitor,
    request: &Request,
    Form(typed): Form<SignInForm>,
) -> Result<Response> {
    let next = next(&typed.next);
    let attempt = Attempt {
        email: &typed.email,
        password: &typed.password,
    };
    let (db, limits) = (&visitor.desk.db, limits(&visitor.desk));
    match sign_in(db, attempt, door::seat(&visitor, request), limits).await? {
        Outcome::Right(person_id) => match missing(&visitor, person_id).await? {
            None => door::open(&visitor, request, (person_id, Way::Password), next).await,
            Some(step) => {
                let entry = Entry {
                    way: Way::Password,
                    person_id: Some(person_id),
                    outcome: "code_asked",
                    ..Entry::at(&door::seat(&visitor, request))
                };
                entry::note(db, &entry).await?;
                let mut answer = Swap::go_to(visitor.asks, step).into_response();
                let half = Half::new(person_id, &next);
                session::set(&mut answer, &half.cookie(&visitor));
                Ok(answer)
            }
        },
        Outcome::Wrong => {
            let page = turned_away(&visitor, &next, &typed.email, Fault::Wrong).await?;
            Ok(page
                .with_status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Outcome::WaitUntil(until) => {
            let wait = wait_until(&visitor, until);
            let page = turned_away(&visitor, &next, &typed.email, Fault::Wait(wait)).await?;
            Ok(too_many(page, wait))
        }
    }
}

/// The step that follows the password, if one does.
async fn missing(visitor: &Visitor, person_id: Uuid) -> Result<Option<Url>> {
    let desk = &visitor.desk;
    Ok(match second_factor::standing(&desk.db, person_id).await? {
        Some(_) => Some(url::code()),
        None if desk.config.sign_in.second_factor_required => Some(url::enrol()),
        None => None,
    })
}

/// The limits of the configuration.
pub fn limits(desk: &Desk) -> Limits {
    let configured = &desk.config.sign_in;
    Limits {
        per_account: configured.attempts_per_account,
        per_address: configured.attempts_per_address,
        window: Duration::minutes(i64::from(configured.window_minutes)),
    }
}

/// Only into this desk, and not back out of it.
pub fn next(asked: &str) -> Url {
    url::local(asked)
        .filter(|to| !to.as_str().starts_with(url::sign_out().as_str()))
        .unwrap_or_else(url::start)
}

/// The page again, with what was wrong.
pub async fn turned_away(
    visitor: &Visitor,
    next: &Url,
    email: &str,
    fault: Fault,
) -> Result<Markup> {
    let providers = provider::active(&visitor.desk.db).await?;
    let page = SignInPage {
        email,
        fault: Some(fault),
        ..SignInPage::new(next, &providers)
    };
    Ok(page.render(visitor))
}
