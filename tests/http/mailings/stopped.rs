//! Mailings and letters that were stopped: who is left over, and how it goes on with them.

use entities::mailing;

use super::Case;

#[tokio::test]
async fn whoever_is_left_when_a_mailing_is_stopped_is_counted_named_and_in_the_report() {
    let case = Case::new().await;
    let lines = "jan@mitte.example\nunbekannt@nirgends.example\nsabine@pankow.example";
    let (at, preview) = case.preview(&[("lines", lines)]).await;
    case.run(&at, &preview).await;
    // Somebody works on it, and has a portion in hand when it is stopped.
    let db = &case.desk.db;
    let hold = chrono::Duration::minutes(2);
    let begun = mailing::claim(db, hold).await.unwrap().unwrap();
    case.browser.post(&format!("{at}/stop"), &[]).await;
    let stopping = case.browser.get(&at).await;
    stopping.must_say("Wird angehalten.");
    assert!(!stopping.has("form[action$='/stop']"), "a second stop");
    assert!(!stopping.says("ohne Ticket geblieben"), "it may come");
    let report = case.browser.get(&format!("{at}/refused")).await;
    assert!(!report.body().contains("jan@mitte.example"), "it may come");
    mailing::let_go(db, &begun).await.unwrap();
    case.desk.run_jobs().await;
    assert_eq!(case.tickets().await, 0);
    let stopped = case.browser.get(&at).await;
    stopped.must_say("Angehalten.");
    stopped.must_say("2 Personen sind ohne Ticket geblieben.");
    stopped.must_say("Sabine Kowalke <sabine@ pankow.example>");
    let report = case.browser.get(&format!("{at}/refused")).await.body();
    for line in [
        "1;Jan Meier <jan@mitte.example>;",
        "2;unbekannt@nirgends.example;",
        "3;Sabine Kowalke <sabine@pankow.example>;",
    ] {
        assert!(report.contains(line), "{line} is not in {report}");
    }
}

#[tokio::test]
async fn letters_that_were_stopped_can_be_gone_on_with_from_the_page_of_the_mailing() {
    let case = Case::new().await;
    let lines = "jan@mitte.example\nsabine@pankow.example";
    let (at, preview) = case.preview(&[("lines", lines)]).await;
    case.open(&at, &preview).await;
    let letters = format!("{at}/letters");
    let sheet = case.browser.post(&letters, &[]).await.location().unwrap();
    let template = case.desk.template("Mitteilung", &["{{dear}},"]).await;
    let template = template.to_string();
    let typed = [
        ("template", template.as_str()),
        ("form", "docx"),
        ("way", "note"),
        ("text", ""),
    ];
    case.browser.post(&sheet, &typed).await;
    let preview = case.browser.get(&sheet).await;
    let seen = preview.attribute("[name=seen]", "value").unwrap();
    let run = format!("{sheet}/run");
    case.browser.post(&run, &[("seen", &seen)]).await;
    case.browser.post(&format!("{sheet}/stop"), &[]).await;
    let page = case.browser.get(&at).await;
    page.must_say("2 Personen sind noch nicht angeschrieben.");
    page.must_say("Zum Bericht der Schreiben");
    let rest = case.browser.post(&letters, &[]).await.location().unwrap();
    assert_ne!(rest, sheet);
    let page = case.browser.get(&at).await;
    page.must_say("Weiter zum begonnenen Schreiben");
}
