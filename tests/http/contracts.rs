//! Contracts and releases in the settings.

use support::desk::TestDesk;

#[tokio::test]
async fn a_contract_is_agreed_by_a_form_that_keeps_what_was_typed() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await.to_string();
    let vendor = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    let vendor = vendor.to_string();
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/contracts/new").await;
    let mut typed = vec![
        ("name", "Pflege KITA-Netz"),
        ("vendor", vendor.as_str()),
        ("from", "01.01.2026"),
        ("until", "2025-12-31"),
        ("reaction", "4"),
        ("delivery", "5 Tage"),
    ];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte schreiben Sie die Einheit dazu");
    assert_eq!(
        refused.attribute("#delivery", "value").as_deref(),
        Some("5 Tage")
    );
    typed[4].1 = "4 Std.";
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    refused.must_say("Bitte wählen Sie mindestens ein Fachverfahren.");
    typed.push(("services", &service));
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    refused.must_say("Der letzte Tag liegt vor dem ersten.");
    typed[3].1 = "";
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = browser.get(&made.location().unwrap()).await;
    page.must_say("Angelegt.");
    assert_eq!(
        page.attribute("#from", "value").as_deref(),
        Some("2026-01-01")
    );
    let list = browser.get("/settings/contracts").await;
    for words in [
        "Nordlicht Software",
        "KITA-Netz",
        "seit 01.01.2026",
        "5 Tage",
    ] {
        list.must_say(words);
    }
}

#[tokio::test]
async fn a_release_gets_its_day_when_it_is_known() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await.to_string();
    let browser = desk.administrator().await.sign_in().await;
    let form = browser.get("/settings/releases/new").await;
    let mut typed = vec![
        ("service", service.as_str()),
        ("name", "7.4.2"),
        ("live_on", "bald"),
    ];
    let refused = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte geben Sie ein Datum ein.");
    typed[2].1 = "";
    let made = browser.submit(&form, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    browser
        .get("/settings/releases")
        .await
        .must_say("noch offen");
    let page = browser.get(&made.location().unwrap()).await;
    let saved = browser
        .submit(&page, "form.sheet", &[("live_on", "2026-12-03")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.describe());
    browser
        .get("/settings/releases")
        .await
        .must_say("03.12.2026");
}
