//! What is pasted from a page or from a word processor, as Markdown.

use std::sync::LazyLock;

use ammonia::Builder;
use entities::article::Create;
use poem::handler;
use serde::Deserialize;

use super::import::markdown_of;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::permitted::Permitted;

/// What a page is made of, without what runs or loads.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder.rm_tags(["img"]);
    builder
});

/// What the clipboard holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pasted {
    html: String,
}

/// `POST /knowledge/new/paste`: for the script that puts it where the cursor is.
#[handler]
pub async fn create(
    _cx: Cx,
    _permit: Permitted<Create>,
    Form(pasted): Form<Pasted>,
) -> Result<String> {
    // The first heading of a page is its title; what is pasted has none.
    let page = format!("<h1>-</h1>{}", CLEANER.clean(&pasted.html));
    let read = move || markdown_of(&page).0;
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|_| Error::Broken("what was pasted could not be read"))
}
