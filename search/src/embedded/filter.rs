//! Which documents of a segment a filter lets through.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED, Term};

use super::schema::{self, Fields};
use crate::filter::Filter;

/// One flag a document of the segment, deleted ones among them.
pub(super) fn passing(
    fields: &Fields,
    segment: &SegmentReader,
    filter: &Filter,
) -> tantivy::Result<Vec<bool>> {
    let all = segment.max_doc() as usize;
    Ok(match filter {
        Filter::All(parts) => {
            let mut out = vec![true; all];
            for part in parts {
                let other = passing(fields, segment, part)?;
                out.iter_mut().zip(other).for_each(|(a, b)| *a &= b);
            }
            out
        }
        Filter::Any(parts) => {
            let mut out = vec![false; all];
            for part in parts {
                match part {
                    Filter::Is { attribute, value } => {
                        tagged(fields, segment, attribute, value, &mut out)?;
                    }
                    _ => {
                        let other = passing(fields, segment, part)?;
                        out.iter_mut().zip(other).for_each(|(a, b)| *a |= b);
                    }
                }
            }
            out
        }
        Filter::Not(part) => {
            let mut out = passing(fields, segment, part)?;
            out.iter_mut().for_each(|one| *one = !*one);
            out
        }
        Filter::Is { attribute, value } => {
            let mut out = vec![false; all];
            tagged(fields, segment, attribute, value, &mut out)?;
            out
        }
        Filter::In { attribute, values } => {
            let mut out = vec![false; all];
            for value in values {
                tagged(fields, segment, attribute, value, &mut out)?;
            }
            out
        }
        Filter::Before { at } => timed(segment, |time| time < *at)?,
        Filter::After { at } => timed(segment, |time| time >= *at)?,
    })
}

fn tagged(
    fields: &Fields,
    segment: &SegmentReader,
    attribute: &str,
    value: &str,
    out: &mut [bool],
) -> tantivy::Result<()> {
    let term = Term::from_field_text(fields.tag, &schema::tag_term(attribute, value));
    let index = segment.inverted_index(fields.tag)?;
    let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    let mut doc = postings.doc();
    while doc != TERMINATED {
        out[doc as usize] = true;
        doc = postings.advance();
    }
    Ok(())
}

fn timed(segment: &SegmentReader, fits: impl Fn(i64) -> bool) -> tantivy::Result<Vec<bool>> {
    let times = segment.fast_fields().i64("at")?;
    Ok((0..segment.max_doc())
        .map(|doc| times.first(doc).is_some_and(&fits))
        .collect())
}
