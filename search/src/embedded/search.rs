//! Answering a question: what is visible, what matches, how it is counted, ordered and shown.

use std::collections::BTreeMap;
use std::time::Instant;

use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{DocAddress, DocId, DocSet as _, Searcher, TERMINATED, TantivyDocument, Term};

use super::ask::Asked;
use super::facets::Counter;
use super::highlight::Marker;
use super::open::Open;
use super::order::order;
use super::rank::{self, Ranking};
use super::schema::Fields;
use super::weigh::{Dense, Segment, View};
use super::{filter, schema};
use crate::answer::{Answer, Hit, Total};
use crate::document::Document;
use crate::request::{Match, Request};
use crate::synonyms::Synonyms;

/// With so many documents that have every word nobody needs those with fewer.
const ENOUGH: usize = 20;
/// Documents with fewer words have so much at least of what all of them say together.
const LEAST: [f32; 2] = [0.3, 0.2];

/// A document that matches.
pub(super) struct Found {
    pub segment: usize,
    pub doc: DocId,
    pub has_all: bool,
    /// One bit for each facet whose choice it fails.
    pub fails: u32,
    pub score: f32,
}

pub(super) fn answer(
    open: &Open,
    synonyms: &Synonyms,
    request: &Request,
) -> tantivy::Result<Answer> {
    let started = Instant::now();
    let searcher = open.reader.searcher();
    let view = View::of(&open.fields, &searcher, request)?;
    let mut asked = Asked::of(request);
    if request.matching == Match::Some {
        asked.keep_telling(|needle| rank::frequency(&view, needle))?;
    }
    let visible = visible(&view, &asked, request, &searcher)?;
    let ranking = rank::rank(&view, &asked, synonyms, request, &visible)?;
    let mut counters = view
        .segments
        .iter()
        .map(|segment| Counter::of(segment.reader, &request.facets))
        .collect::<tantivy::Result<Vec<_>>>()?;
    let is_nothing = asked.needles.is_empty()
        && asked.phrases.is_empty()
        && asked.excluded.is_empty()
        && !request.typed.is_empty();
    let mut found = if is_nothing {
        Vec::new()
    } else {
        matching(&ranking, &visible, &counters, request)
    };
    let full = found
        .iter()
        .filter(|one| one.has_all && one.fails == 0)
        .count();
    let relaxed = request.matching == Match::Every
        && full < ENOUGH
        && found.iter().any(|one| !one.has_all && one.fails == 0);
    if request.matching == Match::Every && !relaxed {
        found.retain(|one| one.has_all);
    }
    for one in &found {
        counters[one.segment].count(one.doc, one.fails);
    }
    found.retain(|one| one.fails == 0);
    let mut facets = BTreeMap::new();
    for counter in &counters {
        counter.add_to(&mut facets)?;
    }
    let total = found.len();
    order(&view, &ranking, request, &mut found)?;
    let shown: Vec<_> = found
        .into_iter()
        .skip(request.offset.min(Request::DEEPEST))
        .take(request.limit.min(Request::MOST))
        .collect();
    let marker = Marker::of(&ranking.terms, &ranking.rarity);
    let mut hits = Vec::new();
    for one in &shown {
        let document = load(&open.fields, &searcher, one)?;
        hits.push(hit(&marker, request, one.score, document));
    }
    let corrected = ranking
        .mistyped
        .iter()
        .map(|(at, term)| {
            let typed = asked.needles[*at].typed.clone();
            (
                typed,
                marker
                    .as_written(*at, &hits)
                    .unwrap_or_else(|| term.clone()),
            )
        })
        .collect();
    Ok(Answer {
        hits,
        total: Total::Exactly(total as u64),
        facets,
        corrected,
        relaxed,
        took: started.elapsed(),
    })
}

/// What the request may see at all and its phrases and excluded words allow.
fn visible(
    view: &View,
    asked: &Asked,
    request: &Request,
    searcher: &Searcher,
) -> tantivy::Result<Vec<Vec<bool>>> {
    let mut out = Vec::new();
    for segment in &view.segments {
        let mut passing = filter::passing(view.fields, segment.reader, &request.permission)?;
        let wanted = filter::passing(view.fields, segment.reader, &request.filter)?;
        passing.iter_mut().zip(wanted).for_each(|(a, b)| *a &= b);
        if let Some(alive) = segment.reader.alive_bitset() {
            for (doc, passes) in (0..).zip(passing.iter_mut()) {
                *passes &= alive.is_alive(doc);
            }
        }
        for phrase in &asked.phrases {
            let has = having(view, segment, searcher, std::slice::from_ref(phrase))?;
            passing.iter_mut().zip(has).for_each(|(a, b)| *a &= b);
        }
        for words in &asked.excluded {
            let ways: Vec<Vec<String>> = match words.as_slice() {
                [word] => [
                    word.whole.clone(),
                    format!("{}{}", schema::STEM, word.german),
                    word.german.clone(),
                ]
                .map(|term| vec![term])
                .into(),
                words => vec![words.iter().map(|word| word.whole.clone()).collect()],
            };
            let has = having(view, segment, searcher, &ways)?;
            passing.iter_mut().zip(has).for_each(|(a, b)| *a &= !b);
        }
        out.push(passing);
    }
    Ok(out)
}

/// Documents that have one of the rows of terms in a place that may be searched.
fn having(
    view: &View,
    segment: &Segment,
    searcher: &Searcher,
    ways: &[Vec<String>],
) -> tantivy::Result<Vec<bool>> {
    let mut out = vec![false; segment.reader.max_doc() as usize];
    for place in view.dictionaries() {
        for terms in ways {
            let terms: Vec<Term> = terms.iter().map(|term| view.term(place, term)).collect();
            let query: Box<dyn Query> = match terms.as_slice() {
                [] => continue,
                [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::Basic)),
                _ => Box::new(PhraseQuery::new(terms)),
            };
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            let mut docs = weight.scorer(segment.reader, 1.0)?;
            let mut doc = docs.doc();
            while doc != TERMINATED {
                out[doc as usize] = true;
                doc = docs.advance();
            }
        }
    }
    Ok(out)
}

fn matching(
    ranking: &Ranking,
    visible: &[Vec<bool>],
    counters: &[Counter],
    request: &Request,
) -> Vec<Found> {
    // A word that nothing visible has lowers none of them.
    let whole: f32 = ranking
        .rarity
        .iter()
        .enumerate()
        .filter(|(at, _)| ranking.is_seen(*at, visible))
        .map(|(_, rarity)| rarity)
        .sum();
    let least = LEAST[usize::from(request.matching == Match::Some)] * whole;
    let mut found = Vec::new();
    for (segment, visible) in visible.iter().enumerate() {
        // What each document has of what all of them say, and how well.
        let mut sums = vec![(0.0_f32, 0.0_f32, 0_usize); visible.len()];
        for (scores, rarity) in ranking.scores.iter().zip(&ranking.rarity) {
            for (sum, score) in sums.iter_mut().zip(&scores[segment]) {
                if *score > 0.0 {
                    sum.0 += score * rarity;
                    sum.1 += rarity;
                    sum.2 += 1;
                }
            }
        }
        let seen = sums.into_iter().zip(visible).enumerate();
        for (doc, ((score, has, count), _)) in seen.filter(|(_, (_, visible))| **visible) {
            let has_all = count == ranking.scores.len();
            if !has_all && (has < least || has <= 0.0) {
                continue;
            }
            // What is missing lowers what is there.
            let share = match has_all || whole <= 0.0 {
                true => 1.0,
                false => (has / whole).min(1.0),
            };
            let doc = u32::try_from(doc).unwrap_or(u32::MAX);
            found.push(Found {
                segment,
                doc,
                has_all,
                fails: counters[segment].fails(doc),
                score: score * share * share.sqrt(),
            });
        }
    }
    found
}

fn load(fields: &Fields, searcher: &Searcher, one: &Found) -> tantivy::Result<Document> {
    let segment = u32::try_from(one.segment).unwrap_or(u32::MAX);
    let stored: TantivyDocument = searcher.doc(DocAddress::new(segment, one.doc))?;
    let bytes = stored
        .get_first(fields.document)
        .and_then(|value| value.as_bytes())
        .unwrap_or_default();
    serde_json::from_slice(bytes).map_err(|error| {
        tantivy::TantivyError::DataCorruption(tantivy::error::DataCorruption::comment_only(
            error.to_string(),
        ))
    })
}

fn hit(marker: &Marker, request: &Request, score: f32, document: Document) -> Hit {
    Hit {
        highlights: marker.highlights(&document, request),
        key: document.key,
        reference: document.reference,
        source_id: document.source_id,
        title: document.title,
        score,
    }
}

impl View<'_> {
    /// Documents with one of these references.
    pub(super) fn references(&self, forms: &[String]) -> tantivy::Result<Dense> {
        let mut out = Vec::new();
        for segment in &self.segments {
            let mut dense = Vec::new();
            let all = segment.reader.max_doc() as usize;
            for form in forms {
                let term = Term::from_field_text(self.fields.reference, form);
                filter::each(segment.reader, &term, |doc| {
                    dense.resize(all, 0.0);
                    dense[doc] = 1.0;
                })?;
            }
            out.push(dense);
        }
        Ok(out)
    }
}
