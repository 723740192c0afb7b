//! Makes cases from skeletons: the same seed, moment and order give the same cases.

use chrono::{NaiveDateTime, TimeDelta, Timelike};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::cases::{self, Kind, Reason, Skeleton};
use super::clock;
use super::people::{FIRST_PROVIDER_REQUESTER, People, people};
use super::services::{self, SERVICES};
use super::sketches::{FileSketch, error_window};
use super::slots::Slots;
use super::thread::{self, Ending};
use super::unit::{DISTRICTS, JUGEND_1, ORGANISATIONS, TEAMS, district_name};
use super::words::{pick, varied_title};

/// The number of cases in the small demo.
pub const SMALL_DEMO: usize = 300;

const TEN_YEARS_MINUTES: f64 = 10.0 * 365.25 * 24.0 * 60.0;
const DAY: i64 = 24 * 60;
/// The part of a big fill's years in which a case may still be open; half of them are.
const OPEN_WINDOW: f64 = 0.08;

/// Where a message came from or went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    MailIn,
    Reply,
    Note,
    CallIn,
    CallOut,
    ToVendor,
    FromVendor,
}

/// Who wrote a message, as an index of the matching list in `People`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Agent(usize),
    Requester(usize),
    Vendor(usize),
}

/// A message; `minutes_after` counts from the one before, the first from the case's creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub what: What,
    pub author: Author,
    pub text: String,
    pub minutes_after: i64,
    pub files: Vec<FileSketch>,
}

/// The state a case is in now; `minutes` and `reminder` count from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    New,
    /// A negative reminder has passed.
    Open {
        reminder: Option<i64>,
    },
    WaitingRequester,
    WaitingVendor,
    WaitingDate {
        minutes: i64,
    },
    Solved {
        reason: Reason,
    },
    Closed {
        reason: Reason,
    },
}

/// A case with its thread. Indexes are those of `People`, `TEAMS` and `ORGANISATIONS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub title: String,
    pub kind: Kind,
    pub service: &'static str,
    pub module: Option<&'static str>,
    pub team: usize,
    pub district: usize,
    pub requester: usize,
    /// None only for new cases.
    pub owner: Option<usize>,
    /// The vendor user concerned, if the thread has messages to or from one.
    pub vendor: Option<usize>,
    /// 1 very high, 2 high, 3 normal, 4 low.
    pub priority: u8,
    pub created_minutes_ago: i64,
    pub entries: Vec<Entry>,
    pub fate: Fate,
}

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

/// Makes cases; see the module.
pub struct Generator {
    pub(super) rng: StdRng,
    pub(super) now: NaiveDateTime,
    pub(super) people: People,
    pub(super) pictures: Vec<Vec<u8>>,
    skeletons: Vec<&'static Skeleton>,
    members: Vec<Vec<usize>>,
    vendor_users: Vec<Vec<usize>>,
}

impl Generator {
    /// `now` is the local time; all minutes of the cases count from it.
    pub fn new(seed: u64, now: NaiveDateTime) -> Self {
        let people = people();
        let members = (0..TEAMS.len())
            .map(|team| {
                let of_team = |agent: &usize| people.agents[*agent].teams.contains(&team);
                (0..people.agents.len()).filter(of_team).collect()
            })
            .collect();
        let vendor_users = (0..ORGANISATIONS.len())
            .map(|place| {
                let of_vendor = |user: &usize| people.vendors[*user].organisation == place;
                (0..people.vendors.len()).filter(of_vendor).collect()
            })
            .collect();
        Self {
            rng: StdRng::seed_from_u64(seed),
            now,
            people,
            pictures: vec![
                error_window(&[150, 220, 190]),
                error_window(&[90, 240, 240, 60]),
                error_window(&[200, 130]),
            ],
            skeletons: cases::all(),
            members,
            vendor_users,
        }
    }

    pub fn people(&self) -> &People {
        &self.people
    }

    /// The 300 cases of the small demo, oldest first.
    pub fn small_demo(&mut self) -> Vec<Case> {
        let mut made: Vec<Case> = (0..SMALL_DEMO)
            .map(|place| {
                let order = self.small_order(place);
                self.case(&order, false)
            })
            .collect();
        made.sort_by_key(|case| std::cmp::Reverse(case.created_minutes_ago));
        made
    }

    /// `count` cases over ten years, nearly in order of time, about 96 % of them closed.
    pub fn fill(&mut self, count: usize) -> impl Iterator<Item = Case> {
        (0..count).map(move |place| {
            let share = 1.0 - (place as f64 + self.rng.random::<f64>()) / count as f64;
            let order = self.fill_order(share);
            self.case(&order, true)
        })
    }

    fn small_order(&mut self, place: usize) -> Order {
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

    fn fill_order(&mut self, share: f64) -> Order {
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

    fn case(&mut self, order: &Order, varied: bool) -> Case {
        let skeleton = self.skeleton(order);
        let service_place = services::index_of(skeleton.service).unwrap_or_default();
        let service = &SERVICES[service_place];
        let rng = &mut self.rng;

        let requester = if service.name == "TrägerPortal" {
            rng.random_range(FIRST_PROVIDER_REQUESTER..self.people.requesters.len())
        } else {
            rng.random_range(0..FIRST_PROVIDER_REQUESTER)
        };
        let organisation = self.people.requesters[requester].organisation;
        let district = if DISTRICTS.contains(&organisation) {
            organisation
        } else {
            DISTRICTS.start + organisation % DISTRICTS.len()
        };
        let members = &self.members[service.team];
        let handler = match order.owner {
            Owner::First => 0,
            Owner::Anyone => pick(rng, members).unwrap_or_default(),
            Owner::NotFirst => {
                let others = if members.first() == Some(&0) {
                    &members[1..]
                } else {
                    members
                };
                pick(rng, others).unwrap_or_default()
            }
        };
        let colleague = pick(rng, members).unwrap_or(handler);
        let vendor = pick(rng, &self.vendor_users[service.vendor]);

        // Today's cases can lie after now once moved to a workday's hour.
        let newest = self.now - TimeDelta::minutes(3);
        let created = order.created.min(newest);
        let slots = Slots::draw(
            rng,
            created,
            ORGANISATIONS[district].short_name,
            district_name(district),
        );
        let template = pick(rng, skeleton.titles).unwrap_or(skeleton.service);
        let title = if varied {
            varied_title(rng, &slots, template)
        } else {
            slots.fill(template)
        };
        let ending = match order.fate {
            Fate::New => Ending::Untouched,
            Fate::Open { .. } => Ending::Running,
            Fate::WaitingRequester => Ending::AtRequester,
            Fate::WaitingVendor => Ending::AtVendor,
            Fate::WaitingDate { .. } => Ending::Planned,
            Fate::Solved { .. } => Ending::Solved,
            Fate::Closed { .. } if rng.random_bool(0.7) => Ending::Thanked,
            Fate::Closed { .. } => Ending::Solved,
        };
        let room = (self.now - created).num_minutes();
        let length = order.length.min((room / 10).max(1) as usize);
        let steps = thread::plan(rng, skeleton, ending, length);
        let priority = self.priority(skeleton);
        let cast = super::messages::Cast {
            skeleton,
            slots: &slots,
            requester,
            handler,
            colleague,
            vendor,
        };
        let entries = self.entries(&cast, &steps, created);
        let uses_vendor = entries
            .iter()
            .any(|entry| matches!(entry.what, What::ToVendor | What::FromVendor));
        Case {
            title,
            kind: skeleton.kind,
            service: service.name,
            module: skeleton.module,
            team: service.team,
            district,
            requester,
            owner: (order.fate != Fate::New).then_some(handler),
            vendor: vendor.filter(|_| uses_vendor),
            priority,
            created_minutes_ago: room,
            entries,
            fate: with_reason(order.fate, skeleton.reason),
        }
    }

    fn skeleton(&mut self, order: &Order) -> &'static Skeleton {
        let mut last = self.skeletons[0];
        // A suitable one comes after two or three draws; the bound only keeps the loop finite.
        for _ in 0..400 {
            last = self.skeletons[self.rng.random_range(0..self.skeletons.len())];
            let team = services::index_of(last.service).map(|place| SERVICES[place].team);
            let fits_owner = order.owner != Owner::First || team == Some(JUGEND_1);
            let fits_vendor = order.fate != Fate::WaitingVendor || !last.to_vendor.is_empty();
            if fits_owner && fits_vendor {
                break;
            }
        }
        last
    }

    fn priority(&mut self, skeleton: &Skeleton) -> u8 {
        let calm = !matches!(skeleton.kind, Kind::Incident);
        match self.rng.random_range(0..100) {
            0..6 if !calm => 1,
            0..28 if !calm => 2,
            0..10 => 2,
            10..70 => 3,
            70..85 if !calm => 3,
            _ => 4,
        }
    }
}

fn with_reason(fate: Fate, reason: Reason) -> Fate {
    match fate {
        Fate::Solved { .. } => Fate::Solved { reason },
        Fate::Closed { .. } => Fate::Closed { reason },
        other => other,
    }
}

/// Minutes until some moment before the end of today, rather within office hours.
fn later_today(rng: &mut StdRng, now: NaiveDateTime) -> i64 {
    let minute = i64::from(now.hour() * 60 + now.minute());
    let end = if minute < 16 * 60 { 17 * 60 } else { DAY - 1 };
    rng.random_range(1..(end - minute).max(2))
}
