//! The version of every document, from its columns alone.

use tantivy::Searcher;
use uuid::Uuid;

use super::schema::kind_number;
use crate::document::{Key, Kind};

pub(super) fn all(searcher: &Searcher) -> tantivy::Result<Vec<(Key, i64)>> {
    let mut out = Vec::new();
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let (kinds, stamps) = (columns.u64("kind")?, columns.i64("stamp")?);
        let (highs, lows) = (columns.u64("high")?, columns.u64("low")?);
        for doc in segment.doc_ids_alive() {
            let number = kinds.first(doc).unwrap_or(0);
            let kind = Kind::ALL
                .into_iter()
                .find(|kind| kind_number(*kind) == number);
            let id =
                Uuid::from_u64_pair(highs.first(doc).unwrap_or(0), lows.first(doc).unwrap_or(0));
            if let (Some(kind), Some(stamp)) = (kind, stamps.first(doc)) {
                out.push((Key { kind, id }, stamp));
            }
        }
    }
    out.sort_unstable();
    Ok(out)
}
