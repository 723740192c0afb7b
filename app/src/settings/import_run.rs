//! Starting and stopping an import of people, and the report of its refused lines.

use entities::person::Create;
use entities::person::import;
use poem::http::header;
use poem::{Response, handler};

use crate::error::Result;
use crate::people::{refusal, sheet};
use crate::web::cx::Cx;
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// `POST /settings/people/import/:sub/run`: the work behind the pages takes the lines.
#[handler]
pub async fn create(cx: Cx, _permit: Permitted<Create>, Sub(id): Sub) -> Result<Swap> {
    let staged = import::find(&cx.db, &cx.actor, id).await?;
    if let Some(content) = &staged.content
        && let Ok(sheet) = sheet::read(content)
    {
        let lines = i32::try_from(sheet.lines.len()).unwrap_or(i32::MAX);
        import::start(&cx.db, &cx.actor, id, lines).await?;
    }
    Ok(Swap::go_to(cx.asks, url::people_import_part(id, "")))
}

/// `POST /settings/people/import/:sub/stop`: discards what was not started, stops what runs.
#[handler]
pub async fn remove(cx: Cx, _permit: Permitted<Create>, Sub(id): Sub) -> Result<Swap> {
    import::find(&cx.db, &cx.actor, id).await?;
    import::stop(&cx.db, &cx.actor, id).await?;
    Ok(Swap::go_to(cx.asks, url::people_import()))
}

/// `GET /settings/people/import/:sub/refused`: every refused line with its reason, as CSV.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub) -> Result<Response> {
    let import = import::find(&cx.db, &cx.actor, id).await?;
    let report = refusal::report(cx.locale, &refusal::read(&import.refusals));
    Ok(Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"refused.csv\"",
        )
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(report))
}
