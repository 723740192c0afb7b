//! Two tickets become one and two again: the merger is looked at first, and taken back where it is told of.

use std::sync::Arc;

use entities::ticket::{State, Ticket};
use support::desk::TestDesk;
use thirtyfour::Key;

use crate::seat::Seat;

const FIRST: &str = "Der Zahllauf bricht ab.";
const SECOND: &str = "Frau Kowalke ruft noch einmal an.";

fn page(ticket: &Ticket) -> String {
    format!("/tickets/{}", ticket.number)
}

/// Annika finds the other ticket by a word of its title, sees what will happen, and merges.
async fn merge(annika: &Seat, source: &Ticket, target: &Ticket) {
    annika.goto(&page(source)).await;
    annika.click("#facts-links a[href*=\"/merge\"]").await;
    annika.comes_to(&format!("{}/merge", page(source))).await;
    annika.focus_is_in("#pick-q").await;
    annika.must_be_accessible().await;
    annika.write("Zahllauf").await;
    annika
        .until("no hit", "document.querySelector('#pick-hits input')")
        .await;
    annika.press(Key::Tab + " ").await;
    annika.press(Key::Enter).await;
    annika.sees("#merge-preview", "Dieses Ticket endet").await;
    annika.sees("#merge-preview", &source.number).await;
    annika
        .sees("#merge-preview", "Eine Nachricht kommt hinzu")
        .await;
    annika.must_be_accessible().await;
    annika.tab_to("#merge-form [type=submit]").await;
    annika.press(Key::Enter).await;
    annika.comes_to(&page(target)).await;
    let told = format!("{} wurde mit diesem Ticket zusammengeführt.", source.number);
    annika.sees(".notice", &told).await;
    annika.sees("#thread .entry", SECOND).await;
    annika.must_be_accessible().await;
    let stands = annika.desk.read(source.id).await;
    assert_eq!(
        (stands.state, stands.merged_into),
        (State::Merged, Some(target.id))
    );
}

/// The page of the ticket that has its own again.
async fn is_back(seat: &Seat, source: &Ticket, target: &Ticket) {
    seat.comes_to(&page(source)).await;
    let told = format!(
        "Die Zusammenführung mit {} ist rückgängig gemacht.",
        target.number
    );
    seat.sees(".notice", &told).await;
    seat.sees("#thread .entry", SECOND).await;
    seat.must_be_accessible().await;
    for ticket in [source, target] {
        let stands = seat.desk.read(ticket.id).await;
        let found = (stands.state, stands.merged_into, stands.message_count);
        assert_eq!(found, (State::New, None, 1), "{}", ticket.number);
    }
}

#[tokio::test]
async fn two_tickets_are_merged_and_parted_again_while_a_colleague_looks_on() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    let target = desk.ticket("Zahllauf").saying(FIRST).await;
    let source = desk.ticket("Nachfrage").saying(SECOND).await;
    desk.go_live();
    let desk = Arc::new(desk);
    let one = Seat::of(desk.clone(), &annika).await;
    let two = Seat::of(desk.clone(), &derya).await;

    // Taken back where it was told of.
    merge(&one, &source, &target).await;
    one.click("#toasts .toast form button").await;
    is_back(&one, &source, &target).await;
    two.goto(&page(&target)).await;
    two.sees("#thread .entry", FIRST).await;
    let parted = format!(
        "![...document.querySelectorAll('#thread .entry')].some(o => o.textContent.includes('{SECOND}'))"
    );
    two.until("it is still there", &parted).await;

    // And once more beside the ticket that it became, on whose open page it arrives.
    merge(&one, &source, &target).await;
    two.sees("#thread .entry", SECOND).await;
    let way_back = "#facts-links form[action$=\"/unmerge\"] button";
    let offered = format!("document.querySelector('{way_back}')");
    two.until("no way back is offered", &offered).await;
    two.must_be_accessible().await;
    two.tab_to(way_back).await;
    two.press(Key::Enter).await;
    is_back(&two, &source, &target).await;

    // Whatever happens afterwards settles it.
    merge(&one, &source, &target).await;
    two.goto(&page(&target)).await;
    two.press("i").await;
    let settled = format!("!({offered})");
    two.until("it can still be taken back", &settled).await;
    one.until("it can still be taken back", &settled).await;
    desk.must_verify().await;
    one.browser.close().await;
    two.browser.close().await;
}
