//! The bell in the browser: it rings on the page that is open, is reached by keyboard, and falls silent on every page.

use chrono::Duration;
use lotse::jobs;
use support::desk::{TestDesk, an_hour_and_a_day};
use thirtyfour::Key;

use crate::seat::Seat;

fn says(words: &str) -> String {
    format!("document.querySelector('#bell a')?.getAttribute('aria-label') === '{words}'")
}

#[tokio::test]
async fn the_bell_rings_on_an_open_page_and_is_silenced_by_keyboard() {
    let desk = TestDesk::new().await;
    let calendar = desk.always().await;
    desk.general_limit(calendar, an_hour_and_a_day()).await;
    let annika = desk.agent("Annika Brandt").await;
    desk.ticket("Zahllauf").owned_by(&annika).await;
    desk.ticket("Bescheid").owned_by(&annika).await;
    desk.go_live();
    let seat = Seat::of(desk, &annika).await;
    seat.goto("/").await;
    seat.until("the bell rings already", &says("Hinweise"))
        .await;
    seat.desk.pass(Duration::hours(6));
    jobs::run_due(&seat.desk).await.unwrap();
    let two = says("Hinweise, 2 ungelesen");
    seat.until("the bell does not ring", &two).await;
    seat.must_be_accessible().await;

    seat.browser
        .run("document.querySelector('#bell a').focus()")
        .await;
    seat.press(Key::Enter).await;
    seat.sees("#notices .is-unread", "Frist läuft bald ab")
        .await;
    seat.must_be_accessible().await;
    // Another ticket passes its deadline while the page is open.
    seat.desk.pass(Duration::hours(3));
    jobs::run_due(&seat.desk).await.unwrap();
    seat.sees("#notices .is-unread", "Frist überschritten")
        .await;
    seat.browser
        .run("document.querySelector('#notices form button').focus()")
        .await;
    seat.press(Key::Enter).await;
    let none = "!document.querySelector('#notices .is-unread')";
    seat.until("something is still unread", none).await;
    seat.until("the bell still rings", &says("Hinweise")).await;
    seat.focus_is_in("#notices").await;
    seat.must_be_accessible().await;
    seat.browser.close().await;
}
