//! One's own searches: the last ones, and those one keeps.

use entities::Uuid;
use entities::own_search::{self, Model};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::parts::{foreign, icon_small};
use crate::web::permitted::Finders;
use crate::web::swap::Swap;
use crate::web::url;

/// Which one, and what becomes of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    id: String,
    /// Not empty: it is kept.
    kept: String,
}

/// `POST /search/keep`: keeps a search, or lets it go.
#[handler]
pub async fn keep(cx: Cx, _: Finders, Form(chosen): Form<Chosen>) -> Result<Swap> {
    let id = Uuid::try_parse(&chosen.id).unwrap_or_default();
    own_search::keep(&cx.db, &cx.actor, id, !chosen.kept.is_empty()).await?;
    Ok(Swap::go_to(cx.asks, url::search("")))
}

/// `POST /search/forget`: forgets all that is not kept.
#[handler]
pub async fn forget(cx: Cx, _: Finders) -> Result<Swap> {
    own_search::forget(&cx.db, &cx.actor).await?;
    Ok(Swap::go_to(cx.asks, url::search("")))
}

/// Both lists; nothing where there is nothing.
pub async fn lists(cx: &Cx) -> Result<Markup> {
    let (kept, last) = own_search::list(&cx.db, &cx.actor).await?;
    Ok(html! {
        @if !kept.is_empty() {
            section class="sheet__body" aria-labelledby="search-kept" {
                h2 id="search-kept" class="strong" { (cx.t("search-kept")) }
                (list(cx, &kept))
            }
        }
        @if !last.is_empty() {
            section class="sheet__body" aria-labelledby="search-last" {
                h2 id="search-last" class="strong" { (cx.t("search-last")) }
                (list(cx, &last))
                form method="post" action=(url::search_part("forget")) {
                    (form::csrf(&cx.session.csrf))
                    button class="more" type="submit" { (cx.t("search-forget")) }
                }
            }
        }
    })
}

fn list(cx: &Cx, all: &[Model]) -> Markup {
    html! {
        ul class="ownsearches" role="list" {
            @for one in all {
                li {
                    a href=(url::search_again(&one.query)) { (icon_small("search")) " " (foreign(&one.words)) }
                    form method="post" action=(url::search_part("keep")) {
                        (form::csrf(&cx.session.csrf))
                        input type="hidden" name="id" value=(one.id);
                        @if !one.kept { input type="hidden" name="kept" value="1"; }
                        @let words = cx.t(if one.kept { "search-let-go" } else { "search-keep" });
                        button class="more" type="submit" { (words) span class="sr" { " " (one.words) } }
                    }
                }
            }
        }
    }
}
