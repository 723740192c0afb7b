//! A desk at work: its mailbox on an IMAP server, its mail leaving by SMTP, a requester with a mailbox of her own.

use std::time::{Duration, Instant};

use entities::mailbox::{self, Imap, ImapTls, MailboxFacts};
use entities::secret;
use entities::session::preference::{self, Preference};
use entities::setting::Setting as _;
use support::desk::{Persona, TestDesk};
use support::dovecot::Dovecot;
use support::smtp::Smtp;

/// Whatever a machine with other work to do may need.
const PATIENCE: Duration = Duration::from_secs(40);
const PASSWORD: &str = "korrektes Pferd Batterie";

/// How many seconds a reply can be taken back.
#[derive(Clone, Copy)]
pub enum Undo {
    None,
    Seconds(i32),
}

/// Everything around one agent.
pub struct Office {
    pub desk: TestDesk,
    pub agent: Persona,
    dovecot: Dovecot,
    _smtp: Smtp,
}

impl Office {
    pub const ADDRESS: &str = "hilfe@desk.example";
    pub const REQUESTER: &str = "sabine.koenig@pankow.example";
    pub const AGENT_PASSWORD: &str = "Im Amt brennt noch Licht";

    /// Starts the servers and the desk and puts an agent of the youth team in front of it.
    pub async fn open(undo: Undo) -> Office {
        let dovecot = Dovecot::start();
        dovecot.add_mailbox(Self::ADDRESS, PASSWORD);
        dovecot.add_mailbox(Self::REQUESTER, PASSWORD);
        let smtp = Smtp::start_before(&dovecot);
        let authority = smtp.authority().display().to_string();
        let desk = TestDesk::with(&[
            ("LOTSE_SMTP_HOST", "localhost"),
            ("LOTSE_SMTP_PORT", &smtp.port().to_string()),
            ("LOTSE_SMTP_TLS", "starttls"),
            ("LOTSE_SMTP_CA_FILE", &authority),
            ("LOTSE_MAIL_CA_FILE", &authority),
        ])
        .await;
        let team = desk.team("Jugendhilfe").await;
        desk.service("Zahllauf", team).await;
        let agent = desk
            .agent("Annika Brandt")
            .in_team(team)
            .with_password(Self::AGENT_PASSWORD)
            .await;
        let undo_seconds = match undo {
            Undo::None => 0,
            Undo::Seconds(seconds) => seconds,
        };
        let likes = Preference {
            undo_seconds,
            ..Preference::default()
        };
        preference::keep(&desk.db, agent.id, &likes).await.unwrap();
        let imap = Imap {
            host: Some("localhost".to_owned()),
            port: Some(dovecot.imaps_port().into()),
            tls: ImapTls::Implicit,
            user: Some(Self::ADDRESS.to_owned()),
            sealed_password: Some(secret::seal(desk.db.key(), PASSWORD)),
            ..Imap::default()
        };
        let first = desk.first_mailbox().await;
        let facts = MailboxFacts {
            address: Self::ADDRESS.to_owned(),
            display_name: "Servicedesk Jugendhilfe".to_owned(),
            team_id: Some(team),
            imap,
            ..first.facts()
        };
        desk.console(mailbox::Update {
            id: first.id,
            facts,
        })
        .await;
        desk.go_live();
        desk.go_to_work();
        Office {
            desk,
            agent,
            dovecot,
            _smtp: smtp,
        }
    }

    /// A mail to the desk arrives at its mail server.
    pub fn deliver(&self, raw: &[u8]) {
        self.dovecot.deliver(Self::ADDRESS, raw);
    }

    /// How many messages are stored.
    pub async fn messages(&self) -> i64 {
        self.count("SELECT count(*) FROM message").await
    }

    /// How many tickets there are.
    pub async fn tickets(&self) -> i64 {
        self.count("SELECT count(*) FROM ticket").await
    }

    async fn count(&self, sql: &str) -> i64 {
        self.desk.database().number(sql, vec![]).await
    }

    /// Waits until so many messages are stored.
    pub async fn wait_for_messages(&self, count: i64) {
        let start = Instant::now();
        loop {
            let stored = self.messages().await;
            if stored >= count {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{stored} of {count} messages are stored"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Gives somebody else a mailbox on the same server.
    pub fn add_mailbox(&self, address: &str) {
        self.dovecot.add_mailbox(address, PASSWORD);
    }

    /// What lies in the requester's inbox.
    pub fn inbox(&self) -> Vec<Vec<u8>> {
        self.inbox_of(Self::REQUESTER)
    }

    /// What lies in the inbox of somebody with a mailbox on this server.
    pub fn inbox_of(&self, address: &str) -> Vec<Vec<u8>> {
        self.dovecot.messages(address, "INBOX")
    }

    /// Waits for so many mails to the requester.
    pub async fn wait_for_inbox(&self, count: usize) -> Vec<Vec<u8>> {
        self.wait_for_mails(Self::REQUESTER, count).await
    }

    /// Waits for so many mails to somebody.
    pub async fn wait_for_mails(&self, address: &str, count: usize) -> Vec<Vec<u8>> {
        let start = Instant::now();
        loop {
            let mails = self.inbox_of(address);
            if mails.len() >= count {
                return mails;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{address} got {} of {count} mails",
                mails.len()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
