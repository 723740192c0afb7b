//! How a ticket stands with its deadlines at a given moment, as pages show it.

use chrono::TimeDelta;

use super::reckon::{Deadlines, Goal};
use super::rules::Rules;
use crate::clock::Instant;
use crate::ticket::{Ticket, list};

/// How a ticket stands with the deadline that is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Overdue,
    Soon,
    InTime,
    /// The clock is stopped.
    Held,
    /// Everything was done, in time or not.
    Met,
    /// None applies.
    None,
}

/// What of a ticket tells how it stands.
#[derive(Clone, Copy, Debug)]
pub struct Outlook {
    pub active: bool,
    pub answered_at: Option<Instant>,
    pub deadlines: Deadlines,
}

impl Outlook {
    /// Until when a goal that is not reached yet must be, whether the clock runs or not.
    pub(super) fn open(&self, goal: Goal) -> Option<Instant> {
        let is_open = match goal {
            Goal::FirstAnswer => self.active && self.answered_at.is_none(),
            Goal::Solution => self.active,
        };
        self.deadlines.due(goal).filter(|_| is_open)
    }

    /// The goal that must be reached next, whether the clock runs or not.
    pub fn goal(&self) -> Option<Goal> {
        match (self.open(Goal::FirstAnswer), self.open(Goal::Solution)) {
            (Some(first), Some(solution)) if first > solution => Some(Goal::Solution),
            (Some(_), _) => Some(Goal::FirstAnswer),
            (None, Some(_)) => Some(Goal::Solution),
            (None, None) => None,
        }
    }

    pub fn standing(&self, now: Instant) -> Standing {
        let d = &self.deadlines;
        match (d.due_at, self.goal()) {
            (Some(due), _) if due <= now => Standing::Overdue,
            (Some(_), _) if d.warn_at.is_some_and(|warn| warn <= now) => Standing::Soon,
            (Some(_), _) => Standing::InTime,
            (None, Some(_)) if d.held_since.is_some() => Standing::Held,
            (None, _) if d.first_answer_due_at.or(d.solution_due_at).is_some() => Standing::Met,
            (None, _) => Standing::None,
        }
    }

    /// How much time of the calendar a goal still has; nothing once it is missed.
    pub fn left(&self, goal: Goal, rules: &Rules, now: Instant) -> Option<TimeDelta> {
        let hours = rules.hours(self.deadlines.calendar_id?)?;
        let from = self.deadlines.held_since.unwrap_or(now);
        Some(hours.between(from, self.deadlines.due(goal)?))
    }

    /// How much of the next goal's time is used, in percent.
    pub fn used(&self, rules: &Rules, now: Instant) -> Option<i64> {
        let goal = self.goal()?;
        let whole = i64::from(self.deadlines.minutes(goal)?).max(1) * 60;
        let left = self.left(goal, rules, now)?.num_seconds();
        Some(((whole - left) * 100 / whole).clamp(0, 100))
    }
}

impl Ticket {
    /// How it stands with its deadlines.
    pub fn outlook(&self) -> Outlook {
        self.outlook_of(self.deadlines())
    }

    /// How it would stand with these.
    pub(super) fn outlook_of(&self, deadlines: Deadlines) -> Outlook {
        Outlook {
            active: self.active,
            answered_at: self.first_reply_at,
            deadlines,
        }
    }
}

impl list::Row {
    /// How it stands with its deadlines.
    pub fn outlook(&self) -> Outlook {
        Outlook {
            active: self.state.is_active(),
            answered_at: self.first_reply_at,
            deadlines: Deadlines {
                calendar_id: self.calendar_id,
                first_answer_minutes: self.first_answer_minutes,
                solution_minutes: self.solution_minutes,
                first_answer_due_at: self.first_answer_due_at,
                solution_due_at: self.solution_due_at,
                due_at: self.due_at,
                warn_at: self.warn_at,
                held_since: self.held_since,
                ..Deadlines::default()
            },
        }
    }
}
