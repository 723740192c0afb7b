//! Book effort on a ticket or apart from any, and correct what was booked.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::Model;
use super::event::{EffortEvent, Entry};
use crate::actor::Actor;
use crate::clock::{Instant, day};
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Reach;
use crate::policy::Permission;
use crate::ticket::Ticket;

/// The most minutes of a booking, and of a person's day.
pub const MOST_MINUTES: i32 = 24 * 60;
/// The most letters of a remark.
pub const MOST_REMARK: usize = 500;
/// How many days back something can be booked.
const DAYS_BACK: u64 = 366;

/// What is booked; always for whoever acts.
#[derive(Clone, Debug)]
pub struct Booking {
    pub minutes: i32,
    pub day: NaiveDate,
    pub activity_id: Uuid,
    pub remark: Option<String>,
    /// The timer that measured it.
    pub timer_id: Option<Uuid>,
    pub once: Option<String>,
}

/// Books on the ticket.
#[derive(Clone, Debug)]
pub struct Book {
    /// The ticket the permit is about.
    pub ticket_id: Uuid,
    pub booking: Booking,
}

/// Books what belongs to no ticket.
#[derive(Clone, Debug)]
pub struct BookApart {
    pub booking: Booking,
}

/// Puts another amount, day, activity or remark in place of what was booked; zero minutes cancel it.
#[derive(Clone, Debug)]
pub struct Correct {
    /// What was seen.
    pub seen: Entry,
    pub minutes: i32,
    pub day: NaiveDate,
    pub activity_id: Uuid,
    pub remark: Option<String>,
}

type Events = Result<Vec<EffortEvent>, Rejected>;

fn entry(
    minutes: i32,
    on: NaiveDate,
    activity_id: Uuid,
    remark: Option<String>,
    now: Instant,
) -> Result<Entry, Rejected> {
    let today = day(now);
    if on > today {
        return Err(Rejected::DayToCome);
    }
    if on < today - Days::new(DAYS_BACK) {
        return Err(Rejected::DayTooLongAgo);
    }
    let remark = crate::setting::optional(remark);
    if remark
        .as_ref()
        .is_some_and(|remark| remark.chars().count() > MOST_REMARK)
    {
        return Err(Rejected::TooLong);
    }
    Ok(Entry {
        minutes,
        day: on,
        activity_id,
        remark,
        salt: crate::history::salt(),
    })
}

impl Booking {
    fn decide(self, ticket_id: Option<Uuid>, actor: &Actor, now: Instant) -> Events {
        let person_id = actor.person_id().ok_or(Rejected::NothingToDo)?;
        if !(1..=MOST_MINUTES).contains(&self.minutes) {
            return Err(Rejected::NotMinutes);
        }
        let entry = entry(self.minutes, self.day, self.activity_id, self.remark, now)?;
        Ok(vec![EffortEvent::Booked {
            person_id,
            ticket_id,
            entry,
            timer_id: self.timer_id,
        }])
    }
}

impl Command for Book {
    type Target = Model;
    type On = Ticket;
    const NEEDS: Permission = Permission::BookEffort;

    fn target(&self, _: &Ticket) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.booking.once.as_deref()
    }

    fn decide(self, _: &Model, actor: &Actor, now: Instant) -> Events {
        self.booking.decide(Some(self.ticket_id), actor, now)
    }
}

impl Command for BookApart {
    type Target = Model;
    type On = Reach;
    const NEEDS: Permission = Permission::BookEffort;

    fn target(&self, _: &Reach) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        self.booking.once.as_deref()
    }

    fn decide(self, _: &Model, actor: &Actor, now: Instant) -> Events {
        self.booking.decide(None, actor, now)
    }
}

impl Command for Correct {
    type Target = Model;
    type On = Model;
    const NEEDS: Permission = Permission::BookEffort;

    fn target(&self, on: &Model) -> Option<Uuid> {
        Some(on.id)
    }

    fn decide(self, effort: &Model, _: &Actor, now: Instant) -> Events {
        let from = effort.entry();
        if from != self.seen {
            return Err(Rejected::ChangedMeanwhile);
        }
        if !(0..=MOST_MINUTES).contains(&self.minutes) {
            return Err(Rejected::NotMinutes);
        }
        let to = entry(self.minutes, self.day, self.activity_id, self.remark, now)?;
        let said = |entry: &Entry| {
            (
                entry.minutes,
                entry.day,
                entry.activity_id,
                entry.remark.clone(),
            )
        };
        if said(&from) == said(&to) {
            return Err(Rejected::NothingToDo);
        }
        Ok(vec![EffortEvent::Corrected { from, to }])
    }
}
