//! What was found before something goes to a vendor: each is blacked out or let through for a reason.

use entities::redaction::{Finding, Kind, Known, black, find, replace};
use entities::ticket::share::justification::{Gate, Justified, Passed};
use maud::{Markup, html};

use super::words::kind_words;
use crate::web::cx::Cx;
use crate::web::parts::{Look, Tone, button, icon_small, notice};

/// Characters of a text that are shown on each side of a finding.
const AROUND: usize = 40;
/// Blacking out can bring two pieces together that are something again; after so many rounds nothing is.
const ROUNDS: usize = 4;

/// A text that is about to leave, and what it is called.
#[derive(Clone, Debug)]
pub struct Leaving<'a> {
    pub words: String,
    pub text: &'a str,
}

/// What a form says about findings: three lists in step.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decided<'a> {
    pub found: &'a [String],
    pub decide: &'a [String],
    pub reason: &'a [String],
    /// Whatever nobody decided on is to be blacked out.
    pub all_black: bool,
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Open,
    Black,
    Through,
}

/// One finding, wherever it stands.
#[derive(Clone, Debug)]
pub struct Found {
    pub kind: Kind,
    pub text: String,
    pub decision: Decision,
    pub reason: String,
    /// Where: the name of the text, and what stands before and behind it there.
    pub places: Vec<(String, String, String)>,
}

impl Found {
    /// Whether somebody still has to say something about it.
    pub fn is_open(&self) -> bool {
        match self.decision {
            Decision::Open => true,
            Decision::Black => false,
            Decision::Through => self.reason.trim().is_empty(),
        }
    }

    /// What forms name it by.
    pub fn key(&self) -> String {
        format!("{}:{}", self.kind.name(), self.text)
    }
}

/// All findings of some texts with what was decided about them.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    pub known: Known,
    pub all: Vec<Found>,
}

impl Findings {
    /// Looks through the texts, also as they are once the black is put on.
    pub fn look(known: Known, leaving: &[Leaving<'_>], decided: &Decided<'_>) -> Findings {
        let mut findings = Findings {
            known,
            all: Vec::new(),
        };
        for one in leaving {
            let mut text = one.text.to_owned();
            for _ in 0..ROUNDS {
                findings.add(&one.words, &text, decided);
                text = findings.blackened_once(&text);
            }
        }
        findings
    }

    fn add(&mut self, words: &str, text: &str, decided: &Decided<'_>) {
        for finding in find(text, &self.known) {
            let before: Vec<char> = text[..finding.from].chars().rev().take(AROUND).collect();
            let place = (
                words.to_owned(),
                before.into_iter().rev().collect::<String>(),
                text[finding.to..].chars().take(AROUND).collect(),
            );
            let is_same = |one: &&mut Found| (one.kind, &one.text) == (finding.kind, &finding.text);
            match self.all.iter_mut().find(is_same) {
                Some(one) if one.places.contains(&place) => {}
                Some(one) => one.places.push(place),
                None => {
                    let mut one = Found {
                        kind: finding.kind,
                        text: finding.text,
                        decision: Decision::Open,
                        reason: String::new(),
                        places: vec![place],
                    };
                    decide(&mut one, decided);
                    self.all.push(one);
                }
            }
        }
    }

    /// Whether somebody still has to decide.
    pub fn are_open(&self) -> bool {
        self.all.iter().any(Found::is_open)
    }

    /// A text with everything black that is to be.
    pub fn blackened(&self, text: &str) -> String {
        (0..ROUNDS).fold(text.to_owned(), |text, _| self.blackened_once(&text))
    }

    /// A text with words of its kind in place of whatever is to be taken out.
    pub fn replaced<'a>(&self, text: &str, words: impl Fn(Kind) -> Option<&'a String>) -> String {
        (0..ROUNDS).fold(text.to_owned(), |text, _| {
            replace(&text, &self.known, |finding| {
                let is_out = self.is_black(finding);
                is_out.then(|| words(finding.kind).map(String::as_str))?
            })
        })
    }

    fn is_black(&self, finding: &Finding) -> bool {
        self.all.iter().any(|one| {
            one.decision == Decision::Black
                && (one.kind, &one.text) == (finding.kind, &finding.text)
        })
    }

    fn blackened_once(&self, text: &str) -> String {
        black(text, &self.known, |finding| self.is_black(finding))
    }

    /// What the command is told of it.
    pub fn gate(self) -> Gate {
        let mut passed = Passed::default();
        for one in self.all {
            let places = u32::try_from(one.places.len()).unwrap_or(u32::MAX);
            match one.decision {
                Decision::Black => *passed.blacked.entry(one.kind).or_default() += places,
                Decision::Through => passed.justified.push(Justified::new(
                    one.kind,
                    one.text,
                    one.reason.trim().to_owned(),
                )),
                Decision::Open => {}
            }
        }
        Gate {
            known: self.known,
            passed,
        }
    }
}

fn decide(one: &mut Found, decided: &Decided<'_>) {
    let key = one.key();
    let at = decided.found.iter().position(|found| *found == key);
    if let Some(at) = at {
        one.reason = decided.reason.get(at).cloned().unwrap_or_default();
        one.decision = match decided.decide.get(at).map(String::as_str) {
            Some("black") => Decision::Black,
            Some("through") => Decision::Through,
            _ => Decision::Open,
        };
    }
    if decided.all_black && one.decision == Decision::Open {
        one.decision = Decision::Black;
    }
}

/// The list `#gate`, to be decided; empty when nothing was found. `asked`: the form was sent before each was decided.
pub fn gate(cx: &Cx, findings: &Findings, asked: bool) -> Markup {
    if findings.all.is_empty() {
        return html! { div id="gate" hidden {} };
    }
    let open = findings.all.iter().filter(|one| one.is_open()).count();
    let count = [("count", findings.all.len().into())];
    let left = [("count", open.into())];
    html! {
        section id="gate" class="gate" aria-labelledby="gate-title" tabindex="-1" {
            h2 id="gate-title" class="h3" { (icon_small("shield")) (cx.locale.t_with("gate-title", &count)) }
            @if asked && open > 0 { (notice(Tone::Error, &cx.locale.t_with("gate-open", &left), &html! {})) }
            p class="small muted" { (cx.t("gate-hint")) }
            ol class="gate__list" {
                @for (at, one) in findings.all.iter().enumerate() { (line(cx, at, one, asked)) }
            }
            @if open > 0 {
                div class="cluster" { (button(Look::Tertiary, &cx.t("gate-all-black"), "act", "black")) }
            }
        }
    }
}

fn line(cx: &Cx, at: usize, one: &Found, asked: bool) -> Markup {
    let decide = format!("gate-decide-{at}");
    let reason = format!("gate-reason-{at}");
    let fault = format!("gate-fault-{at}");
    let is_wrong = asked && one.is_open();
    let lacks_reason = is_wrong && one.decision == Decision::Through;
    let option = |value: &str, words: &str, decision: Decision| {
        html! { option value=(value) selected[one.decision == decision] { (cx.t(words)) } }
    };
    let of = [("what", one.text.as_str().into())];
    html! {
        li class="gate__item" data-state=[is_wrong.then_some("error")] {
            input type="hidden" name="found" value=(one.key());
            div class="gate__what" {
                span class="chip" { (kind_words(cx.locale, one.kind)) } " " b { (one.text) }
                ul class="plain small" {
                    @for (words, before, behind) in &one.places {
                        li { span class="muted" { (words) ": " } "…" (before) mark { (one.text) } (behind) "…" }
                    }
                }
            }
            div class="gate__how" {
                label class="field" for=(decide) {
                    span class="sr" { (cx.locale.t_with("gate-decision", &of)) }
                    select class="input" id=(decide) name="decide"
                        aria-invalid=[(is_wrong && !lacks_reason).then_some("true")] aria-describedby=[is_wrong.then_some(fault.as_str())] {
                        (option("", "gate-choose", Decision::Open))
                        (option("black", "gate-black", Decision::Black))
                        (option("through", "gate-through", Decision::Through))
                    }
                }
                label class="field" for=(reason) {
                    span class="sr" { (cx.locale.t_with("gate-reason", &of)) }
                    input class="input" type="text" id=(reason) name="reason_for" value=(one.reason) maxlength="500"
                        placeholder=(cx.t("gate-reason-short")) autocomplete="off"
                        aria-invalid=[lacks_reason.then_some("true")] aria-describedby=[is_wrong.then_some(fault.as_str())];
                }
                @if is_wrong {
                    p class="error" id=(fault) {
                        (icon_small("warn")) (cx.t(if lacks_reason { "gate-fault-reason" } else { "gate-fault" }))
                    }
                }
            }
        }
    }
}
