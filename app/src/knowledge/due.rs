//! Articles that somebody is to look at again soon, or should have.

use chrono::TimeDelta;
use entities::DeskError;
use entities::article::list::{self as articles, Wanted};
use entities::category;
use entities::page::Cursor;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::list::{ROWS, table_of_due};
use super::tabs::{Tab, mine, tabs};
use super::translation;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Pager, empty, pager};
use crate::web::url;

/// What is due within so many days is listed with what is overdue.
const AHEAD_DAYS: i64 = 30;

/// What the list is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Not empty: only those the reader answers for.
    mine: String,
    after: String,
}

/// What is due by then.
pub fn wanted(cx: &Cx, mine: &str) -> Wanted {
    Wanted {
        due_until: Some(cx.now.today() + TimeDelta::days(AHEAD_DAYS)),
        mine: !mine.is_empty(),
        ..Wanted::default()
    }
}

/// `GET /knowledge/due`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    if !articles::may_work(&cx.actor) {
        return Err(Error::Desk(DeskError::Forbidden));
    }
    let after = Cursor::decode(&asked.after);
    let wanted = wanted(&cx, &asked.mine);
    let found = articles::list(&cx.db, &cx.actor, &wanted, after.as_ref(), ROWS).await?;
    let categories = category::choices(&cx.db).await?;
    let here = || url::articles_due().with("mine", &asked.mine);
    let pages = Pager {
        first: after.as_ref().map(|_| here()),
        previous: None,
        next: found.next.map(|next| here().with("after", next.encode())),
    };
    let behind = match after {
        Some(_) => html! {},
        None => translation::behind(&cx, &asked.mine).await?,
    };
    let is_all = behind.0.is_empty();
    let title = cx.t("article-due");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="due-title" class="h2" { (title) } }
            (tabs(&cx, Tab::Due).await?)
            (mine(&cx, &url::articles_due(), &asked.mine))
            div class="scroll" tabindex="0" role="region" aria-labelledby="due-title" {
                (behind)
                @if found.rows.is_empty() && is_all {
                    (empty("due-none", &cx.t("article-due-none"), &cx.t("article-due-none-more"), &html! {}))
                } @else if !found.rows.is_empty() { (table_of_due(&cx, &found.rows, &categories)) }
            }
            (pager(cx.locale, &pages))
        }
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}
