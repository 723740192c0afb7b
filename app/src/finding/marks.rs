//! Text with what matched in it marked.

use maud::{Markup, html};
use search::answer::Highlight;

/// The text, cut where it is cut.
pub fn marked(highlight: &Highlight) -> Markup {
    let text = &highlight.text;
    let mut pieces: Vec<(&str, bool)> = Vec::with_capacity(highlight.ranges.len() * 2 + 1);
    let mut done = 0;
    for range in &highlight.ranges {
        pieces.push((text.get(done..range.start).unwrap_or_default(), false));
        pieces.push((text.get(range.clone()).unwrap_or_default(), true));
        done = range.end;
    }
    pieces.push((text.get(done..).unwrap_or_default(), false));
    html! {
        @if highlight.cut.0 { "… " }
        @for (piece, is_marked) in pieces {
            @if is_marked { mark { (piece) } } @else { (piece) }
        }
        @if highlight.cut.1 { " …" }
    }
}

/// A name with what was typed of it marked.
pub fn prefixed(name: &str, typed: &str) -> Markup {
    let ranges = search::ranges(name, typed);
    marked(&Highlight {
        part: search::answer::Part::Title,
        text: name.to_owned(),
        ranges,
        cut: (false, false),
    })
}
