//! Now, as the desk sees it: one source of time, cut to microseconds so both databases keep it exactly.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Utc};
use chrono_tz::Europe::Berlin;

/// An instant in UTC with microsecond precision.
pub type Instant = DateTime<Utc>;

/// The day an instant falls on where the desk works.
pub fn day(at: Instant) -> NaiveDate {
    at.with_timezone(&Berlin).date_naive()
}

/// The instant a day begins where the desk works.
pub fn begin_of(day: NaiveDate) -> Instant {
    // No change of clocks there touches midnight.
    let midnight = day.and_time(NaiveTime::MIN);
    let local = midnight.and_local_timezone(Berlin).earliest();
    local.map_or_else(|| midnight.and_utc(), |local| local.to_utc())
}

/// What clocks show at an instant where the desk works.
pub fn local(at: Instant) -> NaiveDateTime {
    at.with_timezone(&Berlin).naive_local()
}

/// The first instant at which clocks show that where the desk works, or as much later as they skip.
pub fn at(local: NaiveDateTime) -> Instant {
    let found = |local: NaiveDateTime| local.and_local_timezone(Berlin).earliest();
    let skipped = || found(local + chrono::Duration::hours(1));
    found(local)
        .or_else(skipped)
        .map_or_else(|| local.and_utc(), |at| at.to_utc())
}

/// An instant as records hold it.
pub(crate) fn micros(at: Option<Instant>) -> Option<String> {
    at.map(|at| at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string())
}

/// The clock of one process. Tests move it forward; production never does.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_us: Arc<AtomicI64>,
}

impl Clock {
    /// The present instant, cut to microseconds.
    pub fn now(&self) -> Instant {
        let ahead = chrono::Duration::microseconds(self.ahead_us.load(Ordering::Relaxed));
        (Utc::now() + ahead).trunc_subsecs(6)
    }

    /// Moves this clock (and all its clones) forward.
    pub fn advance(&self, by: chrono::Duration) {
        let us = by.num_microseconds().unwrap_or(0);
        self.ahead_us.fetch_add(us, Ordering::Relaxed);
    }
}
