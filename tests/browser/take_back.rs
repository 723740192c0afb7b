//! A reply that was sent too early.

use std::time::Duration;

use crate::hands::{Hands, Way};
use crate::letters::{TITLE, request};
use crate::office::{Office, Undo};

const REPLY: &str = "Das war zu früh abgeschickt.";

#[tokio::test]
async fn a_reply_taken_back_in_time_is_never_sent_and_stands_in_the_composer() {
    let office = Office::open(Undo::Seconds(10)).await;
    office.deliver(&request());
    office.wait_for_messages(1).await;
    let hands = Hands::at(&office, Way::Mouse).await;
    hands
        .sign_in(&office.agent.email, Office::AGENT_PASSWORD)
        .await;
    hands.press("Tickets").await;
    hands.open_listed(TITLE).await;
    hands.write("Nachricht", REPLY).await;
    hands.press("Senden, Rückfrage").await;
    hands.sees("wird gesendet").await;
    hands.reads_in("Nachricht", "").await;
    hands.press("Zurückholen").await;
    hands.sees("Die Antwort ist zurückgeholt").await;
    hands.sees("zurückgeholt").await;
    hands.reads_in("Nachricht", REPLY).await;

    // Whatever is due within the next hour, this is not among it.
    office.desk.pass(chrono::Duration::hours(1));
    office.wait_for_inbox(1).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    for raw in office.inbox() {
        let mail = crate::letters::Read::mail(&raw);
        assert!(mail.automatic && !mail.text.contains(REPLY), "{mail:#?}");
    }
    hands.browser.close().await;
}
