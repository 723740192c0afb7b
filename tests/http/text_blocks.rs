//! Text blocks in the settings: one kind for vendors, one for requesters.

use support::desk::TestDesk;

#[tokio::test]
async fn a_text_for_requesters_is_written_in_both_languages() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/text-blocks/new").await;
    let mut typed = vec![
        ("name", "Störung behoben"),
        ("kind", "requester_notice"),
        ("de", ""),
        (
            "en",
            "{{greeting}} {{number}} works again, says {{vendor}}.",
        ),
    ];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Den Platzhalter „vendor“ gibt es nicht.");
    assert!(refused.text("#en").contains("works again"));
    typed[3].1 = " ";
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert!(refused.has("#de-fault"), "{}", refused.describe());
    typed[2].1 = "{{greeting}} {{number}} geht wieder.";
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = browser.get(&made.location().unwrap()).await;
    // What it is for stays, and nothing of the other kind is asked.
    assert!(page.has("#de") && !page.has("#observed"));
    let changed = [("de", "{{name}}, es geht wieder.")];
    let saved = browser.submit(&page, "form.sheet", &changed).await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    let list = browser.get("/settings/text-blocks").await;
    list.must_say("Störung behoben");
    list.must_say("Nachricht an Anfragende");
}

#[tokio::test]
async fn an_enquiry_keeps_its_parts() {
    let desk = TestDesk::new().await;
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/text-blocks/new").await;
    let typed = [
        ("name", "Fehlermeldung"),
        ("kind", "vendor_enquiry"),
        ("observed", "In {{service}}: {{description}}"),
    ];
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = browser.get(&made.location().unwrap()).await;
    assert!(page.text("#observed").contains("{{description}}"));
    assert!(!page.has("#de"));
}
