//! Drafts: kept while typing, found again, each person's own, ended by sending.

use support::desk::File;

use super::case::Case;

const TYPED: [(&str, &str); 4] = [
    ("mode", "reply"),
    ("to", "sabine@pankow.example"),
    ("cc", "leitung@pankow.example"),
    ("text", "Guten Tag Frau <Kowalke>,"),
];

#[tokio::test]
async fn what_is_typed_is_kept_and_comes_back() {
    let case = Case::open().await;
    let answer = case.browser.htmx_post(&case.at("draft"), &TYPED).await;
    assert_eq!(answer.status, 200);
    answer.must_say("Entwurf gespeichert");
    let page = case.browser.get(&case.page()).await;
    assert_eq!(
        page.text("#composer textarea").trim(),
        "Guten Tag Frau <Kowalke>,"
    );
    assert_eq!(
        page.attribute("#composer-cc", "value").unwrap(),
        "leitung@pankow.example"
    );
    page.must_say("Entwurf gespeichert");
    let other = case.desk.agent("Derya Aksoy").await.sign_in().await;
    let page = other.get(&case.page()).await;
    assert_eq!(page.text("#composer textarea").trim(), "");
}

#[tokio::test]
async fn the_modes_keep_their_drafts_apart_and_switching_loses_nothing() {
    let case = Case::open().await;
    let mut typed = TYPED.to_vec();
    typed.push(("act", "note"));
    let answer = case.browser.htmx_post(&case.at("composer"), &typed).await;
    assert_eq!(answer.attribute("#composer", "data-mode").unwrap(), "note");
    assert_eq!(answer.text("#composer textarea").trim(), "");
    let typed = [("mode", "note"), ("text", "Intern"), ("act", "reply")];
    let answer = case.browser.htmx_post(&case.at("composer"), &typed).await;
    assert_eq!(
        answer.text("#composer textarea").trim(),
        "Guten Tag Frau <Kowalke>,"
    );
}

#[tokio::test]
async fn files_wait_in_the_draft_can_be_removed_and_are_sent() {
    let case = Case::open().await;
    let file = |name, bytes| File {
        field: "files",
        name,
        content_type: "text/plain",
        bytes,
    };
    let files = [file("a.txt", b"A"), file("b.txt", b"B")];
    let answer = case
        .browser
        .upload(&case.at("composer"), &TYPED[..3], &files)
        .await;
    assert_eq!(answer.status, 303);
    let page = case.browser.follow(&answer).await;
    assert_eq!(page.count("#composer-files li"), 2);
    let remove = page
        .attribute("#composer-files li:first-child button", "value")
        .unwrap();
    let mut typed = TYPED.to_vec();
    typed.push(("act", remove.as_str()));
    let answer = case.browser.htmx_post(&case.at("composer"), &typed).await;
    assert_eq!(answer.count("#composer-files li"), 1);
    let page = case.browser.get(&case.page()).await;
    case.browser
        .submit(&page, "#composer", &[("text", "Anbei.")])
        .await;
    let sent = case.last().await;
    assert_eq!(sent.files.len(), 1);
    assert_eq!(sent.files[0].name, "b.txt");
    let page = case.browser.get(&case.page()).await;
    assert_eq!(page.count("#composer-files li"), 0);
    assert_eq!(page.text("#composer textarea").trim(), "");
}

#[tokio::test]
async fn a_save_that_arrives_after_sending_brings_nothing_back() {
    let case = Case::open().await;
    let page = case.browser.get(&case.page()).await;
    let once = page.attribute("#composer [name=once]", "value").unwrap();
    let mut typed = TYPED.to_vec();
    typed.push(("once", &once));
    case.browser.htmx_post(&case.at("replies"), &typed).await;
    assert_eq!(case.added().await.len(), 1);
    case.browser.htmx_post(&case.at("draft"), &typed).await;
    let page = case.browser.get(&case.page()).await;
    assert_eq!(page.text("#composer textarea").trim(), "");
}

#[tokio::test]
async fn the_last_message_is_quoted_below_what_was_written() {
    let case = Case::open().await;
    let typed = [("mode", "reply"), ("text", "Antwort"), ("act", "quote")];
    let answer = case.browser.htmx_post(&case.at("composer"), &typed).await;
    let text = answer.text("textarea");
    assert!(text.starts_with("Antwort"), "{text}");
    assert!(text.contains("> Zahllauf bricht ab."), "{text}");
}
