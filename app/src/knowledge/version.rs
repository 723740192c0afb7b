//! The versions of an article: all of them with who wrote and who published each, and taking an older one up again.

use entities::article::version::{self, Line};
use entities::article::{Article, RestoreVersion, State};
use entities::ledger::Subject as _;
use entities::{DeskError, Permission};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use crate::error::{self, Error, Result};
use crate::settings::form::{Outcome, outcome};
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::layout::Stage;
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, column, icon_small, moment, notice};
use crate::web::permitted::{Permitted, Seen};
use crate::web::swap::Swap;
use crate::web::url;

/// Versions on the page.
const MOST: u64 = 200;

/// Which version is to be taken up again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RestoreForm {
    number: i32,
    edition: i32,
}

/// `GET /knowledge/:key/versions`.
#[handler]
pub async fn list(cx: Cx, Seen(article): Seen<Article>) -> Result<Markup> {
    page(&cx, &article, html! {}).await
}

/// `POST /knowledge/:key/versions`.
#[handler]
pub async fn restore(
    cx: Cx,
    permit: Permitted<RestoreVersion>,
    Form(form): Form<RestoreForm>,
) -> Result<Swap> {
    let article = permit.on().clone();
    let command = RestoreVersion {
        version: version::of(&cx.db, &article, form.number).await?,
        edition: form.edition,
    };
    match outcome(cx.db.change(permit.into_permit(), command).await)? {
        Outcome::Done(id) => {
            let after = entities::article::find(&cx.db, &cx.actor, id).await?;
            let to = url::article(id).with("version", after.row.newest);
            Ok(Swap::go_to(cx.asks, to.with("done", "saved")))
        }
        Outcome::Rejected(why) => {
            let article = entities::article::find(&cx.db, &cx.actor, article.row.id).await?;
            let told = notice(Tone::Error, &error::rejected(cx.locale, why), &html! {});
            let page = page(&cx, &article, told).await?;
            Ok(Swap::invalid(cx.asks, page.clone(), page))
        }
    }
}

async fn page(cx: &Cx, article: &Article, told: Markup) -> Result<Markup> {
    if !article.is_worked_on_by(&cx.actor) {
        return Err(Error::Desk(DeskError::Hidden));
    }
    let lines = version::lines(&cx.db, article, MOST).await?;
    let title = cx.t("article-versions");
    let content = html! {
        div class="sheet" {
            div class="sheet__head" {
                a class="back" href=(url::article(article.row.id)) { (icon_small("left")) (cx.t("article-back")) }
                h1 id="versions-title" class="h2" { (title) ": " span lang=(article.row.language.code()) { (article.row.title) } }
                @if lines.len() > 1 {
                    span class="right" { (button_link(Look::Secondary, &cx.t("article-compare"), &url::article_part(article.row.id, "compare"), None)) }
                }
            }
            div class="scroll" tabindex="0" role="region" aria-labelledby="versions-title" {
                (told)
                (table(cx, article, &lines))
            }
        }
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

fn table(cx: &Cx, article: &Article, lines: &[Line]) -> Markup {
    let may_write = cx.may(Permission::WriteArticles, article.place());
    let may_restore = |line: &Line| {
        may_write && article.row.state != State::Retired && line.number != article.row.newest
    };
    html! {
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("article-versions")) }
            thead {
                tr {
                    (column(&cx.t("article-version-number"))) (column(&cx.t("article-change"))) (column(&cx.t("article-author")))
                    (column(&cx.t("article-written"))) (column(&cx.t("article-published")))
                    th scope="col" { span class="sr" { (cx.t("article-version-restore")) } }
                }
            }
            tbody {
                @for line in lines {
                    tr {
                        td { a href=(url::article(article.row.id).with("version", line.number)) { (line.number) } }
                        td class="words" { (what(cx, line)) }
                        td { (line.author.as_deref().unwrap_or_default()) }
                        td { (moment(cx.locale, &cx.now, line.written_at)) }
                        td {
                            @if let Some(at) = line.published_at {
                                (moment(cx.locale, &cx.now, at))
                                @if let Some(publisher) = &line.publisher { div class="small muted" { (publisher) } }
                            }
                        }
                        td { @if may_restore(line) { (restoring(cx, article, line)) } }
                    }
                }
            }
        }
    }
}

/// What was changed, in the author's words or ours.
fn what(cx: &Cx, line: &Line) -> Markup {
    html! {
        @if let Some(number) = line.restored_from {
            (cx.locale.t_with("article-restored-from", &[("number", number.into())]))
        } @else if line.note.is_empty() { span class="muted" { (line.title) } }
        @else { (line.note) }
    }
}

fn restoring(cx: &Cx, article: &Article, line: &Line) -> Markup {
    let label = cx.locale.t_with(
        "article-version-restore-number",
        &[("number", line.number.into())],
    );
    html! {
        form method="post" action=(url::article_part(article.row.id, "versions")) {
            (csrf(&cx.session.csrf))
            input type="hidden" name="number" value=(line.number);
            input type="hidden" name="edition" value=(article.row.edition);
            button class="kern-btn kern-btn--tertiary" type="submit" aria-label=(label) {
                span class="kern-label" { (cx.t("article-version-restore")) }
            }
        }
    }
}
