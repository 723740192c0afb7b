//! The bytes of a file of an article, and what the form does with files before it is saved.

use entities::DeskError;
use entities::article::{Article, Create, Write, version};
use poem::{Request, Response, handler};
use serde::Deserialize;

use super::editor;
use super::files::{self, taken};
use super::form::ArticleForm;
use crate::error::{Error, Result};
use crate::web::bytes::{Bytes, Keep, Way, bytes, shown_inline};
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::permitted::{Permitted, SUB, Seen};
use crate::web::swap::Swap;
use crate::web::upload::Upload;
use crate::web::url;

/// Of which version, and whether to show rather than to save; the beginning of the digest says that the address names
/// these very bytes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    version: Option<i32>,
    inline: Option<String>,
}

/// `GET /knowledge/:key/files/:sub`: the bytes.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(article): Seen<Article>,
    Query(asked): Query<Asked>,
    request: &Request,
) -> Result<Response> {
    let hidden = || Error::Desk(DeskError::Hidden);
    let number = asked.version.unwrap_or(article.shown());
    if !article.is_worked_on_by(&cx.actor) && article.row.published != Some(number) {
        return Err(hidden());
    }
    let name = request.raw_path_param(SUB).unwrap_or_default();
    let version = version::of(&cx.db, &article, number).await?;
    let file = version.file(name).ok_or_else(hidden)?;
    given(&cx, request, file, asked.inline).await
}

/// What the form of an article shows of a file that is not saved yet, sealed for the reader.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Held {
    file: String,
}

/// `GET /knowledge/new/files`: the bytes of a file that waits in the reader's form.
#[handler]
pub async fn held(
    cx: Cx,
    _permit: Permitted<Create>,
    Query(asked): Query<Held>,
    request: &Request,
) -> Result<Response> {
    let file = files::open(&cx, &asked.file).ok_or(Error::Desk(DeskError::Hidden))?;
    let inline = Some(file.sha256.clone());
    given(&cx, request, file, inline).await
}

async fn given(
    cx: &Cx,
    request: &Request,
    file: entities::article::File,
    inline: Option<String>,
) -> Result<Response> {
    let shown = inline
        .as_ref()
        .and_then(|_| shown_inline(&file.content_type));
    let named = inline.is_some_and(|given| file.is_marked(&given));
    let stored = Bytes {
        sha256: &file.sha256,
        name: &file.name,
        size_bytes: u64::try_from(file.size_bytes).ok(),
        keep: if named {
            Keep::ForGood
        } else {
            Keep::AskEachTime
        },
    };
    let way = shown.map_or(Way::Save, Way::Inline);
    bytes(request, stored, way, file.bytes(&cx.db)).await
}

/// `POST /knowledge/new/files`.
#[handler]
pub async fn change_new(
    cx: Cx,
    _permit: Permitted<Create>,
    upload: Upload<ArticleForm>,
) -> Result<Swap> {
    changed(&cx, None, upload).await
}

/// `POST /knowledge/:key/files`: takes uploaded files into the form, or one out of it; nothing is saved.
#[handler]
pub async fn change(cx: Cx, permit: Permitted<Write>, upload: Upload<ArticleForm>) -> Result<Swap> {
    changed(&cx, Some(permit.on()), upload).await
}

async fn changed(cx: &Cx, article: Option<&Article>, upload: Upload<ArticleForm>) -> Result<Swap> {
    let mut form = taken(cx, upload).await?;
    if let Some(name) = form.act.strip_prefix("remove:") {
        let name = name.to_owned();
        let stays = |sealed: &String| files::open(cx, sealed).is_some_and(|f| f.name != name);
        form.files.retain(stays);
    }
    if cx.wants_fragment() {
        let list = files::list(cx, &form, &editor::part(article, "files"));
        let swap = Swap::or_go_to(cx.asks, url::knowledge());
        return Ok(swap.replace(files::LIST, list));
    }
    let page = editor::page(
        cx,
        article,
        &form,
        &Default::default(),
        maud::html! {},
        None,
    )
    .await?;
    Ok(Swap::page(page))
}
