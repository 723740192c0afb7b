//! The pages of the site that is open to all.

use entities::site::{self, Seat};
use maud::Markup;
use poem::{IntoResponse as _, Request, Response, handler};

use super::feedback::{Asking, FeedbackForm, taken};
use super::file::{Asked as FileAsked, given};
use super::list::{Asked as ListAsked, list as list_of};
use super::show::{Asked, article};
use super::{Content, Place};
use crate::error::Result;
use crate::web::form::{Form, Query};
use crate::web::permitted::Key;
use crate::web::site_cx::SiteCx;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

fn place() -> Place {
    Place {
        home: url::help(),
        articles: "/help/articles/",
    }
}

/// `GET /help`
#[handler]
pub async fn list(cx: SiteCx, Query(asked): Query<ListAsked>) -> Result<Markup> {
    let content = list_of(cx.locale, &cx.site, &place(), &asked).await?;
    Ok(page(&cx, &asked.here(url::help()), &content))
}

/// `GET /help/articles/:key`
#[handler]
pub async fn show(cx: SiteCx, Key(key): Key, Query(asked): Query<Asked>) -> Result<Markup> {
    let asking = Asking {
        csrf: cx.csrf(),
        word: cx.word(),
        is_taken: asked.is_answered(),
        fault: None,
    };
    shown(&cx, &key, &asking).await
}

/// `GET /help/articles/:key/files/:sub`
#[handler]
pub async fn file(
    cx: SiteCx,
    Key(key): Key,
    Query(asked): Query<FileAsked>,
    request: &Request,
) -> Result<Response> {
    given(&cx.site, &key, &asked, request).await
}

/// `POST /help/articles/:key/feedback`
#[handler]
pub async fn answer(cx: SiteCx, Key(key): Key, Form(form): Form<FeedbackForm>) -> Result<Response> {
    let word = cx
        .word()
        .map_or_else(site::word, |word| Ok(word.to_owned()))?;
    let seat = Seat {
        word: Some(&word),
        address: cx.address(),
    };
    match taken(cx.locale, &cx.site, &place(), &key, form, seat).await? {
        Ok(to) => {
            let mut answer = Swap::go_to(cx.asks(), to).into_response();
            cx.keep(&mut answer, &word);
            Ok(answer)
        }
        Err(fault) => {
            let asking = Asking {
                csrf: cx.csrf(),
                word: Some(&word),
                is_taken: false,
                fault: Some(fault),
            };
            let page = shown(&cx, &key, &asking).await?;
            Ok(Swap::invalid(cx.asks(), page.clone(), page).into_response())
        }
    }
}

async fn shown(cx: &SiteCx, key: &str, asking: &Asking<'_>) -> Result<Markup> {
    let content = article(cx.locale, &cx.site, &place(), key, asking).await?;
    Ok(page(cx, &url::help_article(key), &content))
}

fn page(cx: &SiteCx, here: &Url, content: &Content) -> Markup {
    cx.page(&content.title, here, content.stage, &content.body)
}
