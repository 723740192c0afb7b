//! Signing in with an address and a password.

use chrono::Duration;
use entities::session as sessions;
use entities::sign_in::{Attempt, Limits, Outcome, sign_in};
use maud::{Markup, html};
use poem::http::{HeaderValue, StatusCode, header};
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use crate::desk::Desk;
use crate::error::Result;
use crate::web::cx::Visitor;
use crate::web::form::{Form, Query};
use crate::web::parts::{Field, Input, Look, Tone, notice, submit};
use crate::web::swap::Swap;
use crate::web::url::{self, Url};
use crate::web::{form, session};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct SignInQuery {
    #[serde(default)]
    next: String,
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
pub async fn new(visitor: Visitor, Query(query): Query<SignInQuery>) -> Response {
    let next = next(&query.next);
    if visitor.session.is_some() {
        return Swap::go_to(visitor.asks, next).into_response();
    }
    page(&visitor, &next, "", None).into_response()
}

/// `POST /sign-in`: a new session with a new token, whatever the browser carried before.
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
        browser: &visitor.browser,
        address: &visitor.address,
    };
    let db = &visitor.desk.db;
    match sign_in(db, attempt, limits(&visitor.desk)).await? {
        Outcome::Started(started) => {
            if let Some(before) = session::token(request) {
                sessions::end(db, &before).await?;
            }
            let mut answer = Swap::go_to(visitor.asks, next).into_response();
            session::set(&mut answer, &session::cookie(&visitor.desk, &started.token));
            Ok(answer)
        }
        Outcome::Wrong => {
            let fault = Fault::Wrong;
            let page = page(&visitor, &next, &typed.email, Some(fault));
            Ok(page
                .with_status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Outcome::WaitUntil(until) => {
            let wait = (until - visitor.now.at).max(Duration::seconds(1));
            let page = page(&visitor, &next, &typed.email, Some(Fault::Wait(wait)));
            let mut answer = page
                .with_status(StatusCode::TOO_MANY_REQUESTS)
                .into_response();
            answer.headers_mut().insert(
                header::RETRY_AFTER,
                HeaderValue::from(wait.num_seconds().unsigned_abs()),
            );
            Ok(answer)
        }
    }
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
fn next(asked: &str) -> Url {
    url::local(asked)
        .filter(|to| !to.as_str().starts_with(url::sign_out().as_str()))
        .unwrap_or_else(url::start)
}

#[derive(Clone, Copy)]
enum Fault {
    Wrong,
    Wait(Duration),
}

fn page(visitor: &Visitor, next: &Url, email: &str, fault: Option<Fault>) -> Markup {
    let locale = visitor.locale;
    let title = locale.t("sign-in-title");
    let content = html! {
        section class="login__card" {
            h1 { (title) }
            p class="lead" { (locale.t("sign-in-lead")) }
            @match fault {
                Some(Fault::Wrong) => { (notice(Tone::Error, &locale.t("sign-in-wrong"), &html! { (locale.t("sign-in-wrong-more")) })) }
                Some(Fault::Wait(wait)) => {
                    // Rounded up: whoever comes back after that time is let in.
                    @let minutes = Duration::minutes((wait.num_seconds() + 59) / 60);
                    (notice(Tone::Error, &locale.t("sign-in-too-many"),
                        &html! { (locale.t_with("sign-in-wait", &[("duration", locale.duration(minutes).into())])) }))
                }
                None => {}
            }
            (sign_in_form(visitor, next, email))
            p class="small muted" { (locale.t("sign-in-help")) }
        }
        (art())
    };
    let frame = visitor.frame();
    frame.visitor_page(&title, Some(here(next)), &content)
}

fn here(next: &Url) -> Url {
    let to = if *next == url::start() {
        ""
    } else {
        next.as_str()
    };
    url::sign_in().with("next", to)
}

fn sign_in_form(visitor: &Visitor, next: &Url, email: &str) -> Markup {
    let locale = visitor.locale;
    let line = |kind, value, autocomplete| Input::Line {
        kind,
        value,
        autocomplete: Some(autocomplete),
    };
    html! {
        form id="sign-in-form" action=(url::sign_in()) method="post" novalidate {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            input type="hidden" name="next" value=(next);
            (Field::new("email", &locale.t("sign-in-email")).first().render(locale, line("email", email, "username")))
            (Field::new("password", &locale.t("sign-in-password")).render(locale, line("password", "", "current-password")))
            (submit(Look::Primary, &locale.t("sign-in-submit")))
        }
    }
}

/// Bars as decoration; their lengths mean nothing.
fn art() -> Markup {
    const BARS: [(u8, &str); 12] = [
        (62, "ok"),
        (88, "soon"),
        (34, "ok"),
        (100, "late"),
        (48, "ok"),
        (71, "ok"),
        (22, "ok"),
        (93, "soon"),
        (40, "ok"),
        (55, "ok"),
        (80, "soon"),
        (17, "ok"),
    ];
    html! {
        div class="login__art" aria-hidden="true" {
            @for (length, due) in BARS {
                span class="artrow" {
                    svg viewBox="0 0 100 3" preserveAspectRatio="none" data-due=(due) focusable="false" {
                        rect class="base" width="100" height="3" {}
                        rect class="val" width=(length) height="3" {}
                    }
                }
            }
        }
    }
}
