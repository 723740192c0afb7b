//! Signing in by a passkey: the device proves itself and its holder, so neither password nor code is asked for.

use entities::passkey;
use entities::sign_in::entry::{self, Entry, Way};
use entities::sign_in::{refused, used};
use maud::{Markup, html};
use poem::http::StatusCode;
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::door;
use super::sign_in::{limits, next, turned_away};
use super::sign_in_page::{Fault, too_many, wait_until};
use crate::error::Result;
use crate::passkeys::{self, named, signed_in};
use crate::web::cx::Visitor;
use crate::web::form::{self, Form};
use crate::web::parts::{Tone, icon, notice};
use crate::web::url;

#[derive(Default, Deserialize)]
#[serde(default)]
struct PasskeyForm {
    state: String,
    answer: String,
    next: String,
}

/// `POST /sign-in/passkey`
#[handler]
pub async fn create(
    visitor: Visitor,
    request: &Request,
    Form(typed): Form<PasskeyForm>,
) -> Result<Response> {
    let next = next(&typed.next);
    let (db, config) = (&visitor.desk.db, &visitor.desk.config);
    let found = match named(config, &typed.answer) {
        Some((person_id, credential)) => passkey::at_the_door(db, person_id, &credential).await?,
        None => None,
    };
    if let Some(found) = &found {
        let brought = (typed.state.as_str(), typed.answer.as_str());
        let now = visitor.now.at;
        let proven = signed_in(config, db.key(), brought, &found.credential, now);
        if let Some(proven) = proven
            && used::use_up(db, &typed.state).await?
        {
            passkey::used(db, found.id, &proven.credential).await?;
            let who = (found.person_id, Way::Passkey);
            return door::open(&visitor, request, who, next).await;
        }
    }
    if let Some(until) = refused(db, &visitor.address, limits(&visitor.desk)).await? {
        let wait = wait_until(&visitor, until);
        let page = turned_away(&visitor, &next, "", Fault::Wait(wait)).await?;
        return Ok(too_many(page, wait));
    }
    let entry = Entry {
        way: Way::Passkey,
        person_id: found.map(|found| found.person_id),
        outcome: "not_proven",
        ..Entry::at(&door::seat(&visitor, request))
    };
    entry::note(db, &entry).await?;
    let page = turned_away(&visitor, &next, "", Fault::Passkey).await?;
    Ok(page
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

/// The button on the page for signing in; hidden until a script finds that the browser knows passkeys.
pub fn form(visitor: &Visitor, next: &str) -> Markup {
    let desk = &visitor.desk;
    let Some(asked) = passkeys::sign_in(&desk.config, desk.db.key(), visitor.now.at) else {
        return html! {};
    };
    let locale = visitor.locale;
    html! {
        form id="passkey-form" action=(url::sign_in_by_passkey()) method="post" hidden data-passkey="get" data-options=(asked.options) {
            @if let Some(session) = &visitor.session { (form::csrf(&session.csrf)) }
            input type="hidden" name="next" value=(next);
            input type="hidden" name="state" value=(asked.state);
            input type="hidden" name="answer" value="";
            div hidden data-refused { (notice(Tone::Error, &locale.t("sign-in-passkey-refused"), &html! {})) }
            button class="kern-btn kern-btn--secondary kern-btn--block" type="submit" {
                (icon("key")) span class="kern-label" { (locale.t("sign-in-by-passkey")) }
            }
        }
    }
}
