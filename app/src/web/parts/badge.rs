//! State, priority and district of a ticket: a sign first, then colour, then words.

use maud::{Markup, html};

use super::icon::glyph;

/// A state with its words in a box: ticket head, facts.
pub fn state(key: &str, words: &str) -> Markup {
    html! {
        span class="state state--box" data-state=(key) { (glyph(key)) (words) }
    }
}

/// A state as a sign alone, its words read aloud: rows of lists.
pub fn state_sign(key: &str, words: &str) -> Markup {
    html! {
        span class="state" data-state=(key) title=(words) { (glyph(key)) span class="sr" { (words) } }
    }
}

/// A priority from 1 (low) to 4 (very high) with its words.
pub fn prio(level: u8, words: &str) -> Markup {
    html! {
        span class="prio" data-prio=(level) { (glyph(&format!("p{level}"))) (words) }
    }
}

/// A priority as a sign alone, its words read aloud.
pub fn prio_sign(level: u8, words: &str) -> Markup {
    html! {
        span class="prio" data-prio=(level) title=(words) { (glyph(&format!("p{level}"))) span class="sr" { (words) } }
    }
}

/// The short name of an organisation; its full name is the tooltip.
pub fn tile(short_name: &str, name: &str) -> Markup {
    html! {
        abbr class="tile" title=(name) { (short_name) }
    }
}
