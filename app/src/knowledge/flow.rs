//! The way of an article: to review, back to its authors, to its readers, and out of use.

use entities::article::{
    Article, BringBack, Publish, Retire, Return, Say, SendToReview, State, Version, lacks,
};
use entities::ledger::{Command, Subject as _};
use entities::permit::Permit;
use entities::{Permission, Rejected};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::compare;
use super::form::lack_words;
use super::remarks;
use super::show::{self, Asked};
use crate::error::{self, Result};
use crate::settings::form::{Outcome, outcome};
use crate::web::cx::Cx;
use crate::web::form::{Form, csrf};
use crate::web::parts::{Look, Tone, glyph, notice, submit};
use crate::web::permitted::Permitted;
use crate::web::swap::Swap;
use crate::web::url;

/// Why something was not done, with what was typed.
#[derive(Clone, Debug)]
pub struct Refusal {
    why: Rejected,
    text: String,
    quote: String,
    /// It is told where readers say whether it helped.
    of_feedback: bool,
}

impl Refusal {
    /// Why what a reader said of an article was not taken.
    pub fn of_feedback(why: Rejected, text: String) -> Refusal {
        Refusal {
            why,
            text,
            quote: String::new(),
            of_feedback: true,
        }
    }

    pub fn is_of_feedback(&self) -> bool {
        self.of_feedback
    }

    pub fn words(&self, cx: &Cx) -> String {
        error::rejected(cx.locale, self.why)
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The passage that was quoted.
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// Whether it is for one of these reasons.
    pub fn is_for(&self, reasons: &[Rejected]) -> bool {
        reasons.contains(&self.why)
    }
}

/// What is remarked, and at which passage.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RemarkForm {
    text: String,
    quote: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PublishForm {
    version: i32,
}

/// `POST /knowledge/:key/review`.
#[handler]
pub async fn send(cx: Cx, permit: Permitted<SendToReview>) -> Result<Swap> {
    act(&cx, permit.into_permit(), SendToReview, "sent").await
}

/// `POST /knowledge/:key/remarks`.
#[handler]
pub async fn say(cx: Cx, permit: Permitted<Say>, Form(form): Form<RemarkForm>) -> Result<Swap> {
    let command = Say {
        text: form.text.clone(),
        quote: form.quote.clone(),
    };
    say_so(&cx, permit.into_permit(), command, "said", form).await
}

/// `POST /knowledge/:key/return`.
#[handler]
pub async fn give_back(
    cx: Cx,
    permit: Permitted<Return>,
    Form(form): Form<RemarkForm>,
) -> Result<Swap> {
    let command = Return {
        text: form.text.clone(),
        quote: form.quote.clone(),
    };
    say_so(&cx, permit.into_permit(), command, "returned", form).await
}

/// `POST /knowledge/:key/publish`.
#[handler]
pub async fn publish(
    cx: Cx,
    permit: Permitted<Publish>,
    Form(form): Form<PublishForm>,
) -> Result<Swap> {
    let command = Publish {
        version: form.version,
    };
    act(&cx, permit.into_permit(), command, "published").await
}

/// `POST /knowledge/:key/retire`.
#[handler]
pub async fn retire(cx: Cx, permit: Permitted<Retire>) -> Result<Swap> {
    act(&cx, permit.into_permit(), Retire, "retired").await
}

/// `POST /knowledge/:key/restore`.
#[handler]
pub async fn bring_back(cx: Cx, permit: Permitted<BringBack>) -> Result<Swap> {
    act(&cx, permit.into_permit(), BringBack, "restored").await
}

/// Does it and shows the article, or the article with why it was not done.
pub async fn act<C>(cx: &Cx, permit: Permit<C>, command: C, done: &str) -> Result<Swap>
where
    C: Command<Target = Article, On = Article>,
{
    say_so(cx, permit, command, done, RemarkForm::default()).await
}

/// The same with something that was typed.
async fn say_so<C>(
    cx: &Cx,
    permit: Permit<C>,
    command: C,
    done: &str,
    typed: RemarkForm,
) -> Result<Swap>
where
    C: Command<Target = Article, On = Article>,
{
    let id = permit.on().row.id;
    match outcome(cx.db.change(permit, command).await)? {
        Outcome::Done(id) => {
            let article = entities::article::find(&cx.db, &cx.actor, id).await?;
            // Of two who look through it, this was the first.
            let done = match (done, article.row.state) {
                ("published", State::InReview) => "approved",
                (done, _) => done,
            };
            let newest = article.has_newer_draft().then_some(article.row.newest);
            let to = url::article(id).with("done", done);
            let to = newest.map_or_else(|| to.clone(), |newest| to.clone().with("version", newest));
            Ok(Swap::go_to(cx.asks, to))
        }
        Outcome::Rejected(why) => {
            let article = entities::article::find(&cx.db, &cx.actor, id).await?;
            refused(cx, &article, why, typed).await
        }
    }
}

/// The article with why something was not done.
pub async fn refused(cx: &Cx, article: &Article, why: Rejected, typed: RemarkForm) -> Result<Swap> {
    let refusal = Refusal {
        why,
        text: typed.text,
        quote: typed.quote,
        of_feedback: false,
    };
    let shown = match article.is_worked_on_by(&cx.actor) {
        true => article.row.newest,
        false => article.shown(),
    };
    let page = show::page(cx, article, &Asked::of(shown), Some(&refusal)).await?;
    Ok(Swap::invalid(cx.asks, page.clone(), page))
}

/// How far the newest version has come, and what the reader may do about it.
pub fn panel(
    cx: &Cx,
    article: &Article,
    shown: &Version,
    open_remarks: usize,
    refusal: Option<&Refusal>,
) -> Markup {
    let (id, state) = (article.row.id, article.row.state);
    let refusal = refusal.filter(|refusal| !refusal.of_feedback);
    let may = |permission| cx.may(permission, article.place());
    let lacks = lacks(article);
    let is_newest = shown.number == article.row.newest;
    let is_own = article.is_written_by(&cx.actor);
    let approved = article.row.approved_by.is_some();
    html! {
        details open id="article-flow" {
            summary { h2 { (cx.t("article-flow")) } }
            div class="facts__in stack" {
                (steps(cx, state))
                @if let Some(before) = article.row.published.filter(|_| article.has_newer_draft()) {
                    p { a class="small" href=(compare::address(article, before, article.row.newest)) { (cx.t("article-compare-published")) } }
                }
                @if let Some(refusal) = refusal {
                    (notice(Tone::Error, &error::rejected(cx.locale, refusal.why), &html! {}))
                }
                @if state == State::Draft && may(Permission::WriteArticles) {
                    @if lacks.is_empty() {
                        (action(cx, "review", Look::Primary, "article-send", id, html! {}))
                    } @else {
                        div class="small" {
                            p { (cx.t("article-lacks")) }
                            ul class="plain" { @for lack in &lacks { li { (lack_words(cx, *lack)) } } }
                        }
                    }
                }
                @if open_remarks > 0 && state != State::Published {
                    p class="small" { a href="#article-remarks" { (cx.locale.t_with("remarks-open", &[("count", open_remarks.into())])) } }
                }
                @if state == State::InReview {
                    @if article.row.second_review { p class="small" { (cx.t(if approved { "article-approved-once" } else { "article-needs-two" })) } }
                    @if is_own { p class="small muted" { (cx.t("article-own-work")) } }
                    @else if may(Permission::PublishArticles) && is_newest {
                        @let words = if article.row.second_review && !approved { "article-approve" } else { "article-publish" };
                        (action(cx, "publish", Look::Primary, words, id, html! {
                            input type="hidden" name="version" value=(shown.number);
                        }))
                    }
                }
                @if state != State::Retired && may(Permission::ReviewArticles) { (remarks::writing(cx, article, refusal)) }
                @if may(Permission::PublishArticles) {
                    @if state == State::Retired { (action(cx, "restore", Look::Secondary, "article-bring-back", id, html! {})) }
                    @else { (action(cx, "retire", Look::Tertiary, "article-retire", id, html! {})) }
                }
            }
        }
    }
}

fn steps(cx: &Cx, state: State) -> Markup {
    let all = [State::Draft, State::InReview, State::Published];
    let at = all.iter().position(|one| *one == state);
    let step = |place: usize| match at {
        Some(at) if place < at || state == State::Published => ("is-done", "solved"),
        Some(at) if place == at => ("is-now", "open"),
        _ => ("", "new"),
    };
    html! {
        ol class="flowsteps" role="list" {
            @for (place, one) in all.into_iter().enumerate() {
                @let (class, sign) = step(place);
                li class=(class) aria-current=[(at == Some(place)).then_some("step")] {
                    (glyph(sign)) (super::words::state_words(cx.locale, one))
                }
            }
            @if state == State::Retired {
                li class="is-now" aria-current="step" { (glyph("closed")) (super::words::state_words(cx.locale, state)) }
            }
        }
    }
}

fn action(
    cx: &Cx,
    part: &str,
    look: Look,
    words: &str,
    id: entities::Uuid,
    more: Markup,
) -> Markup {
    html! {
        form method="post" action=(url::article_part(id, part)) {
            (csrf(&cx.session.csrf))
            (more)
            (submit(look, &cx.t(words)))
        }
    }
}
