//! The tab that lists the files of a ticket.

use entities::ticket::attachment::Model as File;
use entities::ticket::{Ticket, thread};
use maud::{Markup, html};
use poem::handler;

use super::head::Tab;
use super::list_from::From;
use super::mail_remarks::is_signature;
use super::show::page;
use super::thread_entry::{file_sign, packed};
use crate::error::Result;
use crate::web::bytes::shown_inline;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{empty, foreign, icon};
use crate::web::permitted::Seen;
use crate::web::url;

/// `GET /tickets/:key/files`.
#[handler]
pub async fn show(cx: Cx, Seen(ticket): Seen<Ticket>, Query(from): Query<From>) -> Result<Markup> {
    let files = thread::files(&cx.db, &ticket).await?;
    let files: Vec<&File> = files
        .iter()
        .filter(|file| !file.inline && !is_signature(file))
        .collect();
    let content = html! {
        div class="scroll" id="ticket-content" tabindex="0" role="region" aria-label=(cx.t("ticket-tab-files")) {
            @if files.is_empty() {
                (empty("files-empty", &cx.t("files-empty-title"), &cx.t("files-empty-text"), &html! {}))
            } @else {
                ul class="filetable" { @for file in &files { li { (row(&cx, &ticket, file)) } } }
            }
        }
    };
    page(&cx, &ticket, &from, Tab::Files, &content).await
}

fn row(cx: &Cx, ticket: &Ticket, file: &File) -> Markup {
    let address = url::ticket_part(&ticket.number, format!("files/{}", file.id));
    let size = cx.locale.size(u64::try_from(file.size_bytes).unwrap_or(0));
    let is_shown = shown_inline(&file.content_type).is_some();
    html! {
        (icon(file_sign(&file.content_type, &file.name)))
        span class="clip" { a href=(address) download { (foreign(&file.name)) } }
        span class="cluster" {
            span class="muted small num" { (packed(cx, file)) (size) }
            @if is_shown {
                a class="iconbtn" href=(address.clone().with("inline", "1")) target="_blank" rel="noopener"
                    aria-label=(cx.locale.t_with("file-view", &[("name", file.name.as_str().into())])) title=(cx.t("file-view-short")) { (icon("eye")) }
            }
        }
    }
}
