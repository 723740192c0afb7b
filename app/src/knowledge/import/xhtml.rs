//! Pages of XHTML: what ends in itself there would stay open when it is read as HTML, as everything is.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

static ENDS_IN_ITSELF: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)/>").ok());

/// Elements that hold nothing in HTML either.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The page with an end for each element that has none of its own.
pub fn closed(text: &str) -> Cow<'_, str> {
    let start: String = text.chars().take(1_000).collect();
    let is_xhtml = start.trim_start().starts_with("<?xml") || start.contains("XHTML");
    match ENDS_IN_ITSELF.as_ref().filter(|_| is_xhtml) {
        Some(pattern) => pattern.replace_all(text, |found: &Captures<'_>| {
            let (name, rest) = (&found[1], &found[2]);
            match VOID.contains(&name.to_ascii_lowercase().as_str()) {
                true => found[0].to_owned(),
                false => format!("<{name}{rest}></{name}>"),
            }
        }),
        None => Cow::Borrowed(text),
    }
}

static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<(/?)([A-Za-z]+)").ok());

/// Elements that do not end by themselves when another begins.
const LASTING: [&str; 18] = [
    "a",
    "article",
    "b",
    "blockquote",
    "center",
    "div",
    "dl",
    "em",
    "font",
    "form",
    "i",
    "ol",
    "section",
    "span",
    "strong",
    "table",
    "u",
    "ul",
];

/// So many begin before one ends; whoever reads further waits for ever.
const MOST_OPEN: usize = 2_000;

/// Whether elements lie in each other as no page has them, by accident or to keep readers busy.
pub fn is_bottomless(text: &str) -> bool {
    let mut open = [0_usize; LASTING.len()];
    let tags = TAG.iter().flat_map(|tag| tag.captures_iter(text));
    for tag in tags {
        let place = LASTING
            .iter()
            .position(|name| tag[2].eq_ignore_ascii_case(name));
        let Some(count) = place.and_then(|place| open.get_mut(place)) else {
            continue;
        };
        match tag[1].is_empty() {
            true => *count += 1,
            false => *count = count.saturating_sub(1),
        }
        if *count > MOST_OPEN {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_that_ends_in_itself_takes_nothing_along() {
        let page = "<?xml version=\"1.0\"?><html><a id=\"x\"/><img src=\"a.png\" /><br/>t";
        let closed = closed(page);
        assert!(
            closed.contains("<a id=\"x\"></a><img src=\"a.png\" /><br/>t"),
            "{closed}"
        );
        assert_eq!(super::closed("<a/>"), "<a/>");
    }
}
