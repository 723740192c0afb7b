//! What is new in an open list: its rows anew, or only a hint while somebody has chosen rows.

use chrono::DateTime;
use entities::Uuid;
use maud::html;
use poem::handler;
use serde::Deserialize;

use super::list::read;
use super::list_query::ListQuery;
use super::list_table::list_table;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::swap::Swap;

/// When the list was drawn, and which rows are chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewsQuery {
    since: i64,
    id: Vec<Uuid>,
}

/// `GET /tickets/news`.
#[handler]
pub async fn show(
    cx: Cx,
    Query(query): Query<ListQuery>,
    Query(asked): Query<NewsQuery>,
) -> Result<Swap> {
    let answer = Swap::or_go_to(cx.asks, query.url());
    let is_still = !asked.id.is_empty() || !query.after.is_empty();
    let sheet = read(&cx, if is_still { query.first_page() } else { query }).await?;
    if !is_still && !sheet.page.rows.is_empty() {
        return Ok(answer.morph("list-table", list_table(&cx, &sheet)));
    }
    let since = DateTime::from_timestamp_micros(asked.since).unwrap_or(cx.now.at);
    let rows = sheet.page.rows.iter();
    let new = rows.filter(|row| row.changed_at > since).count();
    let words = cx.locale.t_with("list-news", &[("count", new.into())]);
    Ok(answer.fill(
        "list-news",
        html! { @if new > 0 { a href=(sheet.query.url()) { (words) } } },
    ))
}
