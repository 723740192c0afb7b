//! Effort as agents book it: on a ticket, with an answer, by timer, apart from any ticket, and corrected.

use chrono::Duration;
use entities::clock::day;
use support::desk::{Client, Page, TestDesk};

async fn activity(desk: &TestDesk) -> String {
    desk.activity("Auswertung").await.to_string()
}

fn today(desk: &TestDesk) -> String {
    day(desk.db.clock().now()).to_string()
}

async fn book(browser: &Client, at: &str, minutes: &str, day: &str, activity: &str) -> Page {
    let fields = [("minutes", minutes), ("day", day), ("activity", activity)];
    browser.post(at, &fields).await
}

/// Moves the desk's clock to ten in the morning of the next day in Berlin, so that no midnight falls into what follows.
fn to_the_morning(desk: &TestDesk) {
    let now = desk.db.clock().now();
    let tomorrow = day(now).succ_opt().unwrap();
    desk.pass(entities::clock::begin_of(tomorrow) + Duration::hours(10) - now);
}

#[tokio::test]
async fn effort_is_booked_on_a_ticket_and_summed_up_by_person() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let jonas = desk.agent("Jonas Weber").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let path = format!("/tickets/{}", ticket.number);
    let at = format!("{path}/effort");
    let activity = activity(&desk).await;
    let form = annika.get(&format!("{at}/new")).await;
    assert_eq!(form.attribute("[name=day]", "value").unwrap(), today(&desk));
    let done = annika
        .submit(
            &form,
            "#effort-form",
            &[("minutes", "1:30"), ("activity", &activity)],
        )
        .await;
    assert_eq!(done.status, 303, "{}", done.describe());
    for minutes in ["0,5 h", "7"] {
        book(&jonas, &at, minutes, &today(&desk), &activity).await;
    }
    let facts = annika.get(&path).await.text("#facts-effort");
    assert!(facts.contains("2 Std. 7 Min."), "{facts}");
    assert!(
        facts.contains("Annika Brandt 1:30") && facts.contains("Jonas Weber 0:37"),
        "{facts}"
    );
    // Sent twice by mistake, it is booked once.
    let twice = annika
        .submit(
            &form,
            "#effort-form",
            &[("minutes", "1:30"), ("activity", &activity)],
        )
        .await;
    assert_eq!(twice.status, 303);
    assert!(
        annika
            .get(&path)
            .await
            .text("#facts-effort")
            .contains("2 Std. 7 Min.")
    );
}

#[tokio::test]
async fn what_is_no_time_or_no_day_is_said_beside_it_and_kept() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = format!("/tickets/{}/effort", ticket.number);
    let activity = activity(&desk).await;
    let tomorrow = day(desk.db.clock().now()).succ_opt().unwrap().to_string();
    for minutes in ["bald", "-5", "0", "25 h", ""] {
        let refused = book(&annika, &at, minutes, &today(&desk), &activity).await;
        assert_eq!(refused.status, 422, "{minutes}");
        refused.must_say("zwischen 1 Minute und 24 Stunden");
        assert_eq!(
            refused.attribute("[name=minutes]", "value").unwrap(),
            minutes
        );
    }
    let refused = book(&annika, &at, "30", &tomorrow, &activity).await;
    refused.must_say("Der Tag liegt in der Zukunft");
    let refused = book(&annika, &at, "30", "2020-01-02", &activity).await;
    refused.must_say("mehr als ein Jahr");
    let refused = book(&annika, &at, "30", &today(&desk), "").await;
    refused.must_say("Bitte wählen Sie eine Tätigkeit");
    book(&annika, &at, "23:59", &today(&desk), &activity).await;
    let refused = book(&annika, &at, "2", &today(&desk), &activity).await;
    refused.must_say("mehr als 24 Stunden");
}

#[tokio::test]
async fn the_own_page_shows_a_week_with_sums_and_lets_one_correct_and_cancel() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let jonas = desk.agent("Jonas Weber").await.sign_in().await;
    let activity = activity(&desk).await;
    let ticket = desk.ticket("Zahllauf").await;
    let at = format!("/tickets/{}/effort", ticket.number);
    book(&annika, &at, "45", &today(&desk), &activity).await;
    let page = annika.get("/effort").await;
    let form = ".form";
    let typed = [
        ("minutes", "1 Std."),
        ("activity", activity.as_str()),
        ("remark", "Runde"),
    ];
    let done = annika.submit(&page, form, &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let page = annika.follow(&done).await;
    page.must_say("Zahllauf");
    page.must_say("ohne Ticket");
    page.must_say("Runde");
    assert!(page.text("tfoot").contains("1:45"));
    let links = page.attributes("tbody td.n a", "href");
    let edit = annika.get(&links[0]).await;
    assert_eq!(edit.attribute("[name=minutes]", "value").unwrap(), "0:45");
    assert_eq!(jonas.get(&links[0]).await.status, 404);
    let fixed = annika.submit(&edit, ".form", &[("minutes", "0:15")]).await;
    assert_eq!(fixed.status, 303, "{}", fixed.describe());
    assert!(annika.get("/effort").await.text("tfoot").contains("1:15"));
    // The form that was open elsewhere has seen another amount.
    let late = annika.submit(&edit, ".form", &[("minutes", "0:20")]).await;
    assert_eq!(late.status, 422);
    let edit = annika.get(&links[0]).await;
    annika.submit(&edit, ".form", &[("act", "cancel")]).await;
    let page = annika.get("/effort").await;
    page.must_say("storniert");
    assert!(page.text("tfoot").contains("1:00"));
    let facts = annika.get(&format!("/tickets/{}", ticket.number)).await;
    assert!(!facts.text("#facts-effort").contains("Annika"));
    let before = annika.get("/effort?week=2020-01-01").await;
    before.must_say("In dieser Woche ist nichts gebucht.");
    let nobody = desk.requester("Sabine König").await.sign_in().await;
    assert_eq!(nobody.get("/effort").await.status, 403);
}

#[tokio::test]
async fn an_answer_proposes_the_minutes_of_the_timer_and_books_them() {
    let desk = TestDesk::new().await;
    to_the_morning(&desk);
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let path = format!("/tickets/{}", ticket.number);
    let page = annika.get(&format!("{path}?mode=note")).await;
    assert_eq!(page.attribute("#composer-effort", "value").unwrap(), "");
    annika
        .post(&format!("{path}/timer"), &[("act", "start")])
        .await;
    desk.pass(Duration::minutes(12));
    let page = annika.get(&format!("{path}?mode=note")).await;
    assert_eq!(page.attribute("#composer-effort", "value").unwrap(), "12");
    assert!(page.text("#ticket-timer").contains("0:12"));
    let sent = annika
        .submit(&page, "#composer", &[("text", "Geprüft.")])
        .await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let page = annika.get(&path).await;
    assert!(page.text("#facts-effort").contains("Annika Brandt 0:12"));
    assert!(
        page.text("#ticket-timer").contains("Zeit messen"),
        "it has ended"
    );
    // An emptied field books nothing, a word is refused with all that was typed.
    let page = annika.get(&format!("{path}?mode=note")).await;
    let odd = [("text", "Noch etwas."), ("effort", "viel")];
    let refused = annika.submit(&page, "#composer", &odd).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.text("#composer-text"), "Noch etwas.");
    assert_eq!(
        refused.attribute("#composer-effort", "value").unwrap(),
        "viel"
    );
    annika
        .submit(
            &page,
            "#composer",
            &[("text", "Noch etwas."), ("effort", "")],
        )
        .await;
    assert!(
        annika
            .get(&path)
            .await
            .text("#facts-effort")
            .contains("Annika Brandt 0:12")
    );
}

#[tokio::test]
async fn without_a_timer_the_time_since_the_composer_was_opened_is_proposed_in_fives() {
    let desk = TestDesk::new().await;
    to_the_morning(&desk);
    let agent = desk.agent("Annika Brandt").await;
    let annika = agent.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let path = format!("/tickets/{}", ticket.number);
    let page = annika.get(&format!("{path}?mode=note")).await;
    let opened = page.attribute("#composer [name=opened]", "value").unwrap();
    let draft = [("mode", "note"), ("text", "Ich prüfe"), ("opened", &opened)];
    annika.post(&format!("{path}/draft"), &draft).await;
    desk.pass(Duration::minutes(23));
    let page = annika.get(&format!("{path}?mode=note")).await;
    assert_eq!(page.attribute("#composer-effort", "value").unwrap(), "25");
    // Over night nobody wrote.
    desk.pass(Duration::hours(20));
    let annika = agent.sign_in().await;
    let page = annika.get(&format!("{path}?mode=note")).await;
    assert_eq!(page.attribute("#composer-effort", "value").unwrap(), "");
}

#[tokio::test]
async fn a_timer_left_running_over_the_weekend_asks_how_long_it_really_was() {
    let desk = TestDesk::new().await;
    let agent = desk.agent("Annika Brandt").await;
    let annika = agent.sign_in().await;
    let ticket = desk.ticket("Zahllauf").await;
    let path = format!("/tickets/{}", ticket.number);
    annika
        .post(&format!("{path}/timer"), &[("act", "start")])
        .await;
    let friday = today(&desk);
    desk.pass(Duration::hours(63));
    // The session has ended, the timer has not.
    let annika = agent.sign_in().await;
    let page = annika.get(&path).await;
    let facts = page.text("#facts-effort");
    assert!(facts.contains("Die Zeitmessung lief seit"), "{facts}");
    let note = annika.get(&format!("{path}?mode=note")).await;
    assert_eq!(note.attribute("#composer-effort", "value").unwrap(), "");
    annika
        .get("/")
        .await
        .must_say("1 gemessene Zeit ist noch nicht gebucht.");
    annika
        .get("/effort")
        .await
        .must_say("Die Zeitmessung lief seit");
    let form = page
        .attribute("#facts-effort .timerwait a", "href")
        .unwrap();
    let form = annika.get(&form).await;
    assert_eq!(form.attribute("[name=minutes]", "value").unwrap(), "");
    assert_eq!(form.attribute("[name=day]", "value").unwrap(), friday);
    let silent = annika.submit(&form, "#effort-form", &[]).await;
    assert_eq!(silent.status, 422, "nothing is booked silently");
    let said = annika
        .submit(&form, "#effort-form", &[("minutes", "40")])
        .await;
    assert_eq!(said.status, 303, "{}", said.describe());
    let page = annika.get(&path).await;
    assert!(page.text("#facts-effort").contains("Annika Brandt 0:40"));
    assert!(!page.has("#facts-effort .timerwait"));
}

#[tokio::test]
async fn a_second_timer_stops_the_first_and_proposes_what_it_measured() {
    let desk = TestDesk::new().await;
    to_the_morning(&desk);
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let first = desk.ticket("Erstes").await;
    let second = desk.ticket("Zweites").await;
    let at = |number: &str| format!("/tickets/{number}/timer");
    annika.post(&at(&first.number), &[("act", "start")]).await;
    desk.pass(Duration::minutes(30));
    annika.post(&at(&second.number), &[("act", "start")]).await;
    let page = annika.get(&format!("/tickets/{}", first.number)).await;
    page.must_say("30 Min. gemessen, noch nicht gebucht");
    let form = page
        .attribute("#facts-effort .timerwait a", "href")
        .unwrap();
    let form = annika.get(&form).await;
    assert_eq!(form.attribute("[name=minutes]", "value").unwrap(), "0:30");
    let thrown = annika
        .submit(
            &page,
            "#facts-effort .timerwait form",
            &[("act", "discard")],
        )
        .await;
    assert_eq!(
        thrown.location().unwrap(),
        format!("/tickets/{}", first.number)
    );
    let page = annika.follow(&thrown).await;
    assert!(!page.has("#facts-effort .timerwait"));
    let own = annika.get("/effort").await;
    own.must_say("Zweites");
    let late = annika.submit(&form, "#effort-form", &[]).await;
    late.must_say("schon gebucht oder verworfen");
}

#[tokio::test]
async fn an_administrator_keeps_the_activities_in_both_languages() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.sign_in().await;
    let list = admin.get("/settings/activities").await;
    list.must_say("Fallbearbeitung");
    let page = admin.get("/settings/activities/new").await;
    let typed = [("name", "Vertretung"), ("name_en", "Standing in")];
    let made = admin.submit(&page, "form.sheet", &typed).await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let at = made.location().unwrap();
    let at = at.split('?').next().unwrap().to_owned();
    let page = admin.get("/settings/activities/new").await;
    let twice = admin
        .submit(&page, "form.sheet", &[("name", "Schulung")])
        .await;
    assert_eq!(twice.status, 422);
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let offered = |page: &Page| page.texts("[name=activity] option");
    let english = annika.get("/effort?lang=en").await;
    assert!(
        offered(&english).contains(&"Standing in".to_owned()),
        "{:?}",
        offered(&english)
    );
    admin.post(&format!("{at}/retire"), &[]).await;
    let id = at.rsplit('/').next().unwrap();
    let refused = book(&annika, "/effort", "5", &today(&desk), id).await;
    assert_eq!(refused.status, 422);
    refused.must_say("still offered");
}
