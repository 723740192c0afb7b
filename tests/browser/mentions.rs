//! Naming a colleague and changing a key without a mouse.

use entities::notice;
use support::desk::TestDesk;
use thirtyfour::Key;

use crate::seat::Seat;

#[tokio::test]
async fn a_colleague_is_named_by_keyboard_from_a_list_that_leaves_the_cursor_in_the_text() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    desk.agent("Derya Berger").await;
    let ticket = desk.ticket("Zahllauf").await;
    desk.go_live();
    let seat = Seat::of(desk, &annika).await;
    seat.goto(&format!("/tickets/{}", ticket.number)).await;
    seat.press("m").await;
    seat.focus_is_in("#composer[data-mode=note] textarea").await;
    seat.press("Frag @der").await;
    let two = "document.querySelectorAll('#mentions:not([hidden]) [role=option]').length === 2";
    seat.until("no list", two).await;
    seat.must_be_accessible().await;
    // Down to the second and up again, away, and anew.
    seat.press(Key::Down + Key::Up).await;
    seat.press(Key::Escape).await;
    let closed = "document.querySelector('#mentions').hidden";
    seat.until("the list stays", closed).await;
    seat.focus_is_in("#composer textarea").await;
    seat.press(" nein @derya a").await;
    let one = "document.querySelectorAll('#mentions:not([hidden]) [role=option]').length === 1";
    seat.until("no list", one).await;
    seat.press(Key::Enter).await;
    let text = "document.querySelector('#composer-text').value === 'Frag @der nein @Derya Aksoy '";
    seat.until("the name is not there", text).await;
    seat.press("heute").await;
    seat.press_with(Key::Control, Key::Enter).await;
    seat.sees(".entry--note strong", "@Derya Aksoy").await;
    seat.must_be_accessible().await;
    let actor = derya.actor().await;
    assert_eq!(notice::unread(&seat.desk.db, &actor).await.unwrap(), 1);
    seat.browser.close().await;
}

#[tokio::test]
async fn a_key_is_changed_by_pressing_another_and_acts_from_then_on() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let ticket = desk.ticket("Zahllauf").await;
    desk.go_live();
    let seat = Seat::of(desk, &annika).await;
    seat.goto("/account/keys").await;
    seat.must_be_accessible().await;
    // The field of the key `m`, which writes notes.
    seat.browser
        .run("document.querySelector('#key-6d').focus()")
        .await;
    seat.press("q").await;
    let taken = "document.querySelector('#key-6d').value === 'q'";
    seat.until("the key is not taken", taken).await;
    seat.press(Key::Enter).await;
    seat.sees("[role=status]", "Gespeichert").await;
    seat.goto(&format!("/tickets/{}", ticket.number)).await;
    seat.press("m").await;
    seat.press("q").await;
    seat.focus_is_in("#composer[data-mode=note] textarea").await;
    // In a text they are letters.
    seat.press("qm").await;
    let text = "document.querySelector('#composer-text').value === 'qm'";
    seat.until("letters act in a text", text).await;
    seat.browser.run("document.activeElement.blur()").await;
    seat.press("?").await;
    seat.sees("#keys[open] kbd", "q").await;
    seat.must_be_accessible().await;
    seat.browser.close().await;
}
