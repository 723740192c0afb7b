//! Behind the link of an invitation: name and first password of somebody of a vendor.

use entities::guest::accept::{Door, Invited, accept, door as look};
use entities::language::Language;
use entities::person::password;
use entities::session::preference::{self, Preference};
use maud::{Markup, html};
use poem::http::StatusCode;
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::door;
use super::new_password::{self, NewPasswordFaults, Whose};
use super::sign_in::Done;
use super::sign_in_page::card;
use crate::error::Result;
use crate::locale::Locale;
use crate::settings::form as checks;
use crate::web::cx::Visitor;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{
    Field, Input, Look, Tone, button_link, error_summary, moment, notice, submit,
};
use crate::web::session::{self, LANG};
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LinkQuery {
    word: String,
    /// Asked for by the switch of languages.
    lang: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AcceptForm {
    word: String,
    lang: String,
    name: String,
    new_password: String,
    again: String,
}

/// What is wrong with what was typed.
#[derive(Default)]
struct Faults {
    name: Option<String>,
    password: NewPasswordFaults,
}

/// `GET /sign-in/invitation`: uses nothing up, because mail scanners come first.
#[handler]
pub async fn edit(visitor: Visitor, Query(query): Query<LinkQuery>) -> Result<Response> {
    match look(&visitor.desk.db, &query.word).await? {
        Door::Open(invited) => {
            let visitor = speaking(visitor, invited.language, &query.lang);
            let form = AcceptForm {
                word: query.word,
                name: invited.name.clone(),
                ..AcceptForm::default()
            };
            Ok(page(&visitor, &invited, &form, &Faults::default()).into_response())
        }
        Door::Accepted(language) => Ok(accepted(&speaking(visitor, language, &query.lang))),
        Door::Over => Ok(over(&visitor)),
    }
}

/// `POST /sign-in/invitation`
#[handler]
pub async fn update(
    visitor: Visitor,
    request: &Request,
    Form(typed): Form<AcceptForm>,
) -> Result<Response> {
    let db = visitor.desk.db.clone();
    let invited = match look(&db, &typed.word).await? {
        Door::Open(invited) => invited,
        Door::Accepted(language) => return Ok(accepted(&speaking(visitor, language, &typed.lang))),
        Door::Over => return Ok(over(&visitor)),
    };
    let visitor = speaking(visitor, invited.language, &typed.lang);
    let faults = faults(&visitor, &invited, &typed).await;
    if faults.name.is_some() || !faults.password.is_empty() {
        let page = page(&visitor, &invited, &typed, &faults);
        let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.into_response());
    }
    let hash = password::hash(&typed.new_password).await?;
    let Some(id) = accept(&db, &typed.word, typed.name, hash).await? else {
        return Ok(over(&visitor));
    };
    let likes = Preference {
        locale: Some(visitor.locale.code().to_owned()),
        ..Preference::default()
    };
    preference::keep(&db, id, &likes).await?;
    let there = url::sign_in()
        .with("done", Done::Invitation.name())
        .with(LANG, visitor.locale.code());
    let mut answer = Swap::go_to(visitor.asks, there).into_response();
    let device = door::known_here(&visitor, request, id).await?;
    session::set(&mut answer, &device);
    Ok(answer)
}

/// The visitor in the language of the invitation, unless they asked for one on the page.
fn speaking(visitor: Visitor, language: Language, asked: &str) -> Visitor {
    let chosen = Locale::from_code(asked).or_else(|| Locale::from_code(language.code()));
    Visitor {
        locale: chosen.unwrap_or(visitor.locale),
        ..visitor
    }
}

async fn faults(visitor: &Visitor, invited: &Invited, typed: &AcceptForm) -> Faults {
    let whose = Whose {
        name: &typed.name,
        email: Some(&invited.email),
    };
    let both = (typed.new_password.as_str(), typed.again.as_str());
    let name = checks::needed(&typed.name).err();
    Faults {
        name: name.map(|fault| visitor.locale.t(&fault.code)),
        password: new_password::faults(&visitor.desk, visitor.locale, both, whose).await,
    }
}

fn page(visitor: &Visitor, invited: &Invited, typed: &AcceptForm, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let desk = visitor.desk.config.organisation.name.as_str();
    let about = [
        ("organisation", invited.organisation.as_str().into()),
        ("desk", desk.into()),
        ("email", invited.email.as_str().into()),
    ];
    let mut all = Vec::new();
    all.extend(faults.name.clone().map(|fault| ("name".to_owned(), fault)));
    all.extend(faults.password.list());
    let label = locale.t("settings-name");
    let name = Input::Line {
        kind: "text",
        value: &typed.name,
        autocomplete: Some("name"),
    };
    let body = html! {
        p class="lead" { (locale.t_with("invitation-lead", &about)) }
        form id="invitation-form" class="stack" action=(url::invitation()) method="post" novalidate {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            input type="hidden" name="word" value=(typed.word);
            input type="hidden" name="lang" value=(locale.code());
            (error_summary(locale, &all))
            (Field::new("name", &label).fault(faults.name.as_deref()).render(locale, name))
            (new_password::fields(locale, Some(&invited.email), &faults.password))
            p class="small muted" {
                (locale.t_with("invitation-with", &about)) " "
                (locale.t("invitation-until")) " " (moment(locale, &visitor.now, invited.valid_until)) "."
            }
            (submit(Look::Primary, &locale.t("invitation-accept")))
        }
    };
    let here = url::invitation().with("word", &typed.word);
    card(visitor, &locale.t("invitation-title"), Some(here), &body)
}

/// Whoever comes back to the mail has an account by now.
fn accepted(visitor: &Visitor) -> Response {
    let locale = visitor.locale;
    let body = html! {
        (notice(Tone::Info, &locale.t("invitation-accepted"), &html! { (locale.t("invitation-accepted-more")) }))
        (button_link(Look::Primary, &locale.t("sign-in-title"), &url::sign_in(), None))
    };
    gone(visitor, &body)
}

/// The link ran out, was taken back, or never was one: which of them is not told, but whom to ask.
fn over(visitor: &Visitor) -> Response {
    let locale = visitor.locale;
    let body = html! {
        (notice(Tone::Error, &locale.t("invitation-over"), &html! { (locale.t("invitation-over-more")) }))
        p { (locale.t("invitation-over-ask")) }
    };
    gone(visitor, &body)
}

fn gone(visitor: &Visitor, body: &Markup) -> Response {
    let page = card(visitor, &visitor.locale.t("invitation-title"), None, body);
    page.with_status(StatusCode::GONE).into_response()
}
