//! Beginning an export: CSV answers at once and for as long as it takes.

use entities::export::{Begin, End, Ending, Format};
use entities::permit::Reach;
use entities::ticket::choose;
use entities::{Permission, Permit, Uuid};
use poem::{Body, IntoResponse as _, Response, handler};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::csv::{self, Cut};
use super::reader::{MOST, Reader};
use crate::error::{Error, Result};
use crate::tickets::file::saved_as;
use crate::tickets::list_chips::asked;
use crate::tickets::list_fields::ListFields;
use crate::tickets::list_name::list_or_view_name;
use crate::tickets::list_query::ListQuery;
use crate::tickets::list_view;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// Portions that wait for a slow line.
const AHEAD: usize = 2;

/// As what.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExportForm {
    format: String,
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
    let filter = query.filter(&cx).await?;
    let list = (&filter, query.sort(&cx).await?);
    let may = Permission::ExportTickets;
    let tickets = choose::all(&cx.db, &cx.actor, list, may, MOST).await?;
    let name = list_or_view_name(&cx, &query).await?;
    let begin = Begin {
        format,
        name: name.clone(),
        list: query.encoded(),
        about: filter_words(&cx, &query).await?,
        locale: cx.locale.code().to_owned(),
        tickets: tickets.clone(),
    };
    if format == Format::Xlsx {
        let begun = cx.db.change(permit.into_permit(), begin).await?.subject;
        return Ok(Swap::go_to(cx.asks, url::export(begun.id)).into_response());
    }
    let reader = Reader::new(cx.db.clone(), cx.actor.clone(), cx.locale, cx.now).await?;
    let begun = cx.db.change(permit.into_permit(), begin).await?.subject;
    Ok(fetched(
        reader,
        begun.id,
        tickets,
        &file_name(&cx, &name, "csv"),
    ))
}

/// What a list is filtered by, as its head says it.
async fn filter_words(cx: &Cx, query: &ListQuery) -> Result<String> {
    let names = entities::history::names(&cx.db, &cx.actor, &query.ids()).await?;
    let fields = ListFields::read(cx, query, &[]).await?;
    let asked = asked(cx, query, &names, &fields);
    let words = asked
        .iter()
        .map(|one| format!("{}: {}", one.field, one.value));
    Ok(words.collect::<Vec<_>>().join("; "))
}

/// What a file is called: the list, and the day.
pub fn file_name(cx: &Cx, name: &str, ending: &str) -> String {
    format!("{name} {}.{ending}", cx.now.today())
}

/// The answer whose body is written while it is fetched.
fn fetched(reader: Reader, id: Uuid, ids: Vec<Uuid>, name: &str) -> Response {
    let (to, from) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut rows = 0;
        let ending = match csv::write(&reader, &ids, &to, &mut rows).await {
            Ok(()) => Ending::Done,
            Err(Cut::Left) => Ending::Stopped,
            Err(Cut::Desk(error)) => {
                tracing::error!(%error, "a list could not be written to its end");
                // The browser says that the file is not whole.
                let _ = to.send(Err(std::io::Error::other("cut off"))).await;
                Ending::Failed("database")
            }
        };
        drop(to);
        if let Err(error) = end(&reader, id, ending, rows).await {
            tracing::error!(%error, "the end of an export is not in its history");
        }
    });
    saved_as("text/csv; charset=utf-8", name)
        .body(Body::from_bytes_stream(ReceiverStream::new(from)))
        .into_response()
}

/// Tells the history how many rows it was.
pub async fn end(reader: &Reader, id: Uuid, ending: Ending, rows: usize) -> entities::Result<()> {
    let permit = Permit::ask(&reader.actor, Reach)?;
    reader.db.change(permit, End { id, ending, rows }).await?;
    Ok(())
}
