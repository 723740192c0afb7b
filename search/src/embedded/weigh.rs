//! How well the documents of an index hold a set of terms: BM25 over the parts of a document, each with its weight.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use super::schema::{self, Fields};
use crate::document::Scope;
use crate::request::Request;

/// How soon more of the same word says no more.
const SATURATION: f32 = 1.2;

/// A part of the documents that the request may have searched.
pub(super) struct Place {
    pub field: Field,
    /// What its terms begin with.
    pub prefix: String,
    weight: f32,
    /// How much a long text lowers what a word in it counts, 0 to 1.
    by_length: f32,
    /// Also in `Fields::all`, so its words are there too.
    is_repeated: bool,
}

/// A term in one of its forms, and what it counts beside the word as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weighted {
    pub term: String,
    pub weight: f32,
}

pub(super) struct Segment<'a> {
    pub reader: &'a SegmentReader,
    /// One a place.
    pub indexes: Vec<Arc<InvertedIndexReader>>,
    /// What the length of each document makes of a term, by its stored length.
    norms: Vec<Option<(FieldNormReader, Box<[f32; 256]>)>>,
}

/// What a request may look at.
pub(super) struct View<'a> {
    pub fields: &'a Fields,
    pub places: Vec<Place>,
    pub segments: Vec<Segment<'a>>,
    pub documents: u64,
}

/// One number a document of a segment; empty where the segment has nothing.
pub(super) type Dense = Vec<Vec<f32>>;

impl<'a> View<'a> {
    pub fn of(
        fields: &'a Fields,
        searcher: &'a Searcher,
        request: &Request,
    ) -> tantivy::Result<Self> {
        let places = places(fields, request);
        let mut readers = Vec::new();
        for reader in searcher.segment_readers() {
            let indexes = places
                .iter()
                .map(|place| reader.inverted_index(place.field))
                .collect::<tantivy::Result<Vec<_>>>()?;
            readers.push((reader, indexes));
        }
        let documents: u64 = readers
            .iter()
            .map(|(reader, _)| u64::from(reader.max_doc()))
            .sum();
        let mean: Vec<f32> = (0..places.len())
            .map(|place| {
                let words: u64 = readers
                    .iter()
                    .map(|(_, indexes)| indexes[place].total_num_tokens())
                    .sum();
                (words as f32 / documents.max(1) as f32).max(1.0)
            })
            .collect();
        let mut segments = Vec::new();
        for (reader, indexes) in readers {
            let norms = places
                .iter()
                .zip(&mean)
                .map(|(place, mean)| {
                    let lengths = reader.fieldnorms_readers().get_field(place.field)?;
                    Ok(lengths.map(|lengths| (lengths, by_length(place.by_length, *mean))))
                })
                .collect::<tantivy::Result<Vec<_>>>()?;
            segments.push(Segment {
                reader,
                indexes,
                norms,
            });
        }
        Ok(Self {
            fields,
            places,
            segments,
            documents,
        })
    }

    pub fn term(&self, place: usize, term: &str) -> Term {
        let place = &self.places[place];
        Term::from_field_text(place.field, &format!("{}{term}", place.prefix))
    }

    /// Places whose dictionaries hold every word of the others.
    pub fn dictionaries(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.places.len()).filter(|place| !self.places[*place].is_repeated)
    }

    /// How many documents have a term, at most: those that are hidden or deleted count too.
    pub fn frequency(&self, term: &str) -> tantivy::Result<u64> {
        let mut most = 0;
        for place in self.dictionaries() {
            let term = self.term(place, term);
            let mut sum = 0;
            for segment in &self.segments {
                sum += u64::from(segment.indexes[place].doc_freq(&term)?);
            }
            most = most.max(sum);
        }
        Ok(most)
    }

    /// For each document the best of the terms in each place, added up over the places.
    pub fn weigh(&self, terms: &[Weighted]) -> tantivy::Result<Dense> {
        self.segments
            .iter()
            .map(|segment| self.weigh_segment(segment, terms))
            .collect()
    }

    fn weigh_segment(&self, segment: &Segment, terms: &[Weighted]) -> tantivy::Result<Vec<f32>> {
        let all = segment.reader.max_doc() as usize;
        let mut sum: Vec<f32> = Vec::new();
        // Repeated places come after the one that repeats them, and hold no other words.
        let mut found = vec![false; terms.len()];
        for (at, place) in self.places.iter().enumerate() {
            let mut best: Vec<f32> = Vec::new();
            for (weighted, found) in terms.iter().zip(&mut found) {
                if place.is_repeated && !*found {
                    continue;
                }
                let term = self.term(at, &weighted.term);
                let postings =
                    segment.indexes[at].read_postings(&term, IndexRecordOption::WithFreqs)?;
                let Some(mut postings) = postings else {
                    continue;
                };
                *found |= place.field == self.fields.all;
                if sum.is_empty() {
                    sum = vec![0.0; all];
                }
                if best.is_empty() {
                    best = vec![0.0; all];
                }
                let factor = place.weight * weighted.weight;
                let norms = segment.norms[at].as_ref();
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    let often = postings.term_freq() as f32;
                    let length = norms.map_or(SATURATION, |(lengths, table)| {
                        table[usize::from(lengths.fieldnorm_id(doc))]
                    });
                    let score = factor * often * (SATURATION + 1.0) / (often + length);
                    let at = doc as usize;
                    if score > best[at] {
                        sum[at] += score - best[at];
                        best[at] = score;
                    }
                    doc = postings.advance();
                }
            }
        }
        Ok(sum)
    }
}

fn by_length(share: f32, mean: f32) -> Box<[f32; 256]> {
    let mut table = Box::new([0.0; 256]);
    for (id, one) in (0u8..=255).zip(table.iter_mut()) {
        let length = FieldNormReader::id_to_fieldnorm(id) as f32;
        *one = SATURATION * (1.0 - share + share * length / mean);
    }
    table
}

/// The title says what a document is about, keywords and summary nearly so; attachments often hold much besides.
fn places(fields: &Fields, request: &Request) -> Vec<Place> {
    let open = |field, weight, by_length, is_repeated| Place {
        field,
        prefix: String::new(),
        weight,
        by_length,
        is_repeated,
    };
    let mut places = vec![
        open(fields.all, 1.0, 0.5, false),
        open(fields.title, 1.6, 0.5, true),
        open(fields.keywords, 0.8, 0.3, true),
        open(fields.summary, 0.4, 0.4, true),
    ];
    for scope in &request.scopes {
        match scope {
            Scope::Open => {}
            Scope::Notes => places.push(open(fields.notes, 0.8, 0.6, false)),
            Scope::People => places.push(open(fields.people, 1.0, 0.3, false)),
            Scope::Files => places.push(open(fields.files, 0.5, 0.6, false)),
            Scope::Field(id) => places.push(Place {
                prefix: schema::of_field(*id),
                ..open(fields.values, 0.8, 0.0, false)
            }),
        }
    }
    places
}
