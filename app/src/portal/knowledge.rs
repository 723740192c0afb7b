//! What is known for a vendor: articles that were written for them, and for anybody.

use maud::Markup;
use poem::{Request, Response, handler};

use crate::error::Result;
use crate::site::feedback::{Asking, FeedbackForm, taken};
use crate::site::file::{Asked as FileAsked, given};
use crate::site::list::{Asked, list as list_of};
use crate::site::show::{Asked as Read, article};
use crate::site::{Content, Place};
use crate::web::form::{Form, Query};
use crate::web::permitted::Key;
use crate::web::portal_bar::PortalPage;
use crate::web::portal_cx::PortalCx;
use crate::web::swap::Swap;
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
pub async fn show(cx: PortalCx, Key(key): Key, Query(asked): Query<Read>) -> Result<Markup> {
    let asking = Asking {
        csrf: Some(cx.csrf()),
        is_taken: asked.is_answered(),
        ..Asking::default()
    };
    shown(&cx, &key, &asking).await
}

/// `GET /portal/knowledge/:key/files/:sub`
#[handler]
pub async fn file(
    cx: PortalCx,
    Key(key): Key,
    Query(asked): Query<FileAsked>,
    request: &Request,
) -> Result<Response> {
    given(&cx.vendor.site(), &key, &asked, request).await
}

/// `POST /portal/knowledge/:key/feedback`
#[handler]
pub async fn answer(cx: PortalCx, Key(key): Key, Form(form): Form<FeedbackForm>) -> Result<Swap> {
    let (site, seat) = (cx.vendor.site(), Default::default());
    match taken(cx.locale, &site, &place(), &key, form, seat).await? {
        Ok(to) => Ok(Swap::go_to(cx.asks, to)),
        Err(fault) => {
            let asking = Asking {
                csrf: Some(cx.csrf()),
                fault: Some(fault),
                ..Asking::default()
            };
            let page = shown(&cx, &key, &asking).await?;
            Ok(Swap::invalid(cx.asks, page.clone(), page))
        }
    }
}

async fn shown(cx: &PortalCx, key: &str, asking: &Asking<'_>) -> Result<Markup> {
    let content = article(cx.locale, &cx.vendor.site(), &place(), key, asking).await?;
    page(cx, &content).await
}

async fn page(cx: &PortalCx, content: &Content) -> Result<Markup> {
    let frame = cx.frame(PortalPage::Knowledge).await?;
    Ok(frame.page(&content.title, content.stage, &content.body))
}
