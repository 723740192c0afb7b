//! The page of mail that needs a person: the original, another try, a ticket by hand, leaving it alone.

use entities::inbound::Fate;
use entities::ticket::message::ThreadedBy;
use support::desk::TestDesk;

use super::office::{delivered, letter, newest, reason, ticket_of, tickets};

#[tokio::test]
async fn an_unreadable_mail_is_downloaded_and_made_a_ticket_by_hand() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, "nothing of a mail").await;
    let admin = desk.administrator().await.sign_in().await;
    let list = admin.get("/settings/mail").await;
    list.must_say("Kopfzeilen");
    let path = format!("/settings/inbound/{}", mail.id);
    assert!(list.has(&format!("a[href='{path}']")));
    admin.get(&path).await.must_say("nothing of a mail");
    let raw = admin.get(&format!("{path}/raw")).await;
    assert_eq!(raw.body(), "nothing of a mail");
    let typed = [
        ("title", "Zahllauf bricht ab"),
        ("email", "sabine@pa.example"),
        ("name", "Sabine Weber"),
    ];
    let make = format!("{path}/ticket");
    let made = admin.post(&make, &typed).await;
    assert_eq!(admin.post(&make, &typed).await.location(), made.location());
    assert_eq!(tickets(&desk).await, 1);
    let settled = newest(&desk).await;
    assert_eq!(settled.fate, Fate::Ticket);
    assert_eq!(reason(&desk, &settled).await, ThreadedBy::ByHand);
    let ticket = ticket_of(&desk, &settled).await;
    assert_eq!(ticket.title, "Zahllauf bricht ab");
    assert!(ticket.requester_id.is_some());
    let to = format!("/tickets/{}", ticket.number);
    assert_eq!(made.location(), Some(to));
    let page = admin.get(&path).await;
    page.must_say("Ticket daraus gemacht");
    page.must_say(&ticket.number);
}

#[tokio::test]
async fn a_ticket_by_hand_needs_a_title_and_keeps_what_was_typed() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, "nothing of a mail").await;
    let admin = desk.administrator().await.sign_in().await;
    let path = format!("/settings/inbound/{}/ticket", mail.id);
    let typed = [("title", " "), ("email", "kein@"), ("name", "Sabine Weber")];
    let page = admin.post(&path, &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.attribute("#name", "value").as_deref(),
        Some("Sabine Weber")
    );
    assert!(page.has("#title[aria-invalid]") && page.has("#email[aria-invalid]"));
    assert_eq!(tickets(&desk).await, 0);
}

#[tokio::test]
async fn a_mail_is_left_alone_only_with_a_reason_and_only_by_whom_may() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, "nothing of a mail").await;
    let path = format!("/settings/inbound/{}/ignore", mail.id);
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(agent.get("/settings/mail").await.status, 403);
    assert_eq!(
        agent.post(&path, &[("reason", "Werbung")]).await.status,
        403
    );
    let admin = desk.administrator().await.sign_in().await;
    let refused = admin.post(&path, &[("reason", " ")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(newest(&desk).await.fate, Fate::Failed);
    admin.post(&path, &[("reason", "Werbung")]).await;
    let settled = newest(&desk).await;
    assert_eq!(
        (settled.fate, settled.reason.as_deref()),
        (Fate::Ignored, Some("Werbung"))
    );
    let page = admin.get(&format!("/settings/inbound/{}", mail.id)).await;
    page.must_say("Werbung");
    page.must_say("hat die E-Mail nicht übernommen");
}

#[tokio::test]
async fn who_decided_about_a_mail_stays_known_and_sealed() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, "nothing of a mail").await;
    let admin = desk.administrator().await.sign_in().await;
    let path = format!("/settings/inbound/{}", mail.id);
    let ignore = format!("{path}/ignore");
    admin.post(&ignore, &[("reason", "Werbung")]).await;
    admin.post(&format!("{path}/again"), &[]).await;
    desk.run_jobs().await;
    assert_eq!(newest(&desk).await.fate, Fate::Failed);
    let page = admin.get(&path).await;
    page.must_say("hat die E-Mail nicht übernommen: Werbung");
    page.must_say("hat es erneut versuchen lassen");
    let events = "SELECT count(*) FROM event WHERE subject_kind = 'mail'";
    assert_eq!(desk.database().number(events, vec![]).await, 2);
    let told = "SELECT count(*) FROM event WHERE payload LIKE '%Werbung%'";
    assert_eq!(desk.database().number(told, vec![]).await, 0);
    let verified = entities::history::verify(&desk.db, None, |_, _| {})
        .await
        .unwrap();
    assert!(verified.is_ok(), "{verified:?}");
}

#[tokio::test]
async fn three_tries_without_success_are_an_alarm_that_stays_until_settled() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, "nothing of a mail").await;
    let admin = desk.administrator().await.sign_in().await;
    admin.get("/").await.must_say("zu keinem Ticket geworden");
    let path = format!("/settings/inbound/{}", mail.id);
    for _ in 0..2 {
        assert!(!admin.get("/").await.says("Alarm"));
        admin.post(&format!("{path}/again"), &[]).await;
        desk.run_jobs().await;
    }
    assert_eq!(newest(&desk).await.tries(), 3);
    let start = admin.get("/").await;
    start.must_say("Alarm: Eine E-Mail ließ sich in drei Versuchen nicht übernehmen.");
    assert!(start.has("#sidenav-views .tally--late"));
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert!(!agent.get("/").await.says("Alarm"));
    admin
        .post(&format!("{path}/ignore"), &[("reason", "Werbung")])
        .await;
    assert!(!admin.get("/").await.says("Alarm"));
}

#[tokio::test]
async fn the_list_of_failed_mails_goes_on_page_by_page() {
    let desk = TestDesk::new().await;
    for n in 0..52 {
        delivered(&desk, &format!("nothing of a mail {n}")).await;
    }
    let admin = desk.administrator().await.sign_in().await;
    let first = admin.get("/settings/mail").await;
    assert_eq!(first.count("tbody tr"), 50);
    let next = first.attribute("a[rel='next']", "href").unwrap();
    assert_eq!(admin.get(&next).await.count("tbody tr"), 2);
}

#[tokio::test]
async fn every_mail_is_found_by_its_fate_sender_day_and_id() {
    let desk = TestDesk::new().await;
    let raw = letter(
        "Sabine <Sabine@pa.example>",
        "Zahllauf",
        "a@pa.example",
        &[],
    );
    let ticket = delivered(&desk, &raw).await;
    let copy = delivered(&desk, &raw).await;
    let failed = delivered(&desk, "nothing of a mail").await;
    let admin = desk.administrator().await.sign_in().await;
    let day = ticket.seen_on.to_string();
    let all = [
        (String::new(), vec![failed.id, copy.id, ticket.id]),
        ("?fate=copy".to_owned(), vec![copy.id]),
        ("?fate=failed".to_owned(), vec![failed.id]),
        (
            "?sender=sabine@PA.example".to_owned(),
            vec![copy.id, ticket.id],
        ),
        (
            "?mail_id=%3Ca@pa.example%3E&fate=ticket".to_owned(),
            vec![ticket.id],
        ),
        (format!("?day={day}&fate=ticket"), vec![ticket.id]),
        ("?day=2020-01-01".to_owned(), vec![]),
        (
            format!("?mailbox={}&day={day}", ticket.mailbox_id),
            vec![failed.id, copy.id, ticket.id],
        ),
    ];
    for (query, wanted) in all {
        let page = admin.get(&format!("/settings/inbound{query}")).await;
        let found = page.attributes("tbody a.subject", "href");
        let wanted: Vec<String> = wanted
            .iter()
            .map(|id| format!("/settings/inbound/{id}"))
            .collect();
        assert_eq!(found, wanted, "{query}");
    }
}

#[tokio::test]
async fn what_was_turned_away_is_found_too() {
    let desk = TestDesk::with(&[("LOTSE_MAIL_MAX_SIZE_MB", "1")]).await;
    let raw = letter("sabine@pa.example", "Zu schwer", "b@pa.example", &[]);
    let heavy = format!("{raw}{}", "x".repeat(1024 * 1024));
    for _ in 0..2 {
        let refused = lotse::mail::deliver::deliver(&desk, "default", heavy.as_bytes()).await;
        assert!(refused.is_err());
    }
    let lost = lotse::mail::deliver::deliver(&desk, "gibtsnicht", raw.as_bytes()).await;
    assert!(lost.is_err());
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/inbound?fate=refused").await;
    assert_eq!(page.count("tbody tr"), 2);
    page.must_say("gibtsnicht Kein Postfach dieses Namens 1");
    page.must_say("default Größer als erlaubt 2");
}

#[tokio::test]
async fn a_mail_of_a_ticket_out_of_sight_shows_nothing_of_itself() {
    use entities::Permission;
    use entities::policy::Scope;
    let desk = TestDesk::new().await;
    let raw = letter("sabine@pa.example", "Kanarienvogel", "c@pa.example", &[]);
    let mail = delivered(&desk, &raw).await;
    let team = desk.team("Zahlstelle").await;
    desk.database()
        .execute("UPDATE ticket SET team_id = $1", vec![team.into()])
        .await;
    let own = [
        (Permission::SettleMail, Scope::Everything),
        (Permission::ReadTickets, Scope::OwnTeams),
    ];
    let keeper = desk.person_with("Jonas Weber", &own).await.sign_in().await;
    for path in [
        "/settings/inbound".to_owned(),
        format!("/settings/inbound/{}", mail.id),
    ] {
        let page = keeper.get(&path).await;
        assert!(!page.says("Kanarienvogel"), "{path}");
        page.must_say("das Sie nicht sehen");
    }
    let raw = keeper
        .get(&format!("/settings/inbound/{}/raw", mail.id))
        .await;
    assert_eq!(raw.status, 404);
}
