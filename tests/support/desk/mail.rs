//! Mail as it comes to the desk and leaves it.

use std::path::PathBuf;

use entities::first_start::DEFAULT_MAILBOX;
use lotse::{jobs, mail};

use super::TestDesk;

impl TestDesk {
    /// Does all work that is due, and what follows from it.
    pub async fn run_jobs(&self) {
        jobs::run_due(self).await.unwrap();
    }

    /// Waits until nothing can be taken back any more, then does all work.
    pub async fn send_everything(&self) {
        self.pass(chrono::Duration::seconds(61));
        self.run_jobs().await;
    }

    /// Panics when work is left: for the end of a test that did everything.
    pub async fn must_be_idle(&self) {
        let left = entities::outbox::waiting(&self.db).await.unwrap();
        assert_eq!(left, 0, "pieces of work are left");
    }

    /// A mail comes to the first mailbox, with lines ended as in mail.
    pub async fn deliver(&self, raw: &str) {
        self.deliver_to(DEFAULT_MAILBOX, raw).await;
    }

    /// A mail comes to the mailbox of a name.
    pub async fn deliver_to(&self, mailbox: &str, raw: &str) {
        let raw = raw.replace("\r\n", "\n").replace('\n', "\r\n");
        mail::deliver::deliver(self, mailbox, raw.as_bytes())
            .await
            .unwrap();
    }

    /// Every mail that has left, the oldest first.
    pub fn sent_mails(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.config.outgoing_dir()) else {
            return vec![];
        };
        let mut files: Vec<(std::time::SystemTime, PathBuf)> = folder
            .map(|file| file.unwrap())
            .filter(|file| file.path().extension().is_some_and(|e| e == "eml"))
            .map(|file| (file.metadata().unwrap().modified().unwrap(), file.path()))
            .collect();
        files.sort();
        files
            .into_iter()
            .map(|(_, path)| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned())
            .collect()
    }

    /// The mails that have left to this address, as its owner reads them, the oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<mail::read::Mail> {
        let read = |raw: String| mail::read::read(raw.as_bytes()).unwrap();
        let all = self.sent_mails().into_iter().map(read);
        all.filter(|mail| mail.to.iter().any(|to| to.address == address))
            .collect()
    }
}
