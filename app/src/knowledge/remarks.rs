//! What was remarked on an article, at which passages, and with what its authors are done.

use entities::article::remark::{self, Kind, Told};
use entities::article::{Article, Settle, State};
use entities::ledger::Subject as _;
use entities::{Permission, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::flow::{self, Refusal};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Field, Input, Look, icon_small, moment, submit};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// So many words of a passage lead to it.
const WORDS: usize = 6;

/// Whether an author is done with it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettleForm {
    done: String,
}

/// `POST /knowledge/:key/remarks/:sub`.
#[handler]
pub async fn settle(
    cx: Cx,
    permit: Permitted<Settle>,
    Sub(id): Sub,
    Form(form): Form<SettleForm>,
) -> Result<Swap> {
    let command = Settle {
        remark: remark::one(&cx.db, permit.on(), id).await?,
        is_done: !form.done.is_empty(),
    };
    flow::act(&cx, permit.into_permit(), command, "settled").await
}

/// How many of them are open.
pub fn open(told: &[Told]) -> usize {
    told.iter().filter(|one| one.done_at.is_none()).count()
}

/// All of them: `#article-remarks`; nothing when there are none.
pub fn listed(cx: &Cx, article: &Article, told: &[Told]) -> Markup {
    let (open, done): (Vec<&Told>, Vec<&Told>) = told.iter().partition(|one| one.done_at.is_none());
    html! {
        @if !told.is_empty() {
            details open id="article-remarks" {
                summary { h2 { (cx.t("article-remarks")) } span class="tally" { (open.len()) } }
                div class="facts__in stack" {
                    @if open.is_empty() { p class="small muted" { (cx.t("remarks-none-open")) } }
                    @else { ul class="remarks" role="list" { @for one in &open { (line(cx, article, one)) } } }
                    @if !done.is_empty() {
                        details class="small" {
                            summary { (cx.t("remarks-done")) " " span class="tally" { (done.len()) } }
                            ul class="remarks" role="list" { @for one in &done { (line(cx, article, one)) } }
                        }
                    }
                }
            }
        }
    }
}

/// What is open, beside the text in which it is mended.
pub fn beside(cx: &Cx, told: &[Told]) -> Markup {
    let open: Vec<&Told> = told.iter().filter(|one| one.done_at.is_none()).collect();
    html! {
        @if !open.is_empty() {
            section class="stack" aria-labelledby="remarks-beside" {
                h3 id="remarks-beside" { (cx.t("article-remarks")) " " span class="tally" { (open.len()) } }
                ul class="remarks" role="list" {
                    @for one in &open { li { (said(cx, one)) (quoted(one)) p class="remark" { (one.text) } } }
                }
                p class="small muted" { (cx.t("remarks-beside-hint")) }
            }
        }
    }
}

fn line(cx: &Cx, article: &Article, one: &Told) -> Markup {
    let may_settle = cx.may(Permission::WriteArticles, article.place());
    html! {
        li {
            (said(cx, one))
            @match leads_to(&one.quote) {
                Some(to) => a class="remark__quote" href=(to) { (quoted(one)) },
                None => (quoted(one)),
            }
            p class="remark" { (one.text) }
            @if let Some(at) = one.done_at {
                p class="small muted" { (cx.t("remark-done")) " " (one.done_by.as_deref().unwrap_or_default()) ", " (moment(cx.locale, &cx.now, at)) }
            }
            @if may_settle { (settling(cx, article, one)) }
        }
    }
}

/// Who said it, when, and of which version.
fn said(cx: &Cx, one: &Told) -> Markup {
    html! {
        p class="small muted" {
            (one.author.as_deref().unwrap_or_default()) ", " (moment(cx.locale, &cx.now, one.written_at)) " · "
            (cx.locale.t_with("article-version", &[("number", one.version.into())]))
            @if one.kind == Kind::Returned { " · " (cx.t("article-given-back")) }
        }
    }
}

fn quoted(one: &Told) -> Markup {
    html! { @if !one.quote.is_empty() { blockquote class="quoted" { (one.quote) } } }
}

/// The passage on the page, which browsers find by its first words.
fn leads_to(quote: &str) -> Option<String> {
    let words: Vec<&str> = quote
        .lines()
        .next()?
        .split_whitespace()
        .take(WORDS)
        .collect();
    (!words.is_empty()).then(|| url::passage(&words.join(" ")))
}

fn settling(cx: &Cx, article: &Article, one: &Told) -> Markup {
    let is_done = one.done_at.is_some();
    let words = if is_done {
        "remark-reopen"
    } else {
        "remark-settle"
    };
    let part = format!("remarks/{}", one.id);
    html! {
        form method="post" action=(url::article_part(article.row.id, &part)) {
            (csrf(&cx.session.csrf))
            input type="hidden" name="done" value=(if is_done { "" } else { "1" });
            button class="kern-btn kern-btn--tertiary" type="submit" {
                @if !is_done { (icon_small("check")) }
                span class="kern-label" { (cx.t(words)) }
            }
        }
    }
}

/// One text with two buttons: a remark, or a remark with which the version goes back.
pub fn writing(cx: &Cx, article: &Article, refusal: Option<&Refusal>) -> Markup {
    let id = article.row.id;
    let fault = |reasons: &[Rejected]| {
        let refusal = refusal.filter(|refusal| refusal.is_for(reasons));
        refusal.map(|refusal| refusal.words(cx))
    };
    let fault_of_text = fault(&[Rejected::EmptyText, Rejected::TooLong]);
    let misquoted = fault(&[Rejected::NotInText]);
    let (of, of_hint) = (cx.t("remark-quote"), cx.t("remark-quote-hint"));
    let passage = Field::new("quote", &of)
        .hint(&of_hint)
        .optional()
        .fault(misquoted.as_deref());
    let quote = refusal.map_or("", Refusal::quote);
    let (label, hint) = (cx.t("article-remark"), cx.t("article-remark-hint"));
    let field = Field::new("text", &label)
        .hint(&hint)
        .fault(fault_of_text.as_deref());
    let value = refusal.map_or("", Refusal::text);
    html! {
        form class="factform" method="post" action=(url::article_part(id, "remarks")) novalidate {
            (csrf(&cx.session.csrf))
            (passage.render(cx.locale, Input::Area { value: quote, rows: 2 }))
            button class="kern-btn kern-btn--tertiary" type="button" data-quotes="quote" hidden {
                (icon_small("copy")) span class="kern-label" { (cx.t("remark-take-selection")) }
            }
            (field.render(cx.locale, Input::Area { value, rows: 3 }))
            div class="cluster" {
                (submit(Look::Secondary, &cx.t("article-say")))
                @if article.row.state == State::InReview {
                    button class="kern-btn kern-btn--secondary" type="submit" formaction=(url::article_part(id, "return")) {
                        span class="kern-label" { (cx.t("article-give-back")) }
                    }
                }
            }
        }
    }
}
