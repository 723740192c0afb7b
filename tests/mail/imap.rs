//! Mailboxes on a real server, as they are in offices: numbered anew, only to be read, full of old mail, cut off.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use entities::Uuid;
use entities::inbound::{Fate, reconcile};
use entities::mailbox::{Imap, ImapTls};
use entities::{Actor, Rule, clock};
use sea_orm::FromQueryResult;
use support::desk::TestDesk;
use support::dovecot::Dovecot;
use support::hold::{At, Hold};
use tokio_util::sync::CancellationToken;

use super::office::{letter, newest, tickets};
use super::servers::{fetched, imap, until, work};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";
const DESK: &str = "hilfe@amt.example";

const SETTLED: &str = "SELECT count(*) AS n FROM inbound_mail WHERE fate <> 'stored'";
const STORED: &str = "SELECT count(*) AS n FROM inbound_mail";
const READ: &str = "SELECT count(*) AS n FROM mailbox_state WHERE reader IS NOT NULL";
const WAITING: &str = "SELECT count(*) AS n FROM mailbox_state WHERE doing = 'waiting'";

async fn desk_with(settings: &[(&str, &str)]) -> TestDesk {
    let authority = support::certificates::Certificates::shared()
        .authority
        .display()
        .to_string();
    let mut all = vec![("LOTSE_MAIL_CA_FILE", authority.as_str())];
    all.extend_from_slice(settings);
    TestDesk::with(&all).await
}

fn server() -> Dovecot {
    let dovecot = Dovecot::start();
    dovecot.add_mailbox(DESK, "geheim");
    dovecot
}

fn over_tls(desk: &TestDesk, dovecot: &Dovecot) -> Imap {
    imap(desk, dovecot.imaps_port(), ImapTls::Implicit, "geheim")
}

/// A mail nobody answers by itself.
fn mail(n: usize) -> String {
    let (subject, id) = (format!("Anfrage {n}"), format!("{n}@pankow.example"));
    letter(ANNA, &subject, &id, &["Precedence: bulk"])
}

fn deliver(dovecot: &Dovecot, numbers: std::ops::Range<usize>) {
    for n in numbers {
        dovecot.deliver(DESK, mail(n).as_bytes());
    }
}

/// Ends the work and waits until the mailbox is handed back.
async fn end(desk: &TestDesk, stop: CancellationToken) {
    stop.cancel();
    until(desk, READ, 0).await;
}

/// The next mails come, are taken in, and the work ends.
async fn take_in(desk: &TestDesk, dovecot: &Dovecot, numbers: std::ops::Range<usize>) {
    let so_far = numbers.end as i64;
    deliver(dovecot, numbers);
    let stop = work(desk);
    until(desk, SETTLED, so_far).await;
    until(desk, WAITING, 1).await;
    end(desk, stop).await;
}

/// What the server showed is what was stored is what became of it.
async fn sums_are_right(desk: &TestDesk, mailbox: Uuid) {
    let check = Actor::System(Rule::Reconciliation);
    let today = clock::day(desk.db.clock().now());
    let sums = reconcile::sums(&desk.db, &check, mailbox, today)
        .await
        .unwrap();
    assert!(sums.iter().all(reconcile::Sum::is_right), "{sums:?}");
}

async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_mailbox_that_is_numbered_anew_gives_nothing_twice_and_loses_nothing() {
    let dovecot = server();
    let desk = desk_with(&[]).await;
    let mailbox = fetched(&desk, over_tls(&desk, &dovecot)).await;
    deliver(&dovecot, 0..3);
    let nameless = mail(3).replace("Message-ID: <3@pankow.example>\r\n", "");
    dovecot.deliver(DESK, nameless.as_bytes());
    let stop = work(&desk);
    until(&desk, SETTLED, 4).await;
    until(&desk, WAITING, 1).await;
    dovecot.stop();
    dovecot.number_anew(DESK);
    deliver(&dovecot, 4..6);
    dovecot.start_again();
    let validities = "SELECT count(DISTINCT uid_validity) AS n FROM inbound_mail";
    until(&desk, validities, 2).await;
    until(&desk, "SELECT count(*) AS n FROM ticket", 6).await;
    until(&desk, WAITING, 1).await;
    eventually("not all is marked", || {
        dovecot.flags(DESK, "INBOX").iter().all(|f| f.contains('S'))
    })
    .await;
    end(&desk, stop).await;
    desk.run_jobs().await;
    assert_eq!(tickets(&desk).await, 6);
    let copies = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'copy'";
    assert_eq!(desk.database().number(copies, vec![]).await, 4);
    sums_are_right(&desk, mailbox).await;
}

#[tokio::test]
async fn a_mail_that_was_taken_gets_the_flag_that_is_wanted_and_no_other() {
    let dovecot = server();
    let desk = desk_with(&[]).await;
    let settings = Imap {
        flag: Some("\\Flagged".to_owned()),
        ..over_tls(&desk, &dovecot)
    };
    fetched(&desk, settings).await;
    deliver(&dovecot, 0..2);
    let stop = work(&desk);
    until(&desk, SETTLED, 2).await;
    eventually("not flagged", || dovecot.flags(DESK, "INBOX") == ["F", "F"]).await;
    end(&desk, stop).await;
    // A keyword instead: what was taken is known without it.
    let keyword = "UPDATE mailbox SET imap_flag = 'Uebernommen' WHERE imap_host IS NOT NULL";
    desk.database().execute(keyword, vec![]).await;
    deliver(&dovecot, 2..3);
    let stop = work(&desk);
    until(&desk, SETTLED, 3).await;
    // Dovecot names the keywords of a folder a, b, c.
    eventually("no keyword", || {
        dovecot.flags(DESK, "INBOX") == ["Fa", "Fa", "a"]
    })
    .await;
    end(&desk, stop).await;
    assert_eq!(tickets(&desk).await, 3);
}

#[tokio::test]
async fn a_mailbox_that_may_only_be_read_stays_as_it_is() {
    let dovecot = server();
    let desk = desk_with(&[]).await;
    let settings = Imap {
        read_only: true,
        ..over_tls(&desk, &dovecot)
    };
    let mailbox = fetched(&desk, settings).await;
    for mails in [0..2, 2..3] {
        take_in(&desk, &dovecot, mails).await;
    }
    assert_eq!(tickets(&desk).await, 3);
    assert_eq!(dovecot.flags(DESK, "INBOX"), ["", "", ""]);
    sums_are_right(&desk, mailbox).await;
}

#[tokio::test]
async fn an_account_that_may_change_nothing_is_read_all_the_same() {
    let dovecot = server();
    dovecot.let_only_read(DESK);
    let desk = desk_with(&[]).await;
    let mailbox = fetched(&desk, over_tls(&desk, &dovecot)).await;
    for mails in [0..1, 1..2, 2..3] {
        take_in(&desk, &dovecot, mails).await;
    }
    assert_eq!(tickets(&desk).await, 3);
    assert_eq!(dovecot.flags(DESK, "INBOX"), ["", "", ""]);
    sums_are_right(&desk, mailbox).await;
}

#[tokio::test]
async fn mail_from_before_the_first_day_is_left_alone_and_counted() {
    let dovecot = server();
    let desk = desk_with(&[]).await;
    let today = clock::day(desk.db.clock().now());
    let settings = Imap {
        start_on: Some(today - chrono::Days::new(10)),
        ..over_tls(&desk, &dovecot)
    };
    let mailbox = fetched(&desk, settings).await;
    deliver(&dovecot, 0..4);
    for (message, days) in [(0, 400), (1, 20), (2, 5)] {
        let at = SystemTime::now() - Duration::from_secs(days * 24 * 3600);
        dovecot.came_at(DESK, message, at);
    }
    let stop = work(&desk);
    until(&desk, SETTLED, 2).await;
    until(&desk, WAITING, 1).await;
    assert_eq!(desk.database().number(STORED, vec![]).await, 2);
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get(&format!("/settings/mailboxes/{mailbox}")).await;
    page.must_say("2 ältere E-Mails bleiben unberührt auf dem Server.");
    end(&desk, stop).await;
    assert_eq!(dovecot.flags(DESK, "INBOX"), ["", "", "S", "S"]);
}

#[tokio::test]
async fn a_mail_that_is_too_large_stays_there_is_listed_and_comes_when_it_may() {
    let dovecot = server();
    let desk = desk_with(&[("LOTSE_MAIL_MAX_SIZE_MB", "1")]).await;
    let mailbox = fetched(&desk, over_tls(&desk, &dovecot)).await;
    let large = [mail(0), "Zeile des Protokolls\r\n".repeat(80_000)].concat();
    dovecot.deliver(DESK, large.as_bytes());
    deliver(&dovecot, 1..2);
    let stop = work(&desk);
    until(&desk, SETTLED, 2).await;
    until(&desk, WAITING, 1).await;
    assert_eq!(tickets(&desk).await, 1);
    assert_eq!(dovecot.flags(DESK, "INBOX"), ["", "S"]);
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/mail").await;
    page.must_say("Anfrage 0");
    page.must_say("größer als die Grenze von 1 MB");
    sums_are_right(&desk, mailbox).await;
    end(&desk, stop).await;

    let mut higher = lotse::desk::Desk::clone(&desk);
    Arc::make_mut(&mut higher.config).mail.max_size_mb = 5;
    let stop = CancellationToken::new();
    tokio::spawn(lotse::jobs::run(higher, stop.clone()));
    let whole = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'ticket'";
    until(&desk, whole, 2).await;
    eventually("not marked", || dovecot.flags(DESK, "INBOX") == ["S", "S"]).await;
    end(&desk, stop).await;
    sums_are_right(&desk, mailbox).await;
}

/// A desk whose mailbox is read in the clear, over a place where conversations can be cut.
async fn cut_off(dovecot: &Dovecot, hold: &Hold) -> (TestDesk, Uuid) {
    dovecot.add_mailbox(DESK, "geheim");
    let desk = desk_with(&[]).await;
    let settings = imap(&desk, hold.port(), ImapTls::None, "geheim");
    let mailbox = fetched(&desk, settings).await;
    (desk, mailbox)
}

#[tokio::test]
async fn a_server_that_ends_in_the_middle_of_a_mail_is_asked_again() {
    let dovecot = Dovecot::in_the_clear();
    let hold = Hold::before(dovecot.imap_port());
    let (desk, mailbox) = cut_off(&dovecot, &hold).await;
    let long = [mail(0), "Zeile des Protokolls\r\n".repeat(20_000)].concat();
    dovecot.deliver(DESK, long.as_bytes());
    deliver(&dovecot, 1..3);
    hold.cut(At::AnswerTo("BODY.PEEK[]"), 1);
    let stop = work(&desk);
    until(&desk, SETTLED, 3).await;
    assert_eq!(hold.cuts_left(), 0);
    until(&desk, WAITING, 1).await;
    let lost = "SELECT count(*) AS n FROM mailbox_state WHERE last_failure_kind = 'lost'";
    assert_eq!(desk.database().number(lost, vec![]).await, 1);
    end(&desk, stop).await;
    assert_eq!(tickets(&desk).await, 3);
    assert_eq!(dovecot.flags(DESK, "INBOX"), ["S", "S", "S"]);
    sums_are_right(&desk, mailbox).await;
}

#[tokio::test]
async fn a_mail_that_never_comes_over_is_listed_and_holds_no_other_back() {
    let dovecot = Dovecot::in_the_clear();
    let hold = Hold::before(dovecot.imap_port());
    let (desk, mailbox) = cut_off(&dovecot, &hold).await;
    deliver(&dovecot, 0..3);
    hold.cut(At::AnswerTo("FETCH 2 (UID BODY.PEEK[]"), 3);
    let stop = work(&desk);
    until(&desk, SETTLED, 3).await;
    assert_eq!(hold.cuts_left(), 0);
    until(&desk, WAITING, 1).await;
    end(&desk, stop).await;
    assert_eq!(tickets(&desk).await, 2);
    assert_eq!(dovecot.flags(DESK, "INBOX"), ["S", "", "S"]);
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/mail").await;
    page.must_say("Anfrage 1");
    page.must_say("mehrmals nicht herausgegeben");
    sums_are_right(&desk, mailbox).await;

    let stop = work(&desk);
    until(&desk, "SELECT count(*) AS n FROM ticket", 3).await;
    end(&desk, stop).await;
    let mail = newest(&desk).await;
    assert_eq!(mail.fate, Fate::Ticket);
    sums_are_right(&desk, mailbox).await;
}

#[derive(FromQueryResult)]
struct Taken {
    uid: i64,
}

#[derive(FromQueryResult)]
struct Progress {
    taken: i64,
    to_take: i64,
}

/// How many old mails lie in a mailbox when the desk begins to read it.
fn old_mails() -> usize {
    match std::env::var_os("LOTSE_TEST_LONG") {
        Some(_) => 50_000,
        None => 300,
    }
}

/// Reads the mailboxes and leaves what was stored to later.
fn read(desk: &TestDesk) -> CancellationToken {
    let stop = CancellationToken::new();
    tokio::spawn(lotse::mail::imap::work(
        lotse::desk::Desk::clone(desk),
        stop.clone(),
    ));
    stop
}

const LONGEST: Duration = Duration::from_secs(3_600);

#[tokio::test(flavor = "multi_thread")]
async fn old_mail_comes_oldest_first_with_its_progress_and_goes_on_after_a_restart() {
    let dovecot = server();
    let desk = desk_with(&[]).await;
    let (mails, all) = (old_mails(), old_mails() as i64);
    deliver(&dovecot, 0..mails);
    let start = Instant::now();
    let mailbox = fetched(&desk, over_tls(&desk, &dovecot)).await;
    let stop = read(&desk);
    let stored = async || desk.database().number(STORED, vec![]).await;
    while stored().await < all / 3 {
        assert!(start.elapsed() < LONGEST);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stop.cancel();
    until(&desk, READ, 0).await;
    let before = stored().await;
    assert!(before < all, "all was taken before it could be interrupted");
    // Meanwhile somebody reads an old mail on the server, and a new one comes.
    let mut session = dovecot.session(DESK, "geheim").await;
    session.select("INBOX").await.unwrap();
    let seen = session.store(all.to_string(), "+FLAGS (\\Seen)").await;
    futures_util::TryStreamExt::try_collect::<Vec<_>>(seen.unwrap())
        .await
        .unwrap();
    session.logout().await.unwrap();
    deliver(&dovecot, mails..mails + 1);

    let stop = read(&desk);
    let sql = "SELECT taken, to_take FROM mailbox_state WHERE doing = 'taking'";
    let progress = async || desk.database().rows::<Progress>(sql, vec![]).await.pop();
    let mut seen = None;
    while stored().await < all + 1 {
        assert!(start.elapsed() < LONGEST);
        seen = progress().await.or(seen);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let seen = seen.expect("no progress was noted");
    assert_eq!(seen.to_take, all + 1 - before);
    assert!(seen.taken <= seen.to_take);
    end(&desk, stop).await;
    let order = "SELECT uid FROM inbound_mail ORDER BY received_at, id";
    let order: Vec<Taken> = desk.database().rows(order, vec![]).await;
    assert!(
        order.iter().map(|row| row.uid).eq(1..=all + 1),
        "not the oldest first"
    );
    eprintln!("{all} old mails taken in {:?}", start.elapsed());
    sums_are_right(&desk, mailbox).await;
}
