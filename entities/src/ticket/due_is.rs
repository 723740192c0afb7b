//! When the next deadline of a ticket is, as a list's filter and its groups name it.

use chrono::{Datelike as _, Days};
use sea_orm::sea_query::{Condition, ExprTrait};

use super::filter::col;
use crate::clock::{self, Instant};

/// When the next deadline is; each ticket is one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DueIs {
    Overdue,
    /// Later today.
    Today,
    /// After today, up to Sunday.
    ThisWeek,
    Later,
    /// The clock is stopped, everything is done, or nothing is to be kept.
    None,
}

impl DueIs {
    /// All of them, the most urgent first.
    pub const ALL: [DueIs; 5] = [
        DueIs::Overdue,
        DueIs::Today,
        DueIs::ThisWeek,
        DueIs::Later,
        DueIs::None,
    ];

    /// The form in an address.
    pub fn name(self) -> &'static str {
        match self {
            DueIs::Overdue => "overdue",
            DueIs::Today => "today",
            DueIs::ThisWeek => "week",
            DueIs::Later => "later",
            DueIs::None => "none",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<DueIs> {
        DueIs::ALL.into_iter().find(|due| due.name() == name)
    }

    /// Which one a ticket with that deadline is.
    pub fn of(due_at: Option<Instant>, now: Instant) -> DueIs {
        let Some(due) = due_at else {
            return DueIs::None;
        };
        let [tomorrow, next_week] = ends(now);
        match due {
            due if due <= now => DueIs::Overdue,
            due if due < tomorrow => DueIs::Today,
            due if due < next_week => DueIs::ThisWeek,
            _ => DueIs::Later,
        }
    }

    pub(super) fn condition(self, now: Instant) -> Condition {
        let [tomorrow, next_week] = ends(now);
        let all = Condition::all();
        let due = || col("due_at");
        match self {
            DueIs::Overdue => all.add(due().lte(now)),
            DueIs::Today => all.add(due().gt(now)).add(due().lt(tomorrow)),
            DueIs::ThisWeek => all.add(due().gte(tomorrow)).add(due().lt(next_week)),
            DueIs::Later => all.add(due().gte(next_week)),
            DueIs::None => all.add(due().is_null()),
        }
    }
}

/// The ends of today and of this week.
fn ends(now: Instant) -> [Instant; 2] {
    let today = clock::day(now);
    let left = 7 - today.weekday().num_days_from_monday();
    [1, left].map(|days| clock::begin_of(today + Days::new(days.into())))
}
