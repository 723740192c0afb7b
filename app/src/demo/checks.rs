//! Checks that the demo's content is whole, reserved and the same every time.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::case::{Author, Case, Fate, What};
use super::catalogue::{SERVICES, index_of};
use super::generator::{Generator, SMALL_DEMO};
use super::mails::{Envelope, TEST_MAILS};
use super::people::{AGENTS, REQUESTERS, people};
use super::unit::{DISTRICTS, ORGANISATIONS, TEAMS};
use super::{cases, unit};

fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23)
        .and_then(|day| day.and_hms_opt(10, 48, 0))
        .expect("a valid moment")
}

fn small(seed: u64) -> Vec<Case> {
    Generator::new(seed, now()).small_demo()
}

fn texts(case: &Case) -> impl Iterator<Item = &str> {
    std::iter::once(case.title.as_str()).chain(case.entries.iter().map(|entry| entry.text.as_str()))
}

/// Every word that looks like an address or a host lies in a reserved domain.
fn assert_reserved(text: &str) {
    for word in text.split_whitespace() {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if word.contains('@') {
            assert!(word.ends_with(".example"), "{word}");
        }
        for ending in [".de", ".com", ".org", ".net", ".eu", ".berlin", ".info"] {
            assert!(!word.to_lowercase().ends_with(ending), "{word} in {text}");
        }
        assert!(!word.contains("://") && !word.starts_with("www."), "{word}");
    }
    for (place, _) in text
        .match_indices("Telefon 0")
        .chain(text.match_indices("+49"))
    {
        let number = &text[place..];
        assert!(number.starts_with("Telefon 030 23125 "), "{number}");
    }
}

#[test]
fn the_unit_is_whole() {
    assert_eq!(SERVICES.len(), 33);
    assert_eq!(DISTRICTS.len(), 12);
    for service in &SERVICES {
        assert!(service.team < TEAMS.len());
        assert!(service.vendor >= unit::VENDORS.start && service.vendor < ORGANISATIONS.len());
        assert!((2..=5).contains(&service.modules.len()), "{}", service.name);
    }
    let names: HashSet<_> = SERVICES.iter().map(|service| service.name).collect();
    assert_eq!(names.len(), SERVICES.len());
    let tiles: HashSet<_> = ORGANISATIONS.iter().map(|one| one.short_name).collect();
    assert_eq!(tiles.len(), ORGANISATIONS.len());
    for organisation in ORGANISATIONS {
        assert!(organisation.domain.ends_with(".example"));
    }
}

#[test]
fn people_are_unique_and_reachable_only_in_reserved_ranges() {
    let people = people();
    assert_eq!(people.agents.len(), AGENTS);
    assert_eq!(people.requesters.len(), REQUESTERS);
    assert_eq!(people.agents[0].name(), "Annika Brandt");
    assert_eq!(
        people.requesters[0].address,
        "elif.yildirim@neukoelln.berlin.example"
    );
    assert_eq!(
        people.requesters[1].address,
        "sabine.kowalke@pankow.berlin.example"
    );
    let everybody: Vec<_> = people
        .agents
        .iter()
        .chain(&people.requesters)
        .chain(&people.vendors)
        .collect();
    let addresses: HashSet<_> = everybody.iter().map(|one| &one.address).collect();
    let phones: HashSet<_> = everybody.iter().map(|one| &one.phone).collect();
    assert_eq!(addresses.len(), everybody.len());
    assert_eq!(phones.len(), everybody.len());
    for person in &everybody {
        assert!(person.address.is_ascii() && person.address.ends_with(".example"));
        let digits = person.phone.strip_prefix("030 23125 ").expect("the range");
        assert_eq!(digits.len(), 3, "{}", person.phone);
        assert!(person.teams.iter().all(|team| *team < TEAMS.len()));
    }
    for team in 0..TEAMS.len() {
        assert!(people.agents.iter().any(|one| one.teams.contains(&team)));
    }
}

#[test]
fn skeletons_name_existing_services_and_modules() {
    let all = cases::all();
    assert!(all.len() >= 40);
    for skeleton in all {
        let service = &SERVICES[index_of(skeleton.service).expect("a known service")];
        if let Some(module) = skeleton.module {
            assert!(
                service.modules.contains(&module),
                "{module} of {}",
                service.name
            );
        }
        assert!(!skeleton.titles.is_empty());
        assert_eq!(
            skeleton.to_vendor.is_empty(),
            skeleton.from_vendor.is_empty()
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_cases() {
    assert_eq!(small(7), small(7));
    assert_ne!(small(7), small(8));
    let fill = |seed| Generator::new(seed, now()).fill(40).collect::<Vec<_>>();
    assert_eq!(fill(3), fill(3));
}

#[test]
fn every_case_is_complete_and_reserved() {
    let mut generator = Generator::new(11, now());
    let mut made = generator.small_demo();
    made.extend(generator.fill(1000).collect::<Vec<_>>());
    let people = generator.people();
    for case in &made {
        assert!(index_of(case.service).is_some());
        assert!(case.requester < people.requesters.len() && case.team < TEAMS.len());
        assert!(DISTRICTS.contains(&case.district) && (1..=4).contains(&case.priority));
        assert_eq!(case.owner.is_none(), case.fate == Fate::New);
        for text in texts(case) {
            assert!(!text.contains('{') && !text.contains('}'), "{text}");
            assert!(!text.trim().is_empty());
            assert_reserved(text);
        }
        let mut minute = 0;
        for entry in &case.entries {
            assert!(entry.minutes_after >= 0);
            minute += entry.minutes_after;
            match entry.author {
                Author::Agent(place) => assert!(people.agents[place].teams.contains(&case.team)),
                Author::Requester(place) => assert_eq!(place, case.requester),
                Author::Vendor(place) => assert_eq!(case.vendor, Some(place)),
            }
            for file in &entry.files {
                assert!(!file.bytes.is_empty() && file.bytes.len() < 20_000);
            }
        }
        assert!(minute <= case.created_minutes_ago, "{}", case.title);
    }
}

#[test]
fn the_small_demo_is_distributed_as_promised() {
    for seed in [1, 2, 42] {
        let made = small(seed);
        let count =
            |wanted: &dyn Fn(&Case) -> bool| made.iter().filter(|case| wanted(case)).count();
        assert_eq!(made.len(), SMALL_DEMO);
        assert_eq!(count(&|case| case.fate == Fate::New), 8);
        assert_eq!(count(&|case| matches!(case.fate, Fate::Open { .. })), 60);
        assert_eq!(count(&|case| case.fate == Fate::WaitingRequester), 25);
        assert_eq!(count(&|case| case.fate == Fate::WaitingVendor), 20);
        let reminder = |case: &Case| match case.fate {
            Fate::Open { reminder } => reminder,
            _ => None,
        };
        assert_eq!(
            count(&|case| reminder(case).is_some_and(|minutes| minutes < 0)),
            10
        );
        // The day ends 792 minutes after the chosen moment.
        assert_eq!(
            count(&|case| reminder(case).is_some_and(|minutes| (1..792).contains(&minutes))),
            8
        );
        let first = |case: &Case| case.owner == Some(0) && matches!(case.fate, Fate::Open { .. });
        assert_eq!(count(&first), 20);
        let year = 366 * 24 * 60;
        assert!(made.iter().all(|case| case.created_minutes_ago <= year));
        assert!(made.is_sorted_by_key(|case| std::cmp::Reverse(case.created_minutes_ago)));
        for case in &made {
            let last = case.entries.last().map(|entry| entry.what);
            match case.fate {
                Fate::WaitingRequester => assert_eq!(last, Some(What::Reply)),
                Fate::WaitingVendor => assert_eq!(last, Some(What::ToVendor)),
                _ => assert!(last.is_some()),
            }
        }
    }
}

#[test]
fn a_big_fill_is_mostly_closed_and_about_ten_messages_long() {
    let made: Vec<Case> = Generator::new(5, now()).fill(4000).collect();
    let closed = |case: &&Case| matches!(case.fate, Fate::Closed { .. } | Fate::Solved { .. });
    let share = made.iter().filter(closed).count() as f64 / made.len() as f64;
    assert!((0.95..0.97).contains(&share), "{share}");
    let messages: usize = made.iter().map(|case| case.entries.len()).sum();
    let mean = messages as f64 / made.len() as f64;
    assert!((9.0..11.0).contains(&mean), "{mean}");
    let titles: HashSet<_> = made.iter().map(|case| &case.title).collect();
    assert!(titles.len() > made.len() / 3, "{}", titles.len());
    assert!(made[0].created_minutes_ago > 9 * 365 * 24 * 60);
}

#[test]
fn test_mails_can_be_read_back() {
    let people = people();
    for mail in &TEST_MAILS {
        let envelope = Envelope {
            to: unit::UNIT_ADDRESS,
            sent_at: 1_795_430_880,
            message_id: "probe.1@servicedesk.example",
            answers: &[],
        };
        let raw = mail.raw(&people.requesters, envelope).expect("a mail");
        let read = mail_parser::MessageParser::default()
            .parse(&raw)
            .expect("readable");
        assert_eq!(read.subject(), Some(mail.subject));
        let sender = read.from().and_then(|from| from.first());
        assert_eq!(
            sender.and_then(|from| from.address()),
            Some(people.requesters[mail.sender].address.as_str())
        );
        assert_reserved(mail.body);
    }
}
