//! One's own tokens for programs: making one, which is shown once, and ending it.

use entities::api_token::{self, DAYS, EndOwn, MakeToken, Model as Token, OFFERED};
use entities::{DeskError, Permission, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::{self, Result};
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{
    Choice, Field, Input, Look, Tone, button, column, icon_small, moment, notice, submit,
};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct TokenForm {
    name: String,
    permissions: Vec<String>,
    days: String,
}

#[derive(Default)]
struct Faults {
    name: Option<String>,
    permissions: Option<String>,
}

/// `GET /account/tokens`
#[handler]
pub async fn list(cx: Cx) -> Result<Markup> {
    let form = TokenForm {
        days: "90".to_owned(),
        ..TokenForm::default()
    };
    page(&cx, &form, &Faults::default(), html! {}).await
}

/// `POST /account/tokens`: the answer shows the token, and nothing ever does again.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<MakeToken>,
    Form(form): Form<TokenForm>,
) -> Result<Swap> {
    let names = form.permissions.iter();
    let permissions: Vec<Permission> = names.filter_map(|n| Permission::from_name(n)).collect();
    let (token, hash) = api_token::invented()?;
    let command = MakeToken {
        name: form.name.clone(),
        permissions,
        days: form.days.parse().unwrap_or(DAYS[1]),
        hash,
    };
    let faults = match cx.db.change(permit.into_permit(), command).await {
        Ok(_) => {
            let shown = notice(
                Tone::Ok,
                &cx.t("token-made"),
                &html! { p { code id="token" class="secret" { (token) } } p { (cx.t("token-made-more")) } },
            );
            let form = TokenForm::default();
            return Ok(Swap::page(
                page(&cx, &form, &Faults::default(), shown).await?,
            ));
        }
        Err(DeskError::Rejected(Rejected::NothingToDo)) => Faults {
            permissions: Some(cx.t("token-for-nothing")),
            ..Faults::default()
        },
        Err(DeskError::Rejected(why)) => Faults {
            name: Some(error::rejected(cx.locale, why)),
            ..Faults::default()
        },
        Err(error) => return Err(error.into()),
    };
    let page = page(&cx, &form, &faults, html! {}).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    pub token: String,
}

/// `POST /account/tokens/end`
#[handler]
pub async fn remove(cx: Cx, permit: Permitted<EndOwn>, Form(form): Form<EndForm>) -> Result<Swap> {
    if let Ok(token_id) = entities::Uuid::try_parse(&form.token) {
        let command = EndOwn { token_id };
        let ended = cx.db.change(permit.into_permit(), command).await;
        match ended {
            Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Swap::go_to(cx.asks, url::tokens()))
}

async fn page(cx: &Cx, form: &TokenForm, faults: &Faults, told: Markup) -> Result<Markup> {
    let all = api_token::of(&cx.db, &cx.actor, cx.session.person_id).await?;
    let title = cx.t("tokens-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::account()) { (icon_small("left")) (cx.t("account-title")) }
                h1 id="tokens-title" { (title) }
                p class="muted" { (cx.t("tokens-lead")) }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="tokens-title" {
                @if !told.0.is_empty() { div class="form" { (told) } }
                (lines(cx, &all, &url::end_token()))
                (make(cx, form, faults))
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// The tokens of somebody that hold, each with its end.
pub fn lines(cx: &Cx, all: &[Token], end: &Url) -> Markup {
    html! {
        @if all.is_empty() { p class="sheet__body muted" { (cx.t("tokens-none")) } }
        @else {
            form method="post" action=(end) {
                (form::csrf(&cx.session.csrf))
                table class="grid grid--plain" {
                    caption class="sr" { (cx.t("tokens-title")) }
                    thead { tr {
                        (column(&cx.t("token-name"))) (column(&cx.t("token-for"))) (column(&cx.t("token-until")))
                        (column(&cx.t("token-used"))) (column(&cx.t("token-act")))
                    } }
                    tbody {
                        @for token in all {
                            tr {
                                td { (token.name) }
                                td { (allowed(cx, token)) }
                                td { (moment(cx.locale, &cx.now, token.expires_at)) }
                                td {
                                    @match token.used_at {
                                        Some(at) => (moment(cx.locale, &cx.now, at)),
                                        None => (cx.t("token-never")),
                                    }
                                }
                                td { (button(Look::Tertiary, &cx.t("session-end"), "token", &token.id.to_string())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn allowed(cx: &Cx, token: &Token) -> String {
    let words: Vec<String> = token.allows().into_iter().map(|p| words(cx, p)).collect();
    words.join(", ")
}

fn words(cx: &Cx, permission: Permission) -> String {
    match permission {
        Permission::ReadTickets => cx.t("token-read-tickets"),
        Permission::CreateTickets => cx.t("token-create-tickets"),
        other => other.name(),
    }
}

fn make(cx: &Cx, form: &TokenForm, faults: &Faults) -> Markup {
    let own = OFFERED.iter().filter(|p| cx.actor.may_somewhere(**p));
    let offered: Vec<Permission> = own.copied().collect();
    let days = DAYS.map(|days| {
        let words = cx.locale.t_with("token-days", &[("count", days.into())]);
        Choice::new(days, words)
    });
    let name = Input::Line {
        kind: "text",
        value: &form.name,
        autocomplete: Some("off"),
    };
    let until = Input::Select {
        choices: &days,
        value: &form.days,
    };
    html! {
        @if offered.is_empty() { p class="sheet__body" { (cx.t("tokens-not-yours")) } }
        @else {
            form id="token-form" class="form" action=(url::tokens()) method="post" novalidate aria-labelledby="token-new" {
                (form::csrf(&cx.session.csrf))
                h2 id="token-new" { (cx.t("token-new")) }
                (Field::new("name", &cx.t("token-name")).hint(&cx.t("token-name-hint")).fault(faults.name.as_deref()).render(cx.locale, name))
                fieldset class="field" {
                    legend class="label" { (cx.t("token-for")) }
                    @if let Some(fault) = &faults.permissions { p class="error" { (fault) } }
                    @for permission in offered {
                        label class="tick" {
                            input type="checkbox" name="permissions" value=(permission.name()) checked[form.permissions.contains(&permission.name())];
                            span { (words(cx, permission)) }
                        }
                    }
                }
                (Field::new("days", &cx.t("token-lasts")).render(cx.locale, until))
                p { (submit(Look::Primary, &cx.t("token-make"))) }
            }
        }
    }
}
