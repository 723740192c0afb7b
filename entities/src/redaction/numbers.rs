//! Numbers of cases that are known: found as they are written, alone and not within a longer one.

use super::Span;

/// Where those numbers stand in a text.
pub fn spans(text: &str, known: &[String]) -> Vec<Span> {
    let mut spans: Vec<Span> = known
        .iter()
        .filter(|number| !number.is_empty())
        .flat_map(|number| text.match_indices(number.as_str()))
        .map(|(from, found)| (from, from + found.len()))
        .filter(|span| stands_alone(text, *span))
        .collect();
    // Of two that begin together the longer one counts.
    spans.sort_unstable_by_key(|(from, to)| (*from, usize::MAX - to));
    let mut end = 0;
    spans.retain(|(from, to)| {
        let is_new = *from >= end;
        if is_new {
            end = *to;
        }
        is_new
    });
    spans
}

fn stands_alone(text: &str, (from, to): Span) -> bool {
    let before = text[..from].chars().next_back();
    let behind = text[to..].chars().next();
    let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !goes_on(before) && !goes_on(behind)
}
