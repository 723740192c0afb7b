//! Naming a colleague in a note: the list behind the `@`, the note in the thread, and the refusal that keeps the text.

use entities::Permission;
use entities::policy::Scope;
use support::desk::{Persona, TestDesk};

async fn people(desk: &TestDesk) -> (Persona, Persona, Persona) {
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let derya = desk.agent("Derya Aksoy").in_team(own).await;
    let rights = [(Permission::ReadTickets, Scope::OwnTeams)];
    let jonas = desk.person_with("Jonas Weber", &rights);
    (annika, derya, jonas.in_team(other).await)
}

#[tokio::test]
async fn a_colleague_is_named_told_by_page_and_mail_and_stands_out_in_the_thread() {
    let desk = TestDesk::new().await;
    let (annika, derya, _) = people(&desk).await;
    let ticket = desk.ticket("Zahllauf").await;
    let browser = annika.sign_in().await;
    let page = browser
        .get(&format!("/tickets/{}?mode=note", ticket.number))
        .await;
    let hint = page
        .attribute("#composer-text", "aria-describedby")
        .unwrap();
    assert!(hint.contains("mentions-hint"), "{hint}");
    let there = page.attribute("#mentions", "data-mentions").unwrap();
    let found = browser.htmx_get(&format!("{there}?typed=der+ak")).await;
    let name = found.attribute("[role=option]", "data-text");
    assert_eq!(name.as_deref(), Some("Derya Aksoy"));
    let id = derya.id.to_string();
    let typed = [
        ("text", "@Derya Aksoy, bitte **heute** prüfen"),
        ("mentions", id.as_str()),
    ];
    browser.submit(&page, "#composer", &typed).await;
    let page = browser.get(&format!("/tickets/{}", ticket.number)).await;
    assert_eq!(
        page.text(".entry--note strong:first-of-type"),
        "@Derya Aksoy"
    );
    let notices = derya.sign_in().await.get("/notices").await;
    notices.must_say("Sie wurden erwähnt");
    notices.must_say("weil Sie in einer Notiz erwähnt sind");
    let to = notices.attribute("#notices .told__why", "href").unwrap();
    assert_eq!(to, "/account/notifications#topic-mentioned");
    desk.run_jobs().await;
    let mails = desk.mails_to(&derya.email);
    assert_eq!(mails.len(), 1);
    let subject = mails[0].subject.as_deref();
    assert_eq!(subject, Some("Sie wurden erwähnt: Zahllauf"));
    let text = &mails[0].text;
    for words in [
        ticket.number.as_str(),
        "weil Sie in einer Notiz erwähnt sind",
        "/account/notifications#topic-mentioned",
        "Guten Tag Derya Aksoy",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(
        !text.contains("heute"),
        "nothing of the note leaves: {text}"
    );
    desk.must_be_idle().await;
}

#[tokio::test]
async fn who_may_not_see_the_ticket_is_told_apart_in_the_list_and_refused_with_the_text_kept() {
    let desk = TestDesk::new().await;
    let (annika, _, jonas) = people(&desk).await;
    let team = desk.team("Zahlstelle").await;
    let ticket = desk.ticket("Zahllauf").in_team(team).await;
    let browser = annika.sign_in().await;
    let at = format!("/tickets/{}", ticket.number);
    let found = browser
        .htmx_get(&format!("{at}/mentions?typed=jonas"))
        .await;
    found.must_say("Kann dieses Ticket nicht sehen");
    let off = found.attribute("[role=option]", "aria-disabled");
    assert_eq!(off.as_deref(), Some("true"));
    let page = browser.get(&format!("{at}?mode=note")).await;
    let text = "@Jonas Weber, kennst du das?";
    // Without the list, as somebody types who knows the name.
    let refused = browser.submit(&page, "#composer", &[("text", text)]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Jonas Weber kann dieses Ticket nicht sehen");
    assert!(refused.text("#composer-text").contains(text));
    assert_eq!(desk.read(ticket.id).await.message_count, 1);
    desk.run_jobs().await;
    assert!(desk.mails_to(&jonas.email).is_empty());
    // Without the sign it is a text like others.
    let sent = browser
        .submit(&refused, "#composer", &[("text", "Jonas Weber fragen")])
        .await;
    assert!(sent.status.is_redirection(), "{}", sent.describe());
    assert_eq!(desk.read(ticket.id).await.message_count, 2);
}
