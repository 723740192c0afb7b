//! Text in the forms the model compares: folded names, digits of phone numbers, mail addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Lower case without accents, `ß` as `ss`, blanks run together: what names are searched and sorted by.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for c in text.nfkd() {
        if c.is_whitespace() {
            if !blank {
                out.push(' ');
            }
            blank = true;
            continue;
        }
        if unicode_normalization::char::is_combining_mark(c) {
            continue;
        }
        blank = false;
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ı' => out.push('i'),
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'æ' | 'Æ' => out.push_str("ae"),
            'đ' | 'Đ' => out.push('d'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The digits of a phone number with the German country code cut to a leading zero.
pub fn phone_digits(number: &str) -> String {
    let trimmed = number.trim();
    let digits: String = trimmed.chars().filter(char::is_ascii_digit).collect();
    if trimmed.starts_with("+49") {
        format!("0{}", &digits[2..])
    } else if let Some(rest) = digits.strip_prefix("0049") {
        format!("0{rest}")
    } else {
        digits
    }
}

/// A mail address in the form it is compared by: trimmed and lower case.
pub fn address(address: &str) -> String {
    address.trim().to_lowercase()
}

/// A prefix for SQL `LIKE`, with its wildcards escaped by a backslash.
pub fn like_prefix(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
}

/// Whether a character is not seen itself, but hides or turns around what is: control characters, marks of
/// direction, blanks without width, tags. What joins emoji and letters of other scripts is none of them.
pub fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// How a text begins: at most so many characters of it, with `…` behind them where there are more; white space at the end is left out.
/// What is seen as one character, as a letter with its accent or an emoji of several, is not cut in two.
pub fn beginning(text: &str, most_chars: usize) -> String {
    let text = text.trim_end();
    match text.char_indices().nth(most_chars) {
        Some((end, _)) => {
            let begins = text.grapheme_indices(true).map(|(at, _)| at);
            let end = begins.take_while(|at| *at <= end).last().unwrap_or(0);
            format!("{}…", text[..end].trim_end())
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_their_accents() {
        assert_eq!(fold("Yıldırım,  Élif"), "yildirim, elif");
        assert_eq!(fold("  Groß Müller "), "gross muller");
    }

    #[test]
    fn phone_numbers_compare_by_digits() {
        assert_eq!(phone_digits("+49 30 23125-471"), "03023125471");
        assert_eq!(phone_digits("0049 30 23125471"), "03023125471");
        assert_eq!(phone_digits("030 / 23125 471"), "03023125471");
    }

    #[test]
    fn what_hides_or_turns_around_is_known() {
        assert!(
            "\u{202e}\u{200b}\u{feff}\u{7}\u{2066}"
                .chars()
                .all(is_deceptive)
        );
        assert!(
            !"Zoë Özgür, \u{5d0}\u{5d1} 👩\u{200d}💻\n\t"
                .chars()
                .any(is_deceptive)
        );
    }

    #[test]
    fn wildcards_in_a_prefix_are_plain_characters() {
        assert_eq!(like_prefix("50%_"), "50\\%\\_%");
    }

    #[test]
    fn a_text_is_cut_between_characters_and_says_so() {
        assert_eq!(beginning("Grüße aus Köln", 5), "Grüße…");
        assert_eq!(beginning("Grüße aus Köln", 6), "Grüße…");
        assert_eq!(beginning("Grüße\n", 5), "Grüße");
        assert_eq!(beginning("", 5), "");
        assert_eq!(beginning("a 👩\u{200d}💻 b", 3), "a…");
        assert_eq!(beginning("a 👩\u{200d}💻 b", 5), "a 👩\u{200d}💻…");
        assert_eq!(beginning("Zoe\u{308}!", 3), "Zo…");
    }
}
