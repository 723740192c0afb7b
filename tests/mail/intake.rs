//! Nothing is lost and nothing is doubled: copies, broken mail, processing that died.

use entities::inbound::{self, Fate, Ignore, Stored, TryAgain, Uid};
use entities::permit::{Desk as Whole, Permit};
use entities::{Rejected, mailbox};
use lotse::jobs;
use lotse::mail::inline::{self, History, Loading, Look};
use lotse::mail::{deliver, intake};
use support::desk::TestDesk;

use super::office::{CONSOLE, delivered, entries, letter, message_of, newest, ticket_of, tickets};

const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";

#[tokio::test]
async fn the_same_bytes_are_a_copy_and_other_bytes_a_message_of_their_own() {
    let desk = TestDesk::new().await;
    let raw = letter(ANNA, "Zahllauf", "eins@pankow.example", &[]);
    let one = delivered(&desk, &raw).await;
    let copy = delivered(&desk, &raw).await;
    assert_eq!((copy.fate, copy.ticket_id), (Fate::Copy, one.ticket_id));

    let over_another_way = format!("Received: from mx2\r\n{raw}");
    let again = delivered(&desk, &over_another_way).await;
    assert_eq!(
        (again.fate, again.ticket_id),
        (Fate::Message, one.ticket_id)
    );
    let warnings = message_of(&desk, &again).await.warnings();
    assert!(
        warnings.contains(&"message-id-seen-before".to_owned()),
        "{warnings:?}"
    );

    let other_text = letter(ANNA, "Anderes", "eins@pankow.example", &[]);
    assert_eq!(delivered(&desk, &other_text).await.fate, Fate::Ticket);
    assert_eq!(tickets(&desk).await, 2);
}

#[tokio::test]
async fn the_same_mail_of_a_server_is_stored_once() {
    let desk = TestDesk::new().await;
    let mailbox = desk.first_mailbox().await;
    let uid = Uid {
        validity: 7,
        uid: 12,
    };
    let raw = letter(ANNA, "Zahllauf", "eins@pankow.example", &[]).into_bytes();
    let first = inbound::store(&desk.db, mailbox.id, Some(uid), raw.clone()).await;
    let second = inbound::store(&desk.db, mailbox.id, Some(uid), raw).await;
    assert_eq!(second.unwrap(), Stored::Before(first.unwrap().id()));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(tickets(&desk).await, 1);
}

#[tokio::test]
async fn processing_that_died_before_its_note_is_not_done_twice() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    let ticket = ticket_of(&desk, &mail).await;
    let forget = "UPDATE inbound_mail SET fate = 'stored', ticket_id = NULL, message_id = NULL";
    desk.database().execute(forget, vec![]).await;
    jobs::run_due(&desk).await.unwrap();
    let again = newest(&desk).await;
    assert_eq!(
        (again.fate, again.ticket_id),
        (Fate::Ticket, Some(ticket.id))
    );
    assert_eq!(tickets(&desk).await, 1);
    assert_eq!(
        desk.read(ticket.id).await.message_count,
        ticket.message_count + 1,
        "the receipt"
    );
}

#[tokio::test]
async fn two_processes_do_not_work_on_the_same_mail() {
    let desk = TestDesk::new().await;
    let mailbox = desk.first_mailbox().await;
    for number in 0..12 {
        let id = format!("{number}@pankow.example");
        let raw = letter(ANNA, "Zahllauf", &id, &["Precedence: bulk"]).into_bytes();
        inbound::store(&desk.db, mailbox.id, None, raw)
            .await
            .unwrap();
    }
    let work = || jobs::run_due(&desk);
    let (one, two, three) = tokio::join!(work(), work(), work());
    one.unwrap();
    two.unwrap();
    three.unwrap();
    assert_eq!(tickets(&desk).await, 12);
    let sql = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'ticket' AND attempts = 1";
    assert_eq!(desk.database().number(sql, vec![]).await, 12);
}

#[tokio::test]
async fn a_process_that_dies_again_and_again_counts_that_against_no_mail_it_never_began() {
    let desk = TestDesk::new().await;
    let mailbox = desk.first_mailbox().await;
    for number in 0..6 {
        let id = format!("{number}@pankow.example");
        let raw = letter(ANNA, "Zahllauf", &id, &[]).into_bytes();
        inbound::store(&desk.db, mailbox.id, None, raw)
            .await
            .unwrap();
    }
    let mut claimed = vec![];
    for _ in 0..8 {
        let mails = inbound::claim(&desk.db, 5, intake::HOLD).await.unwrap();
        claimed.push(mails.len());
        desk.pass(intake::HOLD + chrono::Duration::seconds(1));
    }
    assert_eq!(claimed, [5, 1, 1, 1, 1, 1, 1, 1]);
    let attempts = "SELECT CAST(sum(attempts) AS BIGINT) FROM inbound_mail";
    assert_eq!(desk.database().number(attempts, vec![]).await, 12);
    desk.run_jobs().await;
    assert_eq!(tickets(&desk).await, 6);
}

#[tokio::test]
async fn what_cannot_be_read_is_a_work_item() {
    let desk = TestDesk::new().await;
    for (raw, reason) in [("", "empty"), ("nothing of a mail", "no_header")] {
        let mail = delivered(&desk, raw).await;
        assert_eq!(
            (mail.fate, mail.reason.as_deref()),
            (Fate::Failed, Some(reason))
        );
    }
    let db = &desk.db;
    let failed = || async {
        let page = inbound::failed::list(db, &CONSOLE, None, 10).await;
        page.unwrap().rows
    };
    let id = failed().await[0].id;
    let again = Permit::ask(&CONSOLE, Whole).unwrap();
    db.change(again, TryAgain { id }).await.unwrap();
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(failed().await.len(), 2);
    let ignore = || async {
        let reason = "Testmail".to_owned();
        let permit = Permit::ask(&CONSOLE, Whole).unwrap();
        db.change(permit, Ignore { id, reason }).await
    };
    ignore().await.unwrap();
    assert!(matches!(
        ignore().await,
        Err(entities::DeskError::Rejected(Rejected::MailAlreadySettled))
    ));
    assert_eq!(failed().await.len(), 1);
    assert_eq!(tickets(&desk).await, 0);
}

#[tokio::test]
async fn a_mail_for_no_mailbox_or_too_large_is_left_to_the_mail_server() {
    let desk = TestDesk::with(&[("LOTSE_MAIL_MAX_SIZE_MB", "1")]).await;
    let raw = letter(ANNA, "Zahllauf", "eins@pankow.example", &[]);
    let unknown = deliver::deliver(&desk, "nobody", raw.as_bytes()).await;
    assert!(unknown.unwrap_err().to_string().contains("nobody"));
    let large = format!("{raw}{}", "x".repeat(1024 * 1024));
    let refused = deliver::deliver(&desk, "default", large.as_bytes()).await;
    assert!(refused.unwrap_err().to_string().contains("max_size_mb"));
    let sql = "SELECT count(*) AS n FROM inbound_mail";
    assert_eq!(desk.database().number(sql, vec![]).await, 0);
}

#[tokio::test]
async fn pictures_in_a_mail_are_shown_from_the_tickets_own_files() {
    let desk = TestDesk::new().await;
    let raw = format!(
        "From: {ANNA}\r\nTo: desk@desk.example\r\nSubject: Bild\r\nMessage-ID: <b@pankow.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/html\r\n\r\n<p onclick=\"x()\">Siehe <img src=\"cid:logo@x\"></p>\r\n\
         --b\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\
         \r\niVBORw0KGgo=\r\n--b--\r\n"
    );
    let mail = delivered(&desk, &raw).await;
    let ticket = ticket_of(&desk, &mail).await;
    let entry = entries(&desk, &ticket).await.remove(0);
    let html = entry.message.html.unwrap();
    assert!(
        !html.contains("onclick") && !html.contains("cid:"),
        "{html}"
    );
    let look = Look {
        quoted: "",
        table: "",
        history: History::Folded,
        pictures: Loading::Lazy,
    };
    let shown = inline::shown(&html, &entry.files, look, |file| format!("/f/{}", file.id));
    let address = format!("src=\"/f/{}\"", entry.files[0].id);
    assert!(shown.contains(&address), "{shown}");
}

#[tokio::test]
async fn a_claimed_mail_is_free_again_when_its_process_died() {
    let desk = TestDesk::new().await;
    let mailbox = mailbox::intake::by_name(&desk.db, "default")
        .await
        .unwrap()
        .unwrap();
    let raw = letter(ANNA, "Zahllauf", "eins@pankow.example", &[]).into_bytes();
    inbound::store(&desk.db, mailbox.id, None, raw)
        .await
        .unwrap();
    let claimed = inbound::claim(&desk.db, 5, intake::HOLD).await.unwrap();
    assert_eq!(claimed.len(), 1);
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(tickets(&desk).await, 0);
    desk.pass(intake::HOLD + chrono::Duration::seconds(1));
    jobs::run_due(&desk).await.unwrap();
    assert_eq!(tickets(&desk).await, 1);
}
