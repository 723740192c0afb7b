//! Articles in another language: the way from one to the other, the original beside its translation, and what fell behind.

use entities::article::recheck::Whose;
use entities::article::translation::{self, Behind, Other};
use entities::article::{Article, State, Version};
use entities::language::Language;
use entities::ledger::Subject as _;
use entities::{DeskError, Permission, Uuid};
use maud::{Markup, html};

use super::aside::language_key;
use super::files::pictures;
use super::form::ArticleForm;
use crate::error::{Error, Result};
use crate::locale::Locale;
use crate::settings::form;
use crate::web::cx::Cx;
use crate::web::markdown::article::{Anchors, render};
use crate::web::parts::{Tone, column, notice};
use crate::web::url;

/// Translations that are listed as behind their originals.
const MOST: u64 = 50;

/// What an article's page says of other languages.
#[derive(Debug, Default)]
pub struct Around {
    other: Option<Other>,
    newer: Option<i32>,
}

impl Around {
    pub async fn read(cx: &Cx, article: &Article) -> entities::Result<Around> {
        let other = translation::other(&cx.db, &cx.actor, article).await?;
        let newer = translation::newer_original(&cx.db, article, other.as_ref()).await?;
        Ok(Around { other, newer })
    }
}

/// The other language there is.
fn opposite(language: Language) -> Language {
    match language {
        Language::De => Language::En,
        Language::En => Language::De,
    }
}

/// The language it is written in, and the way to the other one.
pub fn languages(cx: &Cx, article: &Article, around: &Around) -> Markup {
    let row = &article.row;
    let is_open = row.original_id.is_none() && row.published.is_some();
    let may_begin = is_open
        && row.state != State::Retired
        && cx.may(Permission::WriteArticles, article.place());
    html! {
        (cx.t(language_key(row.language.code())))
        @if let Some(other) = &around.other {
            br; a href=(url::article(other.id)) lang=(other.language.code()) hreflang=(other.language.code()) { (other.title) }
            " (" (cx.t(language_key(other.language.code()))) ")"
        } @else if may_begin {
            br; a href=(url::new_article().with("translates", row.id)) { (cx.t("translation-begin")) }
        }
    }
}

/// That the original says something newer.
pub fn told(cx: &Cx, around: &Around) -> Markup {
    let Some(number) = around.newer else {
        return html! {};
    };
    let more = html! {
        @if let Some(other) = &around.other {
            a href=(url::article(other.id)) { (cx.locale.t_with("translation-to-original", &[("number", number.into())])) }
        }
    };
    notice(Tone::Info, &cx.t("translation-behind"), &more)
}

/// The form of a translation of that article: filed like it, and empty.
pub async fn begun(cx: &Cx, id: &str) -> Result<ArticleForm> {
    let id = Uuid::try_parse(id).map_err(|_| Error::Desk(DeskError::Hidden))?;
    let (article, version) = translation::original(&cx.db, &cx.actor, id).await?;
    let form = ArticleForm::of(cx, &article);
    Ok(ArticleForm {
        language: opposite(article.row.language).code().to_owned(),
        original: id.to_string(),
        follows_now: version.number.to_string(),
        category: form.category,
        services: form.services,
        releases: form.releases,
        audience: form::stored_name(version.audience),
        vendors: version.vendor_ids().iter().map(Uuid::to_string).collect(),
        ..ArticleForm::empty(cx)
    })
}

/// The original of what is being translated, as its readers see it; none for who does not find it.
pub async fn original(cx: &Cx, form: &ArticleForm) -> Result<Option<(Article, Version)>> {
    let Some(id) = form::id(&form.original) else {
        return Ok(None);
    };
    match translation::original(&cx.db, &cx.actor, id).await {
        Ok(found) => Ok(Some(found)),
        Err(DeskError::Hidden) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What the form keeps of the original: which it is, and which version of it is followed.
pub fn fields(cx: &Cx, form: &ArticleForm, original: Option<&(Article, Version)>) -> Markup {
    html! {
        @if !form.original.is_empty() {
            input type="hidden" name="original" value=(form.original);
            input type="hidden" name="follows" value=(form.follows);
        }
        @if let Some((_, version)) = original {
            @let number = version.number.to_string();
            @let is_followed = form.follows == number || form.follows_now == number;
            div class="field" {
                label class="tick" {
                    input type="checkbox" name="follows_now" value=(number) checked[is_followed];
                    span { (cx.locale.t_with("translation-follows", &[("number", version.number.into())])) }
                }
                @if !is_followed && !form.follows.is_empty() {
                    span class="hint" { (cx.locale.t_with("translation-followed", &[("number", form.follows.as_str().into())])) }
                }
            }
        }
    }
}

/// The original beside its translation.
pub fn beside(cx: &Cx, (article, version): &(Article, Version)) -> Markup {
    let lang = article.row.language.code();
    let locale = Locale::from_code(lang).unwrap_or(cx.locale);
    // Its headings have no addresses here: those of the page are its own.
    let text = render(
        locale,
        &version.body,
        Anchors::None,
        &pictures(article, version),
    )
    .html;
    html! {
        section class="scroll diff" tabindex="0" aria-labelledby="translation-original" {
            h2 id="translation-original" {
                (cx.t("translation-original")) ", " (cx.locale.t_with("article-version", &[("number", version.number.into())]))
            }
            div class="article article--preview" lang=(lang) {
                p class="h1" { (version.title) }
                @if !version.summary.is_empty() { p class="lead" { (version.summary) } }
                div class="article__text" { (text) }
            }
        }
    }
}

/// Translations of older versions, above what is due; nothing when there are none.
pub async fn behind(cx: &Cx, mine: &str) -> Result<Markup> {
    let whose = match mine.is_empty() {
        true => Whose::All,
        false => Whose::Mine,
    };
    let rows = translation::list(&cx.db, &cx.actor, whose, MOST).await?;
    Ok(html! {
        @if !rows.is_empty() {
            section aria-labelledby="behind-title" {
                h2 id="behind-title" class="h3 pad" { (cx.t("translations-behind")) }
                (table(cx, &rows))
            }
        }
    })
}

fn table(cx: &Cx, rows: &[Behind]) -> Markup {
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("translations-behind")) }
            thead {
                tr {
                    (column(&cx.t("article-title"))) (column(&cx.t("translation-original")))
                    th scope="col" class="articles__more" { (cx.t("article-owner")) }
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        td class="words" { a class="subject" href=(url::article(row.id)) lang=(row.language.code()) { (row.title) } }
                        td class="words" {
                            span lang=(row.original_language.code()) { (row.original) }
                            div class="small muted" { (versions(cx, row)) }
                        }
                        td class="articles__more" { (row.owner.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

fn versions(cx: &Cx, row: &Behind) -> String {
    let newest = [("number", row.published.into())];
    let newest = cx.locale.t_with("translation-newest", &newest);
    match row.follows {
        Some(number) => {
            let followed = [("number", number.into())];
            format!(
                "{newest}, {}",
                cx.locale.t_with("translation-followed", &followed)
            )
        }
        None => newest,
    }
}
