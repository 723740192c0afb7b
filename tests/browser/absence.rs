//! A week away by keyboard: what comes back meanwhile is seen and answered by the deputy, and told on return.

use std::sync::Arc;

use chrono::{Days, Duration};
use entities::ticket::{ClosingReason, Reply, State, Then, Ticket};
use entities::{Permit, Uuid};
use support::desk::{Persona, TestDesk, reply};
use thirtyfour::Key;

use crate::seat::Seat;

const TITLE: &str = "Zahllauf bricht ab";
const STILL: &str = "Leider bricht er wieder ab.";
const ANSWER: &str = "Bitte starten Sie ihn noch einmal.";

/// A ticket that Annika has solved by an answer to Sabine Kowalke, who reads it.
async fn solved(desk: &TestDesk, team: Uuid, annika: &Persona) -> (Ticket, String) {
    let sabine = desk.requester("Sabine Kowalke");
    let sabine = sabine.writing_from("sabine@pankow.example").await;
    let ticket = desk.ticket(TITLE).from(&sabine).in_team(team);
    let ticket = ticket.owned_by(annika).await;
    let solve = Reply {
        then: Then::Solve(ClosingReason::Data),
        ..reply(&sabine.email, "Der Zahllauf läuft wieder.")
    };
    let mail_id = solve.mail_id.clone();
    let permit = Permit::ask(&annika.actor().await, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, solve).await.unwrap();
    desk.send_everything().await;
    assert_eq!(desk.read(ticket.id).await.state, State::Solved);
    (ticket, mail_id)
}

/// Sabine answers what she was sent.
async fn answered(desk: &TestDesk, ticket: &Ticket, mail_id: &str) {
    let mail = format!(
        "From: Sabine Kowalke <sabine@pankow.example>\nTo: desk@desk.example\n\
         Subject: AW: {TITLE} [#{}]\nMessage-ID: <wieder@pankow.example>\nIn-Reply-To: <{mail_id}>\n\
         Content-Type: text/plain; charset=utf-8\n\n{STILL}\n",
        ticket.number
    );
    desk.deliver(&mail).await;
    desk.run_jobs().await;
    assert_eq!(desk.read(ticket.id).await.state, State::Open);
}

/// Annika reports a week from today on, with Derya in her place.
async fn goes_for_a_week(annika: &Seat) {
    annika.goto("/").await;
    annika.tab_to(".topbar .menu > summary").await;
    annika.press(Key::Enter).await;
    annika.tab_to(".menu a[href=\"/account/absences\"]").await;
    annika.press(Key::Enter).await;
    annika.comes_to("/account/absences").await;
    annika.must_be_accessible().await;
    annika.tab_to("#to").await;
    let today = entities::clock::day(annika.desk.db.clock().now());
    let last = today.checked_add_days(Days::new(6)).unwrap();
    annika.write_day(last).await;
    annika.tab_to("#deputy").await;
    annika.choose("Derya Aksoy").await;
    annika.press_with(Key::Control, Key::Enter).await;
    annika
        .sees(".notice", "Die Abwesenheit ist gespeichert.")
        .await;
    annika.sees("table", "Derya Aksoy").await;
    annika.must_be_accessible().await;
}

/// Derya finds the ticket in her notices and among what she covers, and answers it.
async fn stands_in(derya: &Seat, ticket: &Ticket) {
    let rings =
        "document.querySelector('#bell a').getAttribute('aria-label').includes('ungelesen')";
    derya.until("the bell does not ring", rings).await;
    derya.tab_to("#bell a").await;
    derya.press(Key::Enter).await;
    derya.comes_to("/notices").await;
    derya
        .sees("#notices .is-unread", "In Vertretung für Annika Brandt")
        .await;
    derya.sees("#notices .is-unread", TITLE).await;
    derya.must_be_accessible().await;
    derya.press("gs").await;
    derya.comes_to("/").await;
    derya.tab_to("#covering a").await;
    derya.press(Key::Enter).await;
    derya.comes_to(&format!("/tickets/{}", ticket.number)).await;
    derya.sees("#thread .entry", STILL).await;
    derya.must_be_accessible().await;
    derya.press("r").await;
    derya
        .focus_is_in("#composer[data-mode=reply] textarea")
        .await;
    derya.write(ANSWER).await;
    derya.press_with(Key::Control, Key::Enter).await;
    derya.focus_is_in("#ticket-content").await;
    derya.sees("#thread .entry", ANSWER).await;
    derya.must_be_accessible().await;
}

/// Annika is told, until she says that she has read it.
async fn is_back(annika: &Seat) {
    annika.goto("/").await;
    annika.sees("#meanwhile h2", "Was inzwischen geschah").await;
    annika.sees("#meanwhile", TITLE).await;
    annika.sees("#meanwhile", "Derya Aksoy").await;
    annika.must_be_accessible().await;
    annika.tab_to("#meanwhile form button").await;
    annika.press(Key::Enter).await;
    let read = "document.querySelector('#start') && !document.querySelector('#meanwhile')";
    annika.until("it is told once more", read).await;
    annika.must_be_accessible().await;
}

#[tokio::test]
async fn what_comes_back_during_a_week_away_is_answered_by_the_deputy_and_told_on_return() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let derya = desk.agent("Derya Aksoy").in_team(team).await;
    let (ticket, mail_id) = solved(&desk, team, &annika).await;
    desk.go_live();
    let desk = Arc::new(desk);
    let hers = Seat::of(desk.clone(), &annika).await;
    goes_for_a_week(&hers).await;
    hers.browser.close().await;

    let deputy = Seat::of(desk.clone(), &derya).await;
    deputy.goto("/").await;
    deputy.sees("#away", "Annika Brandt").await;
    deputy.sees("#away", "Vertretung: Derya Aksoy").await;
    deputy.must_be_accessible().await;
    let none = "!document.querySelector('#covering')";
    deputy.until("there is something to do already", none).await;
    // The page is open while the answer comes.
    answered(&desk, &ticket, &mail_id).await;
    deputy.sees("#covering h2", "In Vertretung").await;
    deputy.sees("#covering li", TITLE).await;
    deputy.sees("#covering li", "für Annika Brandt").await;
    deputy.must_be_accessible().await;
    stands_in(&deputy, &ticket).await;
    deputy.browser.close().await;
    let stands = desk.read(ticket.id).await;
    assert_eq!(
        (stands.state, stands.owner_id),
        (State::Waiting, Some(annika.id))
    );

    // Her session has ended in the meantime.
    desk.pass(Duration::days(7));
    let hers = Seat::of(desk.clone(), &annika).await;
    is_back(&hers).await;
    hers.browser.close().await;
    desk.must_verify().await;
}
