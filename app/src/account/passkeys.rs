//! One's own passkeys: adding one, which its device must prove, and removing it.

use entities::passkey::{self, AddPasskey, Model, RemoveOwnPasskey};
use entities::person::password as own_password;
use entities::sign_in::used;
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::second_factor::wrong_password;
use crate::error::{self, Result};
use crate::passkeys::{self as protocol, Asked};
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Field, Input, Look, Tone, button, column, icon_small, moment, notice, submit,
};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DoneQuery {
    done: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AddForm {
    name: String,
    password: String,
    state: String,
    answer: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    pub passkey: String,
}

#[derive(Default)]
struct Faults {
    name: Option<String>,
    password: Option<String>,
    device: Option<String>,
}

/// `GET /account/passkeys`
#[handler]
pub async fn list(cx: Cx, Query(query): Query<DoneQuery>) -> Result<Markup> {
    let told = match query.done.as_str() {
        "added" => notice(Tone::Ok, &cx.t("passkey-added"), &html! {}),
        _ => html! {},
    };
    page(&cx, "", &Faults::default(), told).await
}

/// `POST /account/passkeys`
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<AddPasskey>,
    Form(form): Form<AddForm>,
) -> Result<Swap> {
    let faults = match add(&cx, permit, &form).await? {
        None => {
            let done = url::passkeys().with("done", "added");
            return Ok(Swap::go_to(cx.asks, done));
        }
        Some(faults) => faults,
    };
    let page = page(&cx, &form.name, &faults, html! {}).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

async fn add(cx: &Cx, permit: Permitted<AddPasskey>, form: &AddForm) -> Result<Option<Faults>> {
    let db = &cx.db;
    let mut faults = Faults {
        password: wrong_password(cx, &form.password).await?,
        ..Faults::default()
    };
    if faults.password.is_some() {
        return Ok(Some(faults));
    }
    let (config, now) = (&cx.desk.config, cx.now.at);
    let proven = protocol::added(config, db.key(), &form.state, &form.answer, now);
    let proven = match proven {
        Some(proven) if used::use_up(db, &form.state).await? => proven,
        _ => {
            faults.device = Some(cx.t("passkey-not-proven"));
            return Ok(Some(faults));
        }
    };
    let command = AddPasskey {
        name: form.name.clone(),
        credential_id: proven.credential_id,
        credential: proven.credential,
    };
    match cx.db.change(permit.into_permit(), command).await {
        Ok(_) => Ok(None),
        Err(DeskError::Rejected(why)) => {
            faults.name = Some(error::rejected(cx.locale, why));
            Ok(Some(faults))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/passkeys/remove`
#[handler]
pub async fn remove(
    cx: Cx,
    permit: Permitted<RemoveOwnPasskey>,
    Form(form): Form<EndForm>,
) -> Result<Swap> {
    if let Ok(passkey_id) = entities::Uuid::try_parse(&form.passkey) {
        let command = RemoveOwnPasskey { passkey_id };
        match cx.db.change(permit.into_permit(), command).await {
            Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Swap::go_to(cx.asks, url::passkeys()))
}

async fn page(cx: &Cx, name: &str, faults: &Faults, told: Markup) -> Result<Markup> {
    let me = cx.session.person_id;
    let all = passkey::of(&cx.db, &cx.actor, me).await?;
    let title = cx.t("passkeys-title");
    let account = cx.session.email.as_deref().unwrap_or(&cx.session.name);
    let had: Vec<String> = all.iter().map(|p| p.credential.clone()).collect();
    let who = (me, cx.session.name.as_str(), account);
    let (config, key) = (&cx.desk.config, cx.db.key());
    let asked = protocol::add(config, key, who, &had, cx.now.at);
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="passkeys-title" { (title) }
                p class="muted" { (cx.t("passkeys-lead")) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="passkeys-title" {
                @if !told.0.is_empty() { div class="form" { (told) } }
                (lines(cx, &all, &url::remove_passkey()))
                @match asked {
                    _ if !own_password::is_set(&cx.db, me).await? => p class="sheet__body" { (cx.t("factor-no-password")) },
                    Some(asked) => (make(cx, &asked, name, faults)),
                    None => p class="sheet__body" { (cx.t("passkeys-no-host")) },
                }
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// The passkeys of somebody, each with its end.
pub fn lines(cx: &Cx, all: &[Model], end: &Url) -> Markup {
    html! {
        @if all.is_empty() { p class="sheet__body muted" { (cx.t("passkeys-none")) } }
        @else {
            form method="post" action=(end) {
                (form::csrf(&cx.session.csrf))
                table class="grid grid--plain" {
                    caption class="sr" { (cx.t("passkeys-title")) }
                    thead { tr {
                        (column(&cx.t("token-name"))) (column(&cx.t("passkey-since"))) (column(&cx.t("token-used"))) (column(&cx.t("token-act")))
                    } }
                    tbody {
                        @for passkey in all {
                            tr {
                                td { (passkey.name) }
                                td { (moment(cx.locale, &cx.now, passkey.created_at)) }
                                td {
                                    @match passkey.used_at {
                                        Some(at) => (moment(cx.locale, &cx.now, at)),
                                        None => (cx.t("token-never")),
                                    }
                                }
                                td { (button(Look::Tertiary, &cx.t("passkey-remove"), "passkey", &passkey.id.to_string())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn make(cx: &Cx, asked: &Asked, name: &str, faults: &Faults) -> Markup {
    let line = |kind, value, autocomplete| Input::Line {
        kind,
        value,
        autocomplete: Some(autocomplete),
    };
    html! {
        form id="passkey-form" class="form" action=(url::passkeys()) method="post" novalidate
            aria-labelledby="passkey-new" data-passkey="create" data-options=(asked.options) {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="state" value=(asked.state);
            input type="hidden" name="answer" value="";
            h2 id="passkey-new" { (cx.t("passkey-new")) }
            noscript { (notice(Tone::Info, &cx.t("passkey-script"), &html! {})) }
            div hidden[faults.device.is_none()] data-refused { (notice(Tone::Error, &cx.t("passkey-not-proven"), &html! {})) }
            (Field::new("name", &cx.t("token-name")).hint(&cx.t("passkey-name-hint")).fault(faults.name.as_deref()).render(cx.locale, line("text", name, "off")))
            (Field::new("password", &cx.t("factor-password")).fault(faults.password.as_deref()).render(cx.locale, line("password", "", "current-password")))
            p { (submit(Look::Primary, &cx.t("passkey-add"))) }
        }
    }
}
