//! Long choices where many tickets are concerned: in the filter of the list, and in what is done to many at once.

use entities::Uuid;
use entities::field::{Choice, FieldFacts, Kind, Value, Words};
use entities::{Actor, Rule};
use support::desk::TestDesk;
use thirtyfour::prelude::*;

use crate::seat::Seat;

const LINE: &str = "#filter-f-street-text";
const ROWS: &str = "[...document.querySelectorAll('[data-row]')]";

/// Annika at the list of three tickets, one of which holds the last of 450 streets, on a desk with 15 services.
async fn at_the_list() -> (Seat, Vec<Uuid>, Uuid) {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let mut streets = FieldFacts::new("street", Kind::Choice, Words::new("Straße", "Street"));
    let name = |n: usize| format!("Straße {n}");
    streets.options = (0..450).map(|n| Choice::new(name(n), name(n))).collect();
    let last = streets.options[449].id;
    let field = desk.field(streets).await.row.id;
    for n in 1..=14 {
        desk.service(&format!("Verfahren {n}"), team).await;
    }
    let service = desk.service("Unterhaltsvorschuss", team).await;
    let mut tickets = Vec::new();
    for title in ["Eins", "Zwei", "Drei"] {
        tickets.push(desk.ticket(title).in_team(team).await.id);
    }
    let value = Some(Value::Options(vec![last]));
    let console = Actor::System(Rule::Console);
    desk.set(&console, tickets[2], vec![(field, value)])
        .await
        .unwrap();
    let seat = Seat::of(desk, &annika).await;
    seat.goto("/tickets?sort=created").await;
    (seat, tickets, service)
}

#[tokio::test]
async fn an_option_of_hundreds_is_typed_into_the_filter_and_taken_out_again() {
    let (seat, ..) = at_the_list().await;
    seat.browser.click("#filter-fields > summary").await;
    seat.browser.click(LINE).await;
    seat.press("str 449").await;
    seat.until(
        "there is more than one hit",
        "document.querySelectorAll('#filter-f-street-hits [role=option]').length === 1",
    )
    .await;
    seat.must_be_accessible().await;
    seat.press(Key::Down + Key::Enter).await;
    let one = format!("{ROWS}.length === 1 && {ROWS}[0].textContent.includes('Drei')");
    seat.until("it does not narrow the list", &one).await;
    seat.sees("#list .chip", "Straße 449").await;
    seat.focus_is_in(LINE).await;
    // What is typed and not chosen asks for all that are called so.
    seat.press_with(Key::Control, "a").await;
    seat.press("Straße 12".to_owned() + Key::Enter).await;
    seat.until("something is called so", &format!("{ROWS}.length === 0"))
        .await;
    seat.press_with(Key::Control, "a").await;
    seat.press(Key::Delete + Key::Enter).await;
    seat.until("the filter stays", &format!("{ROWS}.length === 3"))
        .await;
    seat.browser.close().await;
}

#[tokio::test]
async fn a_service_of_many_is_typed_for_many_tickets() {
    let (seat, tickets, service) = at_the_list().await;
    for ticket in &tickets[..2] {
        seat.browser
            .click(&format!("#row-{ticket} input[name=id]"))
            .await;
    }
    seat.browser.click(".bulk [value=classify]").await;
    seat.focus_is_in("[role=combobox]").await;
    seat.press("vorschuss").await;
    seat.until(
        "there is more than one hit",
        "document.querySelectorAll('[role=option]').length === 1",
    )
    .await;
    seat.must_be_accessible().await;
    seat.press(Key::Enter).await;
    let chosen = "document.querySelector('[role=combobox]').value === 'Unterhaltsvorschuss'";
    seat.until("it is not chosen", chosen).await;
    seat.browser.click(".say [type=submit]").await;
    let seen = "document.activeElement?.matches('.sheet__body h2')";
    seat.until("the preview is not where one begins", seen)
        .await;
    seat.press(Key::Tab + Key::Enter).await;
    seat.sees(
        ".toast",
        "2 Tickets geändert. Fachverfahren: Unterhaltsvorschuss",
    )
    .await;
    assert_eq!(seat.desk.read(tickets[0]).await.service_id, Some(service));
    assert_eq!(seat.desk.read(tickets[2]).await.service_id, None);
    seat.browser.close().await;
}
