//! A request in the words of Meilisearch, and its answer in ours.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::time::Duration;

use meilisearch_sdk::client::Client;
use meilisearch_sdk::indexes::Index;
use meilisearch_sdk::search::{
    MatchingStrategies, SearchQuery, SearchResult, SearchResults, Selectors,
};
use serde_json::{Map, Value};

use super::wire::{self, Condition, OPEN};
use crate::answer::{Answer, Highlight, Hit, Part, Total};
use crate::document::Scope;
use crate::reference;
use crate::request::{Match, Order, Request};
use crate::words;

/// Around what matched.
const OPENING: char = '\u{1}';
const CLOSING: char = '\u{2}';
/// Where a crop leaves something out.
const LEFT_OUT: &str = "\u{3}";
/// Words of a crop: some 200 characters.
const CROP: usize = 28;
/// Meilisearch reads ten words; of a longer text the longest say most.
const MOST_WORDS: usize = 10;

type Raw = Map<String, Value>;

/// Asks, with one more question for each facet that something is chosen of: its own choice does not narrow its counts.
pub(super) async fn ask(
    client: &Client,
    index: &Index,
    request: &Request,
    fields: &[String],
) -> Result<Answer, meilisearch_sdk::errors::Error> {
    let typed = typed(request);
    let choices: Vec<_> = request
        .facets
        .iter()
        .map(|facet| match facet.chosen.is_empty() {
            true => Condition::Everything,
            false => Condition::values(&facet.attribute, &facet.chosen),
        })
        .collect();
    // All choices, or all but one.
    let condition = |without: Option<usize>| {
        let others = choices
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != without);
        let fixed = [&request.permission, &request.filter].map(Condition::of);
        Condition::all(
            fixed
                .into_iter()
                .chain(others.map(|(_, choice)| choice.clone())),
        )
    };
    let scopes: Vec<(Scope, String)> = request
        .scopes
        .iter()
        .filter(|scope| **scope != Scope::Open)
        .map(|scope| (*scope, wire::scope_name(*scope)))
        .filter(|(scope, name)| !matches!(scope, Scope::Field(_)) || fields.contains(name))
        .collect();
    let searched: Vec<&str> = OPEN
        .into_iter()
        .chain(scopes.iter().map(|(_, name)| name.as_str()))
        .collect();
    let shown: Vec<&str> = searched
        .iter()
        .copied()
        .filter(|name| *name != "numbers")
        .collect();
    let cropped: Vec<(&str, Option<usize>)> = shown
        .iter()
        .filter(|name| !matches!(**name, "title" | "keywords"))
        .map(|name| (*name, Some(CROP)))
        .collect();
    let facets: Vec<String> = request
        .facets
        .iter()
        .map(|facet| wire::attribute(&facet.attribute))
        .collect();
    let counted = |chosen: bool| -> Vec<&str> {
        let all = facets.iter().zip(&request.facets);
        all.filter(|(_, facet)| facet.chosen.is_empty() != chosen)
            .map(|(name, _)| name.as_str())
            .collect()
    };
    let unchosen = counted(false);
    let mut filters = Vec::new();
    let mut own: Vec<(Vec<&str>, usize)> = Vec::new();
    for (at, facet) in request.facets.iter().enumerate() {
        if !facet.chosen.is_empty() {
            own.push((vec![facets[at].as_str()], filters.len()));
            filters.push(condition(Some(at)));
        }
    }
    let main = condition(None);
    let text = |condition: &Condition| match condition {
        Condition::Some(text) => Some(text.clone()),
        _ => None,
    };
    let texts: Vec<_> = filters.iter().map(text).collect();
    let main_text = text(&main);
    let newest = request.order == Order::Newest || typed.trim().is_empty();

    let base = || {
        let mut query = SearchQuery::new(index);
        query
            .with_query(&typed)
            .with_attributes_to_search_on(&searched);
        query.with_matching_strategy(match request.matching {
            Match::Every => MatchingStrategies::LAST,
            Match::Some => MatchingStrategies::FREQUENCY,
        });
        query
    };
    let mut first = base();
    first
        .with_limit(request.limit.min(Request::MOST))
        .with_offset(request.offset.min(Request::DEEPEST))
        .with_facets(Selectors::Some(&unchosen))
        .with_attributes_to_retrieve(Selectors::Some(&["id", "reference", "source_id", "title"]))
        .with_attributes_to_highlight(Selectors::Some(&shown))
        .with_attributes_to_crop(Selectors::Some(&cropped))
        .with_crop_marker(LEFT_OUT)
        .with_highlight_pre_tag("\u{1}")
        .with_highlight_post_tag("\u{2}")
        .with_show_ranking_score(true)
        .with_show_ranking_score_details(true);
    if newest {
        first.with_sort(&["at:desc"]);
    }
    if let Some(text) = &main_text {
        first.with_filter(text);
    }
    let mut asked = vec![(first.build(), main == Condition::Nothing)];
    for (names, at) in &own {
        let mut query = base();
        query.with_limit(0).with_facets(Selectors::Some(names));
        if let Some(text) = &texts[*at] {
            query.with_filter(text);
        }
        asked.push((query.build(), filters[*at] == Condition::Nothing));
    }
    // What can have no answer is not asked.
    let mut answers: Vec<Option<SearchResults<Raw>>> = asked.iter().map(|_| None).collect();
    let open: Vec<usize> = (0..asked.len()).filter(|at| !asked[*at].1).collect();
    if let [one] = open.as_slice() {
        answers[*one] = Some(asked[*one].0.execute().await?);
    } else if !open.is_empty() {
        let mut many = client.multi_search();
        for at in &open {
            many.with_search_query(asked[*at].0.clone().with_index_uid().build());
        }
        for (at, answer) in open.into_iter().zip(many.execute().await?.results) {
            answers[at] = Some(answer);
        }
    }
    Ok(answer(request, answers, &scopes))
}

/// Words, phrases and excluded words as Meilisearch reads them.
fn typed(request: &Request) -> String {
    let typed = &request.typed;
    let says = |word: &String| !words::is_stop_word(word);
    let any_says = typed.words.iter().any(says) || !typed.phrases.is_empty();
    let mut kept: Vec<String> = typed
        .words
        .iter()
        .filter(|word| !any_says || says(word))
        .map(|word| plain(word))
        .collect();
    if request.matching == Match::Some && kept.len() > MOST_WORDS {
        let mut lengths: Vec<usize> = kept.iter().map(|word| word.chars().count()).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        let least = lengths[MOST_WORDS];
        kept.retain(|word| word.chars().count() > least);
    }
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', " "));
    let mut parts: Vec<String> = if request.typos {
        kept
    } else {
        kept.iter().map(quoted).collect()
    };
    parts.extend(typed.phrases.iter().map(quoted));
    parts.extend(
        typed
            .excluded
            .iter()
            .map(|text| format!("-{}", quoted(text))),
    );
    let mut out = parts.join(" ");
    // A word that is followed by something is whole.
    if !request.prefix_last {
        out.push(' ');
    }
    out
}

/// A word without what would be syntax; a ticket's number in the form that is indexed.
fn plain(word: &str) -> String {
    match reference::typed(word).first() {
        Some(form) if word.chars().all(|c| !c.is_alphabetic()) => form.clone(),
        _ => word.trim_start_matches(['-', '+']).replace('"', " "),
    }
}

fn answer(
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
    use crate::typed::Typed;

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

    #[test]
    fn what_was_typed_keeps_no_syntax_of_its_own() {
        let ask = |text: &str| typed(&Request::of(Typed::parse(text, &[])));
        assert_eq!(ask("wie geht der Zahllauf"), "geht Zahllauf");
        assert_eq!(ask("x \"b c\" -d -\"e f\""), "x \"b c\" -\"d\" -\"e f\"");
        assert_eq!(ask("#2026-011418-3"), "2026-11418-3");
        assert_eq!(
            typed(&Request {
                typos: false,
                prefix_last: false,
                ..Request::of(Typed::parse("x y", &[]))
            }),
            "\"x\" \"y\" "
        );
    }
}
