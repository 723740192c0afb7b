//! What an event does to a ticket's deadlines. Pure: rows before and after, rules, and the instant.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::rules::{Aim, Rules};
use super::told::{Told, carried};
use crate::clock::{Instant, micros};
use crate::ticket::{State, Ticket, WaitingFor};

/// "Soon" begins when a quarter of the time is left, and never earlier than so many minutes before.
const SOON_MINUTES: i32 = 4 * 60;

/// What must be done by a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    FirstAnswer,
    Solution,
}

/// The deadlines of a ticket, as its row holds them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// The calendar they are reckoned with.
    pub calendar_id: Option<Uuid>,
    /// The time each has, in minutes of the calendar.
    pub first_answer_minutes: Option<i32>,
    pub solution_minutes: Option<i32>,
    /// Kept once it is met or missed.
    pub first_answer_due_at: Option<Instant>,
    /// While the clock is stopped, as it was when it stopped.
    pub solution_due_at: Option<Instant>,
    /// The next one that is not met, while the clock runs.
    pub due_at: Option<Instant>,
    /// When that one is soon.
    pub warn_at: Option<Instant>,
    /// When somebody must be told of one next.
    pub notice_at: Option<Instant>,
    /// What has been told of each.
    pub first_answer_told: Option<Told>,
    pub solution_told: Option<Told>,
    /// Since when the clock is stopped because the requester is asked.
    pub held_since: Option<Instant>,
    /// How much of the calendar's time it was stopped, in microseconds; without the stop that lasts.
    pub held_us: i64,
}

/// In short, what an event did to the deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// There was none before.
    Set,
    /// The first answer was given; what comes next is the solution.
    Answered,
    /// The requester is asked: the clock stops.
    Stopped,
    /// The clock goes on.
    Resumed,
    /// Service, priority or the rules changed.
    Moved,
    /// The work ended.
    Ended,
    /// None applies any more.
    Lifted,
}

impl Goal {
    /// Both, in the order in which they are usually reached.
    pub const ALL: [Goal; 2] = [Goal::FirstAnswer, Goal::Solution];
}

impl Deadlines {
    /// The record of the history.
    pub fn record(&self, turn: Turn) -> Value {
        json!({
            "turn": turn,
            "calendar": self.calendar_id,
            "first_answer_minutes": self.first_answer_minutes,
            "solution_minutes": self.solution_minutes,
            "first_answer_due": micros(self.first_answer_due_at),
            "solution_due": micros(self.solution_due_at),
            "due": micros(self.due_at),
            "held_since": micros(self.held_since),
            "held_us": self.held_us,
        })
    }

    /// When a goal must be reached, should it have a time.
    pub fn due(&self, goal: Goal) -> Option<Instant> {
        match goal {
            Goal::FirstAnswer => self.first_answer_due_at,
            Goal::Solution => self.solution_due_at,
        }
    }

    /// The time a goal has.
    pub fn minutes(&self, goal: Goal) -> Option<i32> {
        match goal {
            Goal::FirstAnswer => self.first_answer_minutes,
            Goal::Solution => self.solution_minutes,
        }
    }
}

impl Ticket {
    /// The part of the row that is about deadlines.
    pub fn deadlines(&self) -> Deadlines {
        Deadlines {
            calendar_id: self.calendar_id,
            first_answer_minutes: self.first_answer_minutes,
            solution_minutes: self.solution_minutes,
            first_answer_due_at: self.first_answer_due_at,
            solution_due_at: self.solution_due_at,
            due_at: self.due_at,
            warn_at: self.warn_at,
            notice_at: self.notice_at,
            first_answer_told: self.first_answer_told,
            solution_told: self.solution_told,
            held_since: self.held_since,
            held_us: self.held_us,
        }
    }

    pub(crate) fn set_deadlines(&mut self, d: &Deadlines) {
        self.calendar_id = d.calendar_id;
        self.first_answer_minutes = d.first_answer_minutes;
        self.solution_minutes = d.solution_minutes;
        self.first_answer_due_at = d.first_answer_due_at;
        self.solution_due_at = d.solution_due_at;
        self.due_at = d.due_at;
        self.warn_at = d.warn_at;
        self.notice_at = d.notice_at;
        self.first_answer_told = d.first_answer_told;
        self.solution_told = d.solution_told;
        self.held_since = d.held_since;
        self.held_us = d.held_us;
    }

    fn is_held(&self) -> bool {
        (self.state, self.waiting_for) == (State::Waiting, Some(WaitingFor::Requester))
    }
}

/// The deadlines of a ticket after events that led from one row to the other.
pub(crate) fn after(before: &Ticket, ticket: &Ticket, rules: &Rules, at: Instant) -> Deadlines {
    let old = ticket.deadlines();
    if !ticket.active {
        return ended(old, before, ticket, rules, at);
    }
    let aim = rules.aim(ticket.service_id, ticket.priority);
    let hours = old.calendar_id.and_then(|id| rules.hours(id));
    let stopped_at = old.held_since.or(before.solved_at);
    let is_held = ticket.is_held();
    // A solved ticket that is opened again goes on where it was: nobody had to do anything meanwhile.
    let mut held_us = old.held_us;
    if let (Some(since), false) = (stopped_at, is_held && old.held_since.is_some()) {
        held_us += measured(hours, since, at);
    }
    let mut new = Deadlines {
        held_since: is_held.then(|| old.held_since.unwrap_or(at)),
        ..promised(aim, ticket.created_at, held_us)
    };
    if before.first_reply_at.is_some() && ticket.first_reply_at.is_some() {
        // What was promised when it was met stays.
        new.first_answer_minutes = old.first_answer_minutes;
        new.first_answer_due_at = old.first_answer_due_at;
    }
    let outlook = ticket.outlook_of(new);
    if let Some(aim) = aim {
        // While the clock stands, nothing that was told turns untrue.
        let at = new.held_since.unwrap_or(at);
        for goal in Goal::ALL {
            let warn_at = warn(&new, goal, &aim, ticket, held_us);
            new.tell(goal, carried(old.told(goal), warn_at, new.due(goal), at));
        }
    }
    let Some((goal, aim)) = outlook.goal().zip(aim).filter(|_| !is_held) else {
        return new;
    };
    new.due_at = new.due(goal);
    new.warn_at = warn(&new, goal, &aim, ticket, held_us);
    new.notice_at = ticket.outlook_of(new).next_notice();
    new
}

/// What a ticket opened then has to keep, with as much time on top as its clock was stopped.
fn promised(aim: Option<Aim<'_>>, created_at: Instant, held_us: i64) -> Deadlines {
    let times = aim.map(|aim| aim.times).unwrap_or_default();
    let due = |minutes: Option<i32>| {
        let time = TimeDelta::minutes(minutes?.into()) + TimeDelta::microseconds(held_us);
        aim?.hours.add(created_at, time)
    };
    Deadlines {
        calendar_id: aim.map(|aim| aim.calendar_id),
        first_answer_minutes: times.first_answer,
        solution_minutes: times.solution,
        first_answer_due_at: due(times.first_answer),
        solution_due_at: due(times.solution),
        held_us,
        ..Deadlines::default()
    }
}

/// What stays when the work ends.
fn ended(
    old: Deadlines,
    before: &Ticket,
    ticket: &Ticket,
    rules: &Rules,
    at: Instant,
) -> Deadlines {
    // What was just opened and solved at once has a deadline it met.
    if before.version == 0 {
        let aim = rules.aim(ticket.service_id, ticket.priority);
        return promised(aim, ticket.created_at, 0);
    }
    let hours = old.calendar_id.and_then(|id| rules.hours(id));
    let stopped = old.held_since.map(|since| measured(hours, since, at));
    let mut new = Deadlines {
        due_at: None,
        warn_at: None,
        notice_at: None,
        held_since: None,
        held_us: old.held_us + stopped.unwrap_or_default(),
        ..old
    };
    if let (Some(us), Some(hours)) = (stopped, hours) {
        let longer = |due: Instant| hours.add(due, TimeDelta::microseconds(us)).unwrap_or(due);
        new.solution_due_at = old.solution_due_at.map(longer);
        if before.first_reply_at.is_none() {
            new.first_answer_due_at = old.first_answer_due_at.map(longer);
        }
    }
    new
}

/// In short, what led from the old deadlines to the new ones.
pub(crate) fn turn(before: &Ticket, ticket: &Ticket, new: &Deadlines) -> Turn {
    let has = |d: &Deadlines| d.first_answer_due_at.or(d.solution_due_at).is_some();
    let had = has(&before.deadlines());
    if !ticket.active {
        Turn::Ended
    } else if had && !has(new) {
        Turn::Lifted
    } else if new.held_since.is_some() && before.held_since.is_none() {
        Turn::Stopped
    } else if had && (before.held_since.is_some() || !before.active) && new.held_since.is_none() {
        Turn::Resumed
    } else if !had {
        Turn::Set
    } else if before.first_reply_at.is_none() && ticket.first_reply_at.is_some() {
        Turn::Answered
    } else {
        Turn::Moved
    }
}

fn measured(hours: Option<&crate::calendar::Hours>, since: Instant, at: Instant) -> i64 {
    let time = hours.map(|hours| hours.between(since, at));
    time.and_then(|time| time.num_microseconds())
        .unwrap_or_default()
}

fn warn(
    new: &Deadlines,
    goal: Goal,
    aim: &Aim<'_>,
    ticket: &Ticket,
    held_us: i64,
) -> Option<Instant> {
    let minutes = new.minutes(goal)?;
    let whole = TimeDelta::minutes(minutes.into());
    let soon = (whole / 4).min(TimeDelta::minutes(SOON_MINUTES.into()));
    let time = whole - soon + TimeDelta::microseconds(held_us);
    aim.hours.add(ticket.created_at, time)
}
