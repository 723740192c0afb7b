//! Makes cases from skeletons: the same seed, moment and order give the same cases.

use chrono::{NaiveDateTime, TimeDelta};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::case::{Case, Fate, What};
use super::cases::{self, Kind, Reason, Skeleton};
use super::catalogue::{self, SERVICES};
use super::orders::{Order, Owner};
use super::people::{FIRST_PROVIDER_REQUESTER, People, people};
use super::sketches::error_window;
use super::slots::Slots;
use super::thread::{self, Ending};
use super::unit::{DISTRICTS, JUGEND_1, ORGANISATIONS, TEAMS, district_name};
use super::words::{pick, varied_title};

/// The number of cases in the small demo.
pub const SMALL_DEMO: usize = 300;

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

    fn case(&mut self, order: &Order, varied: bool) -> Case {
        let skeleton = self.skeleton(order);
        let service_place = catalogue::index_of(skeleton.service).unwrap_or_default();
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
        let mut slots = Slots::draw(
            rng,
            created,
            ORGANISATIONS[district].short_name,
            district_name(district),
        );
        if let Fate::WaitingDate { minutes } = order.fate {
            slots.wait_until(self.now + TimeDelta::minutes(minutes));
        }
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
            let team = catalogue::index_of(last.service).map(|place| SERVICES[place].team);
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
