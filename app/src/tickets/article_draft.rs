//! The draft of an article that a case gives: its texts at the places of a template, with words for what was taken out.

use entities::article::{Content, MOST_TITLE};
use entities::redaction::{Kind, Known};
use entities::ticket::Ticket;
use entities::ticket::lesson::Lesson;
use entities::ticket::message::Model as Message;

use super::message_text::is_mail_in;
use super::shares::gate::{Decided, Findings, Leaving};
use super::shares::words::kind_words;
use crate::mail::quote;
use crate::web::cx::Cx;
use crate::web::markdown::plain::escaped;
use crate::web::parts::reason_words;

/// So much of a message goes into a draft.
const MOST_CHARS: usize = 20_000;

/// A draft, and what was found in the texts it is made of.
#[derive(Debug)]
pub struct Draft {
    pub content: Content,
    pub findings: Findings,
}

/// A text of the case.
struct Text {
    text: String,
    /// Ours are Markdown already.
    is_plain: bool,
}

impl Text {
    fn of(message: Option<&Message>) -> Option<Text> {
        let message = message?;
        let is_plain = is_mail_in(message);
        let body = match is_plain {
            true => quote::split(&message.body).fresh,
            false => match quote::answered(&message.body) {
                Some((fresh, _)) => fresh.to_owned(),
                None => message.body.clone(),
            },
        };
        let text: String = body.trim().chars().take(MOST_CHARS).collect();
        Some(Text { text, is_plain })
    }
}

/// The draft of a lesson; what the author wants to keep is named by its keys.
pub fn draft(cx: &Cx, ticket: &Ticket, lesson: Lesson, keep: &[String]) -> Draft {
    let locale = cx.locale;
    let asked = Text::of(lesson.asked.as_ref());
    let helped = Text::of(lesson.helped.as_ref());
    let place = |key: &str, text| Leaving {
        words: locale.t(key),
        text,
    };
    let mut leaving = vec![place("article-title", lesson.title.as_str())];
    leaving.extend(asked.as_ref().map(|t| place("lesson-symptom", &t.text)));
    leaving.extend(helped.as_ref().map(|t| place("lesson-solution", &t.text)));
    let findings = look(lesson.known, &leaving, keep);
    let instead = |text: &str| replaced(cx, &findings, text);
    let part = |text: Option<&Text>| match text {
        None => String::new(),
        Some(text) if text.is_plain => escaped(&instead(&text.text)),
        Some(text) => instead(&text.text),
    };
    let reason = ticket
        .closing_reason
        .map(|reason| reason_words(locale, reason));
    let sections = [
        ("##", "lesson-symptom", part(asked.as_ref())),
        ("##", "lesson-cause", reason.unwrap_or_default()),
        ("##", "lesson-solution", part(helped.as_ref())),
        ("##", "lesson-reproduction", String::new()),
        ("###", "lesson-data", String::new()),
        ("###", "lesson-steps", String::new()),
        ("###", "lesson-expected", String::new()),
        ("###", "lesson-seen", String::new()),
    ];
    let body = sections.map(|(level, key, text)| match text.is_empty() {
        true => format!("{level} {}\n", locale.t(key)),
        false => format!("{level} {}\n\n{text}\n", locale.t(key)),
    });
    let topic = |words: &entities::field::Words| match locale.code() {
        "en" => words.en.clone(),
        _ => words.de.clone(),
    };
    Draft {
        content: Content {
            title: instead(&lesson.title).chars().take(MOST_TITLE).collect(),
            body: body.join("\n"),
            keywords: lesson.topics.iter().map(topic).collect(),
            ..Content::default()
        },
        findings,
    }
}

/// What helped in a case, with words for what was taken out; none where nobody answered.
pub fn solution(cx: &Cx, lesson: Lesson) -> Option<String> {
    let helped = Text::of(lesson.helped.as_ref())?;
    let leaving = [Leaving {
        words: cx.t("lesson-solution"),
        text: &helped.text,
    }];
    let findings = look(lesson.known, &leaving, &[]);
    Some(replaced(cx, &findings, &helped.text))
}

/// What is personal in texts, all of it to be taken out but what is kept by its keys.
fn look(known: Known, leaving: &[Leaving<'_>], keep: &[String]) -> Findings {
    let through = vec!["through".to_owned(); keep.len()];
    let decided = Decided {
        found: keep,
        decide: &through,
        reason: &[],
        all_black: true,
    };
    Findings::look(known, leaving, &decided)
}

/// A text with words for what was taken out.
fn replaced(cx: &Cx, findings: &Findings, text: &str) -> String {
    let words = Kind::ALL.map(|kind| put(cx, kind));
    findings.replaced(text, |kind| words.get(kind as usize))
}

/// What stands in place of something of that kind. Its brackets mean nothing in Markdown.
pub fn put(cx: &Cx, kind: Kind) -> String {
    format!("‹{}›", kind_words(cx.locale, kind))
}
