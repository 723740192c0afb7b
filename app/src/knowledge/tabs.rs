//! The lists of the knowledge base: all articles, and what waits for those who work on them.

use entities::article::list as articles;
use entities::article::recheck::{self, Whose};
use entities::article::translation;
use maud::{Markup, html};

use super::due;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Look, submit};
use crate::web::url::{self, Url};

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    All,
    Recheck,
    Due,
}

/// Links to the lists with what is in them; nothing for those who only read.
pub async fn tabs(cx: &Cx, tab: Tab) -> Result<Markup> {
    if !articles::may_work(&cx.actor) {
        return Ok(html! {});
    }
    let soon = due::wanted(cx, "");
    let (to_check, due, behind) = tokio::try_join!(
        recheck::count(&cx.db, &cx.actor, Whose::All),
        articles::count(&cx.db, &cx.actor, &soon),
        translation::count(&cx.db, &cx.actor, Whose::All),
    )?;
    Ok(html! {
        nav class="tabs" aria-label=(cx.t("knowledge-lists")) {
            (link(cx, tab == Tab::All, &url::knowledge(), "article-all", None))
            (link(cx, tab == Tab::Recheck, &url::recheck(), "recheck-title", Some(to_check)))
            (link(cx, tab == Tab::Due, &url::articles_due(), "article-due", Some(due + behind)))
        }
    })
}

fn link(cx: &Cx, is_here: bool, to: &Url, words: &str, count: Option<i64>) -> Markup {
    html! {
        a href=(to) aria-current=[is_here.then_some("page")] {
            (cx.t(words))
            @if let Some(count) = count { " " span class="tally" { (number(cx, count)) } }
        }
    }
}

/// Whether only what the reader answers for is wanted.
pub fn mine(cx: &Cx, to: &Url, value: &str) -> Markup {
    html! {
        form class="filterbar" method="get" action=(to) {
            (tick(cx, "mine", "article-mine", value))
            (submit(Look::Secondary, &cx.t("settings-show")))
        }
    }
}

/// A box that narrows a list.
pub fn tick(cx: &Cx, name: &str, words: &str, value: &str) -> Markup {
    html! {
        label class="tick" {
            input type="checkbox" name=(name) value="1" checked[!value.is_empty()];
            span { (cx.t(words)) }
        }
    }
}

/// A number that is counted no further than so far.
fn number(cx: &Cx, count: i64) -> String {
    match u64::try_from(count) {
        Ok(count) if count >= articles::MOST_COUNTED => cx.locale.t_with(
            "knowledge-many",
            &[("count", articles::MOST_COUNTED.into())],
        ),
        _ => cx.locale.number(count),
    }
}
