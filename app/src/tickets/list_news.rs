//! What is new in an open list: its rows anew, or only a hint while somebody has chosen rows.

use chrono::DateTime;
use entities::Uuid;
use maud::html;
use poem::http::StatusCode;
use poem::{IntoResponse as _, Response, handler};
use serde::Deserialize;

use super::list::Rows;
use super::list_query::ListQuery;
use super::list_sheet::list_live;
use super::list_table::list_table;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::swap::Swap;

/// When the list was drawn, what it looked like, and which rows are chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewsQuery {
    since: i64,
    stamp: String,
    id: Vec<Uuid>,
}

/// `GET /tickets/news`; 204 where the page looks as it did.
#[handler]
pub async fn show(
    cx: Cx,
    Query(query): Query<ListQuery>,
    Query(asked): Query<NewsQuery>,
) -> Result<Response> {
    let answer = Swap::or_go_to(cx.asks, query.url());
    let is_still = !asked.id.is_empty() || !query.after.is_empty();
    let rows = Rows::read(&cx, if is_still { query.first_page() } else { query }).await?;
    if cx.wants_fragment() && rows.stamp(&cx) == asked.stamp {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let sheet = rows.sheet(&cx).await?;
    if !is_still && !sheet.page.rows.is_empty() {
        let answer = answer
            .morph("list-table", list_table(&cx, &sheet))
            .replace("list-live", list_live(&cx, &sheet));
        return Ok(answer.into_response());
    }
    let since = DateTime::from_timestamp_micros(asked.since).unwrap_or(cx.now.at);
    let rows = sheet.page.rows.iter();
    let new = rows.filter(|row| row.changed_at > since).count();
    let words = cx.locale.t_with("list-news", &[("count", new.into())]);
    let hint = html! { @if new > 0 { a href=(sheet.query.url()) { (words) } } };
    Ok(answer.fill("list-news", hint).into_response())
}
