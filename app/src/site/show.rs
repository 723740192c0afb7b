//! An article of a site: the published version, what it contains, and what its readers should know of it.

use entities::site::{Language, Read, Site};
use maud::{Markup, html};
use serde::Deserialize;

use super::feedback::{Asking, question};
use super::{Content, Place};
use crate::error::Result;
use crate::locale::Locale;
use crate::web::layout::Stage;
use crate::web::markdown::article::contents::contents;
use crate::web::markdown::article::outside::{Outside, linked, render_outside};
use crate::web::markdown::article::pictures::{Pictures, is_picture};
use crate::web::parts::{Tone, icon, notice};
use crate::web::url;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

impl Asked {
    /// Whether an answer was just taken.
    pub fn is_answered(&self) -> bool {
        self.done == "feedback"
    }
}

/// One article.
pub async fn article(
    locale: Locale,
    site: &Site,
    place: &Place,
    key: &str,
    asking: &Asking<'_>,
) -> Result<Content> {
    let article = site.article(key).await?;
    let there = site.among(&linked(&article.body)).await?;
    let written_in = Locale::from_code(article.language.code()).unwrap_or(locale);
    let outside = Outside {
        at: place.articles,
        articles: &there,
        files: &files(place, &article),
    };
    let question = question(locale, site, place, &article, asking).await?;
    let rendered = render_outside(written_in, &article.body, &outside);
    let lang = written_in.code();
    let body = html! {
        div class="sheet" {
            div class="scroll" tabindex="0" role="region" aria-labelledby="article-title" {
                article class="article" data-copied=(locale.t("article-anchor-copied")) {
                    (top(locale, place, &article))
                    h1 id="article-title" lang=(lang) { (article.title) }
                    @if !article.summary.is_empty() { p class="lead" lang=(lang) { (article.summary) } }
                    (line(locale, place, &article))
                    (unchecked(locale, &article))
                    div class="article__text" lang=(lang) { (rendered.html) }
                    (question)
                }
            }
        }
        @if !rendered.headings.is_empty() {
            aside class="sheet facts" aria-label=(locale.t("article-about")) {
                div class="scroll" tabindex="0" role="region" aria-label=(locale.t("article-about-scroll")) {
                    (contents(locale, &rendered.headings))
                }
            }
        }
    };
    Ok(Content {
        title: article.title,
        stage: match rendered.headings.is_empty() {
            true => Stage::Plain,
            false => Stage::Side,
        },
        body,
    })
}

/// Where the text finds its files.
fn files(place: &Place, article: &Read) -> Pictures {
    let files = article.files.iter();
    files.fold(Pictures::default(), |all, file| {
        let at = url::site_file(place.articles, article.id, file.name());
        let at = match is_picture(file.content_type()) {
            true => at.with("inline", file.mark()),
            false => at,
        };
        all.with(file.name(), file.content_type(), at.to_string())
    })
}

fn top(locale: Locale, place: &Place, article: &Read) -> Markup {
    html! {
        div class="article__top" {
            nav class="small crumbs" aria-label=(locale.t("article-path")) {
                a href=(place.home) { (locale.t("site-title")) }
                @for (id, name) in &article.path {
                    " " span aria-hidden="true" { "/" } " "
                    a href=(place.home.clone().with("category", id)) { (name) }
                }
            }
            button class="kern-btn kern-btn--tertiary" type="button" data-print hidden {
                (icon("print")) span class="kern-label" { (locale.t("article-print")) }
            }
        }
    }
}

fn line(locale: Locale, place: &Place, article: &Read) -> Markup {
    html! {
        p class="small muted article__line" {
            (locale.t_with("article-version", &[("number", article.number.into())]))
            @if let Some(day) = article.published_on { " · " (locale.date(day)) }
            @if let Some((id, language)) = &article.other {
                " · " a href=(url::site_article(place.articles, id)) hreflang=(language.code()) { (locale.t(read_in(*language))) }
            }
        }
        @if article.is_behind { (notice(Tone::Info, &locale.t("translation-behind"), &html! {})) }
    }
}

fn read_in(language: Language) -> &'static str {
    match language {
        Language::De => "translation-read-de",
        Language::En => "translation-read-en",
    }
}

/// That nobody has looked since a release.
fn unchecked(locale: Locale, article: &Read) -> Markup {
    html! {
        @if let Some((release, service)) = &article.unchecked {
            @let named = [("release", release.as_str().into()), ("service", service.as_str().into())];
            (notice(Tone::Info, &locale.t_with("recheck-unchecked", &named), &html! { (locale.t("recheck-readers")) }))
        }
    }
}
