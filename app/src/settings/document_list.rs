//! The list of templates of documents, the file of one, and approving it.

use entities::document_template::{self, Approve};
use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::{Request, Response, handler};
use serde::Deserialize;

use super::document::{AREA, DocumentForm, language_name};
use super::form::Faults;
use super::noun::{self, NounForm as _};
use super::page::{self, Asked, Find};
use crate::error::{Error, Result};
use crate::web::bytes::{Bytes, Keep, Way, bytes};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::parts::{Pager, column, foreign};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;

/// `GET /settings/documents`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let rows = document_template::list(&cx.db, &cx.actor, asked.show()).await?;
    let table = html! {
        p class="sheet__body small muted" { (cx.t("document-caption")) }
        @if cx.desk.config.documents.libreoffice.is_none() { p class="sheet__body small muted" { (cx.t("document-no-pdf")) } }
        @if rows.is_empty() { p class="sheet__body muted" { (cx.t("document-none-yet")) } }
        @else {
            table class="grid grid--plain" {
                caption class="sr" { (AREA.words(&cx)) }
                thead { tr {
                    (column(&cx.t("settings-name")))
                    (column(&cx.t("document-language")))
                    (column(&cx.t("document-file")))
                } }
                tbody {
                    @for row in &rows {
                        tr class=[row.retired_at.map(|_| "is-retired")] {
                            td {
                                a class="subject" href=(AREA.entry(row.id)) { (row.name) }
                                @if row.retired_at.is_some() { " (" (cx.t("settings-retired-mark")) ")" }
                                @else if row.is_waiting() { " " span class="tag" { (cx.t("document-waiting")) } }
                            }
                            td { (language_name(&cx, row.language)) }
                            td { @if let Some(file) = row.file() { (foreign(&file.name)) } }
                        }
                    }
                }
            }
        }
    };
    page::list(&cx, AREA, &asked, Find::Nothing, table, Pager::default()).await
}

/// Which file is meant: the one that is used, or the newest.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    which: String,
}

/// `GET /settings/documents/:sub/file?which=`: the bytes.
#[handler]
pub async fn show(
    cx: Cx,
    Sub(id): Sub,
    Query(asked): Query<Which>,
    request: &Request,
) -> Result<Response> {
    let template = DocumentForm::find(&cx, id).await?;
    let file = match asked.which.as_str() {
        "used" => template.approved(),
        _ => template.file(),
    };
    let file = file.ok_or(Error::Desk(DeskError::Hidden))?;
    let stored = Bytes {
        sha256: &file.sha256,
        name: &file.name,
        size_bytes: u64::try_from(file.size_bytes).ok(),
        keep: Keep::AskEachTime,
    };
    bytes(request, stored, Way::Save, file.bytes(&cx.db)).await
}

/// The file that was seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    sha256: String,
}

/// `POST /settings/documents/:sub/approve`.
#[handler]
pub async fn approve(
    cx: Cx,
    permit: Permitted<Approve>,
    Sub(id): Sub,
    Form(seen): Form<Seen>,
) -> Result<Swap> {
    let sha256 = seen.sha256;
    let command = Approve { id, sha256 };
    match cx.db.change(permit.into_permit(), command).await {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {
            Ok(noun::done(&cx, AREA, id, "saved"))
        }
        Err(DeskError::Rejected(why)) => {
            let template = DocumentForm::find(&cx, id).await?;
            let form = DocumentForm::of(&cx, &template);
            let faults = match why {
                Rejected::OwnWork => Faults::of_field("name", cx.t("document-own-work")),
                why => Faults::rejected(&cx, "name", why),
            };
            let page = noun::show(&cx, Some(&template), &form, &faults, html! {}).await?;
            Ok(super::invalid(&cx, page))
        }
        Err(error) => Err(error.into()),
    }
}
