//! Beginning an export: CSV answers at once and for as long as it takes.

use std::sync::atomic::{AtomicUsize, Ordering};

use entities::Permit;
use entities::export::{self, Begin, End, Ending, Format, Model, part};
use entities::permit::Reach;
use entities::ticket::choose::List;
use poem::{Body, IntoResponse as _, Response, handler};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::csv::{self, Cut};
use super::reader::{MOST, Reader};
use crate::error::{Error, Result};
use crate::tickets::list_cell::columns;
use crate::tickets::list_chips::asked;
use crate::tickets::list_fields::ListFields;
use crate::tickets::list_name::list_or_view_name;
use crate::tickets::list_query::ListQuery;
use crate::tickets::list_view;
use crate::web::bytes::saved_as;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// Portions that wait for a slow line.
const AHEAD: usize = 2;

/// The most of a filter in the name of a file.
const MOST_ABOUT: usize = 80;

/// How often it is kept that somebody works on it.
const KEEP_EVERY: std::time::Duration = std::time::Duration::from_secs(60);

/// As what, and with which columns.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExportForm {
    format: String,
    /// `all`, or those of the list.
    columns: String,
}

/// `POST /tickets/export?<list>`: an act, told in the history, so no address that is merely looked at.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Begin>,
    Query(query): Query<ListQuery>,
    Form(form): Form<ExportForm>,
) -> Result<Response> {
    let format = match form.format.as_str() {
        "csv" => Format::Csv,
        "xlsx" => Format::Xlsx,
        _ => return Err(Error::Request("no such format".into())),
    };
    let (query, _) = list_view::open(&cx, query.first_page()).await?;
    let fields = ListFields::read(&cx, &query, &[]).await?;
    let filter = query.filter(&cx).await?;
    let list = List {
        filter: &filter,
        sort: query.sort(&cx).await?,
        grouping: query.grouping(&filter),
    };
    let begin = Begin {
        format,
        name: list_or_view_name(&cx, &query).await?,
        list: query.encoded(),
        about: filter_words(&cx, &query, &fields).await?,
        locale: cx.locale.code().to_owned(),
        columns: match form.columns.as_str() {
            "all" => vec![],
            _ => columns(&query, &fields),
        },
        taken: part::take(&cx.db, &cx.actor, &list, MOST).await?,
    };
    let begun = cx.db.change(permit.into_permit(), begin).await?.subject;
    if format == Format::Xlsx {
        return Ok(Swap::go_to(cx.asks, url::export(begun.id)).into_response());
    }
    let name = file_name(&cx, &begun, "csv");
    let whose = (cx.db.clone(), cx.actor.clone());
    let reader = Reader::new(whose, (cx.locale, cx.now), &begun.columns()).await?;
    Ok(fetched(reader, begun, &name))
}

/// What a list is filtered by, as its head says it.
async fn filter_words(cx: &Cx, query: &ListQuery, fields: &ListFields) -> Result<String> {
    let names = query.names(cx).await?;
    let asked = asked(cx, query, &names, fields);
    let words = asked
        .iter()
        .map(|one| format!("{}: {}", one.field, one.value));
    Ok(words.collect::<Vec<_>>().join("; "))
}

/// What a file is called: the list, what it is filtered by, and the day.
pub fn file_name(cx: &Cx, export: &Model, ending: &str) -> String {
    let (name, day) = (&export.name, cx.now.today());
    let about: String = export.about.chars().take(MOST_ABOUT).collect();
    match about.as_str() {
        "" => format!("{name} {day}.{ending}"),
        about => format!("{name} ({about}) {day}.{ending}"),
    }
}

/// The answer whose body is written while it is fetched.
fn fetched(reader: Reader, begun: Model, name: &str) -> Response {
    let (to, from) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let rows = AtomicUsize::new(0);
        let ending = match kept(&reader, &begun, &to, &rows).await {
            Ok(()) => Ending::Done,
            Err(Cut::Left) => Ending::Stopped,
            Err(cut) => {
                tracing::error!(?cut, "a list could not be written to its end");
                // The browser says that the file is not whole.
                let _ = to.send(Err(std::io::Error::other("cut off"))).await;
                Ending::Failed("database")
            }
        };
        drop(to);
        if let Err(error) = end(&reader, &begun, ending, rows.into_inner()).await {
            tracing::error!(%error, "the end of an export is not in its history");
        }
    });
    saved_as("text/csv; charset=utf-8", name)
        .body(Body::from_bytes_stream(ReceiverStream::new(from)))
        .into_response()
}

/// Writes all rows, and keeps meanwhile that somebody does, however slow the line is.
async fn kept(
    reader: &Reader,
    begun: &Model,
    to: &mpsc::Sender<std::io::Result<bytes::Bytes>>,
    rows: &AtomicUsize,
) -> Result<(), Cut> {
    let mut often = tokio::time::interval(KEEP_EVERY);
    let writing = csv::write(reader, begun, to, rows);
    tokio::pin!(writing);
    loop {
        tokio::select! {
            ended = &mut writing => return ended,
            _ = often.tick() => {
                let written = rows.load(Ordering::Relaxed);
                let kept = export::keep(&reader.db, begun.id, written).await;
                if !kept.map_err(Cut::Desk)? {
                    return Err(Cut::Stopped);
                }
            }
        }
    }
}

/// Tells the history how many rows it was, and lets go of the list.
pub async fn end(
    reader: &Reader,
    begun: &Model,
    ending: Ending,
    rows: usize,
) -> entities::Result<()> {
    let permit = Permit::ask(&reader.actor, Reach)?;
    let id = begun.id;
    let ended = reader.db.change(permit, End { id, ending, rows }).await;
    if let Some(list_id) = begun.list_id {
        part::forget(&reader.db, list_id).await?;
    }
    ended.map(drop)
}
