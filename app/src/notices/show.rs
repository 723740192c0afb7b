//! The page of somebody's notices, by days, the newest first.

use std::collections::HashMap;

use chrono::NaiveDate;
use entities::notice::{self, About, Kind, Row};
use entities::page::{Cursor, Page};
use entities::{Uuid, article, history};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::why;
use crate::error::Result;
use crate::knowledge;
use crate::locale::{Locale, Now};
use crate::tickets::history_line::{Detail, Line, Names, ids, line};
use crate::tickets::thread_line::event_anchor;
use crate::web::cx::Cx;
use crate::web::form::{self, Query};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Pager, button_link, empty, glyph, icon, pager, submit, time_of_day};
use crate::web::url::{self, Url};

/// How many notices a page shows.
const MOST: u64 = 50;

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoticesQuery {
    after: String,
}

/// What a page shows.
pub(super) struct Shown {
    page: Page<Row>,
    names: HashMap<Uuid, String>,
    is_first: bool,
    unread: i64,
}

impl Shown {
    pub(super) async fn read(cx: &Cx, after: Option<&Cursor>) -> Result<Shown> {
        let page = notice::list(&cx.db, &cx.actor, after, MOST).await?;
        let rows = page.rows.iter();
        let named: Vec<Uuid> = rows
            .flat_map(|row| ids(&row.payload).into_iter().chain(row.in_place_of_id))
            .collect();
        Ok(Shown {
            names: history::names(&cx.db, &cx.actor, &named).await?,
            is_first: after.is_none(),
            unread: cx.unread_notices().await?,
            page,
        })
    }

    /// The rows of each day in the reader's zone.
    fn days<'a>(&'a self, cx: &Cx) -> Vec<(NaiveDate, &'a [Row])> {
        let day = |row: &Row| cx.now.local(row.at).date_naive();
        let days = self.page.rows.chunk_by(|a, b| day(a) == day(b));
        days.map(|rows| (day(&rows[0]), rows)).collect()
    }
}

/// `GET /notices`.
#[handler]
pub async fn show(cx: Cx, Query(asked): Query<NoticesQuery>) -> Result<Markup> {
    let after = Cursor::decode(&asked.after);
    let shown = Shown::read(&cx, after.as_ref()).await?;
    let frame = cx.frame(Area::None).await?;
    let title = cx.t("notices-title");
    Ok(frame.page(&title, Stage::Plain, &notices(&cx, &shown)))
}

/// The sheet `#notices`; where the newest are shown it is fetched anew when there are newer ones.
pub(super) fn notices(cx: &Cx, shown: &Shown) -> Markup {
    let fresh = shown.is_first.then(url::notices);
    let pages = Pager {
        first: (!shown.is_first).then(url::notices),
        previous: None,
        next: shown
            .page
            .next
            .as_ref()
            .map(|next| url::notices().with("after", next.encode())),
    };
    html! {
        div id="notices" class="sheet" hx-get=[fresh] hx-trigger="notices from:#events" hx-select="#notices" hx-swap="outerMorph" {
            div class="sheet__head" {
                h1 id="notices-title" class="h2" { (cx.t("notices-title")) }
                span class="right cluster" {
                    (button_link(Look::Tertiary, &cx.t("watched-title"), &url::watched(), None))
                    (button_link(Look::Tertiary, &cx.t("notifications-settings"), &url::notifications(), None))
                    @if shown.unread > 0 { (read_all(cx)) }
                }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="notices-title" {
                @if shown.page.rows.is_empty() {
                    section aria-labelledby="notices-empty" {
                        (empty("notices-empty", &cx.t("notices-empty"), &cx.t("notices-empty-text"), &html! {}))
                    }
                }
                @for (day, rows) in shown.days(cx) {
                    @let id = format!("notices-{day}");
                    section class="told" aria-labelledby=(id) {
                        h2 id=(id) { (cx.locale.dated_day(day, &cx.now)) }
                        ul role="list" { @for row in rows { (notice_line(cx, row, &shown.names)) } }
                    }
                }
                (pager(cx.locale, &pages))
            }
        }
    }
}

fn read_all(cx: &Cx) -> Markup {
    html! {
        form action=(url::notices_read()) method="post" hx-post=(url::notices_read()) hx-swap="none" {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="until" value=(cx.now.at.timestamp_micros());
            (submit(Look::Secondary, &cx.t("notices-read-all")))
        }
    }
}

/// How the history says an event.
type Say = fn(Locale, &Now, &str, &str, &Names) -> Line;

/// Where a notice leads. What was retired is there for those alone who work on articles.
fn leads_to(cx: &Cx, row: &Row, to: Url) -> Option<Url> {
    let is_gone = row.kind() == Some(Kind::ArticleRetired) && !article::list::may_work(&cx.actor);
    (!is_gone).then_some(to)
}

/// What happened, where, and when; the words are the history's own.
fn notice_line(cx: &Cx, row: &Row, names: &HashMap<Uuid, String>) -> Markup {
    let is_new = row.read_at.is_none();
    let (say, to): (Say, Url) = match row.about() {
        About::Ticket(number) => (line, url::ticket(number).at(&event_anchor(row.number))),
        About::Article(id) => (knowledge::history_line::line, url::article(id)),
    };
    let said = say(cx.locale, &cx.now, &row.event, &row.payload, names);
    html! {
        li {
            // Without an address it is no link.
            a class={ "told__line" @if is_new { " is-unread" } } href=[leads_to(cx, row, to)] {
                (sign(row.kind()))
                span class="told__what" {
                    @if let Some(words) = named(row.kind()) { b { (cx.t(words)) } " · " }
                    @match said.detail {
                        Detail::Text(detail) if !detail.is_empty() => { b { (said.what) ":" } " " (detail) }
                        _ => b { (said.what) }
                    }
                }
                span class="told__ticket" {
                    @if let About::Ticket(number) = row.about() { span class="no" { (number) } " " }
                    (row.title)
                    @if let Some(name) = row.in_place_of_id.and_then(|id| names.get(&id)) {
                        " " span class="tag tag--line" { (cx.locale.t_with("covering-told", &[("name", name.as_str().into())])) }
                    }
                }
                span class="told__at" {
                    @if is_new { span class="told__new" { (cx.t("notices-new")) } " " }
                    (time_of_day(cx.locale, &cx.now, row.at))
                }
            }
            @if row.reason().is_some() {
                a class="told__why" href=(why::stop(row)) { (cx.locale.t_with("notices-why", &[("why", why::why(cx.locale, row).into())])) }
            }
        }
    }
}

/// What the event alone does not say: it is told because of something around it.
fn named(kind: Option<Kind>) -> Option<&'static str> {
    match kind {
        Some(Kind::Mentioned) => Some("notice-mentioned"),
        Some(Kind::CameIn) => Some("notice-came-in"),
        _ => None,
    }
}

fn sign(kind: Option<Kind>) -> Markup {
    let due = match kind {
        Some(Kind::DeadlineNear) => "soon",
        Some(Kind::DeadlinePassed) => "late",
        Some(Kind::VendorAnswered | Kind::RepairMoved) => {
            return html! { span class="told__sign" { (icon("factory")) } };
        }
        Some(Kind::Deputised | Kind::Reopened) => {
            return html! { span class="told__sign" { (icon("users")) } };
        }
        Some(
            Kind::ReviewDue | Kind::ArticlePublished | Kind::ArticleRetired | Kind::RecheckDue,
        ) => {
            return html! { span class="told__sign" { (icon("book")) } };
        }
        Some(Kind::RedactionAsked) => {
            return html! { span class="told__sign" { (icon("lock")) } };
        }
        Some(Kind::Mentioned) => return html! { span class="told__sign" { (icon("user")) } },
        Some(Kind::RequesterWrote) => return html! { span class="told__sign" { (icon("mailin")) } },
        Some(Kind::ColleagueWrote) => return html! { span class="told__sign" { (icon("note")) } },
        _ => return html! { span class="told__sign" { (icon("bell")) } },
    };
    html! { span class="told__sign due" data-due=(due) { (glyph(due)) } }
}
