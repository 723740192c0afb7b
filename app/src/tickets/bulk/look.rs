//! Tickets by what becomes of them: how many, why, and which.

use entities::bulk::look::{MOST_NAMED, Sort};
use entities::bulk::{Look, Outcome, Verb};
use maud::{Markup, html};

use super::said::{set_words, why_words};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::foreign;
use crate::web::url;

/// When it is told: before, or what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Would,
    Did,
    /// Taken back.
    Back,
}

/// The counts in one sentence.
pub fn summary(cx: &Cx, verb: Verb, look: &Look, tense: Tense) -> String {
    let args = [
        ("done", look.count(Outcome::Done).into()),
        ("same", look.count(Outcome::Same).into()),
        ("refused", look.count(Outcome::Refused).into()),
    ];
    cx.locale.t_with(
        match (verb, tense) {
            (Verb::Tell, Tense::Would) => "tell-would",
            (Verb::Tell, Tense::Did) => "tell-did",
            (Verb::Serial, Tense::Would) => "serial-would",
            (Verb::Serial, Tense::Did) => "serial-did",
            (_, Tense::Would) => "bulk-would",
            (_, Tense::Did) => "bulk-did",
            (_, Tense::Back) => "bulk-back",
        },
        &args,
    )
}

/// What the service fills along in fields that are empty.
pub async fn begins(cx: &Cx, look: &Look) -> Result<Markup> {
    let mut lines = Vec::new();
    for (field_id, value, count) in &look.begins {
        let said = set_words(cx, *field_id, Some(value)).await?;
        lines.push((said, *count));
    }
    Ok(html! {
        @if !lines.is_empty() {
            details class="sort" open {
                summary { (cx.t("bulk-begins")) }
                ul class="plain" {
                    @for (said, count) in &lines {
                        li { (said) " " span class="muted" { (cx.locale.t_with("bulk-begins-in", &[("count", (*count).into())])) } }
                    }
                }
            }
        }
    })
}

/// Every sort with its tickets; what is refused lies open, and whoever is told.
pub fn sorts(cx: &Cx, verb: Verb, look: &Look, tense: Tense) -> Markup {
    html! {
        @for sort in &look.sorts {
            details class="sort" open[sort.outcome == Outcome::Refused || verb == Verb::Tell] {
                summary {
                    (heading(cx, verb, sort, tense)) " "
                    span class="tally" { (cx.locale.number(sort.count as i64)) }
                }
                ul class="plain" {
                    @for told in &sort.named {
                        li {
                            a class="num" href=(url::ticket(&told.number)) { (told.number) } " " (foreign(&told.title))
                            @if let Some(name) = &told.requester { " · " (foreign(name)) }
                        }
                    }
                    @if sort.count > sort.named.len().min(MOST_NAMED) {
                        @let rest = sort.count - sort.named.len();
                        li class="muted" { (cx.locale.t_with("bulk-and-more", &[("count", rest.into())])) }
                    }
                }
            }
        }
    }
}

fn heading(cx: &Cx, verb: Verb, sort: &Sort, tense: Tense) -> String {
    match (sort.outcome, sort.why, tense) {
        (Outcome::Refused, Some(why), _) => why_words(cx, why),
        (Outcome::Refused, None, _) => cx.t("bulk-sort-refused"),
        (Outcome::Same, ..) => cx.t("bulk-sort-same"),
        (Outcome::Done, _, tense) => cx.t(match (verb, tense) {
            (Verb::Tell, Tense::Would) => "tell-sort-would",
            (Verb::Tell, Tense::Did) => "tell-sort-did",
            (Verb::Serial, Tense::Would) => "serial-sort-would",
            (Verb::Serial, Tense::Did) => "serial-sort-did",
            (_, Tense::Would) => "bulk-sort-would",
            (_, Tense::Did) => "bulk-sort-did",
            (_, Tense::Back) => "bulk-sort-back",
        }),
    }
}
