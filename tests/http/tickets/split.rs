//! A new ticket from a message, with what is known of it.

use entities::ticket::link::{self, LinkKind};
use entities::ticket::{State, Ticket, thread};
use entities::{Actor, Rule, history};
use support::desk::{Client, TestDesk, reply};

const CONSOLE: Actor = Actor::System(Rule::Console);

async fn annika(desk: &TestDesk) -> Client {
    let youth = desk.team("Jugend 1").await;
    desk.agent("Annika Brandt")
        .in_team(youth)
        .await
        .sign_in()
        .await
}

async fn texts(desk: &TestDesk, ticket: &Ticket) -> Vec<String> {
    let all = thread::thread(&desk.db, &desk.read(ticket.id).await).await;
    all.unwrap().into_iter().map(|e| e.message.body).collect()
}

async fn only_other(desk: &TestDesk, ticket: &Ticket) -> (LinkKind, Ticket) {
    let all = link::of(&desk.db, &CONSOLE, ticket.id).await.unwrap();
    assert_eq!(all.len(), 1);
    (all[0].kind, desk.read(all[0].id).await)
}

#[tokio::test]
async fn the_only_message_is_copied_into_a_new_ticket_that_knows_where_it_comes_from() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let ticket = desk
        .ticket("Zwei Anliegen")
        .saying("Der Bescheid fehlt. Und der Drucker klemmt.")
        .from(&sabine)
        .await;
    let page = browser.get(&format!("/tickets/{}", ticket.number)).await;
    let way = page.attribute("#thread a[href$='/split']", "href").unwrap();
    let form = browser.get(&way).await;
    form.must_say("Der Bescheid fehlt.");
    form.must_say("weil sie die einzige des Tickets ist");
    assert_eq!(
        form.attribute("#split-subject", "value").unwrap(),
        "Zwei Anliegen"
    );
    let empty = browser
        .submit(&form, "#split-form", &[("title", " ")])
        .await;
    assert_eq!(empty.status, 422);
    assert!(empty.has("#split-subject-fault"));
    let typed = [("title", "Drucker klemmt"), ("priority", "high")];
    let done = browser.submit(&form, "#split-form", &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    // The same form once more opens no second ticket.
    let again = browser.submit(&form, "#split-form", &typed).await;
    assert_eq!(again.location(), done.location());
    let (kind, other) = only_other(&desk, &ticket).await;
    assert_eq!(kind, LinkKind::SplitInto);
    assert_eq!(other.title, "Drucker klemmt");
    assert_eq!(
        (other.requester_id, other.state),
        (Some(sabine.id), State::Open)
    );
    assert_eq!(texts(&desk, &ticket).await, texts(&desk, &other).await);
    let shown = browser.follow(&done).await;
    shown.must_say("Abgeteilt von");
    shown.must_say(&ticket.number);
    for (one, name) in [
        (&ticket, "message_copied_out"),
        (&other, "message_copied_in"),
    ] {
        let events = history::of(&desk.db, one.id, None, 20).await.unwrap();
        assert!(events.iter().any(|event| event.name == name));
    }
    desk.must_verify().await;
}

#[tokio::test]
async fn a_message_that_moves_leaves_its_ticket_with_its_time_and_is_linked() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await;
    let ticket = desk.ticket("Zahllauf").saying("Erstes.").await;
    desk.pass(chrono::Duration::minutes(5));
    let second = entities::ticket::LogCall {
        direction: entities::ticket::Direction::In,
        person_id: None,
        minutes: None,
        body: "Zweites.".to_owned(),
        files: vec![],
        once: None,
    };
    let permit = entities::Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    desk.db.change(permit, second).await.unwrap();
    desk.pass(chrono::Duration::minutes(5));
    let all = thread::thread(&desk.db, &desk.read(ticket.id).await).await;
    let message = all.unwrap().pop().unwrap().message;
    let way = format!("/tickets/{}/messages/{}/split", ticket.number, message.id);
    let form = browser.get(&way).await;
    let typed = [("part", "move"), ("outcome", "team")];
    let done = browser.submit(&form, "#split-form", &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let (_, other) = only_other(&desk, &ticket).await;
    assert_eq!(texts(&desk, &ticket).await, ["Erstes."]);
    assert_eq!(texts(&desk, &other).await, ["Zweites."]);
    assert_eq!((other.message_count, other.state), (1, State::New));
    let moved = thread::thread(&desk.db, &other)
        .await
        .unwrap()
        .pop()
        .unwrap();
    assert_eq!(moved.message.created_at, message.created_at);
    assert_eq!(only_other(&desk, &other).await.0, LinkKind::SplitFrom);
    // What has gone cannot be split off once more, and what waits to be sent not yet.
    let gone = browser.post(&way, &[("title", "Noch einmal")]).await;
    assert_eq!(gone.status, 404);
    let waiting = reply("sabine@pa.example", "wartet");
    let id = waiting.message_id;
    let permit = entities::Permit::ask(&CONSOLE, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, waiting).await.unwrap();
    let way = format!("/tickets/{}/messages/{id}/split", ticket.number);
    let refused = browser.htmx_post(&way, &[("title", "Zu früh")]).await;
    assert_eq!(refused.status, 422, "{}", refused.describe());
    desk.must_verify().await;
}
