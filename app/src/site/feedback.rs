//! Did it help? Asked below an article of a site; whoever has signed in may say more than yes or no.

use entities::DeskError;
use entities::site::{Answer, Read, Seat, Site};
use maud::{Markup, html};
use serde::Deserialize;

use super::Place;
use crate::error::{Result, rejected};
use crate::locale::Locale;
use crate::web::form::csrf;
use crate::web::parts::{Field, Input, glyph};
use crate::web::url::{self, Url};

/// The part of an article where it is asked.
pub const HERE: &str = "article-feedback";

/// What a reader says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeedbackForm {
    pub version: i32,
    /// `yes` or `no`.
    pub helped: String,
    pub word: String,
}

/// How the question is asked.
#[derive(Clone, Debug, Default)]
pub struct Asking<'a> {
    /// The token of the form, where there is a session.
    pub csrf: Option<&'a str>,
    /// The random word that the browser keeps, when it does.
    pub word: Option<&'a str>,
    /// An answer was just taken.
    pub is_taken: bool,
    /// Why one was not taken, and what was typed.
    pub fault: Option<(String, String)>,
}

/// What is asked, and where its answer is sent.
pub struct Question {
    pub action: Url,
    /// The version before the reader's eyes.
    pub version: i32,
    pub said: Option<Answer>,
    /// More than yes or no.
    pub says_more: bool,
}

impl Question {
    /// What the reader said of this very version.
    fn current(&self) -> Option<&Answer> {
        self.said
            .as_ref()
            .filter(|said| said.version == self.version)
    }
}

/// Takes an answer: where to go on, or why it was not taken with what was typed.
pub async fn taken(
    locale: Locale,
    site: &Site,
    place: &Place,
    key: &str,
    form: FeedbackForm,
    seat: Seat<'_>,
) -> Result<std::result::Result<Url, (String, String)>> {
    let answer = Answer {
        version: form.version,
        helped: form.helped == "yes",
        word: form.word.clone(),
    };
    match site.answer(key, answer, seat).await {
        Ok(()) => {
            let to = url::site_article(place.articles, key);
            Ok(Ok(to.with("done", "feedback").at(HERE)))
        }
        Err(DeskError::Rejected(why)) => Ok(Err((rejected(locale, why), form.word))),
        Err(error) => Err(error.into()),
    }
}

/// The question, `#article-feedback`.
pub async fn question(
    locale: Locale,
    site: &Site,
    place: &Place,
    article: &Read,
    asking: &Asking<'_>,
) -> Result<Markup> {
    let of = Question {
        action: url::site_feedback(place.articles, article.id),
        version: article.number,
        said: site.said(article.id, asking.word).await?,
        says_more: site.knows_the_reader(),
    };
    Ok(drawn(locale, &of, asking))
}

/// The question as it is drawn, wherever its answer is sent.
pub fn drawn(locale: Locale, of: &Question, asking: &Asking<'_>) -> Markup {
    html! {
        section class="helped" id=(HERE) aria-labelledby="feedback-title" {
            h2 id="feedback-title" { (locale.t("feedback-title")) }
            @if asking.is_taken { p role="status" { (locale.t("article-done-feedback")) } }
            @if let Some(said) = &of.said { (before(locale, of.version, said)) }
            form class="stack" method="post" action=(&of.action) novalidate {
                @if let Some(token) = asking.csrf { (csrf(token)) }
                input type="hidden" name="version" value=(of.version);
                @if of.says_more { (word(locale, of, asking)) }
                @else if let Some((fault, _)) = &asking.fault { p class="fault" role="alert" { (fault) } }
                (buttons(locale, of))
            }
        }
    }
}

/// What the reader said before.
fn before(locale: Locale, version: i32, said: &Answer) -> Markup {
    let key = match said.helped {
        true => "feedback-given-yes",
        false => "feedback-given-no",
    };
    html! {
        p class="small muted" {
            (locale.t(key))
            @if said.version != version { " · " (locale.t("feedback-older")) }
        }
    }
}

fn word(locale: Locale, of: &Question, asking: &Asking<'_>) -> Markup {
    let (label, hint) = (locale.t("feedback-word"), locale.t("feedback-word-hint"));
    let current = of.current().map_or("", |said| said.word.as_str());
    let (fault, value) = match &asking.fault {
        Some((fault, typed)) => (Some(fault.as_str()), typed.as_str()),
        None => (None, current),
    };
    let field = Field::new("word", &label)
        .hint(&hint)
        .optional()
        .fault(fault);
    field.render(locale, Input::Area { value, rows: 2 })
}

fn buttons(locale: Locale, of: &Question) -> Markup {
    let current = of.current();
    let pressed = |helped: bool| current.map(|said| (said.helped == helped).to_string());
    html! {
        div class="cluster" {
            @for (value, helped, words) in [("yes", true, "feedback-yes"), ("no", false, "feedback-no")] {
                button class="kern-btn kern-btn--secondary" type="submit" name="helped" value=(value) aria-pressed=[pressed(helped)] {
                    (glyph(if helped { "solved" } else { "closed" })) span class="kern-label" { (locale.t(words)) }
                }
            }
        }
    }
}
