//! What somebody with the database alone can do to the history, and what `verify` makes of it.

use entities::history::{Broken, Fault, Verified, verify};
use entities::ticket::{Ticket, WriteNote};
use entities::{Permit, anchor};
use sea_orm::Value;
use support::desk::TestDesk;

/// A desk with two tickets of six events each; the first one has the smaller id.
pub struct Meddled {
    pub desk: TestDesk,
    pub first: Ticket,
    pub second: Ticket,
    pub log: String,
}

impl Meddled {
    pub async fn new() -> Meddled {
        let desk = TestDesk::new().await;
        let first = desk.ticket("Zahllauf bricht ab").await;
        let second = desk.ticket("Maske bleibt leer").await;
        let meddled = Meddled {
            desk,
            first,
            second,
            log: String::new(),
        };
        for number in 1..=4 {
            meddled.note(&meddled.first, number).await;
            meddled.note(&meddled.second, number).await;
        }
        meddled
    }

    /// One more event.
    pub async fn note(&self, ticket: &Ticket, number: i32) {
        let actor = entities::Actor::System(entities::Rule::Console);
        let permit = Permit::ask(&actor, ticket.clone()).unwrap();
        let note = WriteNote {
            body: format!("Notiz {number}"),
            files: vec![],
            once: None,
        };
        self.desk.db.change(permit, note).await.unwrap();
    }

    /// Seals what changed, with a line in the log outside.
    pub async fn anchor(&mut self) {
        let made = anchor::anchor(&self.desk.db).await.unwrap();
        assert_eq!(made.len(), 1);
        for line in made.iter().map(anchor::Model::line) {
            self.log.push_str(&line);
            self.log.push('\n');
        }
    }

    /// Runs statements beside the desk; each must change something.
    pub async fn sql(&self, sql: &str, values: Vec<Value>) {
        let changed = self.desk.database().execute(sql, values).await;
        assert!(changed > 0, "{sql} changed nothing");
    }

    pub async fn verify(&self) -> Result<Verified, Broken> {
        verify(&self.desk.db, None, |_, _| {}).await.unwrap()
    }

    pub async fn verify_with_log(&self) -> Result<Verified, Broken> {
        verify(&self.desk.db, Some(&self.log), |_, _| {})
            .await
            .unwrap()
    }

    /// The fault, in which ticket, at which number.
    pub async fn must_find(&self, fault: Fault, ticket: &Ticket, number: i64) {
        let broken = self.verify_with_log().await.unwrap_err();
        assert_eq!(broken.fault, fault, "{broken:?}");
        assert_eq!(broken.subject_id, ticket.id, "{broken:?}");
        assert_eq!(broken.number, number, "{broken:?}");
    }

    /// The fault, at which anchor.
    pub async fn must_find_anchor(&self, fault: Fault, number: i64) {
        let broken = self.verify_with_log().await.unwrap_err();
        assert_eq!((broken.fault, broken.number), (fault, number), "{broken:?}");
        assert!(broken.subject_id.is_nil(), "{broken:?}");
    }
}
