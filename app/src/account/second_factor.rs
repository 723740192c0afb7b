//! One's own second factor: setting it up, new recovery codes, removing it. Each asks for the password once more.

use entities::person::password as own_password;
use entities::second_factor::{
    self, MakeRecoveryCodes, RemoveOwn, SetSecondFactor, Standing, recovery_code, standing,
};
use entities::sign_in::{Confirmed, confirm, used};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::factor_form::{Codes, Offer};
use super::sign_in::limits;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Field, Input, Look, Tone, button_link, icon_small, moment, notice, submit,
};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DoneQuery {
    done: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SetUpForm {
    offer: String,
    code: String,
    password: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ConfirmForm {
    password: String,
}

/// What was not accepted, by field.
#[derive(Default)]
struct Faults {
    code: Option<String>,
    password: Option<String>,
}

/// `GET /account/second-factor`
#[handler]
pub async fn show(cx: Cx, Query(query): Query<DoneQuery>) -> Result<Markup> {
    let told = match query.done.as_str() {
        "removed" => notice(Tone::Ok, &cx.t("factor-removed"), &html! {}),
        _ => html! {},
    };
    page(&cx, None, &Faults::default(), told).await
}

/// `POST /account/second-factor`: set up, once its first code and the password are right; the answer shows the recovery codes.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<SetSecondFactor>,
    Form(typed): Form<SetUpForm>,
) -> Result<Swap> {
    let me = cx.session.person_id;
    let Some(offer) = Offer::open(&cx.db, me, &typed.offer) else {
        return Ok(Swap::go_to(cx.asks, url::second_factor()));
    };
    let mut faults = Faults {
        password: wrong_password(&cx, &typed.password).await?,
        ..Faults::default()
    };
    if faults.password.is_none() {
        faults.code = wrong_code(&cx, &offer, &typed.code).await?;
    }
    if faults.password.is_some() || faults.code.is_some() {
        let page = page(&cx, Some(offer), &faults, html! {}).await?;
        return Ok(Swap::invalid(cx.asks, page.clone(), page));
    }
    let codes = Codes::new()?;
    let command = SetSecondFactor {
        sealed: second_factor::seal(&cx.db, &offer.secret),
        codes: codes.hashes.clone(),
    };
    match cx.db.change(permit.into_permit(), command).await {
        Ok(_) => Ok(Swap::page(shown(&cx, "factor-set", &codes).await?)),
        // Sent twice; the codes were shown the first time.
        Err(DeskError::Rejected(Rejected::NothingToDo)) => {
            Ok(Swap::go_to(cx.asks, url::second_factor()))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/second-factor/codes`: new recovery codes in place of those before.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<MakeRecoveryCodes>,
    Form(typed): Form<ConfirmForm>,
) -> Result<Swap> {
    if let Some(refused) = unconfirmed(&cx, &typed.password).await? {
        return Ok(refused);
    }
    let codes = Codes::new()?;
    let command = MakeRecoveryCodes {
        codes: codes.hashes.clone(),
    };
    cx.db.change(permit.into_permit(), command).await?;
    Ok(Swap::page(shown(&cx, "recovery-made", &codes).await?))
}

/// `POST /account/second-factor/remove`
#[handler]
pub async fn remove(
    cx: Cx,
    permit: Permitted<RemoveOwn>,
    Form(typed): Form<ConfirmForm>,
) -> Result<Swap> {
    if let Some(refused) = unconfirmed(&cx, &typed.password).await? {
        return Ok(refused);
    }
    cx.db.change(permit.into_permit(), RemoveOwn).await?;
    let done = url::second_factor().with("done", "removed");
    Ok(Swap::go_to(cx.asks, done))
}

async fn unconfirmed(cx: &Cx, password: &str) -> Result<Option<Swap>> {
    let Some(fault) = wrong_password(cx, password).await? else {
        return Ok(None);
    };
    let faults = Faults {
        password: Some(fault),
        ..Faults::default()
    };
    let page = page(cx, None, &faults, html! {}).await?;
    Ok(Some(Swap::invalid(cx.asks, page.clone(), page)))
}

/// Why what was typed does not prove once more who one is; nothing when it does.
pub async fn wrong_password(cx: &Cx, typed: &str) -> Result<Option<String>> {
    let me = cx.session.person_id;
    Ok(match confirm(&cx.db, me, typed, limits(&cx.desk)).await? {
        Confirmed::Yes => None,
        Confirmed::No => Some(cx.t("factor-password-wrong")),
        Confirmed::WaitUntil(_) => Some(cx.t("sign-in-too-many")),
    })
}

/// The first code proves that the app has the secret; it opens nothing a second time.
async fn wrong_code(cx: &Cx, offer: &Offer, typed: &str) -> Result<Option<String>> {
    let step = second_factor::totp::step_of(&offer.secret, typed, cx.now.at);
    let right = match step {
        Some(step) => {
            used::use_up(&cx.db, &format!("totp {} {step}", cx.session.person_id)).await?
        }
        None => false,
    };
    Ok((!right).then(|| cx.t("code-wrong")))
}

async fn page(cx: &Cx, offer: Option<Offer>, faults: &Faults, told: Markup) -> Result<Markup> {
    let me = cx.session.person_id;
    let standing = standing(&cx.db, me).await?;
    let body = match standing {
        Some(standing) => there(cx, standing, faults),
        None if !own_password::is_set(&cx.db, me).await? => {
            html! { p { (cx.t("factor-no-password")) } }
        }
        None => {
            let offer = match offer {
                Some(offer) => offer,
                None => Offer::new(me)?,
            };
            set_up(cx, &offer, faults)
        }
    };
    sheet(cx, html! { (told) (body) }).await
}

async fn sheet(cx: &Cx, body: Markup) -> Result<Markup> {
    let title = cx.t("factor-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="factor-title" { (title) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="factor-title" { div class="form" { (body) } }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn password(cx: &Cx, id: &str, fault: Option<&str>) -> Markup {
    let input = Input::Line {
        kind: "password",
        value: "",
        autocomplete: Some("current-password"),
    };
    let label = cx.t("factor-password");
    let field = Field::new(id, &label).name("password").fault(fault);
    field.render(cx.locale, input)
}

fn set_up(cx: &Cx, offer: &Offer, faults: &Faults) -> Markup {
    let account = cx.session.email.as_deref().unwrap_or(&cx.session.name);
    let shown = (cx.desk.config.organisation.name.as_str(), account);
    html! {
        p { (cx.t("factor-lead")) }
        form id="factor-form" class="stack" action=(url::second_factor()) method="post" novalidate {
            (form::csrf(&cx.session.csrf))
            (offer.fields(&cx.db, cx.locale, shown, faults.code.as_deref()))
            (password(cx, "password", faults.password.as_deref()))
            p { (submit(Look::Primary, &cx.t("factor-set-up"))) }
        }
    }
}

fn there(cx: &Cx, standing: Standing, faults: &Faults) -> Markup {
    let left = [
        ("left", standing.codes_left.into()),
        ("count", recovery_code::MANY.into()),
    ];
    html! {
        p { strong { (cx.t("factor-is-set")) } " " (moment(cx.locale, &cx.now, standing.set_at)) }
        p { (cx.locale.t_with("recovery-left", &left)) }
        form id="factor-form" class="stack" action=(url::recovery_codes()) method="post" novalidate {
            (form::csrf(&cx.session.csrf))
            (password(cx, "password", faults.password.as_deref()))
            p class="cluster" {
                (submit(Look::Secondary, &cx.t("recovery-make")))
                button class="kern-btn kern-btn--tertiary" type="submit" formaction=(url::remove_second_factor()) {
                    span class="kern-label" { (cx.t("factor-remove")) }
                }
            }
        }
    }
}

async fn shown(cx: &Cx, done: &str, codes: &Codes) -> Result<Markup> {
    let body = html! {
        (notice(Tone::Ok, &cx.t(done), &html! {}))
        (codes.list(cx.locale))
        p { (button_link(Look::Primary, &cx.t("recovery-kept"), &url::second_factor(), None)) }
    };
    sheet(cx, body).await
}
