//! The vendor answers: the form under the thread, and what posting it does.

use entities::portal::{Answer, Case, Upload as Sent};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::show::{Open, page};
use crate::error::{Result, rejected};
use crate::web::form;
use crate::web::parts::{Look, icon_small, submit};
use crate::web::permitted::Key;
use crate::web::portal_cx::PortalCx;
use crate::web::swap::Swap;
use crate::web::upload::Upload;
use crate::web::url;

/// What was typed, and why it was not taken.
#[derive(Debug, Default)]
pub struct Draft {
    pub text: String,
    pub fault: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AnswerForm {
    text: String,
    once: Option<String>,
}

/// `POST /portal/tickets/:key/answers`
#[handler]
pub async fn create(cx: PortalCx, Key(number): Key, upload: Upload<AnswerForm>) -> Result<Swap> {
    let Upload { form: typed, files } = upload;
    let text = typed.text.replace("\r\n", "\n").trim_end().to_owned();
    let file = |file: crate::web::upload::File| Sent {
        name: file.name,
        content_type: file.content_type,
        bytes: file.bytes,
    };
    let answer = Answer {
        text: text.clone(),
        files: files.into_iter().map(file).collect(),
        once: typed.once,
    };
    match cx.vendor.answer(&number, answer).await {
        Ok(()) => Ok(Swap::go_to(
            cx.asks,
            url::shared(&number).with("done", "answered"),
        )),
        Err(DeskError::Rejected(why @ Rejected::EmptyText)) => {
            let draft = Draft {
                text,
                fault: Some(rejected(cx.locale, why)),
            };
            let open = Open {
                draft,
                ..Open::default()
            };
            let page = page(&cx, &number, open).await?;
            Ok(Swap::invalid(cx.asks, page.clone(), page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form under the thread.
pub fn composer(cx: &PortalCx, case: &Case, draft: &Draft) -> Markup {
    let fault = draft.fault.as_deref();
    html! {
        form class="composer" id="answer-form" method="post" enctype="multipart/form-data" novalidate
            action=(url::shared_part(&case.number, "answers")) aria-labelledby="answer-label" {
            (form::csrf(cx.csrf()))
            (form::once())
            div class="composer__bar" {
                label class="strong small" id="answer-label" for="text" { (cx.t("portal-answer")) }
            }
            textarea class="composer__text composer__text--box" id="text" name="text" rows="3"
                aria-invalid=[fault.map(|_| "true")] aria-describedby={ "text-hint" @if fault.is_some() { " text-fault" } } { "\n" (draft.text) }
            @if let Some(fault) = fault { p class="error" id="text-fault" { (icon_small("warn")) (fault) } }
            div class="composer__foot" {
                label class="small" for="answer-files" { (cx.t("portal-files")) }
                input class="small" id="answer-files" type="file" name="files" multiple;
                span class="small muted" id="text-hint" { (cx.t("portal-no-personal-data")) }
                span class="right cluster" { (submit(Look::Primary, &cx.t("portal-send"))) }
            }
        }
    }
}
