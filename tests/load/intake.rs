//! Mail on its way in: through a pipe and from an IMAP server.

use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use entities::mailbox::{self, Imap, ImapTls, MailboxFacts};
use entities::permit::Desk as WholeDesk;
use entities::{Actor, Permit, Rule, secret, setting};
use support::dovecot::Dovecot;
use support::process::{Process, Stop};

use crate::base::Base;
use crate::table::Table;
use crate::wrk::CONNECTIONS;

const MAIL_BYTES: usize = 20_000;
const PIPED: usize = 400;
const FETCHED: usize = 2_000;

const ADDRESS: &str = "last@servicedesk.example";
const PASSWORD: &str = "offene Tür";

fn mail(number: usize) -> Vec<u8> {
    let text = "Guten Tag, der Bescheid fehlt noch immer.\r\n".repeat(MAIL_BYTES / 43);
    format!(
        "From: Frau {number} <frau{number}@pankow.berlin.example>\r\nTo: {ADDRESS}\r\n\
         Subject: Bescheid {number}\r\nDate: Wed, 25 Nov 2026 09:00:00 +0100\r\n\
         Message-ID: <{}@pankow.berlin.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}",
        uuid::Uuid::new_v4().simple(),
    )
    .into_bytes()
}

/// One process a mail, some at the same time, as a mail server does it.
pub async fn by_pipe(base: &Base, table: &mut Table) {
    let before = processed(base).await;
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..CONNECTIONS as usize {
            scope.spawn(move || {
                for number in (writer..PIPED).step_by(CONNECTIONS as usize) {
                    let mut program = base
                        .pinned(&["mail", "deliver"])
                        .stdin(Stdio::piped())
                        .stdout(Stdio::null())
                        .spawn()
                        .unwrap();
                    let mut pipe = program.stdin.take().unwrap();
                    pipe.write_all(&mail(number)).unwrap();
                    drop(pipe);
                    assert!(program.wait().unwrap().success());
                }
            });
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(processed(base).await, before + PIPED as i64);
    table.rate("mail by pipe, a process each", PIPED as f64 / seconds);
}

/// A mailbox full of mail, and one process that fetches and reads it.
pub async fn by_imap(base: &Base, table: &mut Table) {
    let dovecot = Dovecot::start();
    dovecot.add_mailbox(ADDRESS, PASSWORD);
    for number in 0..FETCHED {
        dovecot.deliver(ADDRESS, &mail(number));
    }
    let mailbox = subscribe(base, &dovecot).await;
    let before = processed(base).await;
    let begun = Instant::now();
    let mut command = base.pinned(&["work"]);
    command.env("LOTSE_MAIL_CA_FILE", dovecot.authority());
    let log = base.data().join("work.log");
    let work = Process::start("lotse work", log, Stop::Terminate, &command);
    while processed(base).await < before + FETCHED as i64 {
        assert!(work.is_alive(), "{}", work.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let rate = FETCHED as f64 / begun.elapsed().as_secs_f64();
    table.rate("mail by IMAP over TLS", rate);
    drop(work);
    retire(base, mailbox).await;
}

async fn processed(base: &Base) -> i64 {
    base.number("SELECT count(*) FROM inbound_mail WHERE fate <> 'stored'")
        .await
}

async fn subscribe(base: &Base, dovecot: &Dovecot) -> entities::Uuid {
    let desk = base.open().await;
    let imap = Imap {
        host: Some("localhost".to_owned()),
        port: Some(dovecot.imaps_port().into()),
        tls: ImapTls::Implicit,
        user: Some(ADDRESS.to_owned()),
        sealed_password: Some(secret::seal(desk.db.key(), PASSWORD)),
        ..Imap::default()
    };
    let name = format!("last {}", uuid::Uuid::new_v4().simple());
    let facts = MailboxFacts {
        imap,
        ..MailboxFacts::new(
            &name,
            &format!("{}@servicedesk.example", uuid::Uuid::new_v4()),
            &name,
        )
    };
    let create = setting::Create::<mailbox::Mailbox> { facts, once: None };
    let permit = Permit::ask(&Actor::System(Rule::Console), WholeDesk).unwrap();
    let id = desk.db.change(permit, create).await.unwrap().subject.id;
    desk.db.close().await.unwrap();
    id
}

async fn retire(base: &Base, id: entities::Uuid) {
    let desk = base.open().await;
    let permit = Permit::ask(&Actor::System(Rule::Console), WholeDesk).unwrap();
    let retire = setting::Retire::<mailbox::Mailbox>::of(id);
    desk.db.change(permit, retire).await.unwrap();
    desk.db.close().await.unwrap();
}
