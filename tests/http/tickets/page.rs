//! The page of a ticket: thread, facts, history.

use entities::Permission;
use entities::policy::Scope;
use entities::ticket::WriteNote;
use support::desk::TestDesk;

#[tokio::test]
async fn a_ticket_shows_its_thread_its_facts_and_its_neighbours() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let older = desk
        .ticket("Rolle fehlt")
        .in_team(youth)
        .owned_by(&annika)
        .await;
    let ticket = desk
        .ticket("Bescheid bricht ab")
        .from(&sabine)
        .saying("Seit heute **früh**.")
        .in_team(youth)
        .owned_by(&annika)
        .await;
    let browser = annika.sign_in().await;
    let page = browser.get(&format!("/tickets/{}", ticket.number)).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.text("#ticket h1"),
        format!("{} Bescheid bricht ab", ticket.number)
    );
    let said = page.texts("#thread .entry__text");
    assert!(said[0].contains("Seit heute"), "{said:?}");
    assert!(page.has("#thread .entry__text strong"));
    assert!(page.text("#fact-owner").contains("Annika Brandt"));
    assert!(page.text("#fact-team").contains("Jugend 1"));
    assert!(page.text("#facts").contains("Sabine Kowalke"));
    assert!(page.text("#pane").contains("Rolle fehlt"));
    let next = page.attribute("a[data-key=j]", "href").unwrap();
    assert!(next.contains(&older.number), "{next}");
}

#[tokio::test]
async fn what_writing_needs_is_loaded_with_a_ticket_and_nowhere_else() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let ticket = desk.ticket("Bescheid bricht ab").await;
    let at = format!("/tickets/{}", ticket.number);
    for part in ["", "/history", "/files", "/composer?mode=note"] {
        let page = annika.get(&format!("{at}{part}")).await;
        let scripts = page.attributes("script", "src");
        let writing = scripts.iter().filter(|src| src.contains("/ticket."));
        assert_eq!(writing.count(), 1, "{part}: {scripts:?}");
    }
    for other in ["/", "/tickets", "/knowledge"] {
        let scripts = annika.get(other).await.attributes("script", "src");
        assert_eq!(scripts.len(), 1, "{other}: {scripts:?}");
    }
    // A fragment that is put into the page runs nothing again.
    let composer = annika.htmx_get(&format!("{at}/composer?mode=note")).await;
    assert!(composer.has("#composer") && !composer.has("script"));
}

#[tokio::test]
async fn a_ticket_of_another_team_is_not_there() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let housing = desk.team("Wohngeld").await;
    let annika = desk
        .person_with(
            "Annika Brandt",
            &[(Permission::ReadTickets, Scope::OwnTeams)],
        )
        .in_team(youth)
        .await;
    let ticket = desk.ticket("Fremd").in_team(housing).await;
    let browser = annika.sign_in().await;
    for part in [
        "",
        "/history",
        "/files",
        "/thread",
        "/facts",
        "/owner/edit",
        "/print",
    ] {
        let page = browser
            .get(&format!("/tickets/{}{part}", ticket.number))
            .await;
        assert_eq!(page.status, 404, "{part}");
    }
}

#[tokio::test]
async fn what_was_added_since_comes_alone() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let ticket = desk.ticket("Zahllauf").saying("Alt.").in_team(youth).await;
    let browser = annika.sign_in().await;
    let page = browser.get(&format!("/tickets/{}", ticket.number)).await;
    let more = page.attribute("#thread-end", "hx-get").unwrap();
    let permit = entities::Permit::ask(&annika.actor().await, ticket.clone()).unwrap();
    desk.db
        .change(
            permit,
            WriteNote {
                body: "Neu dazu.".into(),
                files: vec![],
                once: None,
            },
        )
        .await
        .unwrap();
    let added = browser.htmx_get(&more).await;
    added.must_say("Neu dazu.");
    assert!(!added.says("Alt."));
    let more = added.attribute("#thread-end", "hx-get").unwrap();
    assert_eq!(browser.htmx_get(&more).await.count(".entry"), 0);
}

#[tokio::test]
async fn the_history_is_sealed_and_told_in_words() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let ticket = desk.ticket("Zahllauf").in_team(youth).await;
    let browser = annika.sign_in().await;
    let edit = browser
        .get(&format!("/tickets/{}/owner/edit", ticket.number))
        .await;
    let id = annika.id.to_string();
    browser.submit(&edit, "#fact-form", &[("value", &id)]).await;
    let page = browser
        .get(&format!("/tickets/{}/history", ticket.number))
        .await;
    assert!(
        page.text("#chain").contains("Lückenlos"),
        "{}",
        page.text("#chain")
    );
    let table = page.text(".history");
    assert!(table.contains("leer → Annika Brandt"), "{table}");
    assert!(table.contains("Neu → In Bearbeitung"), "{table}");
    desk.database()
        .execute("UPDATE event SET payload = '{}' WHERE number = 2", vec![])
        .await;
    let page = browser
        .get(&format!("/tickets/{}/history", ticket.number))
        .await;
    assert!(
        page.text("#chain").contains("gebrochen"),
        "{}",
        page.text("#chain")
    );
}
