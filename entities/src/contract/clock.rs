//! By when a vendor answers and delivers: the agreed time in the hours of the contract's calendar.

use chrono::TimeDelta;

use crate::calendar::Hours;
use crate::clock::Instant;

/// What a contract asks for after a report; none where nothing is agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    pub reaction_at: Option<Instant>,
    pub delivery_at: Option<Instant>,
}

/// The instants until which a vendor answers and delivers what was reported at that time.
pub fn due(
    reported_at: Instant,
    reaction_minutes: Option<i32>,
    delivery_minutes: Option<i32>,
    hours: &Hours,
) -> Due {
    let after = |minutes: Option<i32>| {
        let minutes = TimeDelta::minutes(minutes?.into());
        hours.add(reported_at, minutes)
    };
    Due {
        reaction_at: after(reaction_minutes),
        delivery_at: after(delivery_minutes),
    }
}
