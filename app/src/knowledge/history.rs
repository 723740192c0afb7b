//! The history of an article: whether its chain holds, and what happened, as far as the reader works on it.

use entities::article::Article;
use entities::history::{self, Entry};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::history_line::line;
use crate::error::Result;
use crate::tickets::history::{Told, chain, events};
use crate::tickets::history_line::{Names, ids};
use crate::tickets::list_from::From;
use crate::tickets::thread_line::actor_words;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Pager, icon_small, pager};
use crate::web::permitted::Seen;
use crate::web::url;

/// How many events a page shows.
const MOST: u64 = 50;

/// What readers learn of an article: what became of the text that they read, and nothing of drafts.
const FOR_READERS: [&str; 5] = [
    "published",
    "checked",
    "recheck_told",
    "retired",
    "imported",
];

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    before: Option<i32>,
    seal: Option<String>,
}

/// `GET /knowledge/:key/history`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(article): Seen<Article>,
    Query(asked): Query<HistoryQuery>,
) -> Result<Markup> {
    let id = article.row.id;
    let at = url::article_part(id, "history");
    let seal = history::seal(&cx.db, id).await?;
    let works = article.is_worked_on_by(&cx.actor);
    if works && cx.wants_fragment() && asked.seal.is_some() {
        return Ok(chain(&cx, &at, &From::default(), &seal));
    }
    let mut entries = match works {
        true => history::of(&cx.db, id, asked.before, MOST + 1).await?,
        false => history::of_named(&cx.db, id, &FOR_READERS, asked.before, MOST + 1).await?,
    };
    let more = entries.len() as u64 > MOST;
    entries.truncate(MOST as usize);
    let named: Vec<_> = entries.iter().flat_map(|e| ids(&e.payload)).collect();
    let names = history::names(&cx.db, &cx.actor, &named).await?;
    let next = entries.last().filter(|_| more);
    let pages = Pager {
        first: asked.before.map(|_| at.clone()),
        previous: None,
        next: next.map(|last| at.clone().with("before", last.number)),
    };
    let title = cx.t("article-history");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::article(id)) { (icon_small("left")) (cx.t("article-back")) }
                h1 id="history-title" class="h2" { (title) ": " span lang=(article.row.language.code()) { (article.row.title) } }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="history-title" {
                @if works { (chain(&cx, &at, &From::default(), &seal)) }
                (events(&cx, &cx.t("article-history-caption"), &told(&cx, &entries, &names), &seal))
                (pager(cx.locale, &pages))
            }
        }
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn told<'a>(cx: &Cx, entries: &'a [Entry], names: &Names) -> Vec<Told<'a>> {
    let told = |entry: &'a Entry| Told {
        // Who said whether an article helped is told to nobody.
        who: match entry.name.as_str() {
            "feedback_given" | "visitor_answered" => cx.t("article-history-reader"),
            _ => actor_words(cx, entry),
        },
        line: line(cx.locale, &cx.now, &entry.name, &entry.payload, names),
        entry,
    };
    entries.iter().map(told).collect()
}
