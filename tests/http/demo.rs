//! A newcomer's first minutes: a believable unit, and the whole loop of a mail without a mail server.

use entities::ticket::{State, Then, WaitingFor};
use entities::{history, person};
use lotse::demo::accounts::PASSWORD;
use lotse::demo::{fill, start};
use lotse::desk::{Desk, Mode};
use lotse::{jobs, routes, server};
use poem::listener::Acceptor as _;
use sea_orm::FromQueryResult;
use support::desk::{Client, TestDesk, reply};
use tokio_util::sync::CancellationToken;

const ANNIKA: &str = "annika.brandt@servicedesk.example";

#[derive(Debug, FromQueryResult, PartialEq)]
struct Standing {
    state: State,
    waiting_for: Option<WaitingFor>,
    tickets: i64,
}

async fn standings(desk: &TestDesk) -> Vec<Standing> {
    let sql = "SELECT state, waiting_for, count(*) AS tickets FROM ticket \
               GROUP BY state, waiting_for ORDER BY tickets";
    desk.database().rows(sql, vec![]).await
}

fn standing(state: State, waiting_for: Option<WaitingFor>, tickets: i64) -> Standing {
    Standing {
        state,
        waiting_for,
        tickets,
    }
}

/// The same database as a demo.
async fn prepared(desk: &TestDesk) -> Desk {
    let mut demo: Desk = (**desk).clone();
    let stop = CancellationToken::new();
    start::prepare(&mut demo, &stop).await.unwrap();
    demo
}

#[tokio::test]
async fn the_small_demo_is_what_it_promises() {
    let desk = TestDesk::new().await;
    let demo = prepared(&desk).await;
    let standings = standings(&desk).await;
    let at_vendors = standings
        .iter()
        .find(|one| one.waiting_for == Some(WaitingFor::Vendor));
    let at_vendors = at_vendors.unwrap().tickets;
    // The vendor has answered about the fault; the hour decides whether it waited for them or was open before.
    assert!([19, 20].contains(&at_vendors), "{standings:?}");
    let delivered = "SELECT count(*) AS n FROM vendor_share WHERE repair = 'delivered'";
    assert_eq!(desk.database().number(delivered, vec![]).await, 1);
    assert_eq!(
        standings,
        [
            standing(State::Waiting, Some(WaitingFor::Date), 5),
            standing(State::New, None, 8),
            standing(State::Waiting, Some(WaitingFor::Vendor), at_vendors),
            standing(State::Solved, None, 22),
            standing(State::Waiting, Some(WaitingFor::Requester), 25),
            standing(State::Open, None, 80 - at_vendors),
            standing(State::Closed, None, 160),
        ]
    );
    let now = desk.db.clock().now();
    let passed = "SELECT count(*) AS n FROM ticket WHERE state = 'open' AND reminder_at < $1";
    assert_eq!(desk.database().number(passed, vec![now.into()]).await, 10);
    let later = "SELECT count(*) AS n FROM event WHERE at > $1";
    assert_eq!(desk.database().number(later, vec![now.into()]).await, 0);
    // What lies in the past asks for no mail today.
    let queued = "SELECT count(*) AS n FROM outbox WHERE effect <> 'tell_invited'";
    assert_eq!(desk.database().number(queued, vec![]).await, 0);
    let verified = history::verify(&desk.db, None, |_, _| {}).await.unwrap();
    assert!(verified.unwrap().events > 3000);
    // The check lists were counted on each night before today, while the cases were as they were then.
    let nights = "SELECT count(*) AS n FROM (SELECT DISTINCT day FROM check_day) AS days";
    assert_eq!(desk.database().number(nights, vec![]).await, 29);
    let counts = "SELECT count(*) AS n FROM (SELECT DISTINCT sum(n) FROM check_day WHERE list = 'no_reminder' \
                  GROUP BY day) AS counts";
    assert!(desk.database().number(counts, vec![]).await > 5);

    // A second start finds everything there.
    let stop = CancellationToken::new();
    let mut again = demo.clone();
    start::prepare(&mut again, &stop).await.unwrap();
    let tickets = "SELECT count(*) AS n FROM ticket";
    assert_eq!(desk.database().number(tickets, vec![]).await, 300);
    let people = "SELECT count(*) AS n FROM person";
    let before = desk.database().number(people, vec![]).await;

    let said = start::fill_up(&demo, 40, 7, &stop).await.unwrap();
    assert!(said.starts_with("40 tickets with "), "{said}");
    assert_eq!(desk.database().number(tickets, vec![]).await, 340);
    assert_eq!(desk.database().number(people, vec![]).await, before);
    let old = "SELECT count(*) AS n FROM ticket WHERE number LIKE '201%'";
    assert!(desk.database().number(old, vec![]).await > 5);
    let verified = history::verify(&desk.db, None, |_, _| {}).await.unwrap();
    verified.unwrap();
}

#[tokio::test]
async fn a_stopped_fill_leaves_whole_tickets() {
    let desk = TestDesk::new().await;
    let stop = CancellationToken::new();
    stop.cancel();
    let said = start::fill_up(&desk, 500, 7, &stop).await.unwrap();
    assert!(said.starts_with("0 tickets"), "{said}");
    let bar = fill::progress_bar(1);
    assert_eq!(bar.length(), Some(1));
    let torn = "SELECT count(*) AS n FROM ticket";
    assert_eq!(desk.database().number(torn, vec![]).await, 0);
}

/// The demo's pages, and somebody to look at them.
async fn opened(demo: &Desk) -> (Client, CancellationToken) {
    let acceptor = server::bind("127.0.0.1:0").await.unwrap();
    let address = *acceptor.local_addr()[0].as_socket_addr().unwrap();
    let stop = CancellationToken::new();
    let app = routes::app(demo.clone());
    tokio::spawn(server::run(acceptor, app, stop.clone()));
    let client = Client::new(demo.clone(), format!("http://{address}"));
    (client, stop)
}

#[tokio::test]
async fn a_newcomer_sees_the_whole_loop() {
    let desk = TestDesk::with(&[("LOTSE_MAIL_UNDO_S", "0")]).await;
    let demo = prepared(&desk).await;
    assert_eq!(demo.mode, Mode::Demo);
    let (browser, stop) = opened(&demo).await;
    let welcome = start::welcome(&demo);
    assert!(welcome.contains(ANNIKA) && welcome.contains(PASSWORD));
    let page = browser.get("/sign-in").await;
    let typed = [("email", ANNIKA), ("password", PASSWORD)];
    let page = browser.submit(&page, "#sign-in-form", &typed).await;
    assert_eq!(page.status, 303);

    let page = browser.get("/demo/mail").await;
    let page = browser.submit(&page, "#ready-mails form", &[]).await;
    let page = browser.follow(&page).await;
    page.must_say("Kita-Gutschein: Bescheid bricht mit Fehler KN-4102 ab");
    let link = page.attribute(".notice a", "href").unwrap();
    let number = link.rsplit('/').next().unwrap();

    let annika = person::by_email(&demo.db, ANNIKA).await.unwrap();
    let annika = person::load_actor(&demo.db, annika.unwrap().id).await;
    let annika = annika.unwrap().unwrap();
    let ticket = entities::ticket::show::by_number(&demo.db, &annika, number).await;
    let ticket = ticket.unwrap();
    let mut answer = reply(
        "sabine.kowalke@pankow.berlin.example",
        "Bitte versuchen Sie es noch einmal.",
    );
    answer.mail_id = lotse::mail::answer::reply_ids(&demo, &ticket, answer.message_id);
    answer.subject = lotse::mail::answer::subject(&ticket);
    answer.undo_seconds = 0;
    answer.then = Then::WaitForRequester;
    let permit = entities::Permit::ask(&annika, ticket.clone()).unwrap();
    demo.db.change(permit, answer).await.unwrap();
    jobs::run_due(&demo).await.unwrap();

    let page = browser.get("/demo/mail").await;
    page.must_say("Bitte versuchen Sie es noch einmal.");
    let answered = browser
        .submit(
            &page,
            "form[action='/demo/answer']",
            &[("body", "Es geht wieder.")],
        )
        .await;
    let page = browser.follow(&answered).await;
    assert_eq!(page.attribute(".notice a", "href").unwrap(), link);
    let ticket = desk.read(ticket.id).await;
    assert_eq!(ticket.state, State::Open);
    stop.cancel();
}

#[tokio::test]
async fn faults_keep_what_was_typed() {
    let desk = TestDesk::new().await;
    let mut demo: Desk = (*desk).clone();
    demo.mode = Mode::Demo;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let (browser, stop) = opened(&demo).await;
    let session = annika.cookie("lotse_session").unwrap();
    browser.set_cookie("lotse_session", &session);
    let page = browser.get("/demo/mail").await;
    let typed = [("subject", ""), ("body", "Nur ein Text")];
    let page = browser.submit(&page, "#own-mail-form", &typed).await;
    assert_eq!(page.status, 422);
    page.must_say("Bitte geben Sie einen Betreff ein.");
    assert_eq!(page.text("#body"), "Nur ein Text");
    stop.cancel();
}

#[tokio::test]
async fn a_desk_at_work_has_no_such_page() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(annika.get("/demo/mail").await.status, 404);
}
