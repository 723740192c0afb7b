//! How near one another the words stand that were typed one after the other.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _};

use super::weigh::{Segment, View, Weighted};

/// Words further apart than this are not near.
const FAR: u32 = 12;
/// So many places of a word are compared in one text.
const PLACES: usize = 200;

/// For each document of a segment (in ascending order) what its nearness counts: for each two neighbours 1 where they
/// stand side by side or in one word, less further apart, times what they say.
pub(super) fn nearness(
    view: &View,
    segment: &Segment,
    documents: &[DocId],
    terms: &[Vec<Weighted>],
    rarity: &[f32],
) -> tantivy::Result<Vec<f32>> {
    if terms.len() < 2 || documents.is_empty() {
        return Ok(vec![0.0; documents.len()]);
    }
    let mut nearest = vec![vec![0.0_f32; documents.len()]; terms.len() - 1];
    for place in view.dictionaries() {
        let mut before: Vec<Vec<u32>> = Vec::new();
        for (at, terms) in terms.iter().enumerate() {
            let positions = positions(view, segment, place, documents, terms)?;
            if at > 0 {
                for (document, two) in before.iter().zip(&positions).enumerate() {
                    let near = near(two.0, two.1);
                    let best = &mut nearest[at - 1][document];
                    *best = best.max(near);
                }
            }
            before = positions;
        }
    }
    Ok((0..documents.len())
        .map(|document| {
            nearest
                .iter()
                .zip(rarity.windows(2))
                .map(|(near, two)| near[document] * (two[0] + two[1]) / 2.0)
                .sum()
        })
        .collect())
}

/// Where each document has one of the terms.
fn positions(
    view: &View,
    segment: &Segment,
    place: usize,
    documents: &[DocId],
    terms: &[Weighted],
) -> tantivy::Result<Vec<Vec<u32>>> {
    let mut out = vec![Vec::new(); documents.len()];
    let mut known: Vec<&str> = Vec::new();
    for weighted in terms {
        if known.contains(&weighted.term.as_str()) {
            continue;
        }
        known.push(&weighted.term);
        let term = view.term(place, &weighted.term);
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Some(mut postings) = segment.indexes[place].read_postings(&term, option)? else {
            continue;
        };
        for (at, document) in documents.iter().enumerate() {
            if out[at].len() < PLACES && seek(&mut postings, *document) {
                postings.append_positions_with_offset(0, &mut out[at]);
            }
        }
    }
    for places in &mut out {
        places.sort_unstable();
    }
    Ok(out)
}

fn seek(postings: &mut SegmentPostings, document: DocId) -> bool {
    if postings.doc() < document {
        postings.seek(document);
    }
    postings.doc() == document
}

fn near(one: &[u32], other: &[u32]) -> f32 {
    let mut least = u32::MAX;
    let (mut a, mut b) = (0, 0);
    while let (Some(first), Some(second)) = (one.get(a), other.get(b)) {
        least = least.min(first.abs_diff(*second));
        if first < second {
            a += 1;
        } else {
            b += 1;
        }
    }
    match least {
        0 | 1 => 1.0,
        FAR.. => 0.0,
        apart => 1.0 / (apart as f32).sqrt() * 0.9,
    }
}
