//! The page of mail that needs a person: the original, another try, a ticket by hand, leaving it alone.

use entities::inbound::Fate;
use entities::ticket::message::ThreadedBy;
use support::desk::TestDesk;

use super::office::{delivered, newest, reason, ticket_of, tickets};

#[tokio::test]
async fn an_unreadable_mail_is_downloaded_and_made_a_ticket_by_hand() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, "nothing of a mail").await;
    let admin = desk.administrator().await.sign_in().await;
    let page = admin.get("/settings/mail").await;
    page.must_say("Kopfzeilen");
    let raw = admin.get(&format!("/settings/mail/{}/raw", mail.id)).await;
    assert_eq!(raw.body(), "nothing of a mail");
    let path = format!("/settings/mail/{}/ticket", mail.id);
    let made = admin.post(&path, &[]).await;
    assert_eq!(admin.post(&path, &[]).await.location(), made.location());
    assert_eq!(tickets(&desk).await, 1);
    let settled = newest(&desk).await;
    assert_eq!(settled.fate, Fate::Ticket);
    assert_eq!(reason(&desk, &settled).await, ThreadedBy::ByHand);
    let number = ticket_of(&desk, &settled).await.number;
    assert_eq!(made.location(), Some(format!("/tickets/{number}")));
}

#[tokio::test]
async fn a_mail_is_left_alone_only_with_a_reason_and_only_by_whom_may() {
    let desk = TestDesk::new().await;
    let mail = delivered(&desk, "nothing of a mail").await;
    let path = format!("/settings/mail/{}/ignore", mail.id);
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    assert_eq!(agent.get("/settings/mail").await.status, 403);
    assert_eq!(
        agent.post(&path, &[("reason", "Werbung")]).await.status,
        403
    );
    let admin = desk.administrator().await.sign_in().await;
    admin.post(&path, &[("reason", " ")]).await;
    assert_eq!(newest(&desk).await.fate, Fate::Failed);
    admin.post(&path, &[("reason", "Werbung")]).await;
    let settled = newest(&desk).await;
    assert_eq!(
        (settled.fate, settled.reason.as_deref()),
        (Fate::Ignored, Some("Werbung"))
    );
}
