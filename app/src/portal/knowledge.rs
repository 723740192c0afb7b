//! What is known for a vendor: articles that were written for them, and for anybody.

use maud::Markup;
use poem::handler;

use crate::error::Result;
use crate::site::list::{Asked, list as list_of};
use crate::site::show::article;
use crate::site::{Content, Place};
use crate::web::form::Query;
use crate::web::permitted::Key;
use crate::web::portal_bar::PortalPage;
use crate::web::portal_cx::PortalCx;
use crate::web::url;

fn place() -> Place {
    Place {
        home: url::portal_part("knowledge"),
        articles: "/portal/knowledge/",
    }
}

/// `GET /portal/knowledge`
#[handler]
pub async fn list(cx: PortalCx, Query(asked): Query<Asked>) -> Result<Markup> {
    let content = list_of(cx.locale, &cx.vendor.site(), &place(), &asked).await?;
    page(&cx, &content).await
}

/// `GET /portal/knowledge/:key`
#[handler]
pub async fn show(cx: PortalCx, Key(key): Key) -> Result<Markup> {
    let content = article(cx.locale, &cx.vendor.site(), &place(), &key).await?;
    page(&cx, &content).await
}

async fn page(cx: &PortalCx, content: &Content) -> Result<Markup> {
    let frame = cx.frame(PortalPage::Knowledge).await?;
    Ok(frame.page(&content.title, content.stage, &content.body))
}
