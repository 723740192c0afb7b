//! An answer of Meilisearch in our words.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::time::Duration;

use meilisearch_sdk::search::{SearchResult, SearchResults};
use serde_json::{Map, Value};

use super::wire;
use crate::answer::{Answer, Highlight, Hit, Part, Total};
use crate::document::Scope;
use crate::request::Request;

/// Around what matched.
const OPENING: char = '\u{1}';
const CLOSING: char = '\u{2}';
/// Where a crop leaves something out.
pub(super) const LEFT_OUT: &str = "\u{3}";

pub(super) type Raw = Map<String, Value>;

/// The answers to the question and to those for single facets, in that order; none where nothing was asked.
pub(super) fn answer(
    request: &Request,
    mut answers: Vec<Option<SearchResults<Raw>>>,
    scopes: &[(Scope, String)],
) -> Answer {
    let mut facets: BTreeMap<String, BTreeMap<String, u64>> = request
        .facets
        .iter()
        .map(|facet| (facet.attribute.clone(), BTreeMap::new()))
        .collect();
    let mut took = 0;
    for answer in answers.iter().flatten() {
        took += answer.processing_time_ms;
        for facet in &request.facets {
            let counts = answer
                .facet_distribution
                .as_ref()
                .and_then(|all| all.get(&wire::attribute(&facet.attribute)));
            if let Some(counts) = counts {
                facets.insert(facet.attribute.clone(), counted(counts));
            }
        }
    }
    let main = answers.first_mut().and_then(Option::take);
    let estimated = main
        .as_ref()
        .and_then(|main| main.estimated_total_hits)
        .unwrap_or(0);
    let found = main.map(|main| main.hits).unwrap_or_default();
    let is_all = request.offset + found.len() >= estimated && (request.limit > 0 || estimated == 0);
    Answer {
        total: match is_all {
            true => Total::Exactly(estimated as u64),
            false => Total::AtLeast(estimated as u64),
        },
        relaxed: found.iter().any(lacks),
        hits: found
            .into_iter()
            .filter_map(|one| hit(one, scopes))
            .collect(),
        facets,
        corrected: Vec::new(),
        took: Duration::from_millis(took as u64),
    }
}

fn counted(counts: &HashMap<String, usize>) -> BTreeMap<String, u64> {
    counts
        .iter()
        .filter_map(|(code, count)| Some((wire::decoded(code)?, *count as u64)))
        .collect()
}

/// Whether a hit has fewer words than were asked for.
fn lacks(result: &SearchResult<Raw>) -> bool {
    let words = result
        .ranking_score_details
        .as_ref()
        .and_then(|details| details.get("words"));
    let number = |name: &str| words.and_then(|words| words.get(name)?.as_u64());
    number("matchingWords") < number("maxMatchingWords")
}

fn hit(result: SearchResult<Raw>, scopes: &[(Scope, String)]) -> Option<Hit> {
    let text = |name: &str| {
        result
            .result
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let formatted = result.formatted_result.unwrap_or_default();
    Some(Hit {
        key: wire::key(&text("id")?)?,
        reference: text("reference").unwrap_or_default(),
        source_id: text("source_id"),
        title: text("title").unwrap_or_default(),
        score: result.ranking_score.unwrap_or(0.0) as f32,
        highlights: highlights(&formatted, scopes),
    })
}

fn highlights(formatted: &Raw, scopes: &[(Scope, String)]) -> Vec<Highlight> {
    let texts = |name: &str| -> Vec<String> {
        match formatted.get(name) {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(texts)) => texts
                .iter()
                .filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        }
    };
    let title = texts("title")
        .iter()
        .map(|text| highlight(Part::Title, text))
        .find(|one| !one.ranges.is_empty());
    let keywords = texts("keywords").join(", ");
    let mut others: Vec<Highlight> = texts("summary")
        .iter()
        .map(|text| highlight(Part::Summary, text))
        .collect();
    others.push(highlight(Part::Keywords, &keywords));
    let open = (Scope::Open, "open".to_owned());
    for (scope, name) in std::iter::once(&open).chain(scopes) {
        others.extend(
            texts(name)
                .iter()
                .map(|text| highlight(Part::Passage(*scope), text)),
        );
    }
    // The first of those in which most is marked; where nothing is, the first that says something in the open.
    let best = others
        .iter()
        .rev()
        .max_by_key(|one| one.ranges.len())
        .filter(|one| !one.ranges.is_empty());
    let beginning = || {
        let is_open =
            |one: &&Highlight| matches!(one.part, Part::Summary | Part::Passage(Scope::Open));
        others
            .iter()
            .filter(is_open)
            .find(|one| !one.text.trim().is_empty())
    };
    title
        .into_iter()
        .chain(best.or_else(beginning).cloned())
        .collect()
}

/// Takes the marks out of a text and says where they were. Marks of parts of one word become one range.
fn highlight(part: Part, marked: &str) -> Highlight {
    let (start, end) = (marked.starts_with(LEFT_OUT), marked.ends_with(LEFT_OUT));
    let mut text = String::with_capacity(marked.len());
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for c in marked.chars() {
        match c {
            OPENING => open = Some(text.len()),
            CLOSING => {
                let from = open.take().unwrap_or(text.len());
                match ranges.last_mut() {
                    Some(last) if last.end == from => last.end = text.len(),
                    _ if from < text.len() => ranges.push(from..text.len()),
                    _ => {}
                }
            }
            _ if LEFT_OUT.starts_with(c) => {}
            _ => text.push(c),
        }
    }
    Highlight {
        part,
        text,
        ranges,
        cut: (start, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_ranges() {
        let one = highlight(
            Part::Title,
            "\u{3}keine \u{1}Abschlags\u{2}\u{1}zahlung\u{2} für \u{1}Träger\u{2}",
        );
        let marked: Vec<_> = one
            .ranges
            .iter()
            .map(|range| &one.text[range.clone()])
            .collect();
        assert_eq!(marked, ["Abschlagszahlung", "Träger"]);
        assert_eq!(one.cut, (true, false));
    }
}
