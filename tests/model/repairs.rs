//! Lists that know with whom a repair lies, whatever state the ticket itself is in.

use chrono::Duration;
use entities::ticket::filter::{Filter, RepairIs, Standing};
use entities::ticket::list::{self, Sort, page_query};
use entities::ticket::repair_facet::{by_repair, by_repair_query};
use entities::ticket::share::{Repair, read};
use entities::ticket::{MoveRepair, Reopen, Share, Ticket, Wait, WaitingFor, tally};
use entities::{Actor, Permit, Rule};
use support::desk::{TestDesk, enquiry};

use crate::plan::{Plan, backend};

const CONSOLE: Actor = Actor::System(Rule::Console);

fn lies(repair: RepairIs) -> Filter {
    Filter {
        repair: Some(repair),
        ..Filter::default()
    }
}

async fn listed(desk: &TestDesk, repair: RepairIs) -> Vec<String> {
    let filter = lies(repair);
    let page = list::list(&desk.db, &CONSOLE, &filter, Sort::default(), None, 20).await;
    let rows = page.unwrap().rows.into_iter();
    let mut titles: Vec<String> = rows.map(|row| row.title).collect();
    titles.sort_unstable();
    titles
}

async fn reopened(desk: &TestDesk, ticket: &Ticket) {
    let permit = Permit::ask(&CONSOLE, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, Reopen).await.unwrap();
}

#[tokio::test]
async fn a_repair_that_is_a_vendors_turn_is_listed_though_the_ticket_is_in_work() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let centre = desk.data_centre("Rechenzentrum", "rz.example").await;
    let shared = desk.ticket("Geteilt").await;
    let share = desk.share(&shared, nordlicht).await;
    desk.share(&desk.read(shared.id).await, centre).await;
    // Annika works on it meanwhile.
    reopened(&desk, &shared).await;
    let by_mail = desk.ticket("Nur per E-Mail gefragt").await;
    let permit = Permit::ask(&CONSOLE, by_mail.clone()).unwrap();
    let wait = Wait {
        waiting_for: WaitingFor::Vendor,
        until: None,
    };
    desk.db.change(permit, wait).await.unwrap();
    desk.ticket("Ohne Hersteller").await;
    assert_eq!(
        listed(&desk, RepairIs::WithVendor).await,
        ["Geteilt", "Nur per E-Mail gefragt"]
    );
    assert!(listed(&desk, RepairIs::WithUnit).await.is_empty());
    let filters = [RepairIs::WithVendor, RepairIs::WithUnit].map(lies);
    let counts = tally::of_filters(&desk.db, &CONSOLE, &filters, 100).await;
    let counts: Vec<i64> = counts.unwrap().iter().map(|tally| tally.all).collect();
    assert_eq!(counts, [2, 0]);
    let mut share = share;
    for to in [Repair::Accepted, Repair::InWork, Repair::Delivered] {
        let ticket = desk.read(shared.id).await;
        let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
        let id = share.id;
        desk.db
            .change(permit, MoveRepair { share, to })
            .await
            .unwrap();
        share = read::one(&desk.db, &ticket, id).await.unwrap();
    }
    // What the panel counts is what each choice lists, whatever else is chosen there.
    let chosen = lies(RepairIs::WithUnit);
    let numbers = by_repair(&desk.db, &CONSOLE, &chosen).await.unwrap();
    for (repair, n) in numbers {
        assert_eq!(n, listed(&desk, repair).await.len() as i64, "{repair:?}");
    }
    let ended = Filter {
        standings: vec![Standing::Closed],
        ..Filter::default()
    };
    let of_ended = by_repair(&desk.db, &CONSOLE, &ended).await.unwrap();
    assert_eq!(of_ended, []);
    // One vendor has delivered; the other's turn it still is.
    assert_eq!(listed(&desk, RepairIs::WithUnit).await, ["Geteilt"]);
    assert!(
        listed(&desk, RepairIs::WithVendor)
            .await
            .contains(&"Geteilt".to_owned())
    );
    let marks = read::marks(&desk.db, &[shared.id]).await.unwrap();
    let marks: Vec<_> = marks[&shared.id]
        .iter()
        .map(|m| (m.vendor.as_str(), m.repair))
        .collect();
    assert_eq!(
        marks,
        [
            ("Nordlicht Software", Repair::Delivered),
            ("Rechenzentrum", Repair::Reported)
        ]
    );
}

#[tokio::test]
async fn a_vendor_who_lets_a_clock_run_out_is_late() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let now = desk.db.clock().now();
    let share = Share {
        reaction_due_at: Some(now + Duration::hours(4)),
        delivery_due_at: Some(now + Duration::days(10)),
        ..enquiry(nordlicht)
    };
    let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    desk.db.change(permit, share).await.unwrap();
    assert!(listed(&desk, RepairIs::Late).await.is_empty());
    let marks = read::marks(&desk.db, &[ticket.id]).await.unwrap();
    assert_eq!(
        marks[&ticket.id][0].due_at(),
        Some(now + Duration::hours(4))
    );
    desk.pass(Duration::hours(5));
    assert_eq!(listed(&desk, RepairIs::Late).await, ["Bescheid bricht ab"]);
}

#[tokio::test]
async fn where_repairs_lie_is_found_by_an_index() {
    let desk = TestDesk::new().await;
    let now = desk.db.clock().now();
    for repair in RepairIs::ALL {
        let query = page_query(&CONSOLE, &lies(repair), Sort::default(), None, 50, now);
        let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
        assert!(!plan.reads_whole("vendor_share"), "{repair:?} {plan:#?}");
        assert!(plan.uses("vendor_share_step"), "{repair:?} {plan:#?}");
        assert!(!plan.reads_whole("ticket"), "{repair:?} {plan:#?}");
    }
    let query = by_repair_query(&CONSOLE, &Filter::default(), now);
    let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
    assert!(!plan.reads_whole("vendor_share"), "{plan:#?}");
    assert!(plan.uses("vendor_share_step"), "{plan:#?}");
    assert!(!plan.reads_whole("ticket"), "{plan:#?}");
}
