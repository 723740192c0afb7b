//! Contracts with vendors: which holds for a service, by when the vendor answers, and what of them is refused.

use chrono::{DateTime, NaiveDate, Utc};
use entities::contract::{self, Contract, ContractFacts, Due, due};
use entities::organisation;
use entities::permit::Desk;
use entities::release::{self, Release, ReleaseFacts};
use entities::setting::{Create, Retire, Setting, Show, Update};
use entities::{Actor, DeskError, Permit, Rejected, Rule, Uuid};
use support::desk::{TestDesk, contract as agreed};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An instant by the clocks of Berlin, in winter.
fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+01:00").parse().unwrap()
}

async fn refused<S: Setting>(desk: &TestDesk, facts: S::Facts) -> Rejected {
    let permit = Permit::ask(&CONSOLE, Desk).unwrap();
    match desk
        .db
        .change(permit, Create::<S> { facts, once: None })
        .await
    {
        Err(DeskError::Rejected(why)) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("not refused"),
    }
}

#[tokio::test]
async fn a_module_is_covered_by_the_contract_about_its_service() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let module = desk.module("Bescheide", service).await;
    let other = desk.service("StatJug", team).await;
    let vendor = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    let office = desk.calendar("Büro").await;
    let whole = desk.contract("Pflege", vendor, service, office).await;
    let now = desk.db.clock().now();
    let holds = async |service, at| {
        let found = contract::of(&desk.db, service, vendor, at).await.unwrap();
        found.map(|agreed| agreed.contract.id)
    };
    assert_eq!(holds(service, now).await, Some(whole));
    assert_eq!(holds(module, now).await, Some(whole));
    assert_eq!(holds(other, now).await, None);
    // A contract about the module alone goes before that about all of it, whichever is newer.
    let own = desk.contract("Bescheide", vendor, module, office).await;
    assert_eq!(holds(module, now).await, Some(own));
    assert_eq!(holds(service, now).await, Some(whole));
    desk.console(Retire::<Contract>::of(own)).await;
    assert_eq!(holds(module, now).await, Some(whole));
}

#[tokio::test]
async fn a_contract_holds_from_its_first_day_to_its_last() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let vendor = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    let centre = desk.vendor("Rechenzentrum Nord", "rz.example").await;
    let office = desk.calendar("Büro").await;
    let facts = ContractFacts {
        from_on: day("2026-01-01"),
        until_on: Some(day("2026-06-30")),
        ..agreed("Pflege", vendor, service, office)
    };
    desk.console(Create::<Contract> { facts, once: None }).await;
    desk.contract("Betrieb", centre, service, office).await;
    for (at, holds) in [
        (at("2025-12-31T23:59"), false),
        (at("2026-01-01T00:00"), true),
        (at("2026-06-30T22:59"), true),
        (at("2026-07-01T01:00"), false),
    ] {
        let found = contract::of(&desk.db, service, vendor, at).await.unwrap();
        assert_eq!(found.is_some(), holds, "{at}");
        let known = contract::vendors_of(&desk.db, service, at).await.unwrap();
        let names: Vec<_> = known.iter().map(|one| one.name.as_str()).collect();
        match holds {
            // The one whose contract is newer is asked first.
            true => assert_eq!(names, ["Nordlicht Software", "Rechenzentrum Nord"]),
            false => assert_eq!(names, ["Rechenzentrum Nord"]),
        }
    }
}

#[tokio::test]
async fn times_of_a_contract_count_in_the_hours_of_its_calendar() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let vendor = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    let office = desk.calendar("Büro").await;
    desk.contract("Pflege", vendor, service, office).await;
    // Friday at two: two hours are left, the other two are Monday's.
    let reported = at("2026-11-20T14:00");
    let agreed = contract::of(&desk.db, service, vendor, reported).await;
    let agreed = agreed.unwrap().unwrap();
    let found = agreed.due(reported);
    assert_eq!(found.reaction_at, Some(at("2026-11-23T10:00")));
    assert_eq!(found.delivery_at, Some(at("2026-11-27T14:00")));
    assert_eq!(due(reported, None, None, &agreed.hours), Due::default());
}

#[tokio::test]
async fn contracts_that_make_no_sense_are_refused() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let vendor = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    let office = desk.calendar("Büro").await;
    let good = || agreed("Pflege", vendor, service, office);
    let district = desk.district("Bezirksamt Pankow", "PA").await;
    let gone = desk.vendor("Südwind", "suedwind.example").await;
    desk.console(organisation::Retire::of(gone)).await;
    let cases = [
        (
            ContractFacts {
                service_ids: vec![],
                ..good()
            },
            Rejected::NoServices,
        ),
        (
            ContractFacts {
                vendor_id: district,
                ..good()
            },
            Rejected::NotAVendor,
        ),
        (
            ContractFacts {
                vendor_id: gone,
                ..good()
            },
            Rejected::Retired,
        ),
        (
            ContractFacts {
                vendor_id: Uuid::nil(),
                ..good()
            },
            Rejected::Retired,
        ),
        (
            ContractFacts {
                service_ids: vec![Uuid::nil()],
                ..good()
            },
            Rejected::Retired,
        ),
        (
            ContractFacts {
                calendar_id: Uuid::nil(),
                ..good()
            },
            Rejected::Retired,
        ),
        (
            ContractFacts {
                reaction_minutes: Some(0),
                ..good()
            },
            Rejected::NotATime,
        ),
        (
            ContractFacts {
                until_on: Some(day("1969-12-31")),
                ..good()
            },
            Rejected::EndsBeforeItBegins,
        ),
        (
            ContractFacts {
                name: " ".into(),
                ..good()
            },
            Rejected::EmptyName,
        ),
    ];
    for (facts, why) in cases {
        let words = format!("{facts:?}");
        assert_eq!(refused::<Contract>(&desk, facts).await, why, "{words}");
    }
    let id = desk.contract("Pflege", vendor, service, office).await;
    assert_eq!(
        refused::<Contract>(&desk, good()).await,
        Rejected::NameTaken
    );
    // What a contract names may be retired later; it still can be changed otherwise.
    desk.console(organisation::Retire::of(vendor)).await;
    let facts = ContractFacts {
        delivery_minutes: None,
        ..good()
    };
    let changed = desk.console(Update::<Contract> { id, facts }).await;
    assert_eq!(changed.delivery_minutes, None);
}

#[tokio::test]
async fn a_release_is_named_once_for_each_service() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let other = desk.service("StatJug", team).await;
    let first = desk.release(service, "7.4.2").await;
    desk.release(other, "7.4.2").await;
    let facts = ReleaseFacts {
        service_id: service,
        name: " 7.4.2 ".to_owned(),
        live_on: None,
    };
    assert_eq!(
        refused::<Release>(&desk, facts.clone()).await,
        Rejected::NameTaken
    );
    for (name, on) in [("7.4.1", "2026-11-03"), ("7.5", "2027-01-12")] {
        let facts = ReleaseFacts {
            name: name.to_owned(),
            live_on: Some(day(on)),
            ..facts.clone()
        };
        desk.console(Create::<Release> { facts, once: None }).await;
    }
    let plan = release::of_services(&desk.db, &[service]).await.unwrap();
    let names: Vec<_> = plan.iter().map(|row| row.release.name.as_str()).collect();
    assert_eq!(names, ["7.4.2", "7.5", "7.4.1"]);
    desk.console(Retire::<Release>::of(first)).await;
    let plan = release::of_services(&desk.db, &[service]).await.unwrap();
    assert_eq!(plan.len(), 2);
    let all = release::list(&desk.db, &CONSOLE, Show::All).await.unwrap();
    assert_eq!(all.len(), 4);
}
