//! What nobody would look at otherwise: tickets of people who left, and redactions that wait for a second person.

use entities::ticket::{AskRedaction, thread};
use entities::{Permit, person};
use support::desk::TestDesk;

#[tokio::test]
async fn what_somebody_who_left_owns_stands_on_the_page_of_the_day_of_their_team() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let tobias = desk.agent("Tobias Reuter").in_team(team).await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let ticket = desk.ticket("Bescheid fehlt").in_team(team);
    let ticket = ticket.owned_by(&tobias).await;
    let browser = annika.sign_in().await;
    assert!(!browser.get("/").await.has("#covering"));
    desk.console(person::Retire::of(tobias.id)).await;
    let start = browser.get("/").await;
    let covering = start.text("#covering");
    assert!(covering.contains("Bescheid fehlt"), "{covering}");
    assert!(covering.contains("für Tobias Reuter"), "{covering}");
    let to = format!("#covering a[href='/tickets/{}']", ticket.number);
    assert!(start.has(&to), "{}", start.describe());
}

#[tokio::test]
async fn who_decides_a_redaction_reads_of_it_why_and_where_that_is_stopped() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let jonas = desk.lead("Jonas Weber").in_team(team).await;
    let ticket = desk
        .ticket("Akte fehlt")
        .saying("Frau Kowalke wohnt dort.")
        .in_team(team)
        .await;
    let all = thread::thread(&desk.db, &ticket).await.unwrap();
    let ask = AskRedaction {
        message: all[0].message.clone(),
        files: vec![],
        passages: vec!["Kowalke".to_owned()],
        reason: "Gehört nicht hierher.".to_owned(),
        once: None,
    };
    let permit = Permit::ask(&annika.actor().await, ticket.clone()).unwrap();
    desk.db.change(permit, ask).await.unwrap();
    let browser = jonas.sign_in().await;
    let page = browser.get("/notices").await;
    page.must_say("Akte fehlt");
    page.must_say("weil Sie hier über Schwärzungen entscheiden");
    assert!(!page.says("Kowalke"));
    let stop = "a[href='/account/notifications#topic-redaction']";
    assert!(page.has(stop), "{}", page.describe());
    let choices = browser.get("/account/notifications").await;
    assert!(choices.has("#topic-redaction"), "{}", choices.describe());
    // Whoever decides nothing has nothing to choose.
    let hers = annika.sign_in().await.get("/account/notifications").await;
    assert!(hers.has("#topic-mentioned") && !hers.has("#topic-redaction"));
}
