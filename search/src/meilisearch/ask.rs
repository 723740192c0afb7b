//! A request in the words of Meilisearch.

use meilisearch_sdk::client::Client;
use meilisearch_sdk::indexes::Index;
use meilisearch_sdk::search::{MatchingStrategies, SearchQuery, SearchResults, Selectors};

use super::read::{LEFT_OUT, Raw, answer};
use super::wire::{self, Condition, OPEN};
use crate::answer::Answer;
use crate::document::Scope;
use crate::reference;
use crate::request::{Match, Order, Request};
use crate::words;

/// Words of a crop: some 200 characters.
const CROP: usize = 28;
/// Meilisearch reads ten words; of a longer text the longest say most.
const MOST_WORDS: usize = 10;

/// Asks, with one more question for each facet that something is chosen of: its own choice does not narrow its counts.
pub(super) async fn ask(
    client: &Client,
    index: &Index,
    request: &Request,
    fields: &[String],
) -> Result<Answer, meilisearch_sdk::errors::Error> {
    let typed = typed(request);
    let asked_facets = &request.facets[..request.facets.len().min(Request::MOST_FACETS)];
    let choices: Vec<_> = asked_facets
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
    let facets: Vec<String> = asked_facets
        .iter()
        .map(|facet| wire::attribute(&facet.attribute))
        .collect();
    let counted = |chosen: bool| -> Vec<&str> {
        let all = facets.iter().zip(asked_facets);
        all.filter(|(_, facet)| facet.chosen.is_empty() != chosen)
            .map(|(name, _)| name.as_str())
            .collect()
    };
    let unchosen = counted(false);
    let mut filters = Vec::new();
    let mut own: Vec<(Vec<&str>, usize)> = Vec::new();
    for (at, facet) in asked_facets.iter().enumerate() {
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
    let kept = words::telling(typed).into_iter();
    let mut kept: Vec<String> = kept.map(|word| plain(word)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typed::Typed;

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
