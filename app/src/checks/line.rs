//! A count over days as a small line; a day on which nobody counted is a gap in it.

use chrono::NaiveDate;
use maud::{Markup, html};

/// A day with what was counted on it.
pub type Day = (NaiveDate, Option<i64>);

/// The height of the drawing, and what is left free above and below.
const HEIGHT: i64 = 48;
const FREE: i64 = 4;
/// How far days stand apart.
const STEP: i64 = 10;

/// Runs of days that follow each other, as points of the drawing.
fn runs(days: &[Day]) -> Vec<Vec<(i64, i64)>> {
    let most = days
        .iter()
        .filter_map(|(_, n)| *n)
        .max()
        .unwrap_or(0)
        .max(1);
    let point = |at: usize, n: i64| {
        let rise = n * (HEIGHT - 2 * FREE) / most;
        (at as i64 * STEP + FREE, HEIGHT - FREE - rise)
    };
    let mut runs = vec![vec![]];
    for (at, (_, n)) in days.iter().enumerate() {
        match (n, runs.last_mut()) {
            (Some(n), Some(run)) => run.push(point(at, *n)),
            _ => runs.push(vec![]),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The drawing; `said` tells the same to whoever does not see it.
pub fn line(said: &str, days: &[Day]) -> Markup {
    let width = days.len().saturating_sub(1) as i64 * STEP + 2 * FREE;
    let joined = |run: &[(i64, i64)]| {
        let points = run.iter().map(|(x, y)| format!("{x},{y}"));
        points.collect::<Vec<_>>().join(" ")
    };
    html! {
        svg class="trend" viewBox={ "0 0 " (width) " " (HEIGHT) } role="img" aria-label=(said) {
            line class="trend__floor" x1="0" x2=(width) y1=(HEIGHT - FREE) y2=(HEIGHT - FREE) {}
            @for run in runs(days) {
                @match run.as_slice() {
                    [(x, y)] => circle cx=(x) cy=(y) r="2" {},
                    run => polyline points=(joined(run)) {},
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(counts: &[Option<i64>]) -> Vec<Day> {
        NaiveDate::default()
            .iter_days()
            .zip(counts.iter().copied())
            .collect()
    }

    #[test]
    fn a_day_that_nobody_counted_is_a_gap_and_no_nought() {
        let all = days(&[Some(4), Some(2), None, Some(0), None]);
        let drawn = runs(&all);
        assert_eq!(drawn, [vec![(4, 4), (14, 24)], vec![(34, 44)]]);
        let drawing = line("", &all).into_string();
        assert_eq!(drawing.matches("<polyline").count(), 1);
        assert_eq!(drawing.matches("<circle").count(), 1);
    }

    #[test]
    fn nothing_counted_draws_nothing() {
        assert!(runs(&days(&[None, None])).is_empty());
        assert!(runs(&[]).is_empty());
    }
}
