//! Tickets of people who are away that cannot wait for them, on the start page of whoever is there for them.

use chrono::{DateTime, Utc};
use entities::ticket::covered::covered;
use entities::ticket::list::Row;
use maud::{Markup, html};

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Words, due_mark, foreign, state_sign};
use crate::web::url;

/// The most that are named.
const MOST: usize = 20;

/// What of colleagues' tickets the reader must look at today.
pub async fn today(cx: &Cx, end_of_day: DateTime<Utc>) -> Result<Vec<Row>> {
    Ok(covered(&cx.db, &cx.actor, end_of_day, MOST).await?)
}

/// The sheet `#covering`; nothing where nothing cannot wait.
pub fn covering(cx: &Cx, rows: &[Row]) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    html! {
        section id="covering" class="sheet" aria-labelledby="covering-title" {
            div class="sheet__head" {
                h2 id="covering-title" { (cx.t("covering-title")) }
                span class="tally" { (cx.locale.number(rows.len() as i64)) }
            }
            ul class="linklist" role="list" { @for row in rows { li { (line(cx, row)) } } }
        }
    }
}

fn line(cx: &Cx, row: &Row) -> Markup {
    let owner = row.owner_name.as_deref().unwrap_or_default();
    html! {
        a href=(url::ticket(&row.number)) {
            (state_sign(cx.locale, row.state, row.waiting_for))
            span { (foreign(&row.title)) }
            (due_mark(cx.locale, &cx.now, &row.outlook(), None, Words::Full))
            span class="sub" {
                (row.number) " · " (cx.locale.t_with("covering-for", &[("name", owner.into())]))
                @if row.is_unread() { " · " (cx.t("covering-new")) }
            }
        }
    }
}
