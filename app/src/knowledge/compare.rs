//! Any two versions of an article side by side, with the words marked in which they differ.

use entities::DeskError;
use entities::article::version::{self, Line};
use entities::article::{Article, Version};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::diff::{Part, Row, beside};
use super::files;
use super::words;
use crate::error::{Error, Result};
use crate::settings::form;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Choice, Field, Look, icon_small, submit};
use crate::web::permitted::Seen;
use crate::web::url::{self, Url};

/// Versions that are offered.
const MOST: u64 = 200;
/// So many lines stand before and after what differs.
const AROUND: usize = 3;

/// The two that are compared: what was, and what came of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
    to: String,
}

/// Where these two are compared.
pub fn address(article: &Article, from: i32, to: i32) -> Url {
    url::article_part(article.row.id, "compare")
        .with("from", from)
        .with("to", to)
}

/// `GET /knowledge/:key/compare`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(article): Seen<Article>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    if !article.is_worked_on_by(&cx.actor) {
        return Err(Error::Desk(DeskError::Hidden));
    }
    let newest = article.row.newest;
    let lines = version::lines(&cx.db, &article, MOST).await?;
    // What readers see against what they shall see, or else the last step.
    let before = match article.row.published {
        Some(number) if number != newest => number,
        _ => lines.get(1).map_or(newest, |line| line.number),
    };
    let number = |typed: &str, otherwise: i32| typed.parse().unwrap_or(otherwise);
    let (from, to) = tokio::try_join!(
        version::of(&cx.db, &article, number(&asked.from, before)),
        version::of(&cx.db, &article, number(&asked.to, newest)),
    )?;
    let title = cx.t("article-compare");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::article_part(article.row.id, "versions")) { (icon_small("left")) (cx.t("article-versions")) }
                h1 id="compare-title" class="h2" { (title) ": " span lang=(article.row.language.code()) { (article.row.title) } }
            }
            (choose(&cx, &article, &lines, (&from, &to)))
            div class="scroll" tabindex="0" role="region" aria-labelledby="compare-title" { (table(&cx, &lines, &from, &to)) }
        }
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn choose(cx: &Cx, article: &Article, lines: &[Line], (from, to): (&Version, &Version)) -> Markup {
    let choice = |line: &Line| Choice::new(line.number, heading(cx, lines, line.number));
    let choices: Vec<Choice> = lines.iter().map(choice).collect();
    html! {
        form class="filterbar" method="get" action=(url::article_part(article.row.id, "compare")) {
            (form::select(cx, Field::new("from", &cx.t("article-compare-from")), &choices, &from.number.to_string()))
            (form::select(cx, Field::new("to", &cx.t("article-compare-to")), &choices, &to.number.to_string()))
            (submit(Look::Secondary, &cx.t("article-compare")))
        }
    }
}

/// Which version it is, of which day and by whom.
fn heading(cx: &Cx, lines: &[Line], number: i32) -> String {
    let version = cx
        .locale
        .t_with("article-version", &[("number", number.into())]);
    let Some(line) = lines.iter().find(|line| line.number == number) else {
        return version;
    };
    let day = cx.locale.date(cx.now.local(line.written_at).date_naive());
    match &line.author {
        Some(author) => format!("{version} · {day} · {author}"),
        None => format!("{version} · {day}"),
    }
}

fn table(cx: &Cx, lines: &[Line], from: &Version, to: &Version) -> Markup {
    let audience = |version: &Version| words::audience_words(cx.locale, version.audience);
    let files = |version: &Version| files::lines(cx, &version.files());
    let parts = [
        ("article-title", beside(&from.title, &to.title)),
        ("article-summary", beside(&from.summary, &to.summary)),
        ("article-audience", beside(&audience(from), &audience(to))),
        ("article-keywords", beside(&from.keywords, &to.keywords)),
        ("article-body", beside(&from.body, &to.body)),
        ("article-files", beside(&files(from), &files(to))),
    ];
    let is_same = parts.iter().all(|(_, rows)| rows.iter().all(Row::is_same));
    html! {
        @if is_same { p class="sheet__body muted" { (cx.t("article-compare-same")) } }
        @else {
            table class="compare" {
                caption class="sr" { (cx.t("article-compare")) }
                thead {
                    tr {
                        th scope="col" { (heading(cx, lines, from.number)) }
                        th scope="col" { (heading(cx, lines, to.number)) }
                    }
                }
                @for (words, rows) in &parts {
                    @if rows.iter().any(|row| !row.is_same()) {
                        tbody {
                            tr class="group" { th colspan="2" scope="rowgroup" { (cx.t(words)) } }
                            (rows_shown(cx, rows))
                        }
                    }
                }
            }
        }
    }
}

/// What differs with a few lines around it; what lies between is counted.
pub fn rows_shown(cx: &Cx, rows: &[Row]) -> Markup {
    let differs: Vec<usize> = (0..rows.len()).filter(|at| !rows[*at].is_same()).collect();
    let is_near = |at: usize| {
        let next = differs.partition_point(|other| *other + AROUND < at);
        differs.get(next).is_some_and(|other| *other <= at + AROUND)
    };
    let mut shown = Vec::new();
    let mut skipped = 0_usize;
    for (at, row) in rows.iter().enumerate() {
        if !is_near(at) {
            skipped += 1;
            continue;
        }
        shown.push((std::mem::take(&mut skipped), Some(row)));
    }
    shown.push((skipped, None));
    html! {
        @for (skipped, row) in shown {
            @if skipped > 0 {
                tr { td colspan="2" class="compare__same" { (cx.locale.t_with("article-compare-lines", &[("count", skipped.into())])) } }
            }
            @if let Some(row) = row {
                tr { (side(row.left.as_deref(), "del")) (side(row.right.as_deref(), "ins")) }
            }
        }
    }
}

/// One side of a row; `mark` is the element of what the other side has not.
fn side(parts: Option<&[Part]>, mark: &str) -> Markup {
    html! {
        td class={ @if parts.is_none() { "compare__none" } } {
            @for part in parts.unwrap_or_default() {
                @match (part.differs, mark) {
                    (false, _) => (part.text),
                    (true, "del") => del { (part.text) },
                    (true, _) => ins { (part.text) },
                }
            }
        }
    }
}
