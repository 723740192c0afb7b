//! Automatic answers: what forbids them, the closing note, the breaker, and two desks that meet.

use chrono::Duration;
use entities::outgoing::answers::{self as list, Filter};
use entities::outgoing::limits::{self, Limit};
use entities::outgoing::stop::{self, ResumeAnswers};
use entities::ticket::close::Ending;
use entities::ticket::{Close, ClosingReason, State, Ticket};
use entities::{Permit, Uuid, permit};
use lotse::jobs;
use rstest::rstest;
use support::desk::TestDesk;

use super::office::{CONSOLE, delivered, letter, ticket_of};
use super::receipts::sent;

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";

/// Every automatic answer and what became of it, the oldest first: `receipt: sent`.
pub async fn answers(desk: &TestDesk) -> Vec<String> {
    let all = list::list(&desk.db, &CONSOLE, &Filter::default(), None, 100).await;
    let rows = all.unwrap().rows.into_iter().rev();
    rows.map(|row| {
        let occasion = serde_json::to_value(row.occasion).unwrap();
        let by = row.suppressed_by.unwrap_or("sent".to_owned());
        format!("{}: {by}", occasion.as_str().unwrap())
    })
    .collect()
}

#[rstest]
#[case("Auto-Submitted: auto-replied", "auto-submitted")]
#[case("Auto-Submitted: auto-generated; type=x", "auto-submitted")]
#[case(
    "Auto-Submitted: no\r\nAuto-Submitted: auto-notified",
    "auto-submitted"
)]
#[case("Precedence: BULK", "precedence")]
#[case("Precedence: list (of people)", "precedence")]
#[case("Precedence: junk", "precedence")]
#[case("List-Id: Rund <rund.liste.example>", "list-id")]
#[case("List-Unsubscribe: <mailto:weg@liste.example>", "list-unsubscribe")]
#[case("Mailing-List: contact x", "mailing-list")]
#[case("X-Loop: pankow.example", "x-loop")]
#[case("X-No-Loop: yes", "x-no-loop")]
#[case("X-Auto-Response-Suppress: All", "x-auto-response-suppress")]
#[case("Return-Path: <>", "return-path")]
#[case("Return-Path:", "return-path")]
#[case("Return-Path: <hilfe@desk.example>", "own-address")]
#[case("Sender: hilfe+x@desk.example", "own-address")]
#[case("Reply-To: Hilfe@Desk.example", "own-address")]
#[case("Reply-To: MAILER-DAEMON@x.example", "reply-to")]
#[case("Reply-To: postmaster@x.example", "reply-to")]
#[case("Reply-To: abuse@x.example", "reply-to")]
#[case("Reply-To: root@x.example", "reply-to")]
#[case("Reply-To: no-reply@x.example", "reply-to")]
#[case("Reply-To: noreply@x.example", "reply-to")]
#[case(
    "Reply-To: a@x.example, b@x.example, c@x.example, d@x.example, e@x.example, f@x.example",
    "many-recipients"
)]
#[case("Auto-Submitted: no", "sent")]
#[case("Precedence: first-class", "sent")]
#[case("Return-Path: <anna.brandt@pankow.example>", "sent")]
#[tokio::test]
async fn a_header_forbids_the_answer(#[case] header: &str, #[case] becomes: &str) {
    let desk = TestDesk::new().await;
    delivered(&desk, &letter(ANNA, "Meldung", "eins@x.example", &[header])).await;
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(answers(&desk).await, [format!("receipt: {becomes}")]);
    assert_eq!(sent(&desk).len(), usize::from(becomes == "sent"));
}

async fn solved_by_system(desk: &TestDesk, more: &[&str]) -> Ticket {
    let sql = "UPDATE mailbox SET receipt = false, closing_note = true";
    desk.database().execute(sql, vec![]).await;
    let mail = delivered(desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", more)).await;
    let ticket = ticket_of(desk, &mail).await;
    close(desk, &ticket, Ending::Solved).await;
    desk.pass(Duration::days(11));
    jobs::run_due(desk).await.unwrap();
    let ticket = desk.read(ticket.id).await;
    assert_eq!(ticket.state, State::Closed);
    ticket
}

async fn close(desk: &TestDesk, ticket: &Ticket, to: Ending) {
    let close = Close {
        to,
        reason: Some(ClosingReason::UserError),
    };
    let permit = Permit::ask(&CONSOLE, desk.read(ticket.id).await).unwrap();
    desk.db.change(permit, close).await.unwrap();
}

#[tokio::test]
async fn a_requester_is_told_when_the_system_closes_the_ticket() {
    let desk = TestDesk::new().await;
    let ticket = solved_by_system(&desk, &[]).await;
    jobs::run_due(&desk).await.unwrap();
    let all = sent(&desk);
    assert_eq!(all.len(), 1);
    let note = &all[0];
    assert!(note.text.contains("abgeschlossen"), "{}", note.text);
    assert_eq!(note.in_reply_to.as_deref(), Some("eins@pankow.example"));
    assert_eq!(note.to[0].address, "anna.brandt@pankow.example");
    let names: Vec<_> = note.suppressions.iter().map(|h| h.name.as_str()).collect();
    assert!(names.contains(&"Auto-Submitted"), "{names:?}");
    assert_eq!(answers(&desk).await, ["receipt: off", "closing_note: sent"]);
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    let page = agent.get(&format!("/tickets/{}", ticket.number)).await;
    page.must_say("Schlussnachricht");
}

#[tokio::test]
async fn a_machine_is_not_told_that_its_ticket_is_closed() {
    let desk = TestDesk::new().await;
    solved_by_system(&desk, &["Auto-Submitted: auto-generated"]).await;
    assert_eq!(sent(&desk).len(), 0);
    assert_eq!(
        answers(&desk).await,
        ["receipt: off", "closing_note: auto-submitted"]
    );
}

#[tokio::test]
async fn no_note_follows_what_an_agent_closes_or_where_nobody_wants_one() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    let ticket = ticket_of(&desk, &mail).await;
    close(&desk, &ticket, Ending::Solved).await;
    desk.pass(Duration::days(11));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(desk.read(ticket.id).await.state, State::Closed);
    let sql = "UPDATE mailbox SET closing_note = true";
    desk.database().execute(sql, vec![]).await;
    let mail = delivered(&desk, &letter(ANNA, "Anderes", "zwei@pankow.example", &[])).await;
    let ticket = ticket_of(&desk, &mail).await;
    close(&desk, &ticket, Ending::Closed).await;
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(answers(&desk).await, ["receipt: sent", "receipt: sent"]);
}

#[tokio::test]
async fn the_limits_of_a_recipient_in_a_ticket_are_as_agreed() {
    let windows = [(10, 10), (15, 30), (25, 60), (50, 180), (100, 600)];
    let desk = TestDesk::new().await;
    let ticket = entities::new_id();
    fill(&desk, windows, Limit::RecipientAndTicket, || ticket).await;
}

#[tokio::test]
async fn the_limits_of_a_recipient_are_as_agreed() {
    let windows = [(30, 10), (60, 30), (120, 60), (240, 180), (360, 600)];
    let desk = TestDesk::new().await;
    fill(&desk, windows, Limit::Recipient, entities::new_id).await;
}

/// Sends as much as each window lets through: then one is refused, until the shorter window has passed.
async fn fill(
    desk: &TestDesk,
    windows: [(usize, i64); 5],
    limit: Limit,
    ticket: impl Fn() -> Uuid,
) {
    let mut taken = 0;
    let mut passed = 0;
    for (most, minutes) in windows {
        while taken < most {
            let refused = limits::take(&desk.db, "a@x.example", ticket())
                .await
                .unwrap();
            match refused {
                None => taken += 1,
                // A shorter window is full; it is emptied by waiting, within the longer one.
                Some(_) => {
                    desk.pass(Duration::minutes(5));
                    passed += 5;
                    assert!(passed < minutes, "{taken} of {most} in {minutes} minutes");
                }
            }
        }
        let refused = limits::take(&desk.db, "a@x.example", ticket())
            .await
            .unwrap();
        assert_eq!(refused, Some(limit), "after {most} in {minutes} minutes");
    }
    assert_eq!(
        limits::take(&desk.db, "b@x.example", entities::new_id())
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn the_breaker_holds_until_an_administrator_lets_answers_go_on() {
    let desk = TestDesk::new().await;
    for number in 0..300 {
        let to = format!("{number}@x.example");
        let refused = limits::take(&desk.db, &to, entities::new_id())
            .await
            .unwrap();
        assert_eq!(refused, None);
    }
    for number in 0..2 {
        let id = format!("{number}@pankow.example");
        delivered(&desk, &letter(ANNA, "Zahllauf", &id, &[])).await;
        jobs::run_due(&desk).await.unwrap();
    }
    let stop = stop::current(&desk.db).await.unwrap().unwrap();
    assert_eq!((stop.most, stop.minutes), (300, 10));
    let stops = desk
        .database()
        .number("SELECT count(*) FROM answer_stop", vec![]);
    assert_eq!(stops.await, 1, "one stop, however many answers meet it");
    desk.pass(Duration::hours(11));
    delivered(&desk, &letter(ANNA, "Noch da?", "drei@pankow.example", &[])).await;
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(sent(&desk).len(), 0, "time alone ends no stop");
    assert_eq!(answers(&desk).await, ["receipt: limit-all"; 3]);

    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert!(
        !agent
            .get("/")
            .await
            .says("Automatische Antworten sind angehalten")
    );
    let administrator = desk.administrator().await.sign_in().await;
    let page = administrator.get("/").await;
    page.must_say("Automatische Antworten sind angehalten");
    let page = administrator.get("/settings/answers").await;
    page.must_say("300 automatische Antworten in 10 Minuten");
    let action = format!("/settings/answers/{}/resume", stop.id);
    let answer = agent.post(&action, &[]).await;
    assert_eq!(answer.status, 403);
    let answer = administrator.post(&action, &[]).await;
    assert!(answer.status.is_redirection(), "{}", answer.describe());
    delivered(
        &desk,
        &letter(ANNA, "Und jetzt?", "vier@pankow.example", &[]),
    )
    .await;
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(sent(&desk).len(), 1);
    let events = entities::history::of(&desk.db, stop.id, None, 10)
        .await
        .unwrap();
    let mut names: Vec<_> = events.iter().map(|event| event.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["resumed", "stopped"]);
}

#[tokio::test]
async fn resuming_counts_anew_at_once() {
    let desk = TestDesk::new().await;
    for number in 0..300 {
        let to = format!("{number}@x.example");
        limits::take(&desk.db, &to, entities::new_id())
            .await
            .unwrap();
    }
    limits::stop(&desk.db, &CONSOLE).await.unwrap();
    let refused = limits::take(&desk.db, "n@x.example", entities::new_id()).await;
    assert_eq!(refused.unwrap(), Some(Limit::All));
    let id = stop::current(&desk.db).await.unwrap().unwrap().id;
    let permit = Permit::ask(&CONSOLE, permit::Desk).unwrap();
    desk.db.change(permit, ResumeAnswers { id }).await.unwrap();
    let refused = limits::take(&desk.db, "n@x.example", entities::new_id()).await;
    assert_eq!(refused.unwrap(), None);
    let levels = limits::levels(&desk.db).await.unwrap();
    assert_eq!(levels[0].sent, 1);
}

/// Carries what one desk has sent to the other; how many mails that were.
async fn carry(from: &TestDesk, known: &mut usize, to: &TestDesk, strip: &[&str]) -> usize {
    let all = from.sent_mails();
    let new = all.len() - *known;
    *known = all.len();
    for raw in &all[all.len() - new..] {
        let stripped = strip.iter().any(|name| raw.contains(&format!("{name}:")));
        assert!(strip.is_empty() || stripped, "nothing to strip from {raw}");
        let lines = raw.lines().filter(|line| {
            let is_stripped = |name: &&str| line.starts_with(&format!("{name}:"));
            !strip.iter().any(is_stripped)
        });
        let raw: Vec<&str> = lines.collect();
        to.deliver(&raw.join("\n")).await;
    }
    new
}

/// Two desks with addresses and keys of their own.
async fn two_desks(folder: &std::path::Path) -> (TestDesk, TestDesk) {
    let key = folder.join("there.key").display().to_string();
    let own = [
        ("LOTSE_MAIL_DOMAIN", "amt.example"),
        ("LOTSE_HISTORY_KEY_FILE", key.as_str()),
    ];
    let there = TestDesk::with(&own).await;
    let sql = "UPDATE mailbox SET address = 'hilfe@amt.example'";
    there.database().execute(sql, vec![]).await;
    (TestDesk::new().await, there)
}

async fn meet(strip: &[&str]) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = two_desks(folder.path()).await;
    let from_there = there.first_mailbox().await.address;
    assert_ne!(from_there, here.first_mailbox().await.address);
    let raw = letter(&from_there, "Bitte um Auskunft", "frage@amt.example", &[]);
    here.deliver(&raw).await;
    let (mut sent_here, mut sent_there) = (0, 0);
    for round in 0.. {
        here.run_jobs().await;
        there.run_jobs().await;
        let mut carried = carry(&here, &mut sent_here, &there, strip).await;
        carried += carry(&there, &mut sent_there, &here, strip).await;
        if carried == 0 {
            assert!(round <= 2, "{round} rounds");
            break;
        }
        assert!(round < 10, "they never stop");
    }
    (answers(&here).await, answers(&there).await)
}

#[tokio::test]
async fn two_desks_mailing_each_other_end_after_one_round() {
    let (here, there) = meet(&[]).await;
    assert_eq!(here, ["receipt: sent"]);
    assert_eq!(there, ["receipt: auto-submitted"]);
}

#[tokio::test]
async fn two_desks_end_even_where_a_relay_takes_the_marks_away() {
    let marks = [
        "Auto-Submitted",
        "Precedence",
        "X-Loop",
        "X-Auto-Response-Suppress",
    ];
    let (here, there) = meet(&marks).await;
    assert_eq!(here, ["receipt: sent"]);
    assert_eq!(
        there,
        ["receipt: sent"],
        "its answer carries our own mark and opens nothing"
    );
}
