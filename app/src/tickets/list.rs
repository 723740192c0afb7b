//! The list of tickets: filtered, sorted, paged by key, all of it in its address.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use entities::page::Cursor;
use entities::ticket::filter::Filter;
use entities::ticket::group::{Grouped, Head, grouped};
use entities::ticket::list::Row;
use entities::ticket::show::by_number;
use entities::ticket::{counts, list};
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::{IntoResponse as _, Response, handler};

use super::bulk::answer::{After, after_toast};
use super::list_facets::list_filter;
use super::list_fields::ListFields;
use super::list_name::list_name;
use super::list_query::ListQuery;
use super::list_questions::with_typed;
use super::list_sheet::{Sheet, list_sheet};
use super::list_view::{self, Opened};
use crate::error::Result;
use crate::fields::typed::Typed;
use crate::views::watch;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::permitted::Readers;
use crate::web::swap::Swap;
use crate::web::url;
use crate::web::views::views;

/// Rows on a page.
const MOST: u64 = 50;
/// Up to here the tickets of a list are counted.
pub const MOST_COUNTED: u64 = 1000;

/// `GET /tickets`.
#[handler]
pub async fn show(
    cx: Cx,
    _: Readers,
    Query(query): Query<ListQuery>,
    Query(typed): Query<Typed>,
    Query(after): Query<After>,
) -> Result<Response> {
    let query = with_modules(&cx, with_typed(&cx, query, &typed).await?).await?;
    if let Some(number) = query.plain_filter(&cx).number() {
        match by_number(&cx.db, &cx.actor, &number).await {
            Ok(found) => {
                let to = url::ticket(&found.number);
                return Ok(Swap::go_to(cx.asks, to).into_response());
            }
            // The list says that there is none.
            Err(DeskError::Hidden) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let sheet = Rows::read(&cx, query).await?.sheet(&cx).await?;
    let filter = list_filter(&cx, &sheet).await?;
    let at = sheet.query.view_url().to_string();
    if cx.wants_fragment() {
        let answer = Swap::or_go_to(cx.asks, sheet.query.url())
            .replace("list", list_sheet(&cx, &sheet))
            .morph("filter", filter)
            .morph("sidenav-views", views(&cx, &at).await?)
            .push(sheet.query.url());
        return Ok(answer.into_response());
    }
    let main = html! {
        (list_sheet(&cx, &sheet))
        (filter)
    };
    let mut frame = cx.frame_at(Area::Tickets, &at).await?;
    frame.query = &sheet.query.q;
    let after = after_toast(&cx, &after).await?;
    frame.toasts = html! { (after) (frame.toasts) };
    Ok(frame
        .page(&sheet.name, Stage::Filter, &main)
        .into_response())
}

/// The query with the modules that the filter's form brought: they stand for the service above them where that is
/// chosen too, and for nothing where it no longer is.
async fn with_modules(cx: &Cx, mut query: ListQuery) -> Result<ListQuery> {
    let modules = std::mem::take(&mut query.module);
    if modules.is_empty() {
        return Ok(query);
    }
    let parents = entities::service::list::parents(&cx.db).await?;
    let narrowed = modules.into_iter().filter_map(|module| {
        let above = parents.get(&module.parse::<Uuid>().ok()?).copied()??;
        Some((above.to_string(), module))
    });
    let narrowed: Vec<(String, String)> = narrowed
        .filter(|(above, _)| query.service.contains(above))
        .collect();
    query
        .service
        .retain(|id| narrowed.iter().all(|(above, _)| above != id));
    query
        .service
        .extend(narrowed.into_iter().map(|(_, module)| module));
    Ok(query)
}

/// Rows of a page of the list, before anything beside them is read.
pub struct Rows {
    query: ListQuery,
    opened: Option<Opened>,
    filter: Filter,
    grouped: Grouped,
}

impl Rows {
    pub async fn read(cx: &Cx, query: ListQuery) -> Result<Rows> {
        let (query, opened) = list_view::open(cx, query).await?;
        let filter = query.filter(cx).await?;
        let grouped = rows(cx, &query, &filter, query.cursor().as_ref(), MOST).await?;
        Ok(Rows {
            query,
            opened,
            filter,
            grouped,
        })
    }

    pub fn stamp(&self, cx: &Cx) -> String {
        stamp(cx, &self.grouped.page.rows, &self.grouped.heads)
    }

    /// The page, with what its head says.
    pub async fn sheet(self, cx: &Cx) -> Result<Sheet> {
        let Rows {
            query,
            opened,
            filter,
            grouped: Grouped { page, heads },
        } = self;
        let is_whole = page.next.is_none() && query.after.is_empty();
        let count = if is_whole {
            page.rows.len() as i64
        } else {
            counts::count(&cx.db, &cx.actor, &filter, MOST_COUNTED).await?
        };
        let names = query.names(cx).await?;
        let rows: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
        let fields = ListFields::read(cx, &query, &rows).await?;
        let gone = list_view::gone(cx, &query, &fields).await?;
        let name = match &opened {
            Some(opened) => opened.view.name.clone(),
            None => list_name(cx, &query),
        };
        let watching = watch::watching(cx, &query, opened.as_ref()).await?;
        Ok(Sheet {
            fields,
            rules: entities::deadline::rules::for_pages(&cx.db).await?,
            query,
            filter,
            name,
            opened,
            gone,
            heads,
            page,
            count,
            names,
            watching,
        })
    }
}

/// Differs where a page of the list would look different: its tickets, their order and state, and the minute, by which
/// deadlines pass.
pub fn stamp(cx: &Cx, rows: &[Row], heads: &[Head]) -> String {
    let mut hash = DefaultHasher::new();
    cx.now.at.timestamp().div_euclid(60).hash(&mut hash);
    for row in rows {
        (row.id, row.changed_at, row.seen_at).hash(&mut hash);
        (row.due_at, row.warn_at, row.held_since).hash(&mut hash);
    }
    for head in heads {
        (head.at, &head.name, head.count).hash(&mut hash);
    }
    format!("{:x}", hash.finish())
}

/// A page of its rows, in groups where it has some.
pub async fn rows(
    cx: &Cx,
    query: &ListQuery,
    filter: &Filter,
    after: Option<&Cursor>,
    most: u64,
) -> Result<Grouped> {
    let sort = query.sort(cx).await?;
    if let Some(grouping) = query.grouping(filter) {
        let order = (sort, grouping);
        return Ok(grouped(&cx.db, &cx.actor, filter, order, after, most).await?);
    }
    Ok(Grouped {
        page: list::list(&cx.db, &cx.actor, filter, sort, after, most).await?,
        heads: Vec::new(),
    })
}

/// A count that was taken up to a limit.
pub fn counted(cx: &Cx, count: i64) -> Markup {
    let is_more = u64::try_from(count).unwrap_or(0) >= MOST_COUNTED;
    html! { (cx.locale.number(count)) @if is_more { "+" } }
}
