//! One's own language, chosen by a button on the page.

use std::sync::LazyLock;

use entities::session::preference::{self, Preference};
use poem::{Request, handler};
use serde::Deserialize;

use crate::error::Result;
use crate::locale::Locale;
use crate::routes;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::pages::Pages;
use crate::web::swap::Swap;
use crate::web::url;

/// A refused form stands at an address that only takes what is sent to it.
static PAGES: LazyLock<Pages> = LazyLock::new(|| Pages::of(routes::table().list()));

#[derive(Deserialize)]
struct LanguageForm {
    #[serde(default)]
    language: String,
}

/// `POST /account/language`; the reader goes back to the page they come from, or to the one its form stands on.
#[handler]
pub async fn update(cx: Cx, request: &Request, Form(typed): Form<LanguageForm>) -> Result<Swap> {
    let locale = Locale::from_code(&typed.language).unwrap_or(cx.locale);
    let likes = Preference {
        locale: Some(locale.code().to_owned()),
        ..cx.session.preference.clone()
    };
    preference::keep(&cx.db, cx.session.person_id, &likes).await?;
    let from = request.header("referer").unwrap_or_default();
    let path = from.split_once("://").map_or("", |(_, rest)| rest);
    let path = path.find('/').map_or("", |at| &path[at..]);
    let back = PAGES.at_or_above(path).and_then(url::local);
    Ok(Swap::go_to(cx.asks, back.unwrap_or_else(url::start)))
}
