//! Facets of the few things that every desk has: how a ticket stands, when it is due, by which way it came and how
//! urgent it is.

use entities::ticket::Channel;
use entities::ticket::filter::DueIs;
use maud::{Markup, html};

use super::list::MOST_COUNTED;
use super::list_facets::Facets;
use super::list_offers::{number, tally};
use super::list_query::ListQuery;
use super::state::standing_words;
use super::words;
use crate::web::cx::Cx;
use crate::web::parts::{PRIORITIES, name, prio};

/// By which ways tickets come, the commonest first.
const CHANNELS: [Channel; 3] = [Channel::Mail, Channel::Phone, Channel::Note];

/// One of few.
struct Line {
    value: String,
    words: Markup,
    tally: Markup,
}

/// How it stands.
pub fn states(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let lines = facets.standings.iter().map(|(standing, n)| Line {
        value: standing.name().to_owned(),
        words: html! { span { (standing_words(cx, *standing)) } },
        tally: tally(cx, *n, !standing.is_active() && *n >= MOST_COUNTED as i64),
    });
    few(cx.t("fact-state"), "state", &query.state, lines)
}

/// When its next deadline is; only open work has one.
pub fn due(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let lines = facets.numbers.due.iter().map(|(due, n)| Line {
        value: due.name().to_owned(),
        words: html! { span { (due_words(cx, *due)) } },
        tally: tally(cx, *n, false),
    });
    html! {
        @if !facets.numbers.due.is_empty() { (few(cx.t("list-due"), "due", &query.due, lines)) }
    }
}

/// By which way it came; notes are named where some began as one.
pub fn channels(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let numbers = &facets.numbers.channels;
    let is_named = |channel: &Channel| {
        *channel != Channel::Note
            || numbers.contains_key(&Some(*channel))
            || query.channel.contains(&name(channel))
    };
    let lines = CHANNELS.into_iter().filter(is_named);
    let lines = lines.map(|channel| Line {
        value: name(channel),
        words: html! { span { (words::channel(cx.locale, channel)) } },
        tally: tally(
            cx,
            number(numbers, Some(channel)),
            facets.numbers.is_bounded,
        ),
    });
    few(cx.t("fact-channel"), "channel", &query.channel, lines)
}

/// How urgent it is, the most urgent first.
pub fn priorities(cx: &Cx, query: &ListQuery, facets: &Facets) -> Markup {
    let numbers = &facets.numbers.priorities;
    let lines = PRIORITIES.into_iter().rev().map(|priority| Line {
        value: name(priority),
        words: prio(cx.locale, priority),
        tally: tally(
            cx,
            number(numbers, Some(priority)),
            facets.numbers.is_bounded,
        ),
    });
    few(cx.t("fact-priority"), "priority", &query.priority, lines)
}

fn few(legend: String, name: &str, chosen: &[String], lines: impl Iterator<Item = Line>) -> Markup {
    html! {
        fieldset class="facet" {
            legend { (legend) }
            @for line in lines {
                label class="tick" {
                    input type="checkbox" name=(name) value=(line.value) checked[chosen.contains(&line.value)];
                    (line.words)
                    (line.tally)
                }
            }
        }
    }
}

/// When the next deadline is.
pub fn due_words(cx: &Cx, due: DueIs) -> String {
    cx.t(match due {
        DueIs::Overdue => "due-is-overdue",
        DueIs::Today => "due-is-today",
        DueIs::ThisWeek => "due-is-week",
        DueIs::Later => "due-is-later",
        DueIs::None => "due-is-none",
    })
}
