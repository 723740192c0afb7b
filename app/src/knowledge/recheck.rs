//! Articles that a release put on the list, what their readers are told until somebody looked, and saying that they hold.

use entities::Permission;
use entities::article::recheck::{self, Line, Whose};
use entities::article::validity::{Named, Validity};
use entities::article::{Article, Check, Version};
use entities::ledger::Subject as _;
use entities::page::Cursor;
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::flow;
use super::tabs::{Tab, mine, tabs};
use crate::error::Result;
use crate::locale::{Arg, Locale};
use crate::settings::form;
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Pager, Tone, column, empty, notice, pager, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// Articles on a page.
const ROWS: u64 = 50;

/// What the list is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Not empty: only those the reader answers for.
    mine: String,
    after: String,
}

/// The releases that were before the eyes of whoever checked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckForm {
    releases: Vec<String>,
}

/// `GET /knowledge/recheck`.
#[handler]
pub async fn list(cx: Cx, Query(asked): Query<Asked>) -> Result<Markup> {
    let whose = match asked.mine.is_empty() {
        true => Whose::All,
        false => Whose::Mine,
    };
    let after = Cursor::decode(&asked.after);
    let found = recheck::list(&cx.db, &cx.actor, whose, after.as_ref(), ROWS).await?;
    let here = || url::recheck().with("mine", &asked.mine);
    let pages = Pager {
        first: after.as_ref().map(|_| here()),
        previous: None,
        next: found.next.map(|next| here().with("after", next.encode())),
    };
    let title = cx.t("recheck-title");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="recheck-title" class="h2" { (title) } }
            (tabs(&cx, Tab::Recheck).await?)
            (mine(&cx, &url::recheck(), &asked.mine))
            div class="scroll" tabindex="0" role="region" aria-labelledby="recheck-title" {
                @if found.rows.is_empty() {
                    (empty("recheck-none", &cx.t("recheck-none"), &cx.t("recheck-none-more"), &html! {}))
                } @else { (table(&cx, &found.rows)) }
            }
            (pager(cx.locale, &pages))
        }
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn table(cx: &Cx, rows: &[Line]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("recheck-title")) }
            thead {
                tr {
                    (column(&cx.t("article-title"))) (column(&cx.t("recheck-release")))
                    th scope="col" class="articles__more" { (cx.t("release-live-on")) }
                    th scope="col" class="articles__more" { (cx.t("recheck-since")) }
                    th scope="col" class="articles__more" { (cx.t("article-owner")) }
                }
            }
            tbody {
                @for line in rows {
                    tr {
                        td class="words" { a class="subject" href=(url::article(line.id)) lang=(line.language.code()) { (line.title) } }
                        td { (line.service) " " b { (line.release) } }
                        td class="articles__more" { @match line.live_on { Some(day) => (cx.locale.date(day)), None => (cx.t("release-day-open")) } }
                        td class="articles__more" { (cx.locale.date(cx.now.local(line.since).date_naive())) }
                        td class="articles__more" { (line.owner.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

/// `POST /knowledge/:key/checked`.
#[handler]
pub async fn check(cx: Cx, permit: Permitted<Check>, Form(typed): Form<CheckForm>) -> Result<Swap> {
    let releases = typed.releases.iter().filter_map(|id| form::id(id));
    let command = Check {
        releases: releases.collect(),
    };
    flow::act(&cx, permit.into_permit(), command, "checked").await
}

/// What readers are told of a release; who answers for the article says here that it holds.
pub fn told(cx: &Cx, article: &Article, version: &Version, validity: &Validity) -> Markup {
    if article.row.published != Some(version.number) {
        return html! {};
    }
    let may_check = cx.may(Permission::WriteArticles, article.place());
    let of_readers = validity.told(cx.now.today());
    let planned = validity.unchecked.first().filter(|_| may_check);
    let Some(release) = of_readers.or(planned) else {
        return html! {};
    };
    let words = match of_readers {
        Some(_) => since(cx.locale, release),
        None => cx.locale.t_with("recheck-planned", &named(release)),
    };
    let more = html! {
        @if of_readers.is_some() { (cx.t("recheck-readers")) }
        @else if let Some(day) = release.live_on { (cx.locale.t_with("recheck-live-on", &[("day", cx.locale.date(day).into())])) }
        @if may_check {
            form class="cluster" method="post" action=(url::article_part(article.row.id, "checked")) {
                (csrf(&cx.session.csrf))
                @for release in &validity.unchecked { input type="hidden" name="releases" value=(release.id); }
                (submit(Look::Secondary, &cx.t("recheck-holds")))
            }
        }
    };
    notice(Tone::Info, &words, &more)
}

/// That nobody has looked since the release.
pub fn since(locale: Locale, release: &Named) -> String {
    locale.t_with("recheck-unchecked", &named(release))
}

fn named(release: &Named) -> [Arg<'_>; 2] {
    [
        ("release", release.name.as_str().into()),
        ("service", release.service.as_str().into()),
    ]
}

/// From which releases on the article holds.
pub fn from(cx: &Cx, validity: &Validity) -> Option<String> {
    let of = |release: &Named| cx.locale.t_with("article-valid-from", &named(release));
    let from: Vec<String> = validity.from.iter().map(of).collect();
    (!from.is_empty()).then(|| from.join(", "))
}
