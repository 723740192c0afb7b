//! The second step of signing in: a code of an app, or a recovery code.

use entities::second_factor::{Outcome, Passed, check};
use entities::sign_in::entry::Way;
use maud::{Markup, html};
use poem::http::StatusCode;
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::door;
use super::half::Half;
use super::sign_in::limits;
use super::sign_in_page::{card, too_many, wait_until, wait_words};
use crate::error::Result;
use crate::web::cx::Visitor;
use crate::web::form::{self, Form};
use crate::web::parts::{Field, Input, Look, Tone, notice, submit};
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Default, Deserialize)]
#[serde(default)]
struct CodeForm {
    code: String,
}

/// `GET /sign-in/code`
#[handler]
pub async fn new(visitor: Visitor, request: &Request) -> Response {
    match Half::of(&visitor, request) {
        Some(_) => page(&visitor, None, &html! {}).into_response(),
        None => from_the_start(&visitor),
    }
}

/// `POST /sign-in/code`
#[handler]
pub async fn create(
    visitor: Visitor,
    request: &Request,
    Form(typed): Form<CodeForm>,
) -> Result<Response> {
    let Some(half) = Half::of(&visitor, request) else {
        return Ok(from_the_start(&visitor));
    };
    let (db, seat) = (&visitor.desk.db, door::seat(&visitor, request));
    let limits = limits(&visitor.desk);
    let passed = match check(db, half.person_id, &typed.code, seat, limits).await? {
        Outcome::Right(passed) => passed,
        Outcome::Wrong => {
            let fault = visitor.locale.t("code-wrong");
            let page = page(&visitor, Some(&fault), &html! {});
            let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(page.into_response());
        }
        Outcome::WaitUntil(until) => {
            let locale = visitor.locale;
            let wait = wait_until(&visitor, until);
            let more = html! { (wait_words(locale, "sign-in-wait", wait)) };
            let told = notice(Tone::Error, &locale.t("sign-in-too-many"), &more);
            return Ok(too_many(page(&visitor, None, &told), wait));
        }
    };
    let way = match passed {
        Passed::ByApp => Way::PasswordAndCode,
        Passed::ByRecoveryCode => Way::PasswordAndRecoveryCode,
    };
    let mut answer = door::open(&visitor, request, (half.person_id, way), half.next()).await?;
    Half::done(&visitor, &mut answer);
    Ok(answer)
}

/// Nothing waits for a second step in this browser.
pub fn from_the_start(visitor: &Visitor) -> Response {
    Swap::go_to(visitor.asks, url::sign_in()).into_response()
}

fn page(visitor: &Visitor, fault: Option<&str>, told: &Markup) -> Markup {
    let locale = visitor.locale;
    let input = Input::Line {
        kind: "text",
        value: "",
        autocomplete: Some("one-time-code"),
    };
    let (label, hint) = (locale.t("code-label"), locale.t("code-hint"));
    let field = Field::new("code", &label).hint(&hint).fault(fault).first();
    let body = html! {
        p class="lead" { (locale.t("code-lead")) }
        (told)
        form id="code-form" class="stack" action=(url::code()) method="post" novalidate {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            (field.render(locale, input))
            (submit(Look::Primary, &locale.t("sign-in-submit")))
        }
        p class="small muted" { (locale.t("code-lost")) }
        p { a href=(url::sign_in()) { (locale.t("sign-on-again")) } }
    };
    card(visitor, &locale.t("code-title"), Some(url::code()), &body)
}
