//! Many tickets at once in the browser: chosen by click, by range and all that match; looked at, done, taken back.

use entities::Uuid;
use entities::field::{FieldFacts, Kind, Moment, Value, Words};
use entities::ticket::{Priority, State, Ticket};
use entities::{Actor, Rule, session::preference};
use support::desk::TestDesk;
use thirtyfour::prelude::*;

use crate::seat::Seat;

const HIDDEN: &str =
    "document.querySelector('.bulk') && !document.querySelector('.bulk').checkVisibility()";

/// Annika at the list of her team's tickets, the oldest first; the bar is not there yet.
async fn at_the_list(count: usize) -> (Seat, Uuid, Vec<Ticket>) {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    // A machine with other work to do takes its time, and so may people.
    let likes = preference::Preference {
        undo_seconds: 60,
        ..Default::default()
    };
    preference::keep(&desk.db, annika.id, &likes).await.unwrap();
    let mut tickets = Vec::new();
    for n in 0..count {
        tickets.push(desk.ticket(&format!("Fall {n}")).in_team(team).await);
    }
    desk.go_live();
    let seat = Seat::of(desk, &annika).await;
    seat.goto("/tickets?sort=created").await;
    seat.until("there is a bar without a choice", HIDDEN).await;
    (seat, team, tickets)
}

fn row(ticket: &Ticket) -> String {
    format!("#row-{} input[name=id]", ticket.id)
}

async fn chosen(seat: &Seat, count: usize) {
    let says = format!("document.querySelector('[data-count]')?.textContent === '{count}'");
    seat.until(&format!("{count} are not chosen"), &says).await;
}

/// What stands for a choice in the sheet, put into its control as people see it.
async fn choose(seat: &Seat, select: &str, value: &str) {
    let control = seat.browser.element(select).await;
    let control = thirtyfour::components::SelectElement::new(&control)
        .await
        .unwrap();
    control.select_by_value(value).await.unwrap();
}

#[tokio::test]
async fn rows_are_clicked_and_what_is_refused_is_told_before_it_is_done() {
    let (seat, _, tickets) = at_the_list(5).await;
    let mut cause = FieldFacts::new("cause", Kind::Text, Words::new("Ursache", "Cause"));
    cause.settings.required = vec![Moment::Close];
    let cause = seat.desk.field(cause).await.row.id;
    let text = Some(Value::Text("Stammdaten".to_owned()));
    let console = Actor::System(Rule::Console);
    let filled = tickets[1].id;
    seat.desk
        .set(&console, filled, vec![(cause, text)])
        .await
        .unwrap();
    seat.goto("/tickets?sort=created").await;

    seat.browser.click(&row(&tickets[0])).await;
    chosen(&seat, 1).await;
    seat.click_with(Key::Shift, &row(&tickets[3])).await;
    chosen(&seat, 4).await;
    seat.browser.click(&row(&tickets[3])).await;
    chosen(&seat, 3).await;
    seat.must_be_accessible().await;
    seat.browser.click(".bulk [value=state]").await;
    seat.sees("h1", "Status setzen: 3 Tickets").await;
    choose(&seat, "[name=value]", "solved").await;
    choose(&seat, "[name=reason]", "data").await;
    seat.browser.click(".say [type=submit]").await;
    seat.sees(
        ".notice",
        "Es ändern sich: 1. Es bleiben, wie sie sind: 0. Abgelehnt: 2.",
    )
    .await;
    let refused = ".sort[open]";
    seat.sees(refused, "Eine Pflichtangabe fehlt").await;
    seat.sees(refused, &tickets[0].number).await;
    seat.sees(refused, &tickets[2].number).await;
    assert_eq!(seat.desk.read(filled).await.state, State::New);
    seat.must_be_accessible().await;

    seat.browser.click("[action$='/run'] button").await;
    seat.sees("#bulk-result", "Geändert: 1. Unverändert: 0. Abgelehnt: 2.")
        .await;
    assert_eq!(seat.desk.read(filled).await.state, State::Solved);
    assert_eq!(seat.desk.read(tickets[0].id).await.state, State::New);
    seat.must_be_accessible().await;
    seat.browser.click("[action$='/undo'] button").await;
    seat.sees(".toast", "Zurückgenommen: 1").await;
    assert_eq!(seat.desk.read(filled).await.state, State::New);
    seat.browser.close().await;
}

#[tokio::test]
async fn a_range_is_chosen_by_keys_assigned_and_taken_back() {
    let (seat, team, tickets) = at_the_list(5).await;
    // The first row, and from there with Shift to the third.
    for key in ["j", "x", "j", "j"] {
        seat.press(key).await;
    }
    seat.press_with(Key::Shift, "X").await;
    chosen(&seat, 3).await;
    // What comes in meanwhile does not throw the choice away.
    seat.desk.ticket("Neu").in_team(team).await;
    seat.until("no news", "document.querySelector('#list-news a')")
        .await;
    chosen(&seat, 3).await;
    seat.press("i").await;
    let seen = "document.activeElement?.matches('.sheet__body h2')";
    seat.until("the preview is not where one begins", seen)
        .await;
    let ready = "document.activeElement?.textContent.includes('3 Tickets ändern')";
    seat.press(Key::Tab).await;
    seat.until("the next stop is not doing it", ready).await;
    seat.press(Key::Enter).await;
    seat.sees(".toast", "3 Tickets geändert.").await;
    seat.must_be_accessible().await;
    for (n, ticket) in tickets.iter().enumerate() {
        let owner = seat.desk.read(ticket.id).await.owner_id;
        assert_eq!(owner.is_some(), n < 3, "{n}");
    }
    let undo = "document.activeElement?.matches('.toast form button')";
    for _ in 0..200 {
        if seat.browser.run(&format!("return {undo}")).await == true {
            break;
        }
        seat.press(Key::Tab).await;
    }
    seat.until("Tab does not lead to the way back", undo).await;
    seat.press(Key::Enter).await;
    seat.sees(".toast", "Zurückgenommen: 3").await;
    for ticket in &tickets {
        assert_eq!(seat.desk.read(ticket.id).await.owner_id, None);
    }
    // Escape gives the choice up.
    for key in ["j", "x"] {
        seat.press(key).await;
    }
    chosen(&seat, 1).await;
    seat.press(Key::Escape).await;
    seat.until("the choice stays", HIDDEN).await;
    seat.browser.close().await;
}

#[tokio::test]
async fn however_often_enter_is_pressed_nothing_is_done_that_was_not_looked_at() {
    let (seat, team, tickets) = at_the_list(2).await;
    for n in 0..14 {
        seat.desk.service(&format!("Verfahren {n:02}"), team).await;
    }
    seat.goto("/tickets?sort=created").await;
    for ticket in &tickets {
        seat.browser.click(&row(ticket)).await;
    }
    chosen(&seat, 2).await;
    seat.browser.click(".bulk [value=classify]").await;
    seat.sees("h1", "Klassifizieren: 2 Tickets").await;
    seat.browser.click("[role=combobox]").await;
    // One Enter chooses, the next one sends; those that follow find nothing to do.
    seat.press("Verfahren 07".to_owned() + Key::Enter + Key::Enter + Key::Enter + Key::Enter)
        .await;
    seat.sees(".notice", "Es ändern sich: 2.").await;
    for _ in 0..3 {
        seat.press(Key::Enter).await;
    }
    seat.sees(".notice", "Es ändern sich: 2.").await;
    for ticket in &tickets {
        assert_eq!(seat.desk.read(ticket.id).await.service_id, None);
    }
    seat.press(Key::Tab + Key::Enter).await;
    seat.sees(".toast", "2 Tickets geändert.").await;
    seat.browser.close().await;
}

#[tokio::test]
async fn all_that_match_are_done_behind_the_page_which_shows_how_far_it_is() {
    let (seat, _, tickets) = at_the_list(110).await;
    seat.browser.click(&row(&tickets[0])).await;
    chosen(&seat, 1).await;
    seat.browser.click(".bulk [name=all]").await;
    seat.until(
        "all are not chosen",
        "document.querySelector('.bulk[data-matching]')",
    )
    .await;
    seat.browser.click(".bulk [value=priority]").await;
    seat.sees("h1", "Priorität setzen: 110 Tickets").await;
    choose(&seat, "[name=value]", "high").await;
    seat.browser.click(".say [type=submit]").await;
    seat.sees(".notice", "Es ändern sich: 110.").await;
    seat.browser.click("[action$='/run'] button").await;
    seat.sees("#bulk-result", "0 von 110").await;
    seat.must_be_accessible().await;
    // Only now somebody works, so that the way there was seen.
    seat.desk.go_to_work();
    seat.sees(
        "#bulk-result",
        "Geändert: 110. Unverändert: 0. Abgelehnt: 0.",
    )
    .await;
    for ticket in &tickets {
        let priority = seat.desk.read(ticket.id).await.priority;
        assert_eq!(priority, Priority::High);
    }
    seat.browser.close().await;
}
