//! Articles linked with a ticket by hand: found by words, chosen, taken away again.

use entities::article::answers::{self, Offer, Recipient};
use entities::ticket::drawn::Drawn;
use entities::ticket::{LinkArticle, Ticket, UnlinkArticle};
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::pick::page;
use crate::error::{Result, rejected};
use crate::knowledge::words;
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{Look, button_link, foreign, icon_button, icon_small, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// The most articles that are offered.
const MOST: u64 = 10;

/// What was typed, and which article was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    q: String,
    article: String,
}

/// `GET /tickets/:key/articles/new?q=`: what fits the service of the case, or the words.
#[handler]
pub async fn new(
    cx: Cx,
    permit: Permitted<LinkArticle>,
    Query(looked): Query<Looked>,
) -> Result<Markup> {
    let ticket = permit.on();
    let found = found(&cx, ticket, &looked.q).await?;
    let content = choice(&cx, ticket, &looked.q, &found, None);
    page(&cx, ticket, &cx.t("link-article-title"), &content).await
}

async fn found(cx: &Cx, ticket: &Ticket, words: &str) -> Result<Vec<Offer>> {
    let services: Vec<Uuid> = ticket.service_id.into_iter().collect();
    let (db, actor) = (&cx.db, &cx.actor);
    Ok(answers::offered(db, actor, Recipient::Desk, words.trim(), &services, MOST).await?)
}

/// `POST /tickets/:key/articles`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<LinkArticle>,
    Form(looked): Form<Looked>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let id = Uuid::try_parse(&looked.article).ok();
    let known = match id {
        Some(id) => answers::one(&cx.db, &cx.actor, Recipient::Desk, id).await?,
        None => None,
    };
    let fault = match id.filter(|_| known.is_some()) {
        None => cx.t("link-article-choose"),
        Some(article_id) => {
            let done = cx
                .db
                .change(permit.into_permit(), LinkArticle { article_id })
                .await;
            match done {
                // It is linked already: nothing is left to do.
                Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {
                    return Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)));
                }
                Err(DeskError::Rejected(why)) => rejected(cx.locale, why),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let found = found(&cx, &ticket, &looked.q).await?;
    let content = choice(&cx, &ticket, &looked.q, &found, Some(&fault));
    let page = page(&cx, &ticket, &cx.t("link-article-title"), &content).await?;
    let fragment =
        html! { hx-partial hx-target="#link-article-form" hx-swap="outerHTML" { (content) } };
    Ok(Swap::invalid(cx.asks, fragment, page))
}

/// The article whose link goes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Gone {
    article: String,
}

/// `POST /tickets/:key/articles/remove`.
#[handler]
pub async fn remove(
    cx: Cx,
    permit: Permitted<UnlinkArticle>,
    Form(gone): Form<Gone>,
) -> Result<Swap> {
    let ticket = permit.on().clone();
    let article_id = Uuid::try_parse(&gone.article).map_err(|_| DeskError::Hidden)?;
    let done = cx
        .db
        .change(permit.into_permit(), UnlinkArticle { article_id })
        .await;
    match done {
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => {
            Ok(Swap::go_to(cx.asks, url::ticket(&ticket.number)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The forms `#link-article-form`: one that looks, one that links.
fn choice(cx: &Cx, ticket: &Ticket, typed: &str, found: &[Offer], fault: Option<&str>) -> Markup {
    let here = url::ticket_part(&ticket.number, "articles/new");
    let action = url::ticket_part(&ticket.number, "articles");
    html! {
        div id="link-article-form" class="stack" {
            form class="factform actform" action=(here) method="get" role="search" {
                div class="field" {
                    label for="article-q" { (cx.t("link-article-q")) }
                    input class="input" id="article-q" name="q" type="search" autocomplete="off" value=(typed) autofocus;
                }
                div class="cluster" { (submit(Look::Secondary, &cx.t("link-article-search"))) }
            }
            @if found.is_empty() { p class="muted" role="status" { (cx.t("link-article-none")) } }
            @else {
                form class="factform actform" action=(action) method="post" hx-post=(action) hx-swap="none" {
                    (form::csrf(&cx.session.csrf))
                    input type="hidden" name="q" value=(typed);
                    fieldset class="pick__hits" {
                        legend class="label" { (cx.t("link-article-hits")) }
                        @for (place, article) in found.iter().enumerate() {
                            label class="tick" {
                                input type="radio" name="article" value=(article.id) checked[found.len() == 1 && place == 0];
                                span { (foreign(&article.title)) @if !article.summary.is_empty() { span class="sub" { (foreign(&article.summary)) } } }
                            }
                        }
                    }
                    @if let Some(fault) = fault { p class="error" role="alert" { (icon_small("warn")) (fault) } }
                    div class="cluster" {
                        (submit(Look::Primary, &cx.t("link-article")))
                        (button_link(Look::Tertiary, &cx.t("merge-cancel"), &url::ticket(&ticket.number), None))
                    }
                }
            }
        }
    }
}

/// A linked article in the panel, with the way to take it away.
pub fn linked(cx: &Cx, ticket: &Ticket, article: &Drawn, may_link: bool) -> Markup {
    let action = url::ticket_part(&ticket.number, "articles/remove");
    let away = cx.locale.t_with(
        "link-article-remove",
        &[("title", article.title.as_str().into())],
    );
    html! {
        li class="links__row" {
            a href=(url::article(article.id)) {
                (icon_small("book"))
                span { (foreign(&article.title)) } span {}
                span class="sub" { (words::state_words(cx.locale, article.state)) " · " (cx.t("link-article-linked")) }
            }
            @if may_link {
                form action=(action) method="post" hx-post=(action) hx-swap="none" {
                    (form::csrf(&cx.session.csrf))
                    input type="hidden" name="article" value=(article.id);
                    (icon_button("x", &away))
                }
            }
        }
    }
}
