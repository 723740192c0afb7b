//! Words that strangers chose: they keep their direction to themselves, and what cannot be seen is shown.

use entities::text;
use maud::{Markup, html};

/// A name, subject or file name from outside.
pub fn foreign(words: &str) -> Markup {
    if !words.chars().any(text::is_deceptive) {
        return html! { bdi { (wrapping(words, &['@'])) } };
    }
    html! {
        bdi {
            @for piece in words.split_inclusive(text::is_deceptive) {
                @let seen = piece.trim_end_matches(text::is_deceptive);
                (seen)
                @if seen.len() < piece.len() { span class="unseen" { "\u{fffd}" } }
            }
        }
    }
}

/// A mail address that may wrap where its parts meet.
pub fn address(text: &str) -> Markup {
    wrapping(text, &['@', '.'])
}

/// Words that may wrap after these signs as well.
fn wrapping(text: &str, signs: &[char]) -> Markup {
    html! { @for piece in text.split_inclusive(signs) { (piece) @if piece.ends_with(signs) { wbr; } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reverses_text_is_seen_and_does_nothing() {
        assert_eq!(
            foreign("Rechnung\u{202e}fdp.exe").0,
            "<bdi>Rechnung<span class=\"unseen\">\u{fffd}</span>fdp.exe</bdi>"
        );
        assert_eq!(foreign("Müller <b>").0, "<bdi>Müller &lt;b&gt;</bdi>");
    }
}
