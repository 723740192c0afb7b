//! Patterns of texts: regular expressions that take time in proportion to the text, of a bounded size.

use regex::{Regex, RegexBuilder};

/// Bytes a compiled pattern may take.
const MOST_BYTES: usize = 1 << 18;
/// Characters of a pattern.
pub const MOST_CHARS: usize = 500;

/// A pattern for whole texts.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads a pattern; none when it is not one, or too large.
    pub fn parse(text: &str) -> Option<Pattern> {
        if text.chars().count() > MOST_CHARS {
            return None;
        }
        // By itself first, so that no bracket closes ours.
        RegexBuilder::new(text)
            .size_limit(MOST_BYTES)
            .build()
            .ok()?;
        let whole = format!("^(?:{text})$");
        let built = RegexBuilder::new(&whole).size_limit(MOST_BYTES).build();
        built.ok().map(Pattern)
    }

    /// Whether the whole text is as the pattern says.
    pub fn fits(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}
