//! An article as its readers see it: text with addresses for its headings, and beside it what describes it.

use entities::article::{Article, State, Version, version};
use entities::ledger::Subject as _;
use entities::{DeskError, Permission, category};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::aside::{self, Around};
use super::feedback;
use super::files;
use super::flow::Refusal;
use super::{recheck, translation, watch, words};
use crate::error::{Error, Result};
use crate::locale::Locale;
use crate::notices;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::layout::Stage;
use crate::web::markdown::article::{Anchors, Rendered, render};
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, icon, notice};
use crate::web::permitted::Seen;
use crate::web::url;

/// Which version is wanted, and what was just done.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    version: Option<i32>,
    done: String,
}

impl Asked {
    /// That version, with nothing to say.
    pub fn of(version: i32) -> Asked {
        Asked {
            version: Some(version),
            ..Asked::default()
        }
    }
}

/// `GET /knowledge/:key`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(article): Seen<Article>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    notices::read::seen(&cx, article.row.id).await?;
    page(&cx, &article, &asked, None).await
}

/// The page of an article, with what refused the last thing that was tried.
pub async fn page(
    cx: &Cx,
    article: &Article,
    asked: &Asked,
    refusal: Option<&Refusal>,
) -> Result<Markup> {
    let works = article.is_worked_on_by(&cx.actor);
    let number = asked.version.unwrap_or(article.shown());
    if !works && article.row.published != Some(number) {
        return Err(Error::Desk(DeskError::Hidden));
    }
    let version = version::of(&cx.db, article, number).await?;
    let around = Around::read(cx, article, &version, works).await?;
    let fault = refusal.filter(|refusal| refusal.is_of_feedback());
    let locale = locale(article);
    let rendered = rendered(article, &version);
    let content = html! {
        div class="sheet" {
            div class="scroll" tabindex="0" role="region" aria-labelledby="article-title" {
                article class="article" data-copied=(cx.t("article-anchor-copied")) {
                    (top(cx, article).await?)
                    h1 id="article-title" lang=(locale.code()) { (version.title) }
                    @if !version.summary.is_empty() { p class="lead" lang=(locale.code()) { (version.summary) } }
                    (line(cx, article, &version, &around))
                    (told(cx, article, &version, asked))
                    (translation::told(cx, &around.languages))
                    (recheck::told(cx, article, &version, &around.validity))
                    div class="article__text" lang=(locale.code()) { (rendered.html) }
                    (files::attached(cx, article, &version, &rendered.html))
                    (feedback::asked(cx, article, &version, around.mine(), fault))
                }
            }
        }
        (aside::aside(cx, article, &version, &around, &rendered.headings, refusal).await?)
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&version.title, Stage::Side, &content))
}

/// The language an article is written in.
fn locale(article: &Article) -> Locale {
    Locale::from_code(article.row.language.code()).unwrap_or_default()
}

/// The text of a version as it is shown.
pub fn rendered(article: &Article, version: &Version) -> Rendered {
    let pictures = files::pictures(article, version);
    render(locale(article), &version.body, Anchors::Shown, &pictures)
}

/// The way here, and what can be done with the article as it stands.
async fn top(cx: &Cx, article: &Article) -> Result<Markup> {
    let path = match article.row.category_id {
        Some(id) => category::list::path(&cx.db, id).await?,
        None => vec![],
    };
    let may_write = cx.may(Permission::WriteArticles, article.place());
    Ok(html! {
        div class="article__top" {
            nav class="small crumbs" aria-label=(cx.t("article-path")) {
                a href=(url::knowledge()) { (cx.t("knowledge")) }
                @for part in &path {
                    " " span aria-hidden="true" { "/" } " "
                    a href=(url::knowledge().with("category", part.id)) { (part.name) }
                }
            }
            span class="cluster" {
                (watch::star(cx, article).await?)
                button class="kern-btn kern-btn--tertiary" type="button" data-print hidden {
                    (icon("print")) span class="kern-label" { (cx.t("article-print")) }
                }
                @if may_write && article.row.state != State::Retired {
                    (button_link(Look::Secondary, &cx.t("article-edit"), &url::article_part(article.row.id, "edit"), Some("edit")))
                }
            }
        }
    })
}

/// How far the version has come, which it is, when and by whom.
fn line(cx: &Cx, article: &Article, version: &Version, around: &Around) -> Markup {
    let is_published =
        article.row.published == Some(version.number) && article.row.state != State::Retired;
    let at = version.published_at.unwrap_or(version.written_at);
    let day = cx.locale.date(cx.now.local(at).date_naive());
    let author = version.author_id.and_then(|id| around.name(id));
    html! {
        p class="cluster small article__line" {
            @if is_published { span class="badge" data-state="ok" { (icon("check")) (cx.t("article-reviewed")) } }
            @else { (words::state(cx.locale, state_of(article, version))) }
            span class="muted" {
                (cx.locale.t_with("article-version", &[("number", version.number.into())])) " · " (day)
                @if let Some(author) = author { " · " (author) }
                @if let Some(from) = recheck::from(cx, &around.validity) { " · " (from) }
            }
        }
    }
}

/// What is said of a version that is neither published nor the newest: it was a draft.
fn state_of(article: &Article, version: &Version) -> State {
    match article.row.newest == version.number {
        true => article.row.state,
        false => State::Draft,
    }
}

/// What was just done, and whether another version is the one that counts.
fn told(cx: &Cx, article: &Article, version: &Version, asked: &Asked) -> Markup {
    let done = match asked.done.as_str() {
        "saved" => Some("article-done-saved"),
        "unchanged" => Some("article-done-unchanged"),
        "sent" => Some("article-done-sent"),
        "said" => Some("article-done-said"),
        "settled" => Some("article-done-settled"),
        "returned" => Some("article-done-returned"),
        "published" => Some("article-done-published"),
        "approved" => Some("article-done-approved"),
        "checked" => Some("article-done-checked"),
        "retired" => Some("article-done-retired"),
        "restored" => Some("article-done-restored"),
        "feedback" => Some("article-done-feedback"),
        _ => None,
    };
    let (newest, published) = (article.row.newest, article.row.published);
    let here = url::article(article.row.id);
    let works = article.is_worked_on_by(&cx.actor);
    html! {
        @if let Some(key) = done { (notice(Tone::Ok, &cx.t(key), &html! {})) }
        @if article.row.state == State::Retired {
            (notice(Tone::Warn, &cx.t("article-is-retired"), &html! { (cx.t("article-is-retired-more")) }))
        } @else if works && version.number == newest && article.has_newer_draft() {
            (notice(Tone::Info, &cx.t("article-not-published"), &html! { a href=(here) { (cx.t("article-to-published")) } }))
        } @else if works && published == Some(version.number) && newest != version.number {
            (notice(Tone::Info, &cx.t("article-newer-draft"), &html! { a href=(here.with("version", newest)) { (cx.t("article-to-newest")) } }))
        } @else if version.number != newest && published != Some(version.number) {
            (notice(Tone::Warn, &cx.t("article-old-version"), &html! { a href=(here) { (cx.t("article-to-current")) } }))
        }
    }
}
