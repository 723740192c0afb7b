//! What the clock brings without anybody doing anything: reminders reached, solved tickets closed, anchors.

use chrono::Duration;
use entities::ticket::close::Ending;
use entities::ticket::{Close, ClosingReason, State, Wait, WaitingFor};
use entities::{Permit, anchor};
use lotse::jobs;
use lotse::upkeep::verify;
use support::desk::TestDesk;

use super::office::CONSOLE;

#[tokio::test]
async fn a_ticket_that_waits_for_a_date_comes_back_on_that_date() {
    let desk = TestDesk::new().await;
    let ticket = desk.ticket("Zahllauf").await;
    let until = desk.db.clock().now() + Duration::hours(2);
    let wait = Wait {
        waiting_for: WaitingFor::Date,
        until: Some(until),
    };
    let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
    desk.db.change(permit, wait).await.unwrap();
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(desk.read(ticket.id).await.state, State::Waiting);
    desk.pass(Duration::hours(2));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(desk.read(ticket.id).await.state, State::Open);
}

#[tokio::test]
async fn a_solved_ticket_closes_after_the_days_of_its_mailbox() {
    let desk = TestDesk::new().await;
    let mailbox = desk.mailbox("kurz", None).await;
    let sql = "UPDATE mailbox SET close_after_days = 3 WHERE id = $1";
    desk.database().execute(sql, vec![mailbox.into()]).await;
    let soon = desk.ticket("Drei Tage").answered_from(mailbox).await;
    let later = desk.ticket("Zehn Tage").await;
    for ticket in [&soon, &later] {
        let close = Close {
            to: Ending::Solved,
            reason: Some(ClosingReason::UserError),
        };
        let permit = Permit::ask(&CONSOLE, ticket.clone()).unwrap();
        desk.db.change(permit, close).await.unwrap();
    }
    desk.pass(Duration::days(4));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(desk.read(soon.id).await.state, State::Closed);
    assert_eq!(desk.read(later.id).await.state, State::Solved);
    desk.pass(Duration::days(7));
    jobs::run_due(&desk).await.unwrap();
    let closed = desk.read(later.id).await;
    assert_eq!(closed.state, State::Closed);
    assert_eq!(closed.closing_reason, Some(ClosingReason::UserError));
}

#[tokio::test]
async fn anchors_are_noted_outside_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("anchors.log");
    let desk = TestDesk::with(&[("LOTSE_HISTORY_ANCHOR_LOG", &log.display().to_string())]).await;
    desk.ticket("Zahllauf").await;
    jobs::clock::anchor(&desk).await.unwrap();
    jobs::clock::anchor(&desk).await.unwrap();
    let lines = std::fs::read_to_string(&log).unwrap();
    assert_eq!(
        lines.lines().count() as i64,
        anchor::newest(&desk.db).await.unwrap()
    );
}

#[tokio::test]
async fn a_log_that_was_left_behind_is_caught_up_with() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("anchors.log");
    let desk = TestDesk::with(&[("LOTSE_HISTORY_ANCHOR_LOG", &log.display().to_string())]).await;
    let mut whole = String::new();
    for title in ["Zahllauf", "Elterngeld", "Gutschein"] {
        desk.ticket(title).await;
        jobs::clock::anchor(&desk).await.unwrap();
        let before = whole;
        whole = std::fs::read_to_string(&log).unwrap();
        // The process died in the middle of its line.
        let half = &whole[..before.len() + 50];
        std::fs::write(&log, half).unwrap();
        jobs::clock::anchor(&desk).await.unwrap();
        let after = std::fs::read_to_string(&log).unwrap();
        assert_eq!(after, format!("{half}\n{}", &whole[before.len()..]));
        std::fs::write(&log, &whole).unwrap();
    }
    // A file that takes nothing is named, and nothing is lost once it takes something again.
    desk.ticket("Lastschrift").await;
    std::fs::remove_file(&log).unwrap();
    std::fs::create_dir(&log).unwrap();
    let refused = jobs::clock::anchor(&desk).await.unwrap_err();
    assert!(refused.to_string().contains("history.anchor_log"));
    std::fs::remove_dir(&log).unwrap();
    jobs::clock::anchor(&desk).await.unwrap();
    let lines = std::fs::read_to_string(&log).unwrap();
    assert!(lines.starts_with(&whole), "{lines}");
    assert_eq!(lines.lines().count(), 4);
    let verified = verify::verify(&desk).await.unwrap().unwrap();
    assert_eq!((verified.anchors, verified.unnoted), (4, 0));
}
