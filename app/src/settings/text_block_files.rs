//! The files of a text block: part of its wording, so that who approves the words approves them too.

use entities::DeskError;
use entities::article::File;
use entities::text_block::{TextBlock, Update};
use maud::{Markup, html};
use poem::{Request, Response, handler};
use serde::Deserialize;

use super::form::Faults;
use super::noun::{self, NounForm as _};
use super::text_block::{AREA, TextBlockForm};
use crate::error::{Error, Result};
use crate::tickets::thread_entry::file_sign;
use crate::web::bytes::{Bytes, Keep, Way, bytes};
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{foreign, icon_small};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::upload::Upload;

/// The field that brings files.
pub const UPLOADS: &str = "uploads";

/// Which file is meant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Named {
    name: String,
}

/// `GET /settings/text-blocks/:sub/files?name=`: the bytes, of the newest wording or of the one that is offered.
#[handler]
pub async fn show(
    cx: Cx,
    Sub(id): Sub,
    Query(asked): Query<Named>,
    request: &Request,
) -> Result<Response> {
    let block = TextBlockForm::find(&cx, id).await?;
    let offered = block.approved().unwrap_or_default();
    let mut files = block.wording().files.into_iter().chain(offered.files);
    let file = files.find(|file| file.name == asked.name);
    let file = file.ok_or(Error::Desk(DeskError::Hidden))?;
    let stored = Bytes {
        sha256: &file.sha256,
        name: &file.name,
        size_bytes: u64::try_from(file.size_bytes).ok(),
        keep: Keep::AskEachTime,
    };
    bytes(request, stored, Way::Save, file.bytes(&cx.db)).await
}

/// `POST /settings/text-blocks/:sub/files`: saves the form with the files it brings and without the one that is taken away.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    upload: Upload<TextBlockForm>,
) -> Result<Swap> {
    let Upload { mut form, files } = upload;
    let block = TextBlockForm::find(&cx, id).await?;
    if files.is_empty() && form.remove.is_empty() {
        let faults = Faults::of_field(UPLOADS, cx.t("text-block-no-file"));
        let page = noun::show(&cx, Some(&block), &form, &faults, html! {}).await?;
        return Ok(super::invalid(&cx, page));
    }
    let mut held = block.wording().files;
    held.retain(|file| file.name != form.remove);
    for file in files {
        let stored = cx.db.put_blob(file.bytes).await?;
        held.retain(|other| other.name != file.name);
        held.push(File {
            name: file.name,
            content_type: file.content_type,
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
        });
    }
    form.held = Some(held);
    noun::update(&cx, permit.into_permit(), id, form).await
}

/// The files there are, each with the way to take it away, and the field for more.
pub fn files_field(cx: &Cx, block: &TextBlock, faults: &Faults) -> Markup {
    let action = AREA.act(block.id, "files");
    let fault = faults.of(UPLOADS);
    let retired = block.retired_at.is_some();
    html! {
        fieldset class="field formpart" {
            legend class="label" { (cx.t("text-block-files")) }
            p class="hint" id="uploads-hint" { (cx.t("text-block-files-hint")) }
            (file_list(cx, block, &block.wording().files, !retired))
            @if !retired {
                label class="sr" for=(UPLOADS) { (cx.t("text-block-files-more")) }
                input class="input" type="file" id=(UPLOADS) name=(UPLOADS) multiple
                    aria-describedby=(if fault.is_some() { "uploads-hint uploads-fault" } else { "uploads-hint" }) aria-invalid=[fault.map(|_| "true")];
                @if let Some(fault) = fault { p class="error" id="uploads-fault" { (icon_small("warn")) (fault) } }
                button class="kern-btn kern-btn--secondary" type="submit" formaction=(action) formenctype="multipart/form-data" formnovalidate {
                    span class="kern-label" { (cx.t("text-block-files-attach")) }
                }
            }
        }
    }
}

/// Names and sizes; with a button each where they can be taken away.
pub fn file_list(cx: &Cx, block: &TextBlock, files: &[File], can_remove: bool) -> Markup {
    let action = AREA.act(block.id, "files");
    html! {
        @if !files.is_empty() {
            ul class="filelist filelist--form" role="list" aria-label=(cx.t("text-block-files")) {
                @for file in files {
                    @let size = cx.locale.size(u64::try_from(file.size_bytes).unwrap_or(0));
                    @let remove = cx.locale.t_with("composer-file-remove", &[("name", file.name.as_str().into())]);
                    li {
                        (icon_small(file_sign(&file.content_type, &file.name)))
                        a href=(AREA.act(block.id, "files").with("name", &file.name)) { (foreign(&file.name)) } " "
                        span class="muted num" { (size) }
                        @if can_remove {
                            button type="submit" name="remove" value=(file.name) aria-label=(remove) title=(remove)
                                formaction=(action) formnovalidate { (icon_small("x")) }
                        }
                    }
                }
            }
        }
    }
}
