//! Did it help? Asked below an article, and counted beside it.

use entities::article::answers::Used;
use entities::article::feedback::{Answers, Feedback, Word};
use entities::article::{Article, GiveFeedback, State, Version};
use entities::site::Answer;
use entities::{Permission, ledger::Subject as _};
use maud::{Markup, html};
use poem::handler;

use super::flow::Refusal;
use super::show::{self, Asked};
use crate::error::Result;
use crate::settings::form::{Outcome, outcome};
use crate::site::feedback::{Asking, FeedbackForm, HERE, Question, drawn};
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::parts::moment;
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

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
    let of = Question {
        action: url::article_part(article.row.id, "feedback"),
        version: shown.number,
        said: mine.map(|mine| Answer {
            version: mine.version,
            helped: mine.helped,
            word: mine.word.clone(),
        }),
        says_more: true,
    };
    let asking = Asking {
        csrf: Some(&cx.session.csrf),
        fault: refusal.map(|refusal| (refusal.words(cx), refusal.text().to_owned())),
        ..Asking::default()
    };
    html! { @if is_asked { (drawn(cx.locale, &of, &asking)) } }
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
