//! An agent who has no mouse: what is typed only so far finds its ticket, and the focus never falls off the page.

use entities::field::{Choice, FieldFacts, Kind, Value, Words, read};
use entities::ticket::{State, Ticket};
use support::desk::{Persona, TestDesk};
use thirtyfour::prelude::*;

use crate::seat::Seat;

/// Opens a ticket's page for somebody who has signed in.
async fn at(desk: TestDesk, agent: &Persona, ticket: &Ticket) -> Seat {
    desk.go_live();
    let keyboard = Seat::of(desk, agent).await;
    keyboard.goto(&format!("/tickets/{}", ticket.number)).await;
    keyboard
}

#[tokio::test]
async fn a_link_is_made_by_a_number_typed_so_far_and_the_focus_stays_with_the_links() {
    let desk = TestDesk::new().await;
    let agent = desk.administrator().await;
    let (ticket, other) = (desk.ticket("Zahllauf").await, desk.ticket("Kasse").await);
    let keyboard = at(desk, &agent, &ticket).await;
    keyboard.press("l").await;
    keyboard.focus_is_in("#pick-q").await;
    keyboard
        .press(&other.number[..other.number.len() - 2])
        .await;
    keyboard
        .until("no hit", "document.querySelector('#pick-hits input')")
        .await;
    keyboard.press(Key::Tab + " ").await;
    keyboard.press(Key::Enter).await;
    keyboard
        .until("no link", "document.querySelector('#facts-links .links a')")
        .await;
    keyboard.focus_is_in("#facts-links").await;
    keyboard.browser.close().await;
}

#[tokio::test]
async fn a_fact_that_was_changed_or_left_keeps_the_focus() {
    let desk = TestDesk::new().await;
    let agent = desk.administrator().await;
    let ticket = desk.ticket("Zahllauf").await;
    let keyboard = at(desk, &agent, &ticket).await;
    keyboard.press("s").await;
    keyboard.focus_is_in("#fact-state select").await;
    keyboard.press(Key::Tab + Key::Tab).await;
    keyboard.press(Key::Enter).await;
    keyboard.focus_is_in("#fact-state a.edit").await;
    keyboard.press("a").await;
    keyboard.focus_is_in("#fact-owner select").await;
    keyboard.press(Key::Down + Key::Tab).await;
    keyboard.press(Key::Enter).await;
    keyboard.focus_is_in("#fact-owner a.edit").await;
    keyboard.browser.close().await;
}

#[tokio::test]
async fn after_sending_single_keys_act_again() {
    let desk = TestDesk::new().await;
    let agent = desk.administrator().await;
    let ticket = desk.ticket("Zahllauf").await;
    let keyboard = at(desk, &agent, &ticket).await;
    keyboard.press("m").await;
    keyboard
        .focus_is_in("#composer[data-mode=note] textarea")
        .await;
    keyboard.press("Geprüft.").await;
    keyboard.press_with(Key::Control, Key::Enter).await;
    keyboard.focus_is_in("#ticket-content").await;
    keyboard.press("s").await;
    keyboard.focus_is_in("#fact-state select").await;
    let stands = keyboard.desk.read(ticket.id).await;
    assert_eq!((stands.state, stands.message_count), (State::New, 2));
    keyboard.browser.close().await;
}

#[tokio::test]
async fn of_many_services_and_options_one_is_found_by_any_part_of_its_path() {
    let desk = TestDesk::new().await;
    let agent = desk.administrator().await;
    let team = desk.team("Jugend 1").await;
    for number in 1..=14 {
        desk.service(&format!("Verfahren {number}"), team).await;
    }
    let whole = desk.service("Unterhaltsvorschuss", team).await;
    let module = desk.module("Rückgriff", whole).await;
    let mut places = FieldFacts::new("places", Kind::Choices, Words::new("Orte", "Places"));
    places.options = (1..=40)
        .map(|n| Choice::new(format!("Größe {n}"), format!("Size {n}")))
        .collect();
    let wanted = places.options[16].id;
    let field = desk.field(places).await.row.id;
    let ticket = desk.ticket("Zahllauf").await;
    let keyboard = at(desk, &agent, &ticket).await;
    let shown = |selector: &str| {
        format!("[...document.querySelectorAll('{selector}')].filter(o => o.checkVisibility())")
    };
    let options = shown("#fact-service [role=option]:not([aria-disabled])");

    keyboard.browser.click("#fact-service a.edit").await;
    keyboard.focus_is_in("#fact-service [role=combobox]").await;
    keyboard.press(Key::Down).await;
    let twelve = format!("{options}.length === 12");
    keyboard.until("twelve are offered", &twelve).await;
    let told =
        "document.querySelector('#fact-service [aria-disabled]').textContent.includes('12 von 17')";
    keyboard.until("the total is told", told).await;
    keyboard.press(Key::End).await;
    let last = format!("{options}.at(-1).ariaSelected === 'true'");
    keyboard.until("the last one is pointed at", &last).await;
    keyboard.press(Key::Escape).await;
    let closed = format!("{options}.length === 0");
    keyboard.until("the list is closed", &closed).await;
    keyboard.press("VORSCHUSS ruckg").await;
    let one = format!("{options}.length === 1");
    keyboard.until("one is left", &one).await;
    keyboard.press(Key::Enter).await;
    keyboard.until("it is taken over", &closed).await;
    keyboard.press(Key::Enter).await;
    keyboard.focus_is_in("#fact-service a.edit").await;
    let stands = keyboard.desk.read(ticket.id).await;
    assert_eq!(stands.service_id, Some(module));

    // Fields that hold nothing are folded away.
    let unfold =
        "document.querySelector('#fact-field-places').closest('details').open = true; return true";
    keyboard.browser.run(unfold).await;
    keyboard.browser.click("#fact-field-places a.edit").await;
    keyboard.focus_is_in("#fact-field-places").await;
    let boxes = shown("#fact-field-places .boxes label");
    keyboard
        .browser
        .type_into("#fact-field-places [type=search]", "grosse 17")
        .await;
    keyboard
        .until("one box is left", &format!("{boxes}.length === 1"))
        .await;
    keyboard.press(Key::Tab + " ").await;
    keyboard
        .browser
        .click("#fact-field-places [type=submit]")
        .await;
    keyboard.focus_is_in("#fact-field-places a.edit").await;
    let actor = agent.actor().await;
    let filled = keyboard.desk.read(ticket.id).await;
    let sheet = read::sheet(&keyboard.desk.db, &actor, &filled);
    let sheet = sheet.await.unwrap();
    assert_eq!(
        sheet.values.get(&field),
        Some(&Value::Options(vec![wanted]))
    );
    keyboard.browser.close().await;
}
