//! Taking back: the message does not leave, and nothing of it is lost.

use entities::ticket::{Delivery, State};

use super::case::Case;

async fn sent(case: &Case) -> entities::Uuid {
    let typed = [
        ("mode", "reply"),
        ("to", "sabine@pankow.example"),
        ("bcc", "still@pankow.example"),
        ("subject", "Re: Zahllauf"),
        ("text", "Zu früh."),
    ];
    let answer = case.browser.htmx_post(&case.at("replies"), &typed).await;
    assert_eq!(answer.status, 200);
    case.last().await.message.id
}

#[tokio::test]
async fn text_recipients_and_state_come_back() {
    let case = Case::open().await;
    let before = case.now().await;
    let id = sent(&case).await;
    assert_eq!(case.state().await, State::Waiting);
    let answer = case
        .browser
        .htmx_post(&case.at(&format!("messages/{id}/withdraw")), &[])
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text("#composer textarea").trim(), "Zu früh.");
    let after = case.now().await;
    assert_eq!(
        (after.state, after.owner_id),
        (before.state, before.owner_id)
    );
    assert_eq!(case.last().await.message.delivery, Delivery::Withdrawn);
    let page = case.browser.get(&case.page()).await;
    let value = |id: &str| page.attribute(id, "value").unwrap();
    assert_eq!(value("#composer-bcc"), "still@pankow.example");
    assert_eq!(value("#composer-subject"), "Re: Zahllauf");
}

#[tokio::test]
async fn what_was_begun_since_stays_below() {
    let case = Case::open().await;
    let id = sent(&case).await;
    let typed = [("mode", "reply"), ("text", "Schon das Nächste.")];
    case.browser.htmx_post(&case.at("draft"), &typed).await;
    let answer = case
        .browser
        .post(&case.at(&format!("messages/{id}/withdraw")), &[])
        .await;
    assert_eq!(answer.status, 303);
    let page = case.browser.follow(&answer).await;
    assert_eq!(
        page.text("#composer textarea"),
        "Zu früh. Schon das Nächste."
    );
}

#[tokio::test]
async fn only_once_and_only_in_its_own_ticket() {
    let case = Case::open().await;
    let id = sent(&case).await;
    let other = case.desk.ticket("Ein anderes").await;
    let path = format!("/tickets/{}/messages/{id}/withdraw", other.number);
    assert_eq!(case.browser.htmx_post(&path, &[]).await.status, 404);
    let path = case.at(&format!("messages/{id}/withdraw"));
    assert_eq!(case.browser.htmx_post(&path, &[]).await.status, 200);
    let again = case.browser.htmx_post(&path, &[]).await;
    assert_eq!(again.status, 409);
    let again = case.at(&format!("messages/{id}/send-again"));
    assert_eq!(case.browser.htmx_post(&again, &[]).await.status, 409);
}
