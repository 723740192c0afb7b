//! The list of a site: articles by title in one language, narrowed by category and words.

use entities::Uuid;
use entities::site::{Category, Cursor, Language, Line, Site, Wanted};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Content, Place};
use crate::error::Result;
use crate::locale::Locale;
use crate::web::layout::Stage;
use crate::web::parts::{Field, Input, Look, Pager, button_link, empty, icon_small, pager, submit};
use crate::web::url::Url;

/// Articles on a page.
const LINES: u64 = 50;

/// What the list is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub category: String,
    /// Of the articles; empty: the reader's own.
    pub language: String,
    pub after: String,
}

impl Asked {
    /// The list that was asked for.
    pub fn here(&self, home: Url) -> Url {
        self.in_category(home, &self.category)
    }

    fn in_category(&self, home: Url, category: &str) -> Url {
        home.with("q", &self.q)
            .with("category", category)
            .with("language", &self.language)
    }
}

/// What is known for these readers.
pub async fn list(locale: Locale, site: &Site, place: &Place, asked: &Asked) -> Result<Content> {
    let (languages, categories) = tokio::try_join!(site.languages(), site.categories())?;
    let language = language(locale, asked, &languages);
    let wanted = Wanted {
        category: Uuid::try_parse(&asked.category).ok(),
        language,
        words: asked.q.clone(),
    };
    let after = Cursor::decode(&asked.after);
    let found = site.lines(&wanted, after.as_ref(), LINES).await?;
    let here = || asked.here(place.home.clone());
    let pages = Pager {
        first: after.as_ref().map(|_| here()),
        previous: None,
        next: found.next.map(|next| here().with("after", next.encode())),
    };
    let title = locale.t("site-title");
    let body = html! {
        div class="sheet" {
            div class="sheet__head" { h1 id="site-title" class="h2" { (title) } }
            (filterbar(locale, place, asked))
            div class="scroll" tabindex="0" role="region" aria-labelledby="site-title" {
                (in_other_languages(locale, place, asked, language, &languages))
                @if found.rows.is_empty() { (nothing(locale, place, asked)) }
                @else { (lines(place, &found.rows)) }
            }
            (pager(locale, &pages))
        }
        @if !categories.is_empty() { (tree(locale, place, asked, &categories)) }
    };
    let stage = match categories.is_empty() {
        true => Stage::Plain,
        false => Stage::Side,
    };
    Ok(Content { title, stage, body })
}

/// The language that was asked for, the reader's own, or any there is something in.
fn language(locale: Locale, asked: &Asked, written: &[Language]) -> Language {
    let own = Language::from_code(locale.code()).unwrap_or_default();
    let asked = Language::from_code(&asked.language).unwrap_or(own);
    match written {
        [only] => *only,
        _ => asked,
    }
}

fn filterbar(locale: Locale, place: &Place, asked: &Asked) -> Markup {
    let label = locale.t("article-words");
    let input = Input::Line {
        kind: "search",
        value: &asked.q,
        autocomplete: Some("off"),
    };
    html! {
        form class="filterbar" method="get" action=(place.home) role="search" aria-label=(locale.t("article-find")) {
            @if !asked.category.is_empty() { input type="hidden" name="category" value=(asked.category); }
            @if !asked.language.is_empty() { input type="hidden" name="language" value=(asked.language); }
            (Field::new("q", &label).render(locale, input))
            (submit(Look::Secondary, &locale.t("site-search")))
        }
    }
}

/// Links to what is written in other languages.
fn in_other_languages(
    locale: Locale,
    place: &Place,
    asked: &Asked,
    shown: Language,
    written: &[Language],
) -> Markup {
    let others: Vec<&Language> = written.iter().filter(|other| **other != shown).collect();
    let to = |other: &Language| {
        let asked = Asked {
            language: other.code().to_owned(),
            ..asked.clone()
        };
        asked.here(place.home.clone())
    };
    html! {
        @for other in others {
            p class="site__other small" { a href=(to(other)) { (locale.t(in_language(*other))) } }
        }
    }
}

fn in_language(language: Language) -> &'static str {
    match language {
        Language::De => "site-in-german",
        Language::En => "site-in-english",
    }
}

fn nothing(locale: Locale, place: &Place, asked: &Asked) -> Markup {
    let is_narrowed = !(asked.q.is_empty() && asked.category.is_empty());
    let all = button_link(Look::Secondary, &locale.t("article-all"), &place.home, None);
    match is_narrowed {
        true => empty(
            "site-none",
            &locale.t("article-none-found"),
            &locale.t("article-none-found-more"),
            &all,
        ),
        false => empty(
            "site-none",
            &locale.t("article-none"),
            &locale.t("article-none-more"),
            &html! {},
        ),
    }
}

fn lines(place: &Place, lines: &[Line]) -> Markup {
    html! {
        ul class="site__list" role="list" {
            @for line in lines {
                li lang=(line.language.code()) {
                    a class="subject" href={ (place.articles) (line.id) } { (line.title) }
                    @if !line.summary.is_empty() { p class="small muted" { (line.summary) } }
                }
            }
        }
    }
}

/// The categories, each a list of its own.
fn tree(locale: Locale, place: &Place, asked: &Asked, categories: &[Category]) -> Markup {
    let current = |id: &str| (asked.category == id).then_some("true");
    let to = |id: &str| asked.in_category(place.home.clone(), id);
    html! {
        aside class="sheet facts" aria-labelledby="categories-title" {
            div class="sheet__head" { h2 id="categories-title" { (locale.t("site-categories")) } }
            nav class="scroll facts__in pad-t" tabindex="0" aria-label=(locale.t("article-categories")) {
                ul class="toc" role="list" {
                    li { a href=(to("")) aria-current=[current("")] { (locale.t("article-all")) } }
                    @for category in categories {
                        @let id = category.id.to_string();
                        li {
                            a href=(to(&id)) aria-current=[current(&id)] data-depth=(category.depth.min(3)) {
                                @if category.depth > 0 { (icon_small("right")) }
                                (category.name)
                            }
                        }
                    }
                }
            }
        }
    }
}
