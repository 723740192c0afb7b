//! Live pages: what changes between the drawing of a page and the first connection of its stream reaches it too.

use std::time::Duration;

use entities::Permit;
use entities::ticket::WriteNote;
use reqwest::Method;
use support::desk::{Client, TestDesk};

/// Reads the stream until it tells of that event.
async fn hears(browser: &Client, stream: &str, event: &str) {
    let heard = async {
        let request = browser.request(Method::GET, stream);
        let mut answer = request.send().await.unwrap();
        let mut text = String::new();
        let is_told = |text: &str| {
            let mut names = text.lines().filter_map(|line| line.strip_prefix("event:"));
            names.any(|name| name.trim() == event)
        };
        while !is_told(&text) {
            let piece = answer.chunk().await.unwrap().expect("the stream ended");
            text.push_str(&String::from_utf8_lossy(&piece));
        }
    };
    let heard = tokio::time::timeout(Duration::from_secs(20), heard).await;
    heard.unwrap_or_else(|_| panic!("{stream} does not tell of {event}"));
}

#[tokio::test]
async fn what_changes_before_a_page_listens_is_told_to_it() {
    let desk = TestDesk::new().await;
    desk.go_live();
    let annika = desk.agent("Annika Brandt").await;
    let jonas = desk.agent("Jonas Ehlers").await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let browser = annika.sign_in().await;
    // What came before the page was drawn is heard by then.
    tokio::time::sleep(Duration::from_millis(600)).await;
    let page = browser.get(&format!("/tickets/{}", ticket.number)).await;
    let stream = page.attribute("#events", "hx-sse:connect").unwrap();
    let drawn = desk.live.mark();
    let permit = Permit::ask(&jonas.actor().await, desk.read(ticket.id).await).unwrap();
    let note = WriteNote {
        body: "Ich sehe nach.".to_owned(),
        files: vec![],
        once: None,
    };
    desk.db.change(permit, note).await.unwrap();
    while desk.live.mark() == drawn {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    hears(&browser, &stream, &format!("ticket-{}", ticket.id.simple())).await;
    // A page of another process, or of long ago: nobody knows what it missed.
    hears(&browser, "/events?since=1.7", "anew").await;
}
