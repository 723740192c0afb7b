//! Letters that mean nothing but themselves, in texts, code and addresses.

use super::line::At;

/// Appends text so that none of it is Markdown; `follows` is the letter behind it.
pub fn escape(out: &mut String, text: &str, at: At, follows: Option<char>) {
    // What has no place in a text could end the line.
    let letters: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
    for (place, &c) in letters.iter().enumerate() {
        let next = letters.get(place + 1).copied().or(follows);
        let before = match place {
            0 => out.chars().next_back(),
            place => Some(letters[place - 1]),
        };
        let is_first = out.is_empty() || out.ends_with('\n');
        let ends = next.is_none_or(|next| next.is_whitespace());
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(is_word(before) && is_word(next)),
            '&' => next.is_some_and(|next| next == '#' || next.is_ascii_alphabetic()),
            '!' => next == Some('['),
            '|' => at == At::Cell || is_first,
            '#' | '>' => is_first && at != At::Cell,
            '-' | '=' | '+' => is_first && at == At::Paragraph && (ends || next == Some(c)),
            ':' => is_first && next == Some('-'),
            '.' | ')' => at == At::Paragraph && ends && is_number(out),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Whether nothing but a number stands in the line so far, so that a dot would begin a list.
fn is_number(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default();
    !line.is_empty() && line.len() < 10 && line.bytes().all(|b| b.is_ascii_digit())
}

/// Code within a line, between as many marks as it needs; none when it is empty.
pub fn code(text: &str, at: At) -> Option<String> {
    let text = text.replace(|c: char| c.is_control(), " ");
    if text.trim().is_empty() {
        return None;
    }
    let text = match at {
        At::Cell => text.replace('|', "\\|"),
        At::Paragraph | At::Heading => text,
    };
    let marks = "`".repeat(longest_run(&text) + 1);
    let is_edge = |c: char| c == '`' || c == ' ';
    let pad = if text.starts_with(is_edge) || text.ends_with(is_edge) {
        " "
    } else {
        ""
    };
    Some(format!("{marks}{pad}{text}{pad}{marks}"))
}

/// The longest run of the mark of code in a text.
pub fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// An address between round brackets.
pub fn address(to: &str) -> String {
    let mut out = String::with_capacity(to.len());
    for c in to.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '|' | '"' | '`' | '*' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_control() => {}
            // Else it could be the name of a letter.
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}
