//! What mailbox, store, tickets, sent mails and counters say in the end; they must say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use entities::clock::day;
use entities::inbound::reconcile;
use entities::{Actor, Rule};
use sea_orm::FromQueryResult;

use super::kit::{ADDRESS, MailId, World};

#[derive(FromQueryResult)]
struct Count {
    mail_id: String,
    n: i64,
}

#[derive(FromQueryResult)]
struct Mail {
    mail_id: Option<String>,
    sha256: String,
    fate: String,
    reason: Option<String>,
}

impl World {
    /// Lets one process end all work, then compares mailbox, store, tickets and sent mails;
    /// how many mails were sent a second time.
    pub async fn settle_and_compare(&self) -> usize {
        self.let_claims_run_out().await;
        let process = self.serve();
        let settled = "SELECT count(*) AS n FROM inbound_mail WHERE fate IN ('ticket', 'message')";
        self.until(settled, self.letters.len() as i64).await;
        let waiting = "SELECT count(*) AS n FROM inbound_mail WHERE fate = 'stored'";
        self.until(waiting, 0).await;
        self.until(
            "SELECT count(*) AS n FROM outbox WHERE state = 'waiting'",
            0,
        )
        .await;
        let start = Instant::now();
        while !self.is_told() {
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "the mail server was not told of all"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        drop(process);
        self.compare_incoming().await;
        self.compare_sums().await;
        self.compare_receipts().await;
        let doubles = self.compare_outgoing().await;
        let verified = self.command(&["verify"]).output().unwrap();
        assert!(
            verified.status.success(),
            "{}",
            String::from_utf8_lossy(&verified.stdout)
        );
        doubles
    }

    /// Whether the mail server knows of each mail that it was taken.
    fn is_told(&self) -> bool {
        let flags = self.dovecot.flags(ADDRESS, self.folder);
        let unmoved = self.folder != "INBOX" && !self.dovecot.flags(ADDRESS, "INBOX").is_empty();
        !unmoved && (self.folder != "INBOX" || flags.iter().all(|flags| flags.contains('S')))
    }

    async fn compare_incoming(&self) {
        let wanted: BTreeMap<&str, &str> = self
            .letters
            .iter()
            .map(|(id, raw)| (id.as_str(), raw.as_str()))
            .collect();
        let there = self.dovecot.messages(ADDRESS, self.folder);
        assert_eq!(there.len(), wanted.len() - self.piped);
        let sql = "SELECT mail_id, sha256, fate, reason FROM inbound_mail";
        let stored: Vec<Mail> = self.desk.database().rows(sql, vec![]).await;
        assert_eq!(stored.len(), wanted.len() + self.copies);
        let copies = stored.iter().filter(|mail| mail.fate == "copy").count();
        assert_eq!(copies, self.copies);
        for mail in stored.into_iter().filter(|mail| mail.fate != "copy") {
            assert_eq!(mail.fate, "ticket", "{:?}", mail.reason);
            let id = mail.mail_id.unwrap();
            let raw = self.desk.db.blobs().get(&mail.sha256).await.unwrap();
            assert_eq!(raw, wanted[id.as_str()].as_bytes(), "{id}");
        }
        let sql = "SELECT mail_id, count(*) AS n FROM message WHERE direction = 'in' AND mail_id IS NOT NULL GROUP BY mail_id";
        let messages: Vec<Count> = self.desk.database().rows(sql, vec![]).await;
        assert!(
            messages.iter().all(|row| row.n == 1),
            "a mail became two messages"
        );
        let ids: BTreeSet<&str> = messages.iter().map(|row| row.mail_id.as_str()).collect();
        assert_eq!(ids, wanted.keys().copied().collect());
        let tickets = self.number("SELECT count(*) AS n FROM ticket").await;
        assert_eq!(tickets, (self.letters.len() + self.answers.len()) as i64);
    }

    /// What was counted when the server showed it agrees with what is there.
    async fn compare_sums(&self) {
        let check = Actor::System(Rule::Reconciliation);
        let today = day(self.desk.db.clock().now());
        let sums = reconcile::sums(&self.desk.db, &check, self.mailbox_id, today).await;
        let sums = sums.unwrap();
        assert!(sums.iter().all(reconcile::Sum::is_right), "{sums:?}");
        let seen: i64 = sums.iter().map(|sum| sum.seen).sum();
        assert_eq!(seen, (self.letters.len() + self.copies) as i64);
    }

    /// Each letter has its receipt, or the breaker of automatic answers says that it has none.
    async fn compare_receipts(&self) {
        let sql = "SELECT count(*) AS n FROM automatic_answer WHERE suppressed_by IS NULL";
        let sent = self.number(sql).await;
        let sql = "SELECT count(*) AS n FROM automatic_answer WHERE suppressed_by = 'limit-all'";
        let suppressed = self.number(sql).await;
        let letters = self.letters.len() as i64;
        assert_eq!(sent + suppressed, letters, "{sent} of them receipts");
        let sql = "SELECT count(*) AS n FROM answer_stop";
        let stopped = self.number(sql).await > 0;
        assert_eq!(stopped, suppressed > 0);
        let sql = "SELECT count(*) AS n FROM outbound_mail WHERE automatic";
        assert_eq!(self.number(sql).await, sent);
        let sql = "SELECT count(DISTINCT ticket_id) AS n FROM automatic_answer";
        assert_eq!(self.number(sql).await, letters);
    }

    /// Each mail arrived; how many came once more because their process died while sending them.
    async fn compare_outgoing(&self) -> usize {
        let unsent = "SELECT count(*) AS n FROM outbound_mail WHERE state <> 'sent'";
        assert_eq!(self.number(unsent).await, 0, "mails that were not sent");
        let sql = "SELECT mail_id FROM outbound_mail WHERE NOT automatic";
        let written: Vec<MailId> = self.desk.database().rows(sql, vec![]).await;
        let written: BTreeSet<String> = written.into_iter().map(|row| row.mail_id).collect();
        assert_eq!(written, self.answers.iter().cloned().collect());
        let sql = "SELECT mail_id FROM outbound_mail";
        let rows: Vec<MailId> = self.desk.database().rows(sql, vec![]).await;
        let start = Instant::now();
        loop {
            let mut arrived: BTreeMap<String, usize> = BTreeMap::new();
            for delivery in self.smtp.received() {
                *arrived.entry(message_id(&delivery.raw)).or_default() += 1;
            }
            let arrives = |row: &&MailId| arrived.contains_key(&row.mail_id);
            let missing = rows.len() - rows.iter().filter(arrives).count();
            if missing == 0 {
                assert_eq!(arrived.len(), rows.len(), "mails nobody wrote");
                return self.doubles(&arrived);
            }
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "{missing} mails did not arrive"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn doubles(&self, arrived: &BTreeMap<String, usize>) -> usize {
        let mut doubles = 0;
        for (mail_id, times) in arrived.iter().filter(|(_, times)| **times > 1) {
            let could = self.in_window.get(mail_id).copied().unwrap_or_default();
            assert!(
                times - 1 <= could,
                "{mail_id} came {times} times, {could} deaths"
            );
            doubles += times - 1;
        }
        doubles
    }
}

fn message_id(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let line = text
        .lines()
        .find(|line| line.to_lowercase().starts_with("message-id:"));
    let (_, id) = line.unwrap().split_once('<').unwrap();
    id.split('>').next().unwrap().to_owned()
}
