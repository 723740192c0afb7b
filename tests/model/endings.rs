//! An answer that ends a ticket ends its reminder too, and what is taken back brings both again.

use chrono::Duration;
use entities::ticket::{
    ClosingReason, Reopen, Reply, SetReminder, State, Then, Ticket, Wait, WaitingFor, Withdraw,
    thread,
};
use entities::{Actor, Instant, Permit, Uuid};
use support::desk::{TestDesk, reply};

struct Case {
    desk: TestDesk,
    actor: Actor,
    /// Waits for a day.
    ticket: Ticket,
}

impl Case {
    async fn new() -> Case {
        let desk = TestDesk::new().await;
        let actor = desk.administrator().await.actor().await;
        let ticket = desk.ticket("Zahllauf bricht ab").await;
        let case = Case {
            desk,
            actor,
            ticket,
        };
        let wait = Wait {
            waiting_for: WaitingFor::Date,
            until: Some(case.in_days(3)),
        };
        let permit = Permit::ask(&case.actor, case.now().await).unwrap();
        case.desk.db.change(permit, wait).await.unwrap();
        let ticket = case.now().await;
        assert!(ticket.reminder_at.is_some());
        Case { ticket, ..case }
    }

    fn in_days(&self, days: i64) -> Instant {
        self.desk.db.clock().now() + Duration::days(days)
    }

    async fn now(&self) -> Ticket {
        self.desk.read(self.ticket.id).await
    }

    /// Answers, and leaves the ticket so; the message.
    async fn answer(&self, then: Then) -> Uuid {
        let answer = Reply {
            then,
            ..reply("sabine@pa.example", "Ist behoben.")
        };
        let message_id = answer.message_id;
        let permit = Permit::ask(&self.actor, self.now().await).unwrap();
        self.desk.db.change(permit, answer).await.unwrap();
        message_id
    }

    async fn take_back(&self, message_id: Uuid) {
        let ticket = self.now().await;
        let message = thread::message(&self.desk.db, &ticket, message_id);
        let message = message.await.unwrap();
        let permit = Permit::ask(&self.actor, ticket).unwrap();
        let withdraw = Withdraw { message };
        self.desk.db.change(permit, withdraw).await.unwrap();
    }

    async fn reopen(&self) {
        let permit = Permit::ask(&self.actor, self.now().await).unwrap();
        self.desk.db.change(permit, Reopen).await.unwrap();
    }
}

#[tokio::test]
async fn an_answer_that_ends_a_ticket_ends_its_reminder_and_brings_it_again_when_taken_back() {
    for (then, state) in [
        (Then::Close(ClosingReason::Data), State::Closed),
        (Then::Solve(ClosingReason::Data), State::Solved),
        (Then::SolveOpen(ClosingReason::Data), State::Solved),
    ] {
        let case = Case::new().await;
        let sent = case.answer(then).await;
        let ended = case.now().await;
        assert_eq!((ended.state, ended.reminder_at), (state, None));
        case.take_back(sent).await;
        let back = case.now().await;
        assert_eq!(back.reminder_at, case.ticket.reminder_at);
        assert_eq!(back.state, State::Waiting);
        assert_eq!(back.waiting_for, Some(WaitingFor::Date));
        case.desk.must_verify().await;
    }
}

#[tokio::test]
async fn an_answer_that_ends_nothing_leaves_the_reminder() {
    let case = Case::new().await;
    for then in [Then::Stay, Then::Open, Then::WaitForRequester] {
        case.answer(then).await;
        assert_eq!(case.now().await.reminder_at, case.ticket.reminder_at);
    }
}

#[tokio::test]
async fn who_opens_a_closed_ticket_again_gets_the_reminder_back_with_the_answer() {
    let case = Case::new().await;
    let sent = case.answer(Then::Close(ClosingReason::Data)).await;
    case.reopen().await;
    case.take_back(sent).await;
    let now = case.now().await;
    assert_eq!(now.state, State::Open);
    assert_eq!(now.reminder_at, case.ticket.reminder_at);
}

#[tokio::test]
async fn a_reminder_that_was_set_meanwhile_stays_when_the_answer_is_taken_back() {
    let case = Case::new().await;
    let sent = case.answer(Then::Close(ClosingReason::Data)).await;
    case.reopen().await;
    let at = Some(case.in_days(9));
    let permit = Permit::ask(&case.actor, case.now().await).unwrap();
    let remind = SetReminder { at };
    case.desk.db.change(permit, remind).await.unwrap();
    let set = case.now().await.reminder_at;
    case.take_back(sent).await;
    assert_eq!(case.now().await.reminder_at, set);
    assert_ne!(set, case.ticket.reminder_at);
}
