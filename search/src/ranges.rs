//! Which parts of a text to mark because they begin like what was typed.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The parts of `text` that begin a word of it like one of the typed words, as byte ranges on character
/// boundaries, in order and without overlap. Case, accents, `ı` for `i` and `ß` for `ss` make no difference.
///
/// ```
/// assert_eq!(search::ranges("Yıldırım, Elif", "yild"), [0..5]);
/// ```
pub fn ranges(text: &str, typed: &str) -> Vec<Range<usize>> {
    let typed: Vec<Vec<char>> = typed
        .split_whitespace()
        .map(|word| word.chars().flat_map(fold).collect())
        .filter(|word: &Vec<char>| !word.is_empty())
        .collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before: Option<char> = None;
    for (start, c) in text.char_indices() {
        let begins = c.is_alphanumeric() && before.is_none_or(|b| !b.is_alphanumeric());
        before = Some(c);
        if !begins || found.last().is_some_and(|last| last.end > start) {
            continue;
        }
        let longest = typed
            .iter()
            .filter_map(|word| end_of(text, start, word))
            .max();
        if let Some(end) = longest {
            found.push(start..end);
        }
    }
    found
}

/// Where the characters from `start` on have said the whole word; none when they say something else.
fn end_of(text: &str, start: usize, word: &[char]) -> Option<usize> {
    let mut left = word;
    let mut chars = text.get(start..)?.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        for folded in fold(c) {
            match left {
                [] => break,
                [first, rest @ ..] if *first == folded => left = rest,
                _ => return None,
            }
        }
        // A mark belongs to the letter before it.
        let marked = chars
            .peek()
            .is_some_and(|(_, next)| is_combining_mark(*next));
        if left.is_empty() && !marked {
            return Some(start + at + c.len_utf8());
        }
    }
    None
}

pub(crate) fn fold(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'ß' | 'ẞ' => "ss",
        'ı' => "i",
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'æ' | 'Æ' => "ae",
        'đ' | 'Đ' => "d",
        _ => "",
    };
    let other = plain.is_empty().then_some(c);
    let letters = other
        .into_iter()
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    plain.chars().chain(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, typed: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for range in ranges(text, typed) {
            out.push_str(&text[done..range.start]);
            out.push('[');
            out.push_str(&text[range.clone()]);
            out.push(']');
            done = range.end;
        }
        out + &text[done..]
    }

    #[test]
    fn words_are_marked_from_their_beginning() {
        assert_eq!(marked("Elif Yıldırım", "yild"), "Elif [Yıld]ırım");
        assert_eq!(marked("Cem Yildiz", "CEM yi"), "[Cem] [Yi]ldiz");
        assert_eq!(marked("Kinderinsel", "insel"), "Kinderinsel");
        assert_eq!(marked("Anna-Lena", "lena"), "Anna-[Lena]");
    }

    #[test]
    fn accents_and_sharp_s_make_no_difference() {
        assert_eq!(marked("Großmann", "gross"), "[Groß]mann");
        assert_eq!(marked("Großmann", "gros"), "[Groß]mann");
        assert_eq!(marked("Müller", "mull"), "[Müll]er");
        assert_eq!(marked("Mu\u{308}ller", "mu"), "[Mu\u{308}]ller");
        assert_eq!(marked("Muller", "Mül"), "[Mul]ler");
    }

    #[test]
    fn nothing_typed_marks_nothing() {
        assert!(ranges("Elif", "  ").is_empty());
        assert!(ranges("", "a").is_empty());
        assert!(ranges("Elif", "elifa").is_empty());
    }
}
