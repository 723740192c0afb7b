//! The form of an article as a page: what is written, its preview beside it, and where it is filed.

use entities::Instant;
use entities::article::{Article, remark};
use maud::{Markup, html};

use super::aside::MOST_REMARKS;
use super::checks::checks;
use super::draft::LEAVE;
use super::files::pictures_of_form;
use super::form::{ArticleForm, filed, written};
use super::links::dialog;
use super::toolbar::toolbar;
use super::{remarks, translation};
use crate::error::Result;
use crate::locale::Locale;
use crate::settings::form::{Faults, TITLE};
use crate::web::cx::Cx;
use crate::web::draft::draft_saved;
use crate::web::form::{csrf, once};
use crate::web::layout::Stage;
use crate::web::markdown::article::{Anchors, render};
use crate::web::nav::Area;
use crate::web::parts::{Look, button, icon_small, submit};
use crate::web::url::{self, Url};

/// The form.
const FORM: &str = "article-form";
/// The article as it will be.
pub const PREVIEW: &str = "article-preview";

/// Something of this article, or of one that is not begun yet.
pub fn part(article: Option<&Article>, part: &str) -> Url {
    match article {
        Some(article) => url::article_part(article.row.id, part),
        None => url::article_part("new", part),
    }
}

/// The form with the preview beside it; what was done or went wrong is `told` above.
pub async fn page(
    cx: &Cx,
    article: Option<&Article>,
    form: &ArticleForm,
    faults: &Faults,
    told: Markup,
    saved_at: Option<Instant>,
) -> Result<Markup> {
    let action = article.map_or_else(url::new_article, |_| part(article, "edit"));
    let back = article.map_or_else(url::knowledge, |article| url::article(article.row.id));
    let title = match article {
        Some(article) => cx.locale.t_with(
            "article-edit-title",
            &[("title", article.row.title.as_str().into())],
        ),
        None => cx.t("article-new"),
    };
    let original = translation::original(cx, form).await?;
    let content = html! {
        form class="editor" id=(FORM) method="post" action=(action) enctype="multipart/form-data" data-drop novalidate {
            (csrf(&cx.session.csrf))
            @if article.is_none() { (once()) }
            // Enter in a field presses the first button, which would throw a draft away or take a file out.
            input type="submit" hidden;
            input type="hidden" name="edition" value=(form.edition);
            div class="sheet" {
                div class="sheet__head" {
                    a class="back" href=(back) { (icon_small("left")) (cx.t(if article.is_some() { "article-back" } else { "knowledge" })) }
                    h1 id=(TITLE) class="h2" { (title) }
                    span class="right cluster" {
                        (draft_saved(cx, saved_at))
                        @if let Some(article) = article { (super::words::state(cx.locale, article.row.state)) }
                    }
                }
                (toolbar(cx))
                div class="edit2" {
                    div class="scroll edpane" {
                        (faults.summary(cx))
                        (told)
                        (written(cx, form, faults, &part(article, "files")))
                    }
                    @if let Some(original) = &original {
                        div class="edit2__both" { (translation::beside(cx, original)) (preview(cx, form)) }
                    } @else { (preview(cx, form)) }
                }
                div class="formfoot" {
                    (submit(Look::Primary, &cx.t("settings-save")))
                    (button(Look::Secondary, &cx.t("article-save-and-send"), "then", "review"))
                    button class="kern-btn kern-btn--tertiary" type="submit" formaction=(part(article, "preview")) {
                        span class="kern-label" { (cx.t("article-preview-show")) }
                    }
                    button class="kern-btn kern-btn--tertiary" type="submit" name="then" value=(LEAVE) formaction=(part(article, "draft")) {
                        span class="kern-label" { (cx.t("settings-discard")) }
                    }
                }
            }
            aside class="sheet facts" aria-labelledby="article-filing" {
                div class="sheet__head" { h2 id="article-filing" { (cx.t("article-filing")) } }
                div class="scroll facts__in pad-t stack" tabindex="0" role="region" aria-label=(cx.t("article-filing-scroll")) {
                    @if let Some(article) = article {
                        (remarks::beside(cx, &remark::of(&cx.db, article, MOST_REMARKS).await?))
                    }
                    (translation::fields(cx, form, original.as_ref()))
                    (filed(cx, form, faults).await?)
                    (checks(cx, &form.body))
                }
            }
            div hidden hx-post=(part(article, "preview")) hx-include={ "#" (FORM) } hx-swap="none"
                hx-encoding="application/x-www-form-urlencoded"
                hx-trigger="input delay:400ms from:#body, input delay:400ms from:#title, input delay:400ms from:#summary" {}
            div hidden hx-post=(part(article, "draft")) hx-include={ "#" (FORM) } hx-swap="none"
                hx-encoding="application/x-www-form-urlencoded"
                hx-trigger={ "input delay:800ms from:#" (FORM) ", change delay:800ms from:#" (FORM) } {}
        }
        (dialog(cx))
        script src=(assets::url("editor.js")) defer {}
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Side, &content))
}

/// The article as it will be: `#article-preview`.
pub fn preview(cx: &Cx, form: &ArticleForm) -> Markup {
    let lang = form.language().code();
    let locale = Locale::from_code(lang).unwrap_or(cx.locale);
    let rendered = render(
        locale,
        &form.body,
        Anchors::None,
        &pictures_of_form(cx, form),
    );
    html! {
        section class="scroll diff" id=(PREVIEW) tabindex="0" aria-labelledby="article-preview-title" {
            h2 id="article-preview-title" { (cx.t("article-preview")) }
            div class="article article--preview" lang=(lang) {
                p class="h1" { (form.title) }
                @if !form.summary.is_empty() { p class="lead" { (form.summary) } }
                div class="article__text" { (rendered.html) }
            }
        }
    }
}
