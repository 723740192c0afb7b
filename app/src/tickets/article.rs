//! From a solved case to an article: what was taken out is shown and can be taken back, then the draft is begun.

use chrono::TimeDelta;
use entities::article::{Article, Create, Filing};
use entities::language::Language;
use entities::ledger::Done;
use entities::permit::{Permit, Reach};
use entities::ticket::drawn::Drawn;
use entities::ticket::{DrawArticle, State, Ticket, lesson};
use entities::{Permission, Rejected, Uuid};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::article_draft::{Draft, draft, put};
use super::facts::Around;
use super::link_article;
use super::list_from::From;
use super::reusable;
use super::shares::gate::{Decision, Found};
use super::shares::words::kind_words;
use crate::error::{Result, rejected};
use crate::knowledge::form::REVIEW_AFTER_DAYS;
use crate::knowledge::words as articles;
use crate::settings::form::{Outcome, outcome};
use crate::web::cx::Cx;
use crate::web::form::{self, Form};
use crate::web::layout::Stage;
use crate::web::markdown::article::pictures::Pictures;
use crate::web::markdown::article::{Anchors, render};
use crate::web::nav::Area;
use crate::web::parts::{Look, Tone, button_link, foreign, icon, icon_small, notice, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// The form.
const FORM: &str = "case-form";
/// The draft as it will be.
const PREVIEW: &str = "case-draft";

/// What stays, by its keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CaseForm {
    keep: Vec<String>,
    once: Option<String>,
}

/// `GET /tickets/:key/article`.
#[handler]
pub async fn new(cx: Cx, permit: Permitted<DrawArticle>) -> Result<Markup> {
    // Whoever writes about this case, and begins articles at all.
    let _may: Permit<Create> = Permit::ask(&cx.actor, Reach)?;
    let draft = read(&cx, permit.on(), &[]).await?;
    page(&cx, permit.on(), &draft, html! {}).await
}

/// `POST /tickets/:key/article/preview`.
#[handler]
pub async fn preview(
    cx: Cx,
    permit: Permitted<DrawArticle>,
    Form(form): Form<CaseForm>,
) -> Result<Swap> {
    let ticket = permit.on();
    let draft = read(&cx, ticket, &form.keep).await?;
    if cx.wants_fragment() {
        let back = url::ticket_part(&ticket.number, "article");
        return Ok(Swap::or_go_to(cx.asks, back).morph(PREVIEW, shown(&cx, &draft)));
    }
    Ok(Swap::page(page(&cx, ticket, &draft, html! {}).await?))
}

/// `POST /tickets/:key/article`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<DrawArticle>,
    Form(form): Form<CaseForm>,
) -> Result<Swap> {
    let begin: Permit<Create> = Permit::ask(&cx.actor, Reach)?;
    let ticket = permit.on().clone();
    let draft = read(&cx, &ticket, &form.keep).await?;
    let command = Create {
        content: draft.content.clone(),
        filing: filing(&cx, &ticket),
        once: form.once,
    };
    let permit = permit.into_permit();
    let drawn = |begun: &Done<Article>| {
        let article_id = begun.subject.row.id;
        (permit, DrawArticle { article_id })
    };
    let begun = cx.db.change_both((begin, command), drawn).await;
    match outcome(begun.map(|(begun, _)| begun))? {
        Outcome::Done(article_id) => {
            Ok(Swap::go_to(cx.asks, url::article_part(article_id, "edit")))
        }
        Outcome::Rejected(why) => refused(&cx, &ticket, &draft, why).await,
    }
}

async fn refused(cx: &Cx, ticket: &Ticket, draft: &Draft, why: Rejected) -> Result<Swap> {
    let told = notice(Tone::Error, &rejected(cx.locale, why), &html! {});
    let page = page(cx, ticket, draft, told).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

async fn read(cx: &Cx, ticket: &Ticket, keep: &[String]) -> Result<Draft> {
    let lesson = lesson::of(&cx.db, &cx.actor, ticket).await?;
    Ok(draft(cx, ticket, lesson, keep))
}

/// The author answers for it, and it is about the service of the case.
fn filing(cx: &Cx, ticket: &Ticket) -> Filing {
    let due = cx.now.today() + TimeDelta::days(REVIEW_AFTER_DAYS);
    Filing {
        language: Language::from_code(cx.locale.code()).unwrap_or_default(),
        owner_id: cx.actor.person_id(),
        service_ids: ticket.service_id.into_iter().collect::<Vec<Uuid>>(),
        review_due_on: Some(due),
        ..Filing::default()
    }
}

async fn page(cx: &Cx, ticket: &Ticket, draft: &Draft, told: Markup) -> Result<Markup> {
    let here = url::ticket_part(&ticket.number, "article");
    let again = url::ticket_part(&ticket.number, "article/preview");
    let back = url::ticket(&ticket.number);
    let of = [("number", ticket.number.as_str().into())];
    let title = cx.locale.t_with("lesson-page", &of);
    let content = html! {
        form class="editor" id=(FORM) method="post" action=(here) {
            (form::csrf(&cx.session.csrf))
            (form::once())
            div class="sheet" {
                div class="sheet__head" {
                    a class="back" href=(back) { (icon_small("left")) (ticket.number) }
                    h1 class="h2" { (cx.t("lesson-title")) }
                }
                div class="edit2" {
                    section class="scroll edpane" tabindex="0" aria-labelledby="removals-title" {
                        (told)
                        (removals(cx, draft))
                    }
                    (shown(cx, draft))
                }
                div class="formfoot" {
                    (submit(Look::Primary, &cx.t("lesson-begin")))
                    button class="kern-btn kern-btn--tertiary" type="submit" formaction=(again) {
                        span class="kern-label" { (cx.t("lesson-show")) }
                    }
                    (button_link(Look::Tertiary, &cx.t("settings-discard"), &back, None))
                }
            }
            div hidden hx-post=(again) hx-include={ "#" (FORM) } hx-swap="none" hx-trigger={ "change from:#" (FORM) } {}
        }
    };
    let frame = cx.frame(Area::Knowledge).await?;
    Ok(frame.page(&title, Stage::Plain, &content))
}

/// What was taken out, each with what stands in its place and a way to take that back.
fn removals(cx: &Cx, draft: &Draft) -> Markup {
    let all = &draft.findings.all;
    let count = [("count", all.len().into())];
    html! {
        h2 id="removals-title" class="h3" { (cx.locale.t_with("lesson-removals", &count)) }
        p class="small muted" { (cx.t("lesson-removals-hint")) }
        @if !all.is_empty() {
            ol class="gate__list" { @for one in all { (removal(cx, one)) } }
        }
    }
}

fn removal(cx: &Cx, one: &Found) -> Markup {
    let what = [("what", one.text.as_str().into())];
    html! {
        li class="removal" {
            p {
                span class="chip" { (kind_words(cx.locale, one.kind)) } " "
                del { (one.text) } " " span aria-hidden="true" { "→" } " " ins { (put(cx, one.kind)) }
            }
            label class="tick" {
                input type="checkbox" name="keep" value=(one.key()) checked[one.decision == Decision::Through]
                    aria-label=(cx.locale.t_with("lesson-keep-what", &what));
                span aria-hidden="true" { (cx.t("lesson-keep")) }
            }
            ul class="plain small" {
                @for (words, before, behind) in &one.places {
                    li { span class="muted" { (words) ": " } "…" (before) mark { (one.text) } (behind) "…" }
                }
            }
        }
    }
}

/// The draft as it will be: `#case-draft`.
fn shown(cx: &Cx, draft: &Draft) -> Markup {
    let content = &draft.content;
    let rendered = render(
        cx.locale,
        &content.body,
        Anchors::None,
        &Pictures::default(),
    );
    html! {
        section class="scroll diff" id=(PREVIEW) tabindex="0" aria-labelledby="case-draft-title" {
            h2 id="case-draft-title" { (cx.t("lesson-draft")) }
            div class="article article--preview" {
                p class="h1" { (content.title) }
                div class="article__text" { (rendered.html) }
            }
        }
    }
}

/// The section `#facts-knowledge` of the panel: articles from this case, and whether it is good for one.
pub fn knowledge(cx: &Cx, ticket: &Ticket, around: &Around, from: &From) -> Markup {
    let may_draw = ticket.state != State::Merged
        && cx.actor.may_somewhere(Permission::WriteArticles)
        && cx.may(Permission::WriteArticles, ticket.place());
    let mark = reusable::mark(cx, ticket, around.is_reusable, from);
    let draw = url::ticket_part(&ticket.number, "article");
    let may_link = ticket.state != State::Merged && cx.may(Permission::LinkTickets, ticket.place());
    let may_find = may_link && cx.actor.may_somewhere(Permission::ReadArticles);
    let count = around.articles.len() + around.linked_articles.len();
    html! {
        @if may_draw || may_find || count > 0 || mark.is_some() {
            details open id="facts-knowledge" {
                summary { h2 { (cx.t("knowledge")) } @if count > 0 { span class="tally" { (count) } } }
                div class="facts__in" {
                    @if count > 0 {
                        ul class="linklist" {
                            @for article in &around.articles { (drawn(cx, article)) }
                            @for article in &around.linked_articles { (link_article::linked(cx, ticket, article, may_link)) }
                        }
                    }
                    @if let Some(mark) = mark { (mark) }
                    @if may_draw || may_find {
                        div class="cluster links__ways" {
                            @if may_draw {
                                a class="kern-btn kern-btn--tertiary" href=(draw) data-key="v" aria-keyshortcuts="v" {
                                    (icon("book")) span class="kern-label" { (cx.t("lesson-begin-here")) }
                                }
                            }
                            @if may_find {
                                a class="kern-btn kern-btn--tertiary" href=(url::ticket_part(&ticket.number, "articles/new")) {
                                    (icon("link")) span class="kern-label" { (cx.t("link-article")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn drawn(cx: &Cx, article: &Drawn) -> Markup {
    html! {
        li {
            a href=(url::article(article.id)) {
                (icon_small("book"))
                span { (foreign(&article.title)) } span {}
                span class="sub" { (articles::state_words(cx.locale, article.state)) }
            }
        }
    }
}
