//! Where a form that was too late differs from what another saved meanwhile, so that nobody overwrites unseen.

use entities::article::Article;
use entities::history;
use maud::{Markup, html};

use super::compare;
use super::diff::beside;
use super::files::held;
use super::form::ArticleForm;
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Tone, notice};

/// The notice above the form: who was faster, and all that is saved by now where the form says something else.
pub async fn told(cx: &Cx, article: &Article, form: &ArticleForm) -> Result<Markup> {
    let saved = ArticleForm::of(cx, article);
    let author = article.newest.as_ref().and_then(|v| v.author_id);
    let names = history::names(&cx.db, &cx.actor, author.as_slice()).await?;
    let name = author.and_then(|id| names.get(&id).cloned());
    let who = name.unwrap_or_else(|| cx.t("article-somebody"));
    let told = cx
        .locale
        .t_with("article-conflict", &[("name", who.into())]);
    let lines = [
        ("article-title", &form.title, &saved.title),
        ("article-summary", &form.summary, &saved.summary),
        ("article-keywords", &form.keywords, &saved.keywords),
    ];
    let differ = |typed: &str, saved: &str| typed.trim() != saved.trim();
    let filed = [
        ("article-audience", form.audience == saved.audience),
        ("article-vendors", form.vendors == saved.vendors),
        ("category", form.category == saved.category),
        ("article-services", form.services == saved.services),
        ("article-releases", form.releases == saved.releases),
        ("article-owner", form.owner == saved.owner),
        ("article-review-due", form.review_due == saved.review_due),
        (
            "article-second-review",
            form.second_review == saved.second_review,
        ),
        ("article-language", form.language == saved.language),
        ("article-files", held(cx, form) == held(cx, &saved)),
    ];
    let body = form.body.replace("\r\n", "\n");
    let more = html! {
        (cx.t("article-conflict-more"))
        ul class="plainlist" {
            @for (label, typed, saved) in lines {
                @if differ(typed, saved) { li { b { (cx.t(label)) } ": " ins { (saved) } } }
            }
            @for (label, same) in filed {
                @if !same { li { b { (cx.t(label)) } ": " (cx.t("field-differs")) } }
            }
        }
        @if differ(&body, &saved.body) {
            details class="fieldpart" open {
                summary { h2 { (cx.t("article-conflict-body")) } }
                pre class="saved-body" tabindex="0" role="region" aria-label=(cx.t("article-conflict-body")) { (saved.body) }
            }
            details class="fieldpart" open {
                summary { h2 { (cx.t("article-conflict-words")) } }
                div class="conflict__words" tabindex="0" role="region" aria-label=(cx.t("article-conflict-words")) {
                    table class="compare" {
                        thead { tr { th scope="col" { (cx.t("article-conflict-body")) } th scope="col" { (cx.t("article-conflict-yours")) } } }
                        tbody { (compare::rows_shown(cx, &beside(&saved.body, body.trim_end()))) }
                    }
                }
            }
        }
    };
    Ok(notice(Tone::Warn, &told, &more))
}
