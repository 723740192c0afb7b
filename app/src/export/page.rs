//! The page of an export: how far it is, and the file once it is there.

use entities::DeskError;
use entities::export::{self, End, Ending, Format, Model, State, part};
use maud::{Markup, html};
use poem::http::{StatusCode, header};
use poem::{Body, IntoResponse as _, Response, handler};

use super::start::file_name;
use crate::error::Result;
use crate::tickets::list_from::From;
use crate::web::bytes::saved_as;
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, notice, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// `GET /exports/:sub`.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Markup> {
    let export = export::find(&cx.db, &cx.actor, id).await?;
    let state = export_state(&cx, &export);
    if cx.wants_fragment() {
        return Ok(state);
    }
    page(&cx, &export, &state).await
}

async fn page(cx: &Cx, export: &Model, state: &Markup) -> Result<Markup> {
    let args = [("name", export.name.as_str().into())];
    let title = cx.locale.t_with("export-title-of", &args);
    let content = html! {
        section class="sheet" aria-labelledby="export-title" {
            div class="sheet__head" { h1 id="export-title" class="h2" { (title) } }
            div class="sheet__body" { (state) }
        }
    };
    let frame = cx.frame(Area::Tickets).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// How far it is: `#export-state`. What is under way fetches itself.
fn export_state(cx: &Cx, export: &Model) -> Markup {
    let running = export.state == State::Running && export.format == Format::Xlsx;
    let here = url::export(export.id);
    let list = From {
        from: export.list.clone(),
    };
    let is_ready = export.is_ready(cx.now.at);
    let (tone, key) = match (export.state, export.failure.as_deref()) {
        (State::Running, _) => (Tone::Info, "export-running"),
        (State::Done, _) if is_ready => (Tone::Ok, "export-done"),
        (State::Done, _) => (Tone::Warn, "export-expired"),
        (State::Stopped, _) => (Tone::Warn, "export-stopped"),
        (State::Failed, Some("disk")) => (Tone::Error, "export-failed-disk"),
        (State::Failed, Some("stuck")) => (Tone::Error, "export-failed-stuck"),
        (State::Failed, Some("store")) => (Tone::Error, "export-failed-store"),
        (State::Failed, _) => (Tone::Error, "export-failed"),
    };
    let args = [
        ("done", export.rows_done.into()),
        ("all", export.rows_all.into()),
    ];
    html! {
        div id="export-state" class="form" hx-get=[running.then(|| here.clone())] hx-trigger=[running.then_some("every 1s")] hx-swap=[running.then_some("outerHTML")] {
            (notice(tone, &cx.t(key), &html! {}))
            @if !export.about.is_empty() { p { (export.about) } }
            p { (cx.locale.t_with("export-progress", &args)) }
            @if running {
                progress value=(export.rows_done) max=(export.rows_all.max(1)) aria-label=(cx.t(key)) {}
            }
            div class="cluster" {
                @if running {
                    (button_link(Look::Secondary, &cx.t("import-look"), &here, None))
                    form method="post" action=(url::export_part(export.id, "stop")) {
                        (csrf(&cx.session.csrf)) (submit(Look::Tertiary, &cx.t("bulk-stop")))
                    }
                }
                @if is_ready { (button_link(Look::Primary, &cx.t("export-fetch"), &url::export_part(export.id, "file"), Some("download"))) }
                @if !running { (button_link(Look::Secondary, &cx.t("bulk-to-list"), &list.query().url(), None)) }
            }
        }
    }
}

/// `GET /exports/:sub/file`: the bytes, for whoever made it, as long as they are there.
#[handler]
pub async fn file(cx: Cx, Sub(id): Sub) -> Result<Response> {
    let export = export::find(&cx.db, &cx.actor, id).await?;
    if !export.is_ready(cx.now.at) {
        let state = export_state(&cx, &export);
        let mut answer = page(&cx, &export, &state).await?.into_response();
        answer.set_status(StatusCode::GONE);
        return Ok(answer);
    }
    let (size, bytes) = cx.db.blobs().fetch(id).await?;
    let name = file_name(&cx, &export, "xlsx");
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(saved_as(workbook, &name)
        .header(header::CONTENT_LENGTH, size)
        .body(Body::from_bytes_stream(bytes)))
}

/// `POST /exports/:sub/stop`.
#[handler]
pub async fn stop(cx: Cx, permit: Permitted<End>, Sub(id): Sub) -> Result<Swap> {
    let export = export::find(&cx.db, &cx.actor, id).await?;
    let end = End {
        id,
        ending: Ending::Stopped,
        rows: usize::try_from(export.rows_done).unwrap_or(0),
    };
    match cx.db.change(permit.into_permit(), end).await {
        Ok(_) | Err(DeskError::Rejected(_)) => {}
        Err(error) => return Err(error.into()),
    }
    if let Some(list_id) = export.list_id {
        part::forget(&cx.db, list_id).await?;
    }
    Ok(Swap::go_to(cx.asks, url::export(id)))
}
