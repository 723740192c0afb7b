//! Articles and tickets to lead to from an article: found by their words or their number.

use entities::article::Create;
use entities::article::list::{self as articles, Wanted};
use entities::ticket::link;
use entities::{Permission, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::{icon, icon_small, state_sign};
use crate::web::permitted::Permitted;
use crate::web::url;

/// The dialog.
pub const DIALOG: &str = "article-links";
const HITS: &str = "article-link-hits";
/// Hits of each sort.
const MOST: u64 = 6;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    q: String,
}

/// `GET /knowledge/links?q=`: the hits, as rows of a list.
#[handler]
pub async fn list(
    cx: Cx,
    _permit: Permitted<Create>,
    Query(typed): Query<Typed>,
) -> Result<Markup> {
    let words = typed.q.trim();
    if words.is_empty() {
        return Ok(html! {});
    }
    let wanted = Wanted {
        words: words.to_owned(),
        ..Wanted::default()
    };
    let found = articles::list(&cx.db, &cx.actor, &wanted, None, MOST).await?;
    let tickets = match cx.actor.may_somewhere(Permission::ReadTickets) {
        true => link::candidates(&cx.db, &cx.actor, Uuid::nil(), words, MOST).await?,
        false => vec![],
    };
    let is_empty = found.rows.is_empty() && tickets.is_empty();
    Ok(html! {
        @for article in &found.rows {
            li class="opt-row" role="option" aria-selected="false" data-value=(url::article(article.id)) data-text=(article.title) {
                span { (icon_small("book")) " " (article.title) }
            }
        }
        @for ticket in &tickets {
            li class="opt-row" role="option" aria-selected="false" data-value=(url::ticket(&ticket.number)) data-text=(ticket.number) {
                span { (state_sign(cx.locale, ticket.state, ticket.waiting_for)) " " (ticket.title) }
                span class="muted num" { (ticket.number) }
            }
        }
        @if is_empty {
            li class="opt-row muted small" role="option" aria-disabled="true" aria-selected="false" { (cx.t("editor-link-nothing")) }
        }
    })
}

/// The dialog in which a link is found, beside the form and no part of it.
pub fn dialog(cx: &Cx) -> Markup {
    html! {
        dialog id=(DIALOG) class="dialog dialog--finds" aria-labelledby="article-links-title" {
            header class="dialog__head" {
                h2 id="article-links-title" { (cx.t("editor-link")) }
                button class="iconbtn" type="button" data-close aria-label=(cx.t("dialog-close")) { (icon("x")) }
            }
            div class="dialog__body" {
                div class="field combo" {
                    label for="article-link-find" { (cx.t("editor-link-find")) }
                    span class="hint" id="article-link-hint" { (cx.t("editor-link-hint")) }
                    input class="input" id="article-link-find" name="q" type="text" role="combobox" aria-expanded="false" autofocus
                        aria-controls=(HITS) aria-autocomplete="list" aria-describedby="article-link-hint" data-for="article-link" autocomplete="off"
                        hx-get=(url::article("links")) hx-trigger="input changed delay:150ms" hx-sync="this:replace"
                        hx-target={ "#" (HITS) } hx-swap="innerHTML";
                    input type="hidden" id="article-link";
                    ul class="opts" id=(HITS) role="listbox" aria-label=(cx.t("editor-link-hits")) {}
                }
            }
        }
    }
}
