//! One's own language, chosen by a button on the page.

use entities::session::preference::{self, Preference};
use poem::{Request, handler};
use serde::Deserialize;

use crate::error::Result;
use crate::locale::Locale;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::swap::Swap;
use crate::web::url;

#[derive(Deserialize)]
struct LanguageForm {
    #[serde(default)]
    language: String,
}

/// `POST /account/language`; the reader goes back to the page they come from.
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
    let back = url::local(path).unwrap_or_else(url::start);
    Ok(Swap::go_to(cx.asks, back))
}
