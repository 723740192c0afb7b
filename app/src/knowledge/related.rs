//! Beside an article, those that belong to it.

use entities::article::Article;
use entities::article::related::{Related, related};
use maud::{Markup, html};

use crate::web::cx::Cx;
use crate::web::parts::icon;
use crate::web::url;

/// So many are shown.
const MOST: u64 = 5;

/// What belongs to the article, as far as the reader reads it.
pub async fn read(cx: &Cx, article: &Article) -> entities::Result<Vec<Related>> {
    related(&cx.db, &cx.actor, article, MOST).await
}

/// Links to them; nothing when there are none.
pub fn listed(cx: &Cx, related: &[Related]) -> Markup {
    html! {
        @if !related.is_empty() {
            details open id="article-related" {
                summary { h2 { (cx.t("article-related")) } }
                div class="facts__in" {
                    ul class="linklist" role="list" {
                        @for one in related {
                            li { a href=(url::article(one.id)) { (icon("book")) span lang=(one.language.code()) { (one.title) } } }
                        }
                    }
                }
            }
        }
    }
}
