//! A clock that jumps, as one does whose machine was set wrongly: no mail is lost, no history breaks.

use chrono::Duration;
use entities::inbound::reconcile;
use entities::mailbox::ImapTls;
use entities::{Actor, Rule, anchor, clock, history, inbound};
use lotse::jobs;
use support::certificates::Certificates;
use support::desk::{TestDesk, reply};
use support::dovecot::Dovecot;

use super::office::{answered, delivered, letter, tickets};
use super::servers::{fetched, imap, until, work};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";
const DESK: &str = "hilfe@amt.example";

/// Forth and back by less and more than anything waits for.
fn jumps() -> [Duration; 7] {
    [
        Duration::hours(3),
        Duration::hours(-5),
        Duration::days(400),
        Duration::days(-400),
        Duration::minutes(-2),
        Duration::days(-30),
        Duration::days(29),
    ]
}

async fn all_is_well(desk: &TestDesk) {
    let verified = history::verify(&desk.db, None, |_, _| {}).await.unwrap();
    assert!(verified.is_ok(), "{verified:?}");
    let check = Actor::System(Rule::Reconciliation);
    let today = clock::day(desk.db.clock().now());
    for mailbox in entities::mailbox::intake::every(&desk.db).await.unwrap() {
        let sums = reconcile::sums(&desk.db, &check, mailbox.id, today).await;
        let sums = sums.unwrap();
        assert!(sums.iter().all(reconcile::Sum::is_right), "{sums:?}");
    }
}

#[tokio::test]
async fn whichever_way_the_clock_jumps_mail_comes_and_goes_and_histories_hold() {
    let desk = TestDesk::new().await;
    let mailbox = desk.first_mailbox().await;
    let (mut letters, mut answers) = (0, 0);
    for jump in jumps() {
        // Begun before the jump: stored, claimed and queued.
        let id = format!("vorher-{letters}@pankow.example");
        let raw = letter(ANNA, "Zahllauf", &id, &[]).into_bytes();
        inbound::store(&desk.db, mailbox.id, None, raw)
            .await
            .unwrap();
        let claimed = inbound::claim(&desk.db, 1, Duration::minutes(5)).await;
        assert_eq!(claimed.unwrap().len(), 1);
        let ticket = desk.ticket("Anruf").await;
        answered(&desk, &ticket, reply("empfang@pankow.example", "Guten Tag")).await;
        anchor::anchor(&desk.db).await.unwrap();

        desk.pass(jump);
        let id = format!("nachher-{letters}@pankow.example");
        delivered(&desk, &letter(ANNA, "Zahllauf", &id, &[])).await;
        answered(&desk, &ticket, reply("empfang@pankow.example", "Nachtrag")).await;
        letters += 2;
        answers += 2;
        jobs::run_due(&desk).await.unwrap();
        anchor::anchor(&desk.db).await.unwrap();
        all_is_well(&desk).await;
    }
    // As long as claims hold that the clock did not make void.
    desk.pass(Duration::minutes(16));
    desk.run_jobs().await;
    desk.must_be_idle().await;
    let number = async |sql: &str| desk.database().number(sql, vec![]).await;
    let settled = "SELECT count(*) FROM inbound_mail WHERE fate IN ('ticket', 'message')";
    assert_eq!(number(settled).await, letters);
    let unsent = "SELECT count(*) FROM outbound_mail WHERE state <> 'sent'";
    assert_eq!(number(unsent).await, 0);
    let sent = number("SELECT count(*) FROM outbound_mail").await;
    let answered = "SELECT count(*) FROM outbound_mail WHERE NOT automatic";
    assert_eq!(number(answered).await, answers);
    assert_eq!(desk.sent_mails().len() as i64, sent);
    let automatic = "SELECT count(DISTINCT ticket_id) FROM automatic_answer";
    let by_mail = "SELECT count(*) FROM inbound_mail WHERE fate = 'ticket'";
    assert_eq!(number(automatic).await, number(by_mail).await);
    all_is_well(&desk).await;
}

#[tokio::test]
async fn a_mailbox_is_read_on_whichever_way_the_clock_jumps() {
    let dovecot = Dovecot::start();
    dovecot.add_mailbox(DESK, "geheim");
    let authority = Certificates::shared().authority.display().to_string();
    let desk = TestDesk::with(&[("LOTSE_MAIL_CA_FILE", &authority)]).await;
    let settings = imap(&desk, dovecot.imaps_port(), ImapTls::Implicit, "geheim");
    fetched(&desk, settings).await;
    let stop = work(&desk);
    let mut mails = 0;
    for jump in jumps() {
        desk.pass(jump);
        let id = format!("{mails}@pankow.example");
        let raw = letter(ANNA, "Zahllauf", &id, &["Precedence: bulk"]);
        dovecot.deliver(DESK, raw.as_bytes());
        mails += 1;
        let settled = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'ticket'";
        until(&desk, settled, mails).await;
    }
    // The reader dies without handing back; whatever its clock said, another one takes over.
    let ahead = desk.db.clock().now() + Duration::days(300);
    let claim = "UPDATE mailbox_state SET reader = $1, claimed_until = $2";
    stop.cancel();
    let read = "SELECT count(*) AS n FROM mailbox_state WHERE reader IS NOT NULL";
    until(&desk, read, 0).await;
    let values = vec![entities::new_id().into(), ahead.into()];
    desk.database().execute(claim, values).await;
    let stop = work(&desk);
    dovecot.deliver(
        DESK,
        letter(ANNA, "Zuletzt", "z@pankow.example", &[]).as_bytes(),
    );
    until(&desk, "SELECT count(*) AS n FROM ticket", mails + 1).await;
    stop.cancel();
    assert_eq!(tickets(&desk).await, mails + 1);
    all_is_well(&desk).await;
}
