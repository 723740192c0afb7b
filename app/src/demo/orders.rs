//! When cases begin, how they stand now and who owns them: the shape of a desk's year.

use chrono::{NaiveDateTime, TimeDelta, Timelike};
use rand::{Rng, rngs::StdRng};

use super::case::Fate;
use super::cases::Reason;
use super::clock;
use super::generator::Generator;

const TEN_YEARS_MINUTES: f64 = 10.0 * 365.25 * 24.0 * 60.0;
const DAY: i64 = 24 * 60;
/// The part of a big fill's years in which a case may still be open; half of them are.
const OPEN_WINDOW: f64 = 0.08;

/// What is settled about a case before its words.
pub(super) struct Order {
    pub fate: Fate,
    pub created: NaiveDateTime,
    pub length: usize,
    pub owner: Owner,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    First,
    NotFirst,
    Anyone,
}

impl Generator {
    pub(super) fn small_order(&mut self, place: usize) -> Order {
        let rng = &mut self.rng;
        let mut owner = Owner::Anyone;
        let (fate, age) = match place {
            0..8 => (Fate::New, None),
            8..68 => {
                owner = if place < 28 {
                    Owner::First
                } else {
                    Owner::NotFirst
                };
                let part: f64 = rng.random();
                let age = DAY + (part * part * 45.0 * DAY as f64) as i64;
                // The first agent's reminders lie among everybody's.
                let reminder = match place % 6 {
                    0 => Some(-rng.random_range(20..(age / 2).min(4000))),
                    1 if place % 30 != 1 => Some(later_today(rng, self.now)),
                    2 => Some(DAY + rng.random_range(0..8 * DAY)),
                    _ => None,
                };
                (Fate::Open { reminder }, Some(age))
            }
            68..93 => (
                Fate::WaitingRequester,
                Some(rng.random_range(DAY..30 * DAY)),
            ),
            93..113 => (
                Fate::WaitingVendor,
                Some(rng.random_range(2 * DAY..60 * DAY)),
            ),
            113..118 => {
                let minutes = rng.random_range(DAY..14 * DAY);
                let age = rng.random_range(3 * DAY..40 * DAY);
                (Fate::WaitingDate { minutes }, Some(age))
            }
            118..140 => (
                Fate::Solved {
                    reason: Reason::NoAction,
                },
                Some(rng.random_range(DAY..10 * DAY)),
            ),
            _ => (
                Fate::Closed {
                    reason: Reason::NoAction,
                },
                Some(rng.random_range(14 * DAY..362 * DAY)),
            ),
        };
        let created = match age {
            Some(minutes) => {
                let minute = rng.random_range(10..580);
                clock::on_a_workday(self.now - TimeDelta::minutes(minutes), minute)
            }
            None => clock::working_minutes_before(self.now, rng.random_range(4..260)),
        };
        Order {
            fate,
            created,
            length: rng.random_range(3..=12),
            owner,
        }
    }

    pub(super) fn fill_order(&mut self, share: f64) -> Order {
        let rng = &mut self.rng;
        let minutes = (share * TEN_YEARS_MINUTES) as i64;
        let open = share < OPEN_WINDOW && rng.random_bool(1.0 - share / OPEN_WINDOW);
        let reason = Reason::NoAction;
        let fate = if !open {
            if minutes < 12 * DAY {
                Fate::Solved { reason }
            } else {
                Fate::Closed { reason }
            }
        } else if minutes < 3 * DAY {
            Fate::New
        } else {
            match rng.random_range(0..10) {
                0..5 => Fate::Open {
                    reminder: rng
                        .random_bool(0.4)
                        .then(|| rng.random_range(-2 * DAY..10 * DAY)),
                },
                5..7 => Fate::WaitingRequester,
                7..9 => Fate::WaitingVendor,
                _ => Fate::WaitingDate {
                    minutes: rng.random_range(60..20 * DAY),
                },
            }
        };
        let minute = rng.random_range(10..580);
        Order {
            fate,
            created: clock::on_a_workday(self.now - TimeDelta::minutes(minutes), minute),
            length: rng.random_range(9..=13),
            owner: Owner::Anyone,
        }
    }
}

/// Minutes until some moment before the end of today, rather within office hours.
fn later_today(rng: &mut StdRng, now: NaiveDateTime) -> i64 {
    let minute = i64::from(now.hour() * 60 + now.minute());
    let end = if minute < 16 * 60 { 17 * 60 } else { DAY - 1 };
    rng.random_range(1..(end - minute).max(2))
}
