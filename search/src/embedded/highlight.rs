//! Which parts of a document to show for what was looked for, and what to mark in them.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::schema::{PART, STEM};
use super::weigh::Weighted;
use crate::answer::{Highlight, Hit, Part};
use crate::document::{Document, Scope};
use crate::request::Request;
use crate::words::{self, Word};

/// Bytes of a crop, and how many of them stand before the first mark of it.
const CROP: usize = 220;
const BEFORE: usize = 50;
/// Bytes of one document that are looked through.
const LOOKED_AT: usize = 60_000;

/// Knows what was looked for.
pub(super) struct Marker {
    whole: FxHashMap<String, usize>,
    stems: FxHashMap<String, usize>,
    parts: FxHashMap<String, usize>,
    rarity: Vec<f32>,
    /// What is marked in the words seen so far: most come again and again.
    seen: RefCell<FxHashMap<String, Rc<[Mark]>>>,
}

struct Mark {
    at: Range<usize>,
    needle: usize,
}

impl Marker {
    /// The terms each needle was read as, and how much each needle says.
    pub fn of(terms: &[Vec<Weighted>], rarity: &[f32]) -> Self {
        let mut out = Self {
            whole: FxHashMap::default(),
            stems: FxHashMap::default(),
            parts: FxHashMap::default(),
            rarity: rarity.to_vec(),
            seen: RefCell::default(),
        };
        for (needle, terms) in terms.iter().enumerate() {
            for weighted in terms {
                let term = weighted.term.as_str();
                let (side, term) = if let Some(term) = term.strip_prefix(STEM) {
                    (&mut out.stems, term)
                } else if let Some(term) = term.strip_prefix(PART) {
                    (&mut out.parts, term)
                } else {
                    (&mut out.whole, term)
                };
                side.entry(term.to_owned()).or_insert(needle);
            }
        }
        out
    }

    pub fn highlights(&self, document: &Document, request: &Request) -> Vec<Highlight> {
        let mut out = Vec::new();
        let title = self.marks(&document.title);
        if !title.is_empty() {
            out.push(whole(Part::Title, &document.title, &title));
        }
        let keywords = document.keywords.join(", ");
        let mut best: Option<(f32, Highlight)> = None;
        let mut left = LOOKED_AT;
        let whole_worth: f32 = self.rarity.iter().sum();
        let others = [
            (Part::Summary, &document.summary),
            (Part::Keywords, &keywords),
        ];
        let passages = document
            .passages
            .iter()
            .filter(|passage| request.reads(passage.scope))
            .map(|passage| (Part::Passage(passage.scope), &passage.text));
        for (part, text) in others.into_iter().chain(passages) {
            // Nothing is worth more than a place with everything.
            let is_whole = best
                .as_ref()
                .is_some_and(|(worth, _)| *worth >= whole_worth);
            if is_whole {
                break;
            }
            let looked_at = &text[..text.floor_char_boundary(left)];
            left -= looked_at.len();
            let marks = self.marks(looked_at);
            if let Some((worth, highlight)) = self.crop(part, text, &marks)
                && best.as_ref().is_none_or(|(most, _)| worth > *most)
            {
                best = Some((worth, highlight));
            }
        }
        let beginning = || {
            let first = [(Part::Summary, &document.summary)].into_iter();
            let passages = document
                .passages
                .iter()
                .filter(|passage| passage.scope == Scope::Open);
            let passages = passages.map(|passage| (Part::Passage(Scope::Open), &passage.text));
            first
                .chain(passages)
                .find(|(_, text)| !text.trim().is_empty())
                .map(|(part, text)| cropped(part, text, 0, &[]))
        };
        out.extend(best.map(|(_, highlight)| highlight).or_else(beginning));
        out
    }

    /// How a mistyped word is written where it was found.
    pub fn as_written(&self, needle: usize, hits: &[Hit]) -> Option<String> {
        let highlights = hits.iter().flat_map(|hit| &hit.highlights);
        highlights
            .flat_map(|highlight| {
                highlight
                    .ranges
                    .iter()
                    .map(|range| &highlight.text[range.clone()])
            })
            .find(|text| self.needle(&words::analyse(text)) == Some(needle))
            .map(str::to_owned)
    }

    fn needle(&self, word: &Word) -> Option<usize> {
        self.whole
            .get(&word.whole)
            .or_else(|| self.stems.get(&word.german))
            .or_else(|| self.stems.get(&word.english))
            .copied()
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        if self.rarity.is_empty() {
            return marks;
        }
        for range in words::words(text) {
            let inside = self.marks_of_word(&text[range.clone()]);
            marks.extend(inside.iter().map(|mark| Mark {
                at: range.start + mark.at.start..range.start + mark.at.end,
                needle: mark.needle,
            }));
        }
        marks
    }

    fn marks_of_word(&self, text: &str) -> Rc<[Mark]> {
        if let Some(known) = self.seen.borrow().get(text) {
            return Rc::clone(known);
        }
        let word = words::analyse(text);
        let marks: Rc<[Mark]> = match self.needle(&word) {
            Some(needle) => [Mark {
                at: 0..text.len(),
                needle,
            }]
            .into(),
            None => word
                .parts
                .iter()
                .filter(|part| !part.is_pair)
                .filter_map(|part| {
                    Some(Mark {
                        at: part.at.clone(),
                        needle: *self.parts.get(&part.stem)?,
                    })
                })
                .collect(),
        };
        self.seen
            .borrow_mut()
            .insert(text.to_owned(), Rc::clone(&marks));
        marks
    }

    /// The place of a text where most of what was looked for stands, and what that is worth.
    fn crop(&self, part: Part, text: &str, marks: &[Mark]) -> Option<(f32, Highlight)> {
        let mut best: Option<(f32, usize)> = None;
        for (first, mark) in marks.iter().enumerate() {
            let end = mark.at.start + CROP - BEFORE;
            let inside = marks[first..].iter().take_while(|mark| mark.at.end <= end);
            let mut seen = vec![0_u32; self.rarity.len()];
            for mark in inside {
                seen[mark.needle] += 1;
            }
            let worth = seen
                .iter()
                .zip(&self.rarity)
                .map(|(times, rarity)| match times {
                    0 => 0.0,
                    times => rarity * (1.0 + 0.02 * times.min(&5).to_owned() as f32),
                })
                .sum();
            if best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, mark.at.start));
            }
        }
        best.map(|(worth, start)| {
            (
                worth,
                cropped(part, text, start.saturating_sub(BEFORE), marks),
            )
        })
    }
}

fn whole(part: Part, text: &str, marks: &[Mark]) -> Highlight {
    Highlight {
        part,
        text: shown(text),
        ranges: marks.iter().map(|mark| mark.at.clone()).collect(),
        cut: (false, false),
    }
}

/// A crop from about `from` on, from word to word.
fn cropped(part: Part, text: &str, from: usize, marks: &[Mark]) -> Highlight {
    let from = text.floor_char_boundary(from);
    let start = if from == 0 {
        0
    } else {
        // A word that has no end is cut.
        let near = &text[from..text.floor_char_boundary(from + BEFORE)];
        near.find(char::is_whitespace).map_or(from, |at| from + at)
    };
    let start = text.len() - text[start..].trim_start().len();
    let until = text.floor_char_boundary(start + CROP);
    let end = if until == text.len() {
        until
    } else {
        match text[start..until].rfind(char::is_whitespace) {
            Some(at) if at > CROP / 2 => start + at,
            _ => until,
        }
    };
    let end = start + text[start..end].trim_end().len();
    let ranges = marks
        .iter()
        .filter(|mark| mark.at.start >= start && mark.at.end <= end)
        .map(|mark| mark.at.start - start..mark.at.end - start)
        .collect();
    Highlight {
        part,
        text: shown(&text[start..end]),
        ranges,
        cut: (
            !text[..start].trim().is_empty(),
            !text[end..].trim().is_empty(),
        ),
    }
}

/// Control characters become spaces of the same length, so that ranges stay where they are.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() && c.len_utf8() == 1 => ' ',
            c if c.is_control() => '\u{a0}',
            c => c,
        })
        .collect()
}
