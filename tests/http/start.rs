//! The start page: what is mine, what is new, who takes it.

use chrono::Duration;
use entities::Permit;
use entities::ticket::SetReminder;
use support::desk::TestDesk;

#[tokio::test]
async fn an_empty_desk_says_so() {
    let desk = TestDesk::new().await;
    let page = desk
        .agent("Annika Brandt")
        .await
        .sign_in()
        .await
        .get("/")
        .await;
    page.must_say("Sie haben keine offenen Tickets.");
    page.must_say("Nichts Neues.");
    assert!(!page.has("form[action='/take-oldest']") && !page.has("[data-key=n]"));
}

#[tokio::test]
async fn two_people_take_two_tickets_the_oldest_first() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let derya = desk.agent("Derya Aksoy").in_team(team).await;
    let first = desk.ticket("Zahllauf bricht ab").in_team(team).await;
    desk.pass(Duration::minutes(1));
    let second = desk.ticket("Umlaute fehlen").in_team(team).await;
    let browser = annika.sign_in().await;
    let page = browser.get("/").await;
    assert_eq!(page.text("#new-title + .tally"), "2");
    let page = browser
        .submit(&page, "form[action='/take-oldest']", &[])
        .await;
    assert_eq!(page.location(), Some(format!("/tickets/{}", first.number)));
    derya.sign_in().await.post("/take-oldest", &[]).await;
    assert_eq!(desk.read(first.id).await.owner_id, Some(annika.id));
    assert_eq!(desk.read(second.id).await.owner_id, Some(derya.id));
    let page = browser.post("/take-oldest", &[]).await;
    assert_eq!(page.location().as_deref(), Some("/"));
}

#[tokio::test]
async fn what_is_new_says_where_it_comes_from_and_what_it_is_about() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let pankow = desk.district("Jugendamt Pankow", "PA").await;
    let service = desk.service("KITA-Netz", team).await;
    let ticket = desk.ticket("Gutschein falsch").in_team(team);
    ticket.about(service).of_district(pankow).await;
    let page = annika.sign_in().await.get("/").await;
    assert_eq!(
        page.text("#new .linklist .sub"),
        "Jugendamt Pankow · KITA-Netz"
    );
}

#[tokio::test]
async fn tickets_of_other_teams_are_not_offered() {
    let desk = TestDesk::new().await;
    let (mine, theirs) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let annika = desk.agent("Annika Brandt").in_team(mine).await;
    desk.ticket("Gutschein falsch").in_team(theirs).await;
    let page = annika.sign_in().await.get("/").await;
    assert!(!page.says("Gutschein falsch"));
}

#[tokio::test]
async fn ones_tickets_stand_in_the_order_of_their_reminders() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let late = desk.ticket("Bald fällig").owned_by(&annika).await;
    desk.ticket("Ohne Termin").owned_by(&annika).await;
    let later = desk.ticket("Später fällig").owned_by(&annika).await;
    for (id, hours) in [(late.id, 1), (later.id, 30)] {
        let ticket = desk.read(id).await;
        let permit = Permit::ask(&annika.actor().await, ticket).unwrap();
        let at = Some(desk.db.clock().now() + Duration::hours(hours));
        desk.db.change(permit, SetReminder { at }).await.unwrap();
    }
    desk.pass(Duration::hours(2));
    let page = annika.sign_in().await.get("/").await;
    assert_eq!(
        page.texts("#mine .job__title > span:last-child"),
        ["Bald fällig", "Später fällig", "Ohne Termin"]
    );
    assert_eq!(
        page.attributes("#mine .due", "data-due"),
        ["late", "ok", "hold"]
    );
    let next = page.attribute("[data-key=n]", "href");
    assert_eq!(next, Some(format!("/tickets/{}", late.number)));
}
