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
                let other = passing(fields, segment, part)?;
                out.iter_mut().zip(other).for_each(|(a, b)| *a |= b);
            }
            out
        }
        Filter::Not(part) => {
            let mut out = passing(fields, segment, part)?;
            out.iter_mut().for_each(|one| *one = !*one);
            out
        }
        Filter::Is { attribute, value } => {
            tagged(fields, segment, attribute, std::slice::from_ref(value))?
        }
        Filter::In { attribute, values } => tagged(fields, segment, attribute, values)?,
        Filter::Before { at } => timed(segment, |time| time < *at)?,
        Filter::After { at } => timed(segment, |time| time >= *at)?,
    })
}

fn tagged(
    fields: &Fields,
    segment: &SegmentReader,
    attribute: &str,
    values: &[String],
) -> tantivy::Result<Vec<bool>> {
    let mut out = vec![false; segment.max_doc() as usize];
    for value in values {
        let term = Term::from_field_text(fields.tag, &schema::tag_term(attribute, value));
        each(segment, &term, |doc| out[doc] = true)?;
    }
    Ok(out)
}

/// Takes every document of the segment that has the term, deleted ones among them.
pub(super) fn each(
    segment: &SegmentReader,
    term: &Term,
    mut take: impl FnMut(usize),
) -> tantivy::Result<()> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    while postings.doc() != TERMINATED {
        take(postings.doc() as usize);
        postings.advance();
    }
    Ok(())
}

fn timed(segment: &SegmentReader, fits: impl Fn(i64) -> bool) -> tantivy::Result<Vec<bool>> {
    let times = segment.fast_fields().i64("at")?;
    Ok((0..segment.max_doc())
        .map(|doc| times.first(doc).is_some_and(&fits))
        .collect())
}
