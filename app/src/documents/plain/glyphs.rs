//! Which signs the fonts of letters have, and text that holds no others.

use std::sync::LazyLock;

use typst::text::FontInfo;

/// What stands for a sign that no font has.
const LACKING: char = '\u{fffd}';
/// Letters of one word behind which it may be broken, when it is too long for any line.
const MOST_LETTERS: usize = 60;
const PIECE: usize = 30;

static FONTS: LazyLock<Vec<FontInfo>> = LazyLock::new(|| {
    let all = assets::LETTER_FONTS.iter();
    all.filter_map(|font| FontInfo::new(font, 0)).collect()
});

/// What becomes of a sign.
enum Fate {
    Stays,
    /// It is white space, or belongs to none on paper.
    Space,
    /// Nobody would see it.
    Goes,
    Lacks,
}

fn fate(c: char) -> Fate {
    match c {
        '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => Fate::Space,
        // Marks of direction that turn what stands around them, marks of bytes, what is no letter.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => Fate::Goes,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Fate::Lacks,
        c if c.is_control() => Fate::Goes,
        c if c.is_whitespace() => Fate::Stays,
        // Joins and variants of the sign before.
        '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' | '\u{2060}' => Fate::Stays,
        c if FONTS.iter().any(|font| font.coverage.contains(c.into())) => Fate::Stays,
        _ => Fate::Lacks,
    }
}

/// The signs of a text that no font has, each once.
pub fn lacking(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for c in text.chars() {
        if matches!(fate(c), Fate::Lacks) && !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// The text as it can be set; what is lacking is shown to be.
pub fn fit(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match fate(c) {
            Fate::Stays => out.push(c),
            Fate::Space => out.push(' '),
            Fate::Goes => {}
            Fate::Lacks => out.push(LACKING),
        }
    }
    out
}

/// The same with places at which words may be broken that no line holds.
pub fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let is_long = word.chars().count() > MOST_LETTERS;
        for (at, c) in word.chars().enumerate() {
            if is_long && at > 0 && at % PIECE == 0 {
                out.push('\u{200b}');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_named_and_shown_as_lacking() {
        let text = "Gr\u{fc}\u{df}e \u{4f60} \u{5d0}\u{5d1} \u{1f389} \u{4f60}";
        assert_eq!(lacking(text), ['\u{4f60}']);
        assert_eq!(
            fit(text),
            "Gr\u{fc}\u{df}e \u{fffd} \u{5d0}\u{5d1} \u{1f389} \u{fffd}"
        );
        assert_eq!(fit("a\u{0}\u{202e}b\tc"), "ab c");
    }

    #[test]
    fn only_words_that_fit_no_line_can_be_broken() {
        assert_eq!(breakable("ein Wort"), "ein Wort");
        let broken = breakable(&"x".repeat(90));
        assert_eq!(broken.matches('\u{200b}').count(), 2);
    }
}
