//! Which of the documents that match come first.

use std::time::{SystemTime, UNIX_EPOCH};

use tantivy::DocId;

use super::near;
use super::rank::Ranking;
use super::search::Found;
use super::weigh::View;
use crate::request::{Order, Request};

/// The best so many are compared closely.
const COMPARED: usize = 150;
const NEARNESS: f32 = 0.8;
/// What a document of today counts more than an old one, and a solved one more than an open one.
const RECENT: f32 = 0.06;
const SOLVED: f32 = 0.03;
const YEAR: f32 = 31_557_600.0;

/// Puts the first `DEEPEST + MOST` in order; what follows is never shown.
pub(super) fn order(
    view: &View,
    ranking: &Ranking,
    request: &Request,
    found: &mut Vec<Found>,
) -> tantivy::Result<()> {
    let times = view
        .segments
        .iter()
        .map(|segment| segment.reader.fast_fields().i64("at"))
        .collect::<tantivy::Result<Vec<_>>>()?;
    let time = |one: &Found| times[one.segment].first(one.doc).unwrap_or(0);
    let deepest = request.offset.min(Request::DEEPEST) + request.limit.min(Request::MOST);
    if request.order == Order::Newest || ranking.scores.is_empty() {
        let mut timed: Vec<_> = found.drain(..).map(|one| (time(&one), one)).collect();
        let newest = |a: &(i64, Found), b: &(i64, Found)| {
            (b.0, a.1.segment, a.1.doc).cmp(&(a.0, b.1.segment, b.1.doc))
        };
        first(&mut timed, deepest, newest);
        found.extend(timed.into_iter().map(|(_, one)| one));
        return Ok(());
    }
    let fit = |a: &Found, b: &Found| {
        b.score
            .total_cmp(&a.score)
            .then((a.segment, a.doc).cmp(&(b.segment, b.doc)))
    };
    first(found, deepest.max(COMPARED), fit);
    found.sort_unstable_by_key(|one| (one.segment, one.doc));
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    for (at, segment) in view.segments.iter().enumerate() {
        let mine: Vec<DocId> = found
            .iter()
            .filter(|one| one.segment == at)
            .map(|one| one.doc)
            .collect();
        let near = near::nearness(view, segment, &mine, &ranking.terms, &ranking.rarity)?;
        let solved = segment.reader.fast_fields().u64("solved")?;
        for (one, near) in found.iter_mut().filter(|one| one.segment == at).zip(near) {
            let years = now.saturating_sub(time(one)).max(0) as f32 / YEAR;
            let is_solved = solved.first(one.doc) == Some(1);
            let gentle = RECENT / (1.0 + years) + if is_solved { SOLVED } else { 0.0 };
            one.score = (one.score + NEARNESS * near) * (1.0 + gentle);
        }
    }
    found.sort_unstable_by(fit);
    Ok(())
}

/// Sorts the first so many and drops the others.
fn first<T>(all: &mut Vec<T>, most: usize, mut by: impl FnMut(&T, &T) -> std::cmp::Ordering) {
    if most == 0 {
        all.clear();
    } else if all.len() > most {
        all.select_nth_unstable_by(most - 1, &mut by);
        all.truncate(most);
    }
    all.sort_unstable_by(by);
}
