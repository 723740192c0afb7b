//! What is being written in an article: kept while it is typed, gone once it is saved, and nobody else's.

use reqwest::Method;
use support::desk::{Client, Page, TestDesk};

/// An article that its author saved.
async fn saved(mira: &Client) -> String {
    let form = mira.get("/knowledge/new").await;
    let typed = [("title", "Chipkarte"), ("body", "Erst zurückrufen.")];
    let saved = mira.submit(&form, "form.editor", &typed).await;
    let to = saved.location().unwrap();
    to.split('?').next().unwrap().to_owned()
}

/// The form as the page keeps it by itself, a moment after something was typed.
async fn typed(browser: &Client, form: &Page, at: &str, typed: &[(&str, &str)]) -> Page {
    let filled = form.fill("form.editor", typed);
    let request = browser.request(Method::POST, &format!("{at}/draft"));
    browser.send(request.form(&filled.fields)).await
}

fn body(page: &Page) -> String {
    page.text("textarea[name=body]")
}

#[tokio::test]
async fn what_was_typed_is_there_again_in_another_browser_and_nowhere_else() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let jan = desk.author("Jan Ohm").await;
    let browser = mira.sign_in().await;
    let at = saved(&browser).await;
    let form = browser.get(&format!("{at}/edit")).await;
    let more = [("body", "Erst zurückrufen. Dann freigeben.")];
    typed(&browser, &form, &at, &more).await;
    let again = mira.sign_in().await.get(&format!("{at}/edit")).await;
    assert_eq!(body(&again), "Erst zurückrufen. Dann freigeben.");
    again.must_say("Gespeichert ist er noch nicht.");
    assert!(!browser.get(&at).await.says("Dann freigeben"));
    let other = jan.sign_in().await.get(&format!("{at}/edit")).await;
    assert_eq!(body(&other), "Erst zurückrufen.");
}

#[tokio::test]
async fn saving_ends_the_draft_and_a_late_keystroke_begins_none() {
    let desk = TestDesk::new().await;
    let browser = desk.author("Mira Kessler").await.sign_in().await;
    let at = saved(&browser).await;
    let form = browser.get(&format!("{at}/edit")).await;
    let more = [("body", "Erst zurückrufen. Dann freigeben.")];
    typed(&browser, &form, &at, &more).await;
    let again = browser.get(&format!("{at}/edit")).await;
    browser.submit(&again, "form.editor", &[]).await;
    // What the browser had on its way meanwhile.
    typed(&browser, &form, &at, &more).await;
    let after = browser.get(&format!("{at}/edit")).await;
    assert_eq!(body(&after), "Erst zurückrufen. Dann freigeben.");
    assert!(!after.says("Gespeichert ist er noch nicht."));
}

#[tokio::test]
async fn a_draft_of_a_new_article_is_kept_until_it_is_thrown_away() {
    let desk = TestDesk::new().await;
    let browser = desk.author("Mira Kessler").await.sign_in().await;
    let form = browser.get("/knowledge/new").await;
    typed(&browser, &form, "/knowledge/new", &[("title", "Zahllauf")]).await;
    let again = browser.get("/knowledge/new").await;
    again.must_say("Gespeichert ist er noch nicht.");
    let title = again.attribute("input[name=title]", "value");
    assert_eq!(title.as_deref(), Some("Zahllauf"));
    typed(&browser, &again, "/knowledge/new", &[("then", "discard")]).await;
    let after = browser.get("/knowledge/new").await;
    assert_eq!(
        after.attribute("input[name=title]", "value").as_deref(),
        Some("")
    );
}

#[tokio::test]
async fn a_draft_is_thrown_away_by_the_button_of_a_form_that_holds_files() {
    let desk = TestDesk::new().await;
    let browser = desk.author("Mira Kessler").await.sign_in().await;
    let at = saved(&browser).await;
    for button in ["discard", "leave"] {
        let form = browser.get(&format!("{at}/edit")).await;
        typed(&browser, &form, &at, &[("body", "Halb geschrieben.")]).await;
        let again = browser.get(&format!("{at}/edit")).await;
        assert_eq!(body(&again), "Halb geschrieben.");
        // A browser sends this form in parts, as files may be among them.
        let fields = [("title", "Chipkarte"), ("body", "Halb"), ("then", button)];
        let gone = browser.upload(&format!("{at}/draft"), &fields, &[]).await;
        assert_eq!(gone.status, 303, "{}", gone.describe());
        let after = browser.get(&format!("{at}/edit")).await;
        assert_eq!(body(&after), "Erst zurückrufen.");
        assert!(!after.says("Gespeichert ist er noch nicht."));
    }
}

#[tokio::test]
async fn whoever_was_slower_is_told_even_when_they_come_back_to_a_draft() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await.sign_in().await;
    let jan = desk.author("Jan Ohm").await.sign_in().await;
    let at = saved(&mira).await;
    let form = mira.get(&format!("{at}/edit")).await;
    typed(&mira, &form, &at, &[("body", "Mira schreibt.")]).await;
    let form = jan.get(&format!("{at}/edit")).await;
    jan.submit(&form, "form.editor", &[("body", "Jan schreibt.")])
        .await;
    let again = mira.get(&format!("{at}/edit")).await;
    let refused = mira.submit(&again, "form.editor", &[]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Jan schreibt.");
    assert_eq!(body(&refused), "Mira schreibt.");
}

#[tokio::test]
async fn a_link_is_found_among_what_its_author_may_see() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let browser = mira.sign_in().await;
    saved(&browser).await;
    let found = browser.htmx_get("/knowledge/links?q=chip").await;
    assert_eq!(found.texts("li[role=option]"), ["Chipkarte"]);
    let to = found.attribute("li[role=option]", "data-value").unwrap();
    assert_eq!(browser.get(&to).await.status, 200);
    let nothing = browser.htmx_get("/knowledge/links?q=zahllauf").await;
    assert_eq!(nothing.texts("li[aria-disabled]"), ["Nichts gefunden."]);
    let reader = desk.agent("Annika Brandt").await.sign_in().await;
    let refused = reader.htmx_get("/knowledge/links?q=chip").await;
    assert!(refused.status.is_client_error(), "{}", refused.describe());
}

#[tokio::test]
async fn what_is_pasted_becomes_markdown_and_nothing_of_it_runs_or_loads() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await.sign_in().await;
    let html = "<h2>Ablauf</h2><ul><li>Erst <b>sichern</b></li><li>dann löschen</li></ul>\
                <table><tr><th>Meldung</th></tr><tr><td>KN-1</td></tr></table><script>alert(1)</script>\
                <img src='https://elsewhere.example/a.png'><a href='javascript:alert(2)'>Klick</a>";
    let pasted = mira.post("/knowledge/new/paste", &[("html", html)]).await;
    let text = pasted.body();
    for kept in [
        "## Ablauf",
        "Erst **sichern**",
        "dann löschen",
        "| Meldung |",
        "| KN-1 |",
        "Klick",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    for gone in ["alert", "javascript", "elsewhere.example", "<"] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
}
