//! Somebody finds what they look for by keyboard alone: on the search page, in the palette, and beside a ticket.

use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

use crate::hands::{Hands, Way};
use crate::letters::{TITLE, request};
use crate::office::{Office, Undo};

/// Where the browser is, without the desk's address.
async fn place(office: &Office, hands: &Hands) -> String {
    let url = hands.browser.current_url().await.unwrap().to_string();
    url.strip_prefix(&office.desk.base())
        .unwrap_or(&url)
        .to_owned()
}

/// Waits until the browser is at an address that begins so.
async fn comes_to(office: &Office, hands: &Hands, path: &str) {
    let start = Instant::now();
    while !place(office, hands).await.starts_with(path) {
        let at = place(office, hands).await;
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{at} is not {path}"
        );
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// A mail that came in is found within two seconds.
async fn arrives(office: &Office, annika: &Hands) {
    office.deliver(&request());
    office.wait_for_messages(1).await;
    let start = Instant::now();
    loop {
        annika.goto("/search?q=zahllauf").await;
        if annika.text().await.contains(TITLE) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(5), "it is not found");
    }
}

#[tokio::test]
async fn somebody_finds_a_ticket_by_keyboard_from_wherever_they_are() {
    let office = Office::open(Undo::None).await;
    let annika = Hands::at(&office, Way::Keyboard).await;
    annika.browser.carry_axe().await;
    annika
        .sign_in(&office.agent.email, Office::AGENT_PASSWORD)
        .await;
    arrives(&office, &annika).await;

    // From the first page: a slash, words with a typing error, Enter.
    annika.goto("/").await;
    annika.key("/").await;
    annika.browser.press("zahlauf").await;
    annika.browser.press(Key::Enter).await;
    annika.sees(TITLE).await;
    annika.sees("Tippfehler berücksichtigt").await;
    annika.must_be_accessible().await;
    annika.press("Genau so suchen").await;
    annika.sees("Nichts gefunden").await;
    annika.must_be_accessible().await;

    // While typing: the hits follow, and so does the address.
    annika.goto("/search").await;
    annika.write("Suchbegriffe", "zahll").await;
    annika.sees(TITLE).await;
    comes_to(&office, &annika, "/search?q=zahll").await;
    annika.must_be_accessible().await;
    annika.press_beginning("Zahllauf").await;
    annika.sees("bricht der Zahllauf").await;
    annika.sees("Ähnliche gelöste Fälle").await;
    let ticket = place(&office, &annika).await;

    // An operator completes itself: its name, then a value, and words go on.
    annika.goto("/search").await;
    annika.write("Suchbegriffe", "zahllauf stat").await;
    annika.sees_in("#search-complete", "status:").await;
    annika.must_be_accessible().await;
    for shown in ["Neu", ""] {
        annika.browser.press(Key::Down).await;
        annika.browser.press(Key::Enter).await;
        if !shown.is_empty() {
            annika.sees_in("#search-complete", shown).await;
        }
    }
    comes_to(&office, &annika, "/search?q=zahllauf+status%3ANeu").await;
    annika.sees(TITLE).await;
    annika.must_be_accessible().await;

    // The palette leads there from anywhere.
    annika.goto("/knowledge").await;
    let keys = annika.browser.action_chain().key_down(Key::Control);
    let keys = keys.send_keys("k").key_up(Key::Control);
    keys.perform().await.unwrap();
    annika.sees_in("#palette", "Auf dieser Seite").await;
    annika.browser.press("zahllauf").await;
    annika.sees_in("#palette-hits", TITLE).await;
    annika.must_be_accessible().await;
    annika.browser.press(Key::Enter).await;
    comes_to(&office, &annika, ticket.split('?').next().unwrap()).await;
}
