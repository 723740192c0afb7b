//! The pages of the site that is open to all.

use maud::Markup;
use poem::handler;

use super::list::{Asked, list as list_of};
use super::show::article;
use super::{Content, Place};
use crate::error::Result;
use crate::web::form::Query;
use crate::web::permitted::Key;
use crate::web::site_cx::SiteCx;
use crate::web::url::{self, Url};

fn place() -> Place {
    Place {
        home: url::help(),
        articles: "/help/articles/",
    }
}

/// `GET /help`
#[handler]
pub async fn list(cx: SiteCx, Query(asked): Query<Asked>) -> Result<Markup> {
    let content = list_of(cx.locale, &cx.site, &place(), &asked).await?;
    Ok(page(&cx, &asked.here(url::help()), &content))
}

/// `GET /help/articles/:key`
#[handler]
pub async fn show(cx: SiteCx, Key(key): Key) -> Result<Markup> {
    let content = article(cx.locale, &cx.site, &place(), &key).await?;
    Ok(page(&cx, &url::help_article(&key), &content))
}

fn page(cx: &SiteCx, here: &Url, content: &Content) -> Markup {
    cx.page(&content.title, here, content.stage, &content.body)
}
