//! Whoever must have a second factor and has none sets it up on the way in, once their password was right.

use entities::DeskError;
use entities::permit::{Permit, Protected as _};
use entities::person::OwnAccount;
use entities::person::load_actor;
use entities::person::tell::{self, Addressee};
use entities::second_factor::{self, SetSecondFactor, totp};
use entities::sign_in::entry::Way;
use entities::sign_in::used;
use maud::{Markup, html};
use poem::http::StatusCode;
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::code::from_the_start;
use super::door;
use super::factor_form::{Codes, Offer};
use super::half::Half;
use super::sign_in_page::card;
use crate::error::Result;
use crate::web::cx::Visitor;
use crate::web::form::{self, Form};
use crate::web::parts::{Look, Tone, button_link, notice, submit};
use crate::web::url;

#[derive(Default, Deserialize)]
#[serde(default)]
struct EnrolForm {
    offer: String,
    code: String,
}

/// `GET /sign-in/second-factor`
#[handler]
pub async fn new(visitor: Visitor, request: &Request) -> Result<Response> {
    let Some((half, to)) = waiting(&visitor, request).await? else {
        return Ok(from_the_start(&visitor));
    };
    let offer = Offer::new(half.person_id)?;
    Ok(page(&visitor, &offer, &to, None).into_response())
}

/// `POST /sign-in/second-factor`: the answer shows the recovery codes, and the door is open.
#[handler]
pub async fn create(
    visitor: Visitor,
    request: &Request,
    Form(typed): Form<EnrolForm>,
) -> Result<Response> {
    let Some((half, to)) = waiting(&visitor, request).await? else {
        return Ok(from_the_start(&visitor));
    };
    let (db, id) = (&visitor.desk.db, half.person_id);
    let Some(offer) = Offer::open(db, id, &typed.offer) else {
        return Ok(from_the_start(&visitor));
    };
    let step = totp::step_of(&offer.secret, &typed.code, visitor.now.at);
    let right = match step {
        Some(step) => used::use_up(db, &format!("totp {id} {step}")).await?,
        None => false,
    };
    if !right {
        let fault = visitor.locale.t("code-wrong");
        let page = page(&visitor, &offer, &to, Some(&fault));
        let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.into_response());
    }
    let codes = Codes::new()?;
    let command = SetSecondFactor {
        sealed: second_factor::seal(db, &offer.secret),
        codes: codes.hashes.clone(),
    };
    let actor = load_actor(db, id).await?.ok_or(DeskError::Hidden)?;
    let on = OwnAccount::find(db, &actor, "").await?;
    match db.change(Permit::ask(&actor, on)?, command).await {
        Ok(_) => {}
        // It was set up in another window meanwhile, so its code is asked for.
        Err(DeskError::Rejected(_)) => return Ok(from_the_start(&visitor)),
        Err(error) => return Err(error.into()),
    }
    let mut answer = shown(&visitor, &codes, &half).into_response();
    let who = (id, Way::PasswordAndCode);
    door::enter(&visitor, request, who, &mut answer).await?;
    Half::done(&visitor, &mut answer);
    Ok(answer)
}

/// Whose password was right here, as long as they have no second factor.
async fn waiting(visitor: &Visitor, request: &Request) -> Result<Option<(Half, Addressee)>> {
    let db = &visitor.desk.db;
    let Some(half) = Half::of(visitor, request) else {
        return Ok(None);
    };
    if second_factor::standing(db, half.person_id).await?.is_some() {
        return Ok(None);
    }
    let to = tell::addressee(db, half.person_id).await?;
    Ok(to.map(|to| (half, to)))
}

fn page(visitor: &Visitor, offer: &Offer, to: &Addressee, fault: Option<&str>) -> Markup {
    let locale = visitor.locale;
    let desk = &visitor.desk;
    let shown = (desk.config.organisation.name.as_str(), to.email.as_str());
    let body = html! {
        p class="lead" { (locale.t("enrol-lead")) }
        form id="factor-form" class="stack" action=(url::enrol()) method="post" novalidate {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            (offer.fields(&desk.db, locale, shown, fault))
            (submit(Look::Primary, &locale.t("factor-set-up")))
        }
    };
    card(visitor, &locale.t("factor-title"), None, &body)
}

fn shown(visitor: &Visitor, codes: &Codes, half: &Half) -> Markup {
    let locale = visitor.locale;
    let body = html! {
        (notice(Tone::Ok, &locale.t("factor-set"), &html! {}))
        (codes.list(locale))
        (button_link(Look::Primary, &locale.t("recovery-kept"), &half.next(), None))
    };
    card(visitor, &locale.t("factor-title"), None, &body)
}
