//! A desk between a real IMAP and a real SMTP server, worked by processes that can be killed.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use entities::mailbox::{self, Imap, ImapTls, MailboxFacts};
use entities::{Actor, Permit, Rule, Uuid, secret, setting};
use sea_orm::FromQueryResult;
use support::desk::{TestDesk, reply};
use support::dovecot::Dovecot;
use support::process::{Process, Stop, free_port};
use support::smtp::Smtp;

pub const ADDRESS: &str = "hilfe@amt.example";
pub const CONSOLE: Actor = Actor::System(Rule::Console);

/// Everything that is asked to agree in the end.
pub struct World {
    pub desk: TestDesk,
    pub dovecot: Dovecot,
    pub smtp: Smtp,
    /// Where processes send; the server's own port or one in front of it.
    smtp_port: u16,
    /// Where mails lie that were taken.
    pub folder: &'static str,
    pub mailbox_id: Uuid,
    pub letters: Vec<(String, String)>,
    pub answers: Vec<String>,
    /// Letters that came by the pipe, and how many came once more.
    pub piped: usize,
    pub copies: usize,
    started: AtomicU32,
    /// How often a process died between beginning to send a mail and noting it.
    pub in_window: BTreeMap<String, usize>,
}

/// How processes reach the servers, where that is not the usual way.
#[derive(Default)]
pub struct Ways {
    /// In the clear, for a place in front of the server.
    pub imap_port: Option<u16>,
    pub smtp_port: Option<u16>,
    pub move_to: Option<&'static str>,
}

#[derive(FromQueryResult)]
pub struct MailId {
    pub mail_id: String,
}

/// A mailbox of the desk on the server at this port.
pub fn mailbox_at(desk: &TestDesk, port: u16, tls: ImapTls, move_to: Option<&str>) -> MailboxFacts {
    let imap = Imap {
        host: Some("localhost".to_owned()),
        port: Some(port.into()),
        tls,
        user: Some(ADDRESS.to_owned()),
        sealed_password: Some(secret::seal(desk.db.key(), "geheim")),
        move_to: move_to.map(str::to_owned),
        ..Imap::default()
    };
    MailboxFacts {
        imap,
        ..MailboxFacts::new("hilfe", ADDRESS, "Hilfe des Amtes")
    }
}

impl World {
    pub async fn new() -> World {
        World::of(Dovecot::start(), Smtp::start(), Ways::default()).await
    }

    /// With servers and ways to them that are the test's own.
    pub async fn of(dovecot: Dovecot, smtp: Smtp, ways: Ways) -> World {
        dovecot.add_mailbox(ADDRESS, "geheim");
        let desk = TestDesk::new().await;
        let (port, tls) = match ways.imap_port {
            Some(port) => (port, ImapTls::None),
            None => (dovecot.imaps_port(), ImapTls::Implicit),
        };
        let facts = mailbox_at(&desk, port, tls, ways.move_to);
        let create = setting::Create::<mailbox::Mailbox> { facts, once: None };
        let mailbox_id = desk.console(create).await.id;
        World {
            desk,
            smtp_port: ways.smtp_port.unwrap_or(smtp.port()),
            dovecot,
            smtp,
            folder: ways.move_to.unwrap_or("INBOX"),
            mailbox_id,
            letters: vec![],
            answers: vec![],
            piped: 0,
            copies: 0,
            started: AtomicU32::new(0),
            in_window: BTreeMap::new(),
        }
    }

    /// The program with this desk's settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lotse-under-test"));
        let authority = self.dovecot.authority().display().to_string();
        command
            .args(arguments)
            .env("LOTSE_DATA_DIR", self.desk.folder())
            .env("LOTSE_DATABASE_URL", self.desk.database().url())
            .env("LOTSE_DATABASE_CONNECTIONS", "4")
            .env("LOTSE_MAIL_DOMAIN", "desk.example")
            .env("LOTSE_MAIL_CA_FILE", authority)
            .env("LOTSE_LISTEN", format!("127.0.0.1:{}", free_port()))
            .env("LOTSE_SMTP_HOST", "localhost")
            .env("LOTSE_SMTP_PORT", self.smtp_port.to_string())
            .env("LOTSE_SMTP_TLS", "none")
            .current_dir("/");
        command
    }

    /// Starts `lotse serve`.
    pub fn serve(&self) -> Process {
        self.start(&self.command(&["serve"]))
    }

    /// Starts a command of [`World::command`].
    pub fn start(&self, command: &Command) -> Process {
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let log = self.desk.folder().join(format!("serve-{number}.log"));
        Process::start("lotse", log, Stop::Terminate, command)
    }

    /// A letter of a new sender comes to the mailbox.
    pub fn letter(&mut self) {
        let raw = self.write();
        self.dovecot.deliver(ADDRESS, raw.as_bytes());
    }

    /// A letter of a new sender that the mail server pipes.
    pub fn piped_letter(&mut self) -> String {
        self.piped += 1;
        self.write()
    }

    fn write(&mut self) -> String {
        let n = self.letters.len();
        let id = format!("brief-{n}@pankow.example");
        let raw = format!(
            "From: Person {n} <person{n}@pankow.example>\r\nTo: {ADDRESS}\r\nSubject: Anfrage {n}\r\n\
             Message-ID: <{id}>\r\nDate: Sun, 22 Nov 2026 09:00:00 +0100\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag, Frage {n}.\r\n"
        );
        self.letters.push((id, raw.clone()));
        raw
    }

    /// An answer to somebody waits to be sent.
    pub async fn answer(&mut self) {
        let n = self.answers.len();
        let ticket = self.desk.ticket(&format!("Anruf {n}")).await;
        let mut answer = reply(&format!("empfang{n}@pankow.example"), "Guten Tag");
        answer.undo_seconds = 0;
        answer.mailbox_id = Some(self.mailbox_id);
        self.answers.push(answer.mail_id.clone());
        let permit = Permit::ask(&CONSOLE, ticket).unwrap();
        self.desk.db.change(permit, answer).await.unwrap();
    }

    /// Kills a process.
    pub async fn kill(&mut self, process: &Process) {
        process.kill();
        self.died().await;
    }

    /// Counts what a dead process was sending, and lets the time of its claims pass.
    pub async fn died(&mut self) {
        self.count_sending().await;
        self.let_claims_run_out().await;
    }

    /// Notes what a dead process was sending.
    pub async fn count_sending(&mut self) {
        let sending = "SELECT mail_id FROM outbound_mail WHERE state = 'sending'";
        let rows: Vec<MailId> = self.desk.database().rows(sending, vec![]).await;
        for row in rows {
            *self.in_window.entry(row.mail_id).or_default() += 1;
        }
    }

    /// How many mails may have gone out once more so far: SMTP has no way to ask.
    pub fn in_window(&self) -> usize {
        self.in_window.values().sum()
    }

    /// As if the time of every claim and every wait of the dead had passed.
    pub async fn let_claims_run_out(&self) {
        let before = self.desk.db.clock().now() - chrono::Duration::seconds(1);
        for sql in [
            "UPDATE outbox SET claimed_until = $1, not_before = $1 WHERE state = 'waiting'",
            "UPDATE inbound_mail SET claimed_until = $1 WHERE fate = 'stored'",
            "UPDATE mailbox_state SET claimed_until = $1",
        ] {
            self.desk.database().execute(sql, vec![before.into()]).await;
        }
        // Nor do the limits of automatic answers end a run of many kills.
        let long_ago = before - chrono::Duration::hours(11);
        let forget = "UPDATE mail_limit SET sent_at = $1";
        let values = vec![long_ago.into()];
        self.desk.database().execute(forget, values).await;
    }

    pub async fn number(&self, sql: &str) -> i64 {
        self.desk.database().number(sql, vec![]).await
    }

    /// Waits for a number.
    pub async fn until(&self, sql: &str, wanted: i64) {
        let start = Instant::now();
        let patience = match std::env::var_os("LOTSE_TEST_LONG") {
            Some(_) => Duration::from_secs(900),
            None => Duration::from_secs(90),
        };
        loop {
            let found = self.number(sql).await;
            if found == wanted {
                return;
            }
            assert!(start.elapsed() < patience, "{sql}: {found}, not {wanted}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
