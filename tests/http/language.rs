//! Choosing a language by the button, wherever it is pressed: one stays on the page, or comes to the one a form stands on.

use reqwest::Method;
use support::desk::{Client, Page, TestDesk};

const JONAS: &str = "Jonas Ehlers";

/// Presses the button on the page at an address, which the browser sends along, and comes to another.
async fn choose(desk: &TestDesk, browser: &Client, language: &str, way: (&str, &str)) -> Page {
    let (from, to) = way;
    let token = browser.csrf().await.unwrap();
    let fields = [("csrf", token.as_str()), ("language", language)];
    let request = browser
        .request(Method::POST, "/account/language")
        .header("referer", format!("{}{from}", desk.base()))
        .form(&fields);
    let done = browser.send(request).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    assert_eq!(done.location().as_deref(), Some(to), "from {from}");
    let page = browser.follow(&done).await;
    assert_eq!(page.status, 200, "{}", page.describe());
    assert_eq!(page.attribute("html", "lang").as_deref(), Some(language));
    page
}

#[tokio::test]
async fn a_vendor_whose_form_was_refused_reads_its_page_in_the_other_language() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let ticket = desk.ticket("Bescheid fehlt").await;
    desk.share(&ticket, nordlicht).await;
    let browser = desk.coordinator(JONAS).of(nordlicht).await.sign_in().await;
    let page = format!("/portal/tickets/{}", ticket.number);

    let answers = format!("{page}/answers");
    let empty = browser.post(&answers, &[("text", " ")]).await;
    assert_eq!(empty.status, 422, "{}", empty.describe());
    assert!(empty.has(".topbar form[action='/account/language']"));
    let english = choose(&desk, &browser, "en", (&answers, &page)).await;
    english.must_say("Answer to the service desk");

    // The page of people stands at the very address its form goes to.
    let people = "/portal/people";
    let wrong = browser.post(people, &[("email", "kein")]).await;
    assert_eq!(wrong.status, 422);
    let german = choose(&desk, &browser, "de", (people, people)).await;
    german.must_say("Person einladen");
    let me = format!("{people}/{}", entities::new_id());
    let english = choose(&desk, &browser, "en", (&me, people)).await;
    assert!(english.has("#invite-form"), "{}", english.describe());
}

#[tokio::test]
async fn forms_of_ones_own_account_lead_back_to_its_pages() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let typed = [("old_password", "falsch"), ("new_password", "kurz")];
    let refused = annika.post("/account/password", &typed).await;
    assert_eq!(refused.status, 422, "{}", refused.describe());
    let way = ("/account/password", "/account");
    let account = choose(&desk, &annika, "en", way).await;
    assert!(account.has("#preferences-form"));
    let way = ("/account/second-factor/codes", "/account/second-factor");
    choose(&desk, &annika, "de", way)
        .await
        .must_say("Zweiter Faktor");
    // What a page was asked for stays.
    let list = "/tickets?state=open";
    choose(&desk, &annika, "en", (list, list)).await;
}

#[tokio::test]
async fn an_address_that_is_none_of_ours_leads_to_the_start() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    for from in [
        "//example.org/x",
        "/\\example.org",
        "",
        "/api/tickets",
        "/erfunden",
    ] {
        let start = choose(&desk, &annika, "de", (from, "/")).await;
        assert!(start.has(".sidenav"), "{from}");
    }
}
