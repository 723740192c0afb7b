//! Mail as a test speaks of it: a letter, its delivery, and what became of it.

use entities::inbound::{self, InboundMail, threading};
use entities::ticket::message::{Model as Message, ThreadedBy};
use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{Reply, Ticket};
use entities::{Actor, Permit, Rule, Uuid};
use lotse::mail::{answer, deliver};
use sea_orm::FromQueryResult;
use support::desk::TestDesk;

pub const CONSOLE: Actor = Actor::System(Rule::Console);

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// A mail with its headers; `more` are further header lines.
pub fn letter(from: &str, subject: &str, id: &str, more: &[&str]) -> String {
    let more: String = more.iter().map(|line| format!("{line}\r\n")).collect();
    format!(
        "From: {from}\r\nTo: desk@desk.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n\
         Date: Sun, 22 Nov 2026 09:00:00 +0100\r\n{more}MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag, der Zahllauf bricht ab ({id}).\r\n"
    )
}

/// Pipes a mail into the desk as a mail server does; what became of it.
pub async fn delivered(desk: &TestDesk, raw: &str) -> InboundMail {
    deliver::deliver(desk, "default", raw.as_bytes())
        .await
        .unwrap();
    newest(desk).await
}

/// The mail that came last.
pub async fn newest(desk: &TestDesk) -> InboundMail {
    let sql = "SELECT id FROM inbound_mail ORDER BY id DESC LIMIT 1";
    let rows: Vec<Id> = desk.database().rows(sql, vec![]).await;
    inbound::failed::find(&desk.db, &CONSOLE, rows[0].id)
        .await
        .unwrap()
}

/// The ticket a mail went into.
pub async fn ticket_of(desk: &TestDesk, mail: &InboundMail) -> Ticket {
    let id = mail
        .ticket_id
        .unwrap_or_else(|| panic!("no ticket: {mail:?}"));
    threading::ticket(&desk.db, id).await.unwrap().unwrap()
}

/// The message a mail became.
pub async fn message_of(desk: &TestDesk, mail: &InboundMail) -> Message {
    let id = mail
        .message_id
        .unwrap_or_else(|| panic!("no message: {mail:?}"));
    threading::message(&desk.db, id).await.unwrap().unwrap()
}

/// Why the message stands in its ticket.
pub async fn reason(desk: &TestDesk, mail: &InboundMail) -> ThreadedBy {
    message_of(desk, mail).await.reason().unwrap()
}

/// All entries of a ticket.
pub async fn entries(desk: &TestDesk, ticket: &Ticket) -> Vec<ThreadEntry> {
    thread::thread(&desk.db, ticket).await.unwrap()
}

/// An answer as the composer sends it; its Message-ID.
pub async fn answered(desk: &TestDesk, ticket: &Ticket, reply: Reply) -> String {
    let mails = thread::mails(&desk.db, ticket, reply.audience)
        .await
        .unwrap();
    let threading = answer::threading(&mails);
    let mail_id = answer::reply_ids(desk, ticket, reply.message_id);
    let reply = Reply {
        mail_id: mail_id.clone(),
        subject: answer::subject(ticket),
        in_reply_to: threading.in_reply_to,
        mail_references: threading.references,
        ..reply
    };
    let current = desk.read(ticket.id).await;
    let permit = Permit::ask(&CONSOLE, current).unwrap();
    desk.db.change(permit, reply).await.unwrap();
    mail_id
}

/// How many tickets there are.
pub async fn tickets(desk: &TestDesk) -> i64 {
    desk.database()
        .number("SELECT count(*) AS n FROM ticket", vec![])
        .await
}
