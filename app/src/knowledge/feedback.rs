//! Did it help? Asked below an article, and counted beside it.

use entities::article::answers::Used;
use entities::article::feedback::{Answers, Feedback, Word};
use entities::article::{Article, GiveFeedback, State, Version};
use entities::{Permission, ledger::Subject as _};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::flow::Refusal;
use super::show::{self, Asked};
use crate::error::Result;
use crate::settings::form::{Outcome, outcome};
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Field, Input, glyph, moment};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The part of an article where it is asked.
const HERE: &str = "article-feedback";

/// What a reader says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeedbackForm {
    version: i32,
    /// `yes` or `no`.
    helped: String,
    word: String,
}

/// `POST /knowledge/:key/feedback`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<GiveFeedback>,
    Form(form): Form<FeedbackForm>,
) -> Result<Swap> {
    let id = permit.on().row.id;
    let command = GiveFeedback {
        version: form.version,
        helped: form.helped == "yes",
        word: form.word.clone(),
    };
    match outcome(cx.db.change(permit.into_permit(), command).await)? {
        Outcome::Done(_) => {
            let to = url::article(id).with("done", "feedback");
            Ok(Swap::go_to(cx.asks, to.at(HERE)))
        }
        Outcome::Rejected(why) => {
            let article = entities::article::find(&cx.db, &cx.actor, id).await?;
            let refusal = Refusal::of_feedback(why, form.word);
            let asked = Asked::of(article.shown());
            let page = show::page(&cx, &article, &asked, Some(&refusal)).await?;
            Ok(Swap::invalid(cx.asks, page.clone(), page))
        }
    }
}

/// The question below what readers see, `#article-feedback`; nothing for who may not answer.
pub fn asked(
    cx: &Cx,
    article: &Article,
    shown: &Version,
    mine: Option<&Feedback>,
    refusal: Option<&Refusal>,
) -> Markup {
    let is_asked = article.row.published == Some(shown.number)
        && article.row.state != State::Retired
        && cx.actor.person_id().is_some()
        && cx.may(Permission::ReadArticles, article.place());
    let action = url::article_part(article.row.id, "feedback");
    let fault = refusal.map(|refusal| refusal.words(cx));
    let typed = refusal.map(Refusal::text);
    html! { @if is_asked { (question(cx, &action, shown.number, mine, fault.as_deref(), typed)) } }
}

/// The form itself, wherever its answer is sent.
pub fn question(
    cx: &Cx,
    action: &Url,
    version: i32,
    mine: Option<&Feedback>,
    fault: Option<&str>,
    typed: Option<&str>,
) -> Markup {
    let label = cx.t("feedback-word");
    let hint = cx.t("feedback-word-hint");
    let current = mine.filter(|mine| mine.version == version);
    let value = typed
        .or(current.map(|mine| mine.word.as_str()))
        .unwrap_or_default();
    let pressed = |helped: bool| current.map(|mine| (mine.helped == helped).to_string());
    html! {
        section class="helped" id=(HERE) aria-labelledby="feedback-title" {
            h2 id="feedback-title" { (cx.t("feedback-title")) }
            @if let Some(mine) = mine {
                p class="small muted" {
                    (cx.t(if mine.helped { "feedback-given-yes" } else { "feedback-given-no" }))
                    @if mine.version != version { " · " (cx.t("feedback-older")) }
                }
            }
            form class="stack" method="post" action=(action) novalidate {
                (csrf(&cx.session.csrf))
                input type="hidden" name="version" value=(version);
                (Field::new("word", &label).hint(&hint).optional().fault(fault).render(cx.locale, Input::Area { value, rows: 2 }))
                div class="cluster" {
                    @for (value, helped, words) in [("yes", true, "feedback-yes"), ("no", false, "feedback-no")] {
                        button class="kern-btn kern-btn--secondary" type="submit" name="helped" value=(value) aria-pressed=[pressed(helped)] {
                            (glyph(if helped { "solved" } else { "closed" })) span class="kern-label" { (cx.t(words)) }
                        }
                    }
                }
            }
        }
    }
}

/// How often it went into answers, and what its readers say.
pub fn told(cx: &Cx, shown: &Version, uses: &[Used], answers: Answers, said: &[Word]) -> Markup {
    let all: i64 = uses.iter().map(|one| one.uses).sum();
    let here = uses.iter().find(|one| one.version == shown.number);
    let here = here.map_or(0, |one| one.uses);
    let of = |key: &str, count: i64| cx.locale.t_with(key, &[("count", count.into())]);
    let counts = [("yes", answers.yes.into()), ("no", answers.no.into())];
    html! {
        details open {
            summary { h2 { (cx.t("feedback-facts")) } }
            div class="facts__in stack small" {
                p {
                    (of("feedback-uses", all))
                    @if uses.len() > 1 || all != here { ", " (of("feedback-uses-version", here)) }
                }
                p {
                    @if answers == Answers::default() { (cx.t("feedback-none")) }
                    @else { (cx.locale.t_with("feedback-counts", &counts)) }
                }
                @if !said.is_empty() {
                    ul class="remarks" role="list" {
                        @for word in said {
                            li {
                                p class="muted" {
                                    (cx.t(if word.helped { "feedback-yes" } else { "feedback-no" })) ", "
                                    (moment(cx.locale, &cx.now, word.given_at)) " · "
                                    (cx.locale.t_with("article-version", &[("number", word.version.into())]))
                                }
                                p class="remark" { (word.word) }
                            }
                        }
                    }
                }
            }
        }
    }
}
