//! The case most tests about writing begin with.

use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{State, Ticket};
use support::desk::{Client, Persona, TestDesk};

/// A ticket of Sabine Kowalke in the team of Annika Brandt, with Annika's browser.
pub struct Case {
    pub desk: TestDesk,
    pub annika: Persona,
    pub ticket: Ticket,
    pub browser: Client,
}

impl Case {
    pub async fn open() -> Case {
        Case::with(&[]).await
    }

    /// The same on a desk with settings of its own.
    pub async fn with(settings: &[(&str, &str)]) -> Case {
        let desk = TestDesk::with(settings).await;
        let youth = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(youth).await;
        let sabine = desk
            .requester("Sabine Kowalke")
            .writing_from("sabine@pankow.example")
            .await;
        let ticket = desk
            .ticket("Zahllauf bricht ab")
            .from(&sabine)
            .in_team(youth)
            .await;
        let browser = annika.sign_in().await;
        Case {
            desk,
            annika,
            ticket,
            browser,
        }
    }

    /// An address of the ticket.
    pub fn at(&self, part: &str) -> String {
        format!("/tickets/{}/{part}", self.ticket.number)
    }

    /// The page of the ticket.
    pub fn page(&self) -> String {
        format!("/tickets/{}", self.ticket.number)
    }

    pub async fn now(&self) -> Ticket {
        self.desk.read(self.ticket.id).await
    }

    pub async fn state(&self) -> State {
        self.now().await.state
    }

    /// What was written after the call the ticket began with.
    pub async fn added(&self) -> Vec<ThreadEntry> {
        let ticket = self.now().await;
        thread::after(&self.desk.db, &ticket, 1).await.unwrap()
    }

    /// The last of it.
    pub async fn last(&self) -> ThreadEntry {
        self.added().await.pop().unwrap()
    }
}
