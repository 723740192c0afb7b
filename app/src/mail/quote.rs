//! Tells what a person wrote anew from the history and signature that follow.

/// A text in two parts: what is new, and what the thread may fold away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub fresh: String,
    /// Empty when nothing is quoted; with the line that introduces it.
    pub quoted: String,
}

/// Splits plain text at the first sign of history or signature; everything is new when nothing else would be.
#[must_use]
pub fn split(text: &str) -> Split {
    let lines: Vec<&str> = text.lines().collect();
    let cut = (0..lines.len())
        .find(|&at| starts_history(&lines, at))
        .unwrap_or(lines.len());
    let fresh = lines[..cut].join("\n").trim().to_owned();
    if fresh.is_empty() {
        return Split {
            fresh: text.trim().to_owned(),
            quoted: String::new(),
        };
    }
    Split {
        fresh,
        quoted: lines[cut..].join("\n").trim().to_owned(),
    }
}

/// An answer of ours and the message quoted below it: `Am … schrieb …:` and nothing but quoted lines behind it.
#[must_use]
pub fn answered(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let (mut start, mut last_unquoted) = (0, None);
    for line in text.split_inclusive('\n') {
        if !line.starts_with('>') {
            last_unquoted = Some((start, line));
        }
        start += line.len();
    }
    let (at, introduction) = last_unquoted?;
    let above = text[..at].trim_end();
    let is_quoting = at + introduction.len() < text.len() && is_introduction(&[introduction], 0);
    (is_quoting && !above.is_empty()).then(|| (above, &text[at..]))
}

/// Whether filled lines are the head of an earlier mail: a separator, or its fields one below the other.
pub(super) fn begins_earlier_mail(lines: &[&str]) -> bool {
    let Some(first) = lines.first().map(|line| line.trim()) else {
        return false;
    };
    let is_rule = first.len() >= 10 && first.bytes().all(|b| b == b'_' || b == b'-');
    is_separator(first)
        || is_header_block(lines, 0)
        || (is_rule && lines.len() > 1 && begins_earlier_mail(&lines[1..]))
}

/// Whether up to three filled lines say who wrote what follows.
pub(super) fn introduces(lines: &[&str]) -> bool {
    !lines.is_empty() && is_introduction(lines, 0)
}

fn starts_history(lines: &[&str], at: usize) -> bool {
    let line = lines[at].trim();
    let is_rule = |line: &str| line.len() >= 10 && line.bytes().all(|b| b == b'_');
    lines[at] == "-- "
        || line == "--"
        || is_separator(line)
        || (is_rule(line)
            && next_filled(lines, at).is_some_and(|next| is_header_block(lines, next)))
        || is_header_block(lines, at)
        || is_introduction(lines, at)
        || is_last_quotation(lines, at)
}

fn next_filled(lines: &[&str], at: usize) -> Option<usize> {
    (at + 1..lines.len()).find(|&next| !lines[next].trim().is_empty())
}

fn is_separator(line: &str) -> bool {
    let words = line.trim_matches(['-', ' ']).to_lowercase();
    line.starts_with("--")
        && [
            "ursprüngliche nachricht",
            "originalnachricht",
            "original-nachricht",
            "weitergeleitete nachricht",
            "original message",
            "forwarded message",
        ]
        .iter()
        .any(|known| words.starts_with(known))
}

/// `Von:` … `Gesendet:` … as Outlook writes above a quoted mail, with or without bold marks.
fn is_header_block(lines: &[&str], at: usize) -> bool {
    let field = |line: &str, names: &[&str]| {
        let line = line.trim().trim_start_matches('*').to_lowercase();
        names.iter().any(|name| line.starts_with(name))
    };
    field(lines[at], &["von:", "from:"])
        && lines
            .iter()
            .skip(at + 1)
            .take(4)
            .any(|line| field(line, &["gesendet:", "datum:", "sent:", "date:"]))
}

/// `Am … schrieb …:` may be broken over up to three lines.
fn is_introduction(lines: &[&str], at: usize) -> bool {
    let first = lines[at].trim().to_lowercase();
    if !(first.starts_with("am ") || first.starts_with("on ")) {
        return false;
    }
    let mut joined = String::new();
    for line in lines.iter().skip(at).take(3) {
        if line.trim().is_empty() {
            return false;
        }
        joined.push_str(&line.trim().to_lowercase());
        joined.push(' ');
        if joined.trim_end().ends_with(':') {
            return joined.contains(" schrieb ")
                || joined.contains(" schrieb:")
                || joined.contains(" wrote:")
                || joined.contains("geschrieben:");
        }
    }
    false
}

/// Quoted lines with nothing new behind them; answers between quoted lines stay with what they answer.
fn is_last_quotation(lines: &[&str], at: usize) -> bool {
    lines[at].starts_with('>')
        && lines[at..]
            .iter()
            .all(|line| line.starts_with('>') || line.trim().is_empty())
}
