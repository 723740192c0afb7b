//! Notes are for the desk alone and look like it.

use entities::ticket::{Audience, Channel, Delivery};

use super::case::Case;

#[tokio::test]
async fn a_note_is_internal_and_is_not_sent() {
    let case = Case::open().await;
    let page = case
        .browser
        .get(&format!("{}?mode=note", case.page()))
        .await;
    assert_eq!(page.attribute("#composer", "data-mode").unwrap(), "note");
    page.must_say("Interne Notiz: Nur Ihr Servicedesk liest sie.");
    page.must_say("Notiz speichern");
    assert!(!page.has("#composer [name=to]"));
    let answer = case
        .browser
        .submit(
            &page,
            "#composer",
            &[("text", "Rückfrage beim Rechenzentrum.")],
        )
        .await;
    assert_eq!(answer.status, 303);
    let entry = case.last().await;
    assert_eq!(entry.message.audience, Audience::Internal);
    assert_eq!(entry.message.channel, Channel::Note);
    assert_eq!(entry.message.delivery, Delivery::None);
    assert!(entry.outbound.is_none());
}

#[tokio::test]
async fn an_empty_note_is_refused() {
    let case = Case::open().await;
    let answer = case
        .browser
        .htmx_post(&case.at("notes"), &[("text", " \r\n")])
        .await;
    assert_eq!(answer.status, 422);
    assert!(answer.has("#composer [aria-invalid=true]"));
    assert!(case.added().await.is_empty());
}

#[tokio::test]
async fn a_note_saved_twice_is_one() {
    let case = Case::open().await;
    let page = case
        .browser
        .get(&format!("{}?mode=note", case.page()))
        .await;
    for _ in 0..2 {
        let answer = case
            .browser
            .submit(&page, "#composer", &[("text", "Einmal")]);
        assert_eq!(answer.await.status, 303);
    }
    assert_eq!(case.added().await.len(), 1);
}
