//! Keeping an eye on an article: the star above it, and what pressing it does.

use entities::article::{Article, State, Unwatch, Watch, watch};
use entities::ledger::{Command, Subject as _};
use entities::{Permission, Permit};
use maud::{Markup, html};
use poem::handler;

use super::flow;
use crate::error::Result;
use crate::settings::form::{Outcome, outcome};
use crate::web::cx::Cx;
use crate::web::form::csrf;
use crate::web::parts::icon;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// The star and its form.
const STAR: &str = "article-watch";

/// The star `#article-watch`, filled for whoever watches; nothing for who may not.
pub async fn star(cx: &Cx, article: &Article) -> Result<Markup> {
    let is_open = article.row.state != State::Retired;
    if !is_open || !cx.may(Permission::ReadArticles, article.place()) {
        return Ok(html! {});
    }
    let is_watched = watch::is_watched_by(&cx.db, &cx.actor, article).await?;
    Ok(drawn(cx, article, is_watched))
}

fn drawn(cx: &Cx, article: &Article, is_watched: bool) -> Markup {
    let part = if is_watched { "unwatch" } else { "watch" };
    let action = url::article_part(article.row.id, part);
    let label = cx.t("article-watch");
    html! {
        form id=(STAR) action=(action) method="post" hx-post=(action) hx-swap="none" {
            (csrf(&cx.session.csrf))
            button id="article-star" class="iconbtn iconbtn--star" type="submit" aria-pressed=(is_watched) aria-label=(label)
                title=(cx.t("article-watch-hint")) data-key="w" aria-keyshortcuts="w" { (icon("star")) }
        }
    }
}

/// `POST /knowledge/:key/watch`.
#[handler]
pub async fn create(cx: Cx, permit: Permitted<Watch>) -> Result<Swap> {
    turned(&cx, permit.into_permit(), Watch, true).await
}

/// `POST /knowledge/:key/unwatch`.
#[handler]
pub async fn remove(cx: Cx, permit: Permitted<Unwatch>) -> Result<Swap> {
    turned(&cx, permit.into_permit(), Unwatch, false).await
}

async fn turned<C>(cx: &Cx, permit: Permit<C>, command: C, watches: bool) -> Result<Swap>
where
    C: Command<Target = Article, On = Article>,
{
    let article = permit.on().clone();
    match outcome(cx.db.change(permit, command).await)? {
        Outcome::Done(id) => {
            let swap = Swap::or_go_to(cx.asks, url::article(id));
            Ok(swap.replace(STAR, drawn(cx, &article, watches)))
        }
        Outcome::Rejected(why) => flow::refused(cx, &article, why, Default::default()).await,
    }
}
