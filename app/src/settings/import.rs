//! Bringing in people from a table: the upload, and the imports one has made.

use entities::person::Create;
use entities::person::import::{self, Model, State};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form::Faults;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::people::columns::Choices;
use crate::people::sheet::{self, Unreadable};
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::{Look, column, column_of_numbers, icon_small, moment, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::upload::Upload;
use crate::web::url;

/// `GET /settings/people/import`.
#[handler]
pub async fn list(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    page(&cx, &Faults::default()).await
}

/// Nothing but the file.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {}

/// `POST /settings/people/import`: keeps the file and goes to its preview.
#[handler]
pub async fn create(cx: Cx, _permit: Permitted<Create>, upload: Upload<Nothing>) -> Result<Swap> {
    let mut files = upload.files;
    let file = if files.len() == 1 { files.pop() } else { None };
    let Some(file) = file else {
        return refuse(&cx, "import-fault-missing").await;
    };
    let sheet = match sheet::read(&file.bytes) {
        Ok(sheet) => sheet,
        Err(why) => return refuse(&cx, unreadable(why)).await,
    };
    let choices = serde_json::to_string(&Choices::of(&sheet)).unwrap_or_default();
    let id = import::stage(&cx.db, &cx.actor, &file.name, file.bytes, &choices).await?;
    Ok(Swap::go_to(cx.asks, url::people_import_part(id, "")))
}

fn unreadable(why: Unreadable) -> &'static str {
    match why {
        Unreadable::Empty => "import-fault-empty",
        Unreadable::TooLarge => "import-fault-large",
        Unreadable::TooMany => "import-fault-many",
        Unreadable::OtherKind => "import-fault-kind",
        Unreadable::Damaged => "import-fault-damaged",
    }
}

async fn refuse(cx: &Cx, key: &str) -> Result<Swap> {
    let page = page(cx, &Faults::of_field("file", cx.t(key))).await?;
    Ok(super::invalid(cx, page))
}

async fn page(cx: &Cx, faults: &Faults) -> Result<Markup> {
    let own = import::own(&cx.db, &cx.actor).await?;
    let fault = faults.of("file");
    let content = html! {
        div class="form" {
            (faults.summary(cx))
            p { (cx.t("import-more")) }
            form method="post" action=(url::people_import()) enctype="multipart/form-data" class="formpart" {
                (csrf(&cx.session.csrf))
                div class="field" {
                    label for="file" { (cx.t("import-file")) }
                    span class="hint" id="file-hint" { (cx.t("import-file-hint")) }
                    input class="input" id="file" name="file" type="file" accept=".csv,.txt,.tsv,.xlsx" aria-required="true"
                        aria-invalid=[fault.map(|_| "true")] aria-describedby=(if fault.is_some() { "file-hint file-fault" } else { "file-hint" });
                    @if let Some(fault) = fault { p class="error" id="file-fault" { (icon_small("warn")) (fault) } }
                }
                (submit(Look::Primary, &cx.t("import-upload")))
            }
        }
        @if !own.is_empty() { (imports(cx, &own)) }
    };
    wide::page(
        cx,
        Wide {
            area: Area::People,
            back: Back::To(Area::People),
            title: cx.t("import"),
            head: html! {},
            content,
            foot: html! {},
        },
    )
    .await
}

fn imports(cx: &Cx, own: &[Model]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("import-own")) }
            thead {
                tr {
                    (column(&cx.t("import-file"))) (column(&cx.t("import-at"))) (column(&cx.t("import-state")))
                    (column_of_numbers(&cx.t("import-created"))) (column_of_numbers(&cx.t("import-updated"))) (column_of_numbers(&cx.t("import-unchanged")))
                    (column_of_numbers(&cx.t("import-refused")))
                }
            }
            tbody {
                @for one in own {
                    tr {
                        td { a class="subject" href=(url::people_import_part(one.id, "")) { (one.file_name) } }
                        td { (moment(cx.locale, &cx.now, one.created_at)) }
                        td { (state_words(cx, one.state())) }
                        @for count in [one.created, one.updated, one.unchanged, one.refused] { td class="n" { (cx.locale.number(count)) } }
                    }
                }
            }
        }
    }
}

/// How far an import is, in a word.
pub fn state_words(cx: &Cx, state: State) -> String {
    cx.t(match state {
        State::Staged => "import-staged",
        State::Running => "import-running",
        State::Done => "import-done",
        State::Stopped => "import-stopped",
    })
}
