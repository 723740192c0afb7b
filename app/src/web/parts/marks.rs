//! Text with parts of it marked.

use std::ops::Range;

use maud::{Markup, html};

/// The text with these ranges marked, which stand in order, on character boundaries and without overlap.
pub fn marks(text: &str, ranges: &[Range<usize>]) -> Markup {
    let begins = std::iter::once(0).chain(ranges.iter().map(|range| range.end));
    let end = ranges.last().map_or(0, |range| range.end);
    html! {
        @for (range, done) in ranges.iter().zip(begins) {
            (text.get(done..range.start).unwrap_or_default())
            mark { (text.get(range.clone()).unwrap_or_default()) }
        }
        (text.get(end..).unwrap_or_default())
    }
}
