//! What is shared with the vendor: the page, and the same list beside an open ticket.

use entities::portal::{Cursor, Line, Page};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::words;
use crate::error::Result;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::parts::{Look, Pager, Words, empty, glyph, icon_small, pager, submit};
use crate::web::portal_bar::PortalPage;
use crate::web::portal_cx::PortalCx;
use crate::web::url::{self, Url};

/// Lines of a page.
const LINES: u64 = 50;

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub after: String,
    /// What is looked for.
    pub q: String,
}

/// `GET /portal`
#[handler]
pub async fn list(cx: PortalCx, Query(asked): Query<Asked>) -> Result<Markup> {
    let words = asked.q.trim();
    if !words.is_empty() {
        return found(&cx, words).await;
    }
    let after = Cursor::decode(&asked.after);
    let page = cx.vendor.lines(after.as_ref(), LINES).await?;
    let frame = cx.frame(PortalPage::Tickets).await?;
    let title = cx.t("portal-shared");
    let first = after.is_some().then(url::portal);
    let content = html! { (sheet(&cx, &page, None, first)) };
    Ok(frame.page(&title, Stage::Plain, &content))
}

async fn found(cx: &PortalCx, words: &str) -> Result<Markup> {
    let found = cx.find(words).await?;
    let title = cx.t("portal-found");
    let content = html! {
        section class="sheet" aria-labelledby="shared-title" {
            div class="sheet__head" { h1 id="shared-title" class="h2" { (title) } a class="right" href=(url::portal()) { (cx.t("portal-all")) } }
            (finder(cx, words))
            @match &found {
                None => { p class="sheet__body" role="status" { (cx.t("portal-search-away")) } }
                Some(lines) if lines.is_empty() => { (empty("shared-empty", &cx.t("search-none"), &cx.t("search-none-more"), &html! {})) }
                Some(lines) => {
                    ul class="rows scroll" role="list" tabindex="0" aria-labelledby="shared-title" {
                        @for line in lines { li { (row(cx, line, false)) } }
                    }
                }
            }
            p class="sheet__foot small muted" { (icon_small("lock")) " " (cx.t("portal-only-shared")) }
        }
    };
    let frame = cx.frame(PortalPage::Tickets).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn finder(cx: &PortalCx, words: &str) -> Markup {
    html! {
        form class="filterbar" method="get" action=(url::portal()) role="search" aria-label=(cx.t("portal-find")) {
            div class="field" {
                label for="portal-words" { (cx.t("search-words")) }
                input class="input" id="portal-words" type="search" name="q" value=(words) maxlength="1000";
            }
            (submit(Look::Secondary, &cx.t("search-go")))
        }
    }
}

/// The list beside the ticket with this number.
pub async fn beside(cx: &PortalCx, number: &str) -> Result<Markup> {
    let page = cx.vendor.lines(None, LINES).await?;
    Ok(sheet(cx, &page, Some(number), None))
}

fn sheet(cx: &PortalCx, page: &Page<Line>, open: Option<&str>, first: Option<Url>) -> Markup {
    let title = cx.t("portal-shared");
    let after = |next: &Cursor| url::portal().with("after", next.encode());
    let pages = Pager {
        first,
        previous: None,
        next: page.next.as_ref().map(after),
    };
    html! {
        section class={ "sheet" @if open.is_some() { " pane-list" } } aria-labelledby="shared-title" {
            div class="sheet__head" {
                @if open.is_some() { h2 id="shared-title" { (title) } } @else { h1 id="shared-title" class="h2" { (title) } }
            }
            @if open.is_none() { (finder(cx, "")) }
            @if page.rows.is_empty() {
                (empty("shared-empty", &cx.t("portal-empty-title"), &cx.t("portal-empty-text"), &html! {}))
            } @else {
                ul class="rows scroll" role="list" tabindex="0" aria-labelledby="shared-title" {
                    @for line in &page.rows { li { (row(cx, line, open == Some(line.number.as_str()))) } }
                }
            }
            (pager(cx.locale, &pages))
            p class="sheet__foot small muted" { (icon_small("lock")) " " (cx.t("portal-only-shared")) }
        }
    }
}

fn row(cx: &PortalCx, line: &Line, is_open: bool) -> Markup {
    let (state, sign) = words::sign(line.repair);
    html! {
        a class="row" href=(url::shared(&line.number)) aria-current=[is_open.then_some("page")] {
            span class="state" data-state=(state) { (glyph(sign)) span class="sr" { (words::repair(cx.locale, line.repair)) } }
            span class="row__top no" { (line.number) }
            (words::clock(cx, line.clock, Words::Brief))
            span class="row__t" { (line.title) }
            span class="row__m" {
                @if let Some(service) = &line.service { (service) " · " }
                (words::turn(cx, line))
            }
        }
    }
}
