//! As much of the grammar of CSS as the build needs: rules, declarations, selectors, and what can be left out.

/// A rule with its block, or a statement such as `@layer a, b` without one.
pub struct Rule<'a> {
    pub prelude: &'a str,
    pub block: Option<&'a str>,
}

/// The rules of one level, in order.
pub fn rules(text: &str) -> Vec<Rule<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(end) = top_level(rest, &['{', ';']) {
        let prelude = rest[..end].trim();
        if rest[end..].starts_with(';') {
            found.push(Rule {
                prelude,
                block: None,
            });
            rest = &rest[end + 1..];
        } else {
            let close = top_level(&rest[end + 1..], &['}']).map_or(rest.len(), |at| end + 1 + at);
            found.push(Rule {
                prelude,
                block: Some(&rest[end + 1..close]),
            });
            rest = rest.get(close + 1..).unwrap_or("");
        }
    }
    found
}

/// Parts between separators that stand outside brackets and quotes, trimmed, without empty ones.
pub fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(end) = top_level(rest, &[separator]) {
        parts.push(rest[..end].trim());
        rest = &rest[end + separator.len_utf8()..];
    }
    parts.push(rest.trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Names that begin with `start`, as often as they occur.
pub fn names<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(start).map(move |(at, _)| {
        let tail = &text[at + start.len()..];
        let end = tail
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(tail.len());
        &text[at..at + start.len() + end]
    })
}

/// The same style sheet without comments and without space that means nothing.
pub fn minify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut space = false;
    while let Some(c) = chars.next() {
        if c == '/' && chars.peek() == Some(&'*') {
            chars.next();
            let mut last = ' ';
            for next in chars.by_ref() {
                if last == '*' && next == '/' {
                    break;
                }
                last = next;
            }
            space = true;
            continue;
        }
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space
            && !out.is_empty()
            && !out.ends_with(['{', '}', ';', ',', ':'])
            && !matches!(c, '{' | '}' | ';' | ',')
        {
            out.push(' ');
        }
        space = false;
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
        if c == '"' || c == '\'' {
            for next in chars.by_ref() {
                out.push(next);
                if next == c {
                    break;
                }
            }
        }
    }
    out
}

/// One line, without the indentation.
pub fn join_lines(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

fn top_level(text: &str, wanted: &[char]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if depth == 0 && wanted.contains(&c) => return Some(at),
            None => match c {
                '"' | '\'' => quote = Some(c),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            },
        }
    }
    None
}
