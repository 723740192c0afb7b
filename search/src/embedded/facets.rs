//! Counting by attribute, and narrowing by what is chosen of one.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::schema;
use crate::request::{Facet, Request};

/// The facets of one segment.
pub(super) struct Counter<'a> {
    columns: Vec<Column<'a>>,
}

struct Column<'a> {
    facet: &'a Facet,
    values: Option<StrColumn>,
    chosen: Vec<u64>,
    counts: Vec<u64>,
}

impl<'a> Counter<'a> {
    pub fn of(segment: &SegmentReader, facets: &'a [Facet]) -> tantivy::Result<Self> {
        let mut columns = Vec::new();
        for facet in facets.iter().take(Request::MOST_FACETS) {
            let name = format!("facets.{}", schema::facet_name(&facet.attribute));
            let values = segment.fast_fields().str(&name)?;
            let mut chosen = Vec::new();
            let mut counts = Vec::new();
            if let Some(values) = &values {
                for value in &facet.chosen {
                    chosen.extend(values.dictionary().term_ord(value)?);
                }
                counts = vec![0; values.num_terms()];
            }
            columns.push(Column {
                facet,
                values,
                chosen,
                counts,
            });
        }
        Ok(Self { columns })
    }

    /// One bit for each facet that something is chosen of that the document has not.
    pub fn fails(&self, doc: DocId) -> u32 {
        let mut fails = 0;
        for (bit, column) in self.columns.iter().enumerate() {
            let has = column.facet.chosen.is_empty()
                || column.values.as_ref().is_some_and(|values| {
                    values
                        .term_ords(doc)
                        .any(|value| column.chosen.contains(&value))
                });
            if !has {
                fails |= 1 << bit;
            }
        }
        fails
    }

    /// Counts a document that fails no facet, or one alone: that one's own choice does not narrow it.
    pub fn count(&mut self, doc: DocId, fails: u32) {
        for (bit, column) in self.columns.iter_mut().enumerate() {
            if fails & !(1 << bit) != 0 {
                continue;
            }
            if let Some(values) = &column.values {
                for value in values.term_ords(doc) {
                    if let Some(count) = usize::try_from(value)
                        .ok()
                        .and_then(|at| column.counts.get_mut(at))
                    {
                        *count += 1;
                    }
                }
            }
        }
    }

    pub fn add_to(
        &self,
        totals: &mut BTreeMap<String, BTreeMap<String, u64>>,
    ) -> tantivy::Result<()> {
        for column in &self.columns {
            let total = totals.entry(column.facet.attribute.clone()).or_default();
            let Some(values) = &column.values else {
                continue;
            };
            let mut name = String::new();
            for (value, count) in (0u64..).zip(&column.counts) {
                if *count > 0 && values.ord_to_str(value, &mut name)? {
                    *total.entry(name.clone()).or_default() += count;
                }
            }
        }
        Ok(())
    }
}
