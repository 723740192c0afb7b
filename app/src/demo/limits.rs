//! The times the demo's unit has given itself: general ones, and shorter ones for payments and access.

use std::collections::HashMap;

use entities::time_limit::{Goals, TimeLimit, TimeLimitFacts, Times};
use entities::{Uuid, calendar, time_limit};

use super::database::{Maker, by_name};
use super::unit::{ZAHLUNGEN, ZUGANG};

const GENERAL: &str = "Allgemein";
const PAYMENTS: &str = "Zahlungen";
const ACCESS: &str = "Zugang";

const HOUR: i32 = 60;
/// A day of eight hours.
const DAY: i32 = 8 * HOUR;

const fn times(first_answer: i32, solution: i32) -> Times {
    Times {
        first_answer: Some(first_answer),
        solution: Some(solution),
    }
}

const LIMITS: [(&str, Goals); 3] = [
    (
        GENERAL,
        Goals {
            low: times(2 * DAY, 30 * DAY),
            normal: times(DAY, 15 * DAY),
            high: times(4 * HOUR, 5 * DAY),
            very_high: times(HOUR, DAY),
        },
    ),
    (
        PAYMENTS,
        Goals {
            low: times(DAY, 20 * DAY),
            normal: times(4 * HOUR, 10 * DAY),
            high: times(2 * HOUR, 3 * DAY),
            very_high: times(30, 4 * HOUR),
        },
    ),
    (
        ACCESS,
        Goals {
            low: times(DAY, 5 * DAY),
            normal: times(4 * HOUR, 2 * DAY),
            high: times(HOUR, DAY),
            very_high: times(30, 2 * HOUR),
        },
    ),
];

/// The limit of the services of a team; none where the general one holds.
pub(super) fn of_team(team: usize, limits: &HashMap<String, Uuid>) -> Option<Uuid> {
    let name = match team {
        ZAHLUNGEN => PAYMENTS,
        ZUGANG => ACCESS,
        _ => return None,
    };
    limits.get(name).copied()
}

/// Makes those that are missing; their ids by name.
pub(super) async fn build(maker: &Maker<'_>) -> anyhow::Result<HashMap<String, Uuid>> {
    let mut known = by_name(time_limit::choices(maker.db).await?);
    let calendars = calendar::choices(maker.db).await?;
    let Some(calendar) = calendars.first() else {
        return Ok(known);
    };
    let missing = LIMITS.iter().filter(|(name, _)| !known.contains_key(*name));
    let facts = missing.map(|(name, goals)| TimeLimitFacts {
        name: (*name).to_owned(),
        calendar_id: calendar.id,
        standard: *name == GENERAL,
        goals: *goals,
    });
    for made in maker.create::<TimeLimit>(facts.collect()).await? {
        known.insert(made.name, made.id);
    }
    Ok(known)
}
