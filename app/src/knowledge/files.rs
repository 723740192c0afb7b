//! The files of an article: what a form holds of them until it is saved, and how form and page list them.

use entities::article::{Article, File, Version};
use entities::secret;
use maud::{Markup, html};

use super::form::ArticleForm;
use crate::error::Result;
use crate::tickets::thread_entry::file_sign;
use crate::web::bytes::shown_inline;
use crate::web::cx::Cx;
use crate::web::markdown::article::pictures::{FILES, Pictures, encoded, is_picture};
use crate::web::parts::{foreign, icon, icon_small};
use crate::web::upload::Upload;
use crate::web::url::{self, Url};

/// The list of files in the form.
pub const LIST: &str = "article-files";

/// A file that was uploaded waits in the form, sealed for whoever uploaded it: knowing a digest is no right to a file.
fn purpose(cx: &Cx) -> String {
    let person = cx.actor.person_id().unwrap_or_default();
    format!("file of an article in the form of {person}")
}

/// What stands in the form for a file.
pub fn seal(cx: &Cx, file: &File) -> String {
    let text = serde_json::to_string(file).unwrap_or_default();
    secret::seal_as(cx.db.key(), &purpose(cx), &text)
}

/// The file that was sealed for the reader.
pub fn open(cx: &Cx, sealed: &str) -> Option<File> {
    let text = secret::open_as(cx.db.key(), &purpose(cx), sealed)?;
    serde_json::from_str(&text).ok()
}

/// The form with the files it brought; their bytes lie in the store, and belong to nothing until it is saved.
pub async fn taken(cx: &Cx, upload: Upload<ArticleForm>) -> Result<ArticleForm> {
    let Upload { mut form, files } = upload;
    for file in files {
        let stored = cx.db.put_blob(file.bytes).await?;
        let file = File {
            name: file.name,
            content_type: file.content_type,
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
        };
        let is_other = |sealed: &String| open(cx, sealed).is_some_and(|old| old.name != file.name);
        form.files.retain(is_other);
        form.files.push(seal(cx, &file));
    }
    Ok(form)
}

/// The files in a form that can be opened, by name.
pub fn held(cx: &Cx, form: &ArticleForm) -> Vec<File> {
    let opened = form.files.iter().filter_map(|sealed| open(cx, sealed));
    let mut files: Vec<File> = opened.collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Where the text of a form finds its files.
pub fn pictures_of_form(cx: &Cx, form: &ArticleForm) -> Pictures {
    let files = form.files.iter().filter_map(|sealed| {
        let file = open(cx, sealed)?;
        Some((file, url::held_file(sealed)))
    });
    files.fold(Pictures::default(), |all, (file, at)| {
        all.with(&file.name, &file.content_type, at.to_string())
    })
}

/// Where the text of a version finds its files.
pub fn pictures(article: &Article, version: &Version) -> Pictures {
    let files = version.files().into_iter();
    files.fold(Pictures::default(), |all, file| {
        let at = address(article, version, &file);
        let at = match is_picture(&file.content_type) {
            true => at.with("inline", file.mark()),
            false => at,
        };
        all.with(&file.name, &file.content_type, at.to_string())
    })
}

/// Where the bytes of a file are; of the version that the article's address shows, unless it is another.
fn address(article: &Article, version: &Version, file: &File) -> Url {
    let at = url::article_file(article.row.id, &file.name);
    match article.shown() == version.number {
        true => at,
        false => at.with("version", version.number),
    }
}

/// What can be uploaded, and what the form holds.
pub fn field(cx: &Cx, form: &ArticleForm, action: &Url) -> Markup {
    html! {
        div class="field" {
            label for="uploads" { (cx.t("article-files")) " " span class="opt" { (cx.t("form-optional")) } }
            span class="hint" id="uploads-hint" { (cx.t("article-files-hint")) }
            input class="input" id="uploads" name="uploads" type="file" multiple aria-describedby="uploads-hint"
                hx-post=(action) hx-trigger="change" hx-target={ "#" (LIST) } hx-swap="outerHTML";
            (list(cx, form, action))
        }
    }
}

/// The files in the form: `#article-files`.
pub fn list(cx: &Cx, form: &ArticleForm, action: &Url) -> Markup {
    html! {
        ul class="filelist filelist--form" id=(LIST) role="list" aria-label=(cx.t("article-files")) {
            @for file in held(cx, form) {
                @let put = cx.locale.t_with("article-file-put", &[("name", file.name.as_str().into())]);
                @let remove = cx.locale.t_with("article-file-remove", &[("name", file.name.as_str().into())]);
                li {
                    input type="hidden" name="files" value=(seal(cx, &file));
                    (icon_small(file_sign(&file.content_type, &file.name))) (foreign(&file.name)) " "
                    span class="muted num" { (size(cx, &file)) }
                    code { (in_text(&file)) }
                    button type="button" data-puts=(in_text(&file)) aria-label=(put) title=(put) hidden { (icon_small("text")) }
                    button type="submit" name="act" value={ "remove:" (file.name) } aria-label=(remove) title=(remove)
                        formaction=(action) formnovalidate hx-post=(action) hx-target={ "#" (LIST) } hx-swap="outerHTML"
                        hx-encoding="application/x-www-form-urlencoded" { (icon_small("x")) }
                }
            }
        }
    }
}

/// How the text names it.
fn in_text(file: &File) -> String {
    let mark = if is_picture(&file.content_type) {
        "!"
    } else {
        ""
    };
    format!("{mark}[…]({FILES}{})", encoded(&file.name))
}

fn size(cx: &Cx, file: &File) -> String {
    cx.locale.size(u64::try_from(file.size_bytes).unwrap_or(0))
}

/// The files of a version below its text, save those that the text shows.
pub fn attached(cx: &Cx, article: &Article, version: &Version, rendered: &Markup) -> Markup {
    let is_shown = |file: &File| {
        let at = address(article, version, file).with("inline", file.mark());
        let src = html! { (at) }.into_string();
        is_picture(&file.content_type) && rendered.0.contains(&src)
    };
    let files: Vec<File> = version
        .files()
        .into_iter()
        .filter(|f| !is_shown(f))
        .collect();
    html! {
        @if !files.is_empty() {
            section class="article__files" aria-labelledby="article-attached" {
                h2 id="article-attached" class="h3" { (cx.t("article-files")) }
                ul class="filetable" role="list" { @for file in &files { li { (row(cx, article, version, file)) } } }
            }
        }
    }
}

fn row(cx: &Cx, article: &Article, version: &Version, file: &File) -> Markup {
    let at = address(article, version, file);
    html! {
        (icon(file_sign(&file.content_type, &file.name)))
        span class="clip" { a href=(at) download { (foreign(&file.name)) } }
        span class="cluster" {
            span class="muted small num" { (size(cx, file)) }
            @if shown_inline(&file.content_type).is_some() {
                a class="iconbtn" href=(at.clone().with("inline", "1")) target="_blank" rel="noopener"
                    aria-label=(cx.locale.t_with("file-view", &[("name", file.name.as_str().into())])) title=(cx.t("file-view-short")) { (icon("eye")) }
            }
        }
    }
}

/// The files of a version as lines, to be compared with those of another.
pub fn lines(cx: &Cx, files: &[File]) -> String {
    let line = |file: &File| format!("{} ({})", file.name, size(cx, file));
    files.iter().map(line).collect::<Vec<_>>().join("\n")
}
