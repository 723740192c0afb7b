//! A forgotten password: asking for a link, and choosing a new password with it. Whether an address is known is never told.

use std::time::Duration;

use entities::one_time::{self, Purpose};
use entities::permit::{Desk as Whole, Permit};
use entities::person::tell::{self, Addressee};
use entities::person::{ResetPassword, password};
use entities::sign_in::{OWN_ACCOUNT, forgotten};
use entities::{Uuid, session as sessions};
use maud::{Markup, html};
use poem::http::StatusCode;
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::door;
use super::new_password::{self, NewPasswordFaults, Whose};
use super::sign_in::{Done, limits};
use super::sign_in_page::{card, too_many, wait_until, wait_words};
use crate::error::Result;
use crate::web::cx::Visitor;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{Field, Input, Look, Tone, button_link, error_summary, notice, submit};
use crate::web::swap::Swap;
use crate::web::{session, url};

/// Answers about known and unknown addresses take this long, so that their time tells nothing.
const FLOOR: Duration = Duration::from_millis(400);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ForgottenForm {
    email: String,
}

/// `GET /sign-in/forgotten`
#[handler]
pub async fn new(visitor: Visitor) -> Markup {
    ask(&visitor, "", None)
}

/// `POST /sign-in/forgotten`: the same answer for every address.
#[handler]
pub async fn create(visitor: Visitor, Form(typed): Form<ForgottenForm>) -> Result<Response> {
    let locale = visitor.locale;
    let email = typed.email.trim();
    if email.is_empty() || !email.contains('@') {
        let page = ask(&visitor, email, Some(locale.t("rejected-not-an-address")));
        let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.into_response());
    }
    let (db, limits) = (&visitor.desk.db, limits(&visitor.desk));
    let asked = forgotten(db, email, &visitor.address, limits);
    let (asked, ()) = tokio::join!(asked, tokio::time::sleep(FLOOR));
    let title = locale.t("forgotten-title");
    if let Some(until) = asked? {
        let wait = wait_until(&visitor, until);
        let more = html! { (wait_words(locale, "forgotten-wait", wait)) };
        let body = notice(Tone::Error, &locale.t("sign-in-too-many"), &more);
        return Ok(too_many(card(&visitor, &title, None, &body), wait));
    }
    let body = html! {
        (notice(Tone::Info, &locale.t("forgotten-sent"), &html! { (locale.t("forgotten-sent-more")) }))
        p { (locale.t("forgotten-nothing-came")) }
        (button_link(Look::Secondary, &locale.t("sign-on-again"), &url::sign_in(), None))
    };
    Ok(card(&visitor, &title, None, &body).into_response())
}

fn ask(visitor: &Visitor, email: &str, fault: Option<String>) -> Markup {
    let locale = visitor.locale;
    let input = Input::Line {
        kind: "email",
        value: email,
        autocomplete: Some("username"),
    };
    let label = locale.t("sign-in-email");
    let body = html! {
        p class="lead" { (locale.t("forgotten-lead")) }
        form id="forgotten-form" class="stack" action=(url::forgotten()) method="post" novalidate {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            (Field::new("email", &label).first().fault(fault.as_deref()).render(locale, input))
            (submit(Look::Primary, &locale.t("forgotten-send")))
        }
        p { a href=(url::sign_in()) { (locale.t("sign-on-again")) } }
    };
    let title = locale.t("forgotten-title");
    card(visitor, &title, Some(url::forgotten()), &body)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LinkQuery {
    word: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChosenForm {
    word: String,
    new_password: String,
    again: String,
}

/// `GET /sign-in/new-password`: behind the link of a mail.
#[handler]
pub async fn edit(visitor: Visitor, Query(query): Query<LinkQuery>) -> Result<Response> {
    let Some((_, to)) = known(&visitor, &query.word).await? else {
        return Ok(ended(&visitor));
    };
    let page = choose(&visitor, &query.word, &to, &NewPasswordFaults::default());
    Ok(page.into_response())
}

/// `POST /sign-in/new-password`: all sessions end with the password before.
#[handler]
pub async fn update(
    visitor: Visitor,
    request: &Request,
    Form(typed): Form<ChosenForm>,
) -> Result<Response> {
    let db = &visitor.desk.db;
    let Some((_, to)) = known(&visitor, &typed.word).await? else {
        return Ok(ended(&visitor));
    };
    let whose = Whose {
        name: &to.name,
        email: Some(&to.email),
    };
    let both = (typed.new_password.as_str(), typed.again.as_str());
    let faults = new_password::faults(&visitor.desk, visitor.locale, both, whose).await;
    if !faults.is_empty() {
        let page = choose(&visitor, &typed.word, &to, &faults);
        let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.into_response());
    }
    let hash = password::hash(&typed.new_password).await?;
    let Some(id) = one_time::use_up(db, Purpose::ResetPassword, &typed.word).await? else {
        return Ok(ended(&visitor));
    };
    let permit = Permit::ask(&OWN_ACCOUNT, Whole)?;
    db.change(permit, ResetPassword { id, hash }).await?;
    sessions::end_all(db, id).await?;
    let there = url::sign_in().with("done", Done::Password.name());
    let mut answer = Swap::go_to(visitor.asks, there).into_response();
    let device = door::known_here(&visitor, request, id).await?;
    session::set(&mut answer, &device);
    Ok(answer)
}

async fn known(visitor: &Visitor, word: &str) -> Result<Option<(Uuid, Addressee)>> {
    let db = &visitor.desk.db;
    let Some(id) = one_time::whose(db, Purpose::ResetPassword, word).await? else {
        return Ok(None);
    };
    let to = tell::addressee(db, id).await?;
    Ok(to.map(|to| (id, to)))
}

fn choose(visitor: &Visitor, word: &str, to: &Addressee, faults: &NewPasswordFaults) -> Markup {
    let locale = visitor.locale;
    let body = html! {
        p class="lead" { (locale.t_with("reset-lead", &[("email", to.email.as_str().into())])) }
        form id="new-password-form" class="stack" action=(url::new_password()) method="post" novalidate {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            input type="hidden" name="word" value=(word);
            (error_summary(locale, &faults.list()))
            (new_password::fields(locale, Some(&to.email), faults))
            p class="small muted" { (locale.t("reset-ends-sessions")) }
            (submit(Look::Primary, &locale.t("own-password-save")))
        }
    };
    let here = url::new_password().with("word", word);
    card(visitor, &locale.t("reset-title"), Some(here), &body)
}

/// The link was used, is too old, or never was one: which of them is not told.
fn ended(visitor: &Visitor) -> Response {
    let locale = visitor.locale;
    let body = html! {
        (notice(Tone::Error, &locale.t("reset-ended"), &html! { (locale.t("reset-ended-more")) }))
        (button_link(Look::Primary, &locale.t("reset-ask-again"), &url::forgotten(), None))
    };
    let page = card(visitor, &locale.t("reset-title"), None, &body);
    page.with_status(StatusCode::GONE).into_response()
}
