//! All keys on a page of its own.

use maud::{Markup, html};
use poem::handler;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::keys::{OwnKeys, keys};
use crate::web::layout::{Reach, Stage};
use crate::web::nav::Area;
use crate::web::url;

/// `GET /help/keys`
#[handler]
pub async fn show(cx: Cx) -> Result<Markup> {
    let title = cx.t("keys-title");
    let reach = if cx.may_settings() {
        Reach::DeskAndSettings
    } else {
        Reach::Desk
    };
    let own = OwnKeys::read(
        cx.session
            .preference
            .own_keys
            .as_deref()
            .unwrap_or_default(),
    );
    let content = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="keys-page-title" { (title) } }
            div class="scroll form" tabindex="0" role="region" aria-labelledby="keys-page-title" {
                (keys(cx.locale, reach, &own, |words| html! { h2 { (words) } }))
                p { (cx.t("keys-off")) " " a href=(url::account()) { (cx.t("nav-account")) } }
                p { a href=(url::own_keys()) { (cx.t("own-keys-title")) } }
            }
        }
    };
    let frame = cx.frame(Area::None).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}
