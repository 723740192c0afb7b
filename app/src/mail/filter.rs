//! Filters of incoming mail: which of them hold for a mail, and what they make of it.

use entities::Uuid;
use entities::mail_filter::{Condition, Effect, How, MailFilter, Part, Touch};
use entities::ticket::{Kind, Priority};
use regex::{Regex, RegexBuilder};

use super::read::{Header, Mail};

/// The longest pattern, in characters.
pub const MOST_PATTERN_CHARS: usize = 500;

/// The most memory a compiled pattern may take: nothing that repeats repetitions a million times gets through.
const MOST_PATTERN_BYTES: usize = 256 * 1024;

/// The most bytes of a text that are compared.
const MOST_TEXT_BYTES: usize = 256 * 1024;

/// A pattern that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a pattern, or too large a one")]
pub struct BadPattern;

/// Compiles a pattern so that it never takes long: the time to search grows with the text alone.
pub fn pattern(text: &str) -> Result<Regex, BadPattern> {
    if text.chars().count() > MOST_PATTERN_CHARS {
        return Err(BadPattern);
    }
    RegexBuilder::new(text)
        .case_insensitive(true)
        .size_limit(MOST_PATTERN_BYTES)
        .dfa_size_limit(MOST_PATTERN_BYTES)
        .nest_limit(50)
        .build()
        .map_err(|_| BadPattern)
}

/// A mail as filters look at it.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    pub mail: &'a Mail,
    /// Every header line; may be empty when no filter asks for one.
    pub headers: &'a [Header],
    pub size_bytes: i64,
}

/// Conditions ready to be compared.
#[derive(Debug)]
pub struct Conditions(Vec<Ready>);

#[derive(Debug)]
enum Ready {
    Text(Part, Compare),
    Other(Condition),
}

#[derive(Debug)]
enum Compare {
    Contains(String),
    Is(String),
    Matches(Regex),
    /// A pattern that cannot be used holds for nothing.
    Never,
}

impl Conditions {
    pub fn new(conditions: Vec<Condition>) -> Self {
        Conditions(conditions.into_iter().map(ready).collect())
    }

    /// Whether header lines are needed.
    pub fn want_headers(&self) -> bool {
        self.0
            .iter()
            .any(|c| matches!(c, Ready::Text(Part::Header(_), _)))
    }

    /// Whether all of them hold; none of them hold for no mail.
    pub fn hold(&self, letter: &Letter<'_>) -> bool {
        !self.0.is_empty() && self.0.iter().all(|condition| holds(condition, letter))
    }
}

fn ready(condition: Condition) -> Ready {
    let Condition::Text { part, how, value } = condition else {
        return Ready::Other(condition);
    };
    let plain = match part {
        Part::SenderDomain => value.trim_start_matches('@'),
        _ => &value,
    };
    let compare = match how {
        How::Contains => Compare::Contains(plain.to_lowercase()),
        How::Is => Compare::Is(plain.to_lowercase()),
        How::Matches => pattern(&value).map_or(Compare::Never, Compare::Matches),
    };
    Ready::Text(part, compare)
}

fn holds(condition: &Ready, letter: &Letter<'_>) -> bool {
    let mail = letter.mail;
    let kb = |kb: &i64| kb.saturating_mul(1000);
    match condition {
        Ready::Text(part, compare) => match part {
            Part::Header(name) => letter
                .headers
                .iter()
                .filter(|header| header.name.eq_ignore_ascii_case(name))
                .any(|header| compare.holds(&header.value)),
            Part::Sender => mail.from.iter().any(|from| compare.holds(&from.address)),
            Part::SenderDomain => mail.from.iter().any(|from| {
                let domain = from.address.rsplit_once('@').map(|(_, domain)| domain);
                domain.is_some_and(|domain| compare.holds(domain))
            }),
            Part::Recipient => {
                let mut all = mail.to.iter().chain(&mail.cc);
                all.any(|to| compare.holds(&to.address))
            }
            Part::Subject => compare.holds(mail.subject.as_deref().unwrap_or_default()),
            Part::Body => compare.holds(&mail.text),
        },
        Ready::Other(Condition::AtLeast { kb: least }) => letter.size_bytes >= kb(least),
        Ready::Other(Condition::AtMost { kb: most }) => letter.size_bytes <= kb(most),
        Ready::Other(Condition::Automatic) => is_automatic(mail),
        Ready::Other(Condition::NotAutomatic) => !is_automatic(mail),
        Ready::Other(Condition::Text { .. }) => false,
    }
}

fn is_automatic(mail: &Mail) -> bool {
    mail.auto_generated.is_some() || mail.bounce.is_some()
}

impl Compare {
    fn holds(&self, text: &str) -> bool {
        let text = &text[..text.floor_char_boundary(MOST_TEXT_BYTES)];
        match self {
            Compare::Contains(part) => text.to_lowercase().contains(part.as_str()),
            Compare::Is(whole) => text.trim().to_lowercase() == *whole,
            Compare::Matches(pattern) => pattern.is_match(text),
            Compare::Never => false,
        }
    }
}

/// The filters of a mailbox, ready to be applied.
#[derive(Debug)]
pub struct Filters(Vec<(MailFilter, Conditions)>);

/// Whether a mail makes a new ticket, which filters may shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Makes {
    Ticket,
    Message,
}

/// What filters made of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    pub service_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub priority: Option<Priority>,
    pub kind: Option<Kind>,
    /// The filters that did something, in their order.
    pub touches: Vec<Touch>,
}

impl Filters {
    pub fn new(filters: Vec<MailFilter>) -> Self {
        let ready = |filter: MailFilter| {
            let conditions = Conditions::new(filter.conditions());
            (filter, conditions)
        };
        Filters(filters.into_iter().map(ready).collect())
    }

    /// Whether header lines are needed.
    pub fn want_headers(&self) -> bool {
        self.0
            .iter()
            .any(|(_, conditions)| conditions.want_headers())
    }

    /// The first filter that wants the mail left alone.
    pub fn ignoring(&self, letter: &Letter<'_>) -> Option<&MailFilter> {
        let mut ignoring = self.0.iter().filter(|(filter, _)| filter.ignore);
        ignoring
            .find(|(_, conditions)| conditions.hold(letter))
            .map(|(filter, _)| filter)
    }

    /// Applies them in their order: what one has set no later one changes.
    pub fn apply(&self, letter: &Letter<'_>, makes: Makes) -> Verdict {
        let mut verdict = Verdict::default();
        let mut answered = true;
        for (filter, conditions) in &self.0 {
            if !conditions.hold(letter) {
                continue;
            }
            let mut did = Vec::new();
            if makes == Makes::Ticket {
                let mut note = |set: bool, effect| did.extend(set.then_some(effect));
                note(
                    set(&mut verdict.service_id, filter.service_id),
                    Effect::Service,
                );
                note(set(&mut verdict.team_id, filter.team_id), Effect::Team);
                note(
                    set(&mut verdict.priority, filter.priority),
                    Effect::Priority,
                );
                note(set(&mut verdict.kind, filter.kind), Effect::Kind);
            }
            if filter.no_answer && answered {
                answered = false;
                did.push(Effect::NoAnswer);
            }
            if !did.is_empty() {
                verdict.touches.push(Touch {
                    id: filter.id,
                    name: filter.name.clone(),
                    did,
                });
            }
        }
        verdict
    }
}

/// Sets what is not set yet; whether it did.
fn set<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    if slot.is_some() || value.is_none() {
        return false;
    }
    *slot = value;
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::mail::read::{header_lines, read};

    const RAW: &[u8] = b"From: Meldung <Bot@Status.Example>\r\nTo: hilfe@amt.example\r\n\
        Cc: leitung@amt.example\r\nSubject: =?utf-8?q?St=C3=B6rung?= im Zahllauf\r\n\
        X-Spam-Flag: NO\r\nX-Spam-Flag: YES\r\nAuto-Submitted: auto-generated\r\n\r\nDer Lauf 4711 bricht ab.\r\n";

    fn holds(condition: Condition) -> bool {
        let mail = read(RAW).unwrap();
        let headers = header_lines(RAW);
        let letter = Letter {
            mail: &mail,
            headers: &headers,
            size_bytes: 5_000,
        };
        Conditions::new(vec![condition]).hold(&letter)
    }

    fn text(part: Part, how: How, value: &str) -> bool {
        holds(Condition::Text {
            part,
            how,
            value: value.to_owned(),
        })
    }

    #[test]
    fn every_part_is_compared_without_regard_to_case() {
        let spam = || Part::Header("x-spam-flag".to_owned());
        assert!(text(spam(), How::Is, "yes"));
        assert!(!text(spam(), How::Is, "maybe"));
        assert!(text(Part::Sender, How::Is, "bot@status.EXAMPLE"));
        assert!(text(Part::SenderDomain, How::Is, "@status.example"));
        assert!(!text(Part::SenderDomain, How::Is, "example"));
        assert!(text(Part::Recipient, How::Contains, "LEITUNG@"));
        assert!(text(Part::Subject, How::Contains, "STÖRUNG"));
        assert!(text(Part::Subject, How::Matches, "^störung .* zahllauf$"));
        assert!(text(Part::Body, How::Matches, r"lauf \d{4}"));
        assert!(!text(Part::Body, How::Matches, r"lauf \d{5}"));
    }

    #[test]
    fn size_and_machines_are_conditions_too() {
        assert!(holds(Condition::AtLeast { kb: 5 }));
        assert!(!holds(Condition::AtLeast { kb: 6 }));
        assert!(holds(Condition::AtMost { kb: 5 }));
        assert!(holds(Condition::Automatic));
        assert!(!holds(Condition::NotAutomatic));
    }

    #[test]
    fn a_pattern_that_could_take_for_ever_is_refused_and_holds_for_nothing() {
        for bad in ["(", "(a{1000}){1000}", &"a".repeat(501)] {
            assert!(pattern(bad).is_err(), "{bad}");
            assert!(!text(Part::Body, How::Matches, bad));
        }
        // Takes exponential time where patterns are tried one way after the other.
        let slow = pattern("(a+)+$").unwrap();
        assert!(!slow.is_match(&format!("{}b", "a".repeat(100_000))));
    }

    #[test]
    fn nothing_asked_is_nothing_found() {
        let mail = read(RAW).unwrap();
        let letter = Letter {
            mail: &mail,
            headers: &[],
            size_bytes: 1,
        };
        assert!(!Conditions::new(vec![]).hold(&letter));
    }
}
