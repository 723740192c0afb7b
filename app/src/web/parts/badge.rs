//! State, priority and district of a ticket: a sign first, then colour, then words.

use entities::ticket::{Priority, State, WaitingFor};
use maud::{Markup, html};

use super::icon::glyph;
use crate::locale::Locale;

/// A state with its words in a box: ticket head, facts.
pub fn state(locale: Locale, state: State, waiting_for: Option<WaitingFor>) -> Markup {
    let sign = state_sign_name(state, waiting_for);
    html! {
        span class="state state--box" data-state=(sign) { (glyph(sign)) (state_words(locale, state, waiting_for)) }
    }
}

/// A state as a sign alone, its words read aloud: rows of lists.
pub fn state_sign(locale: Locale, state: State, waiting_for: Option<WaitingFor>) -> Markup {
    let sign = state_sign_name(state, waiting_for);
    let words = state_words(locale, state, waiting_for);
    html! {
        span class="state" data-state=(sign) title=(words) { (glyph(sign)) span class="sr" { (words) } }
    }
}

/// The words of a state: what a ticket waits for is a state of its own to people.
pub fn state_words(locale: Locale, state: State, waiting_for: Option<WaitingFor>) -> String {
    locale.t(match (state, waiting_for) {
        (State::New, _) => "state-new",
        (State::Open, _) => "state-open",
        (State::Waiting, Some(WaitingFor::Vendor)) => "state-waiting-vendor",
        (State::Waiting, Some(WaitingFor::Date)) => "state-waiting-date",
        (State::Waiting, _) => "state-waiting-requester",
        (State::Solved, _) => "state-solved",
        (State::Closed, _) => "state-closed",
        (State::Merged, _) => "state-merged",
    })
}

fn state_sign_name(state: State, waiting_for: Option<WaitingFor>) -> &'static str {
    match (state, waiting_for) {
        (State::New, _) => "new",
        (State::Open, _) => "open",
        (State::Waiting, Some(WaitingFor::Vendor)) => "vendor",
        (State::Waiting, _) => "waiting",
        (State::Solved, _) => "solved",
        (State::Closed, _) => "closed",
        (State::Merged, _) => "merged",
    }
}

/// A priority with its words.
pub fn prio(locale: Locale, priority: Priority) -> Markup {
    let level = level(priority);
    html! {
        span class="prio" data-prio=(level) { (glyph(&format!("p{level}"))) (priority_words(locale, priority)) }
    }
}

/// A priority as a sign alone, its words read aloud.
pub fn prio_sign(locale: Locale, priority: Priority) -> Markup {
    let level = level(priority);
    let words = locale.t_with(
        "priority-named",
        &[("priority", priority_words(locale, priority).into())],
    );
    html! {
        span class="prio" data-prio=(level) title=(words) { (glyph(&format!("p{level}"))) span class="sr" { (words) } }
    }
}

/// The words of a priority.
pub fn priority_words(locale: Locale, priority: Priority) -> String {
    locale.t(match priority {
        Priority::Low => "priority-low",
        Priority::Normal => "priority-normal",
        Priority::High => "priority-high",
        Priority::VeryHigh => "priority-very-high",
    })
}

fn level(priority: Priority) -> u8 {
    match priority {
        Priority::Low => 1,
        Priority::Normal => 2,
        Priority::High => 3,
        Priority::VeryHigh => 4,
    }
}

/// The short name of an organisation; its full name is the tooltip.
pub fn tile(short_name: &str, name: &str) -> Markup {
    html! {
        abbr class="tile" title=(name) { (short_name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_ticket_waits_for_is_seen_and_read() {
        let html = state(Locale::De, State::Waiting, Some(WaitingFor::Vendor)).into_string();
        assert!(
            html.contains("data-state=\"vendor\"") && html.contains("Beim Hersteller"),
            "{html}"
        );
        let html =
            state_sign(Locale::En, State::Waiting, Some(WaitingFor::Requester)).into_string();
        assert!(
            html.contains("data-state=\"waiting\"") && html.contains("Waiting for reply"),
            "{html}"
        );
    }

    #[test]
    fn a_priority_is_bars_and_words() {
        let html = prio_sign(Locale::De, Priority::VeryHigh).into_string();
        assert!(
            html.contains("data-prio=\"4\"")
                && html.contains("#g-p4")
                && html.contains("Priorität Sehr hoch"),
            "{html}"
        );
    }
}
