//! What is to be done in a ticket and what it took: words that no vendor reads.

use entities::clock::day;
use entities::effort::{Book, Booking};
use entities::ticket::checklist::LineFacts;
use entities::ticket::{AddLines, Ticket};
use entities::{Permit, activity};
use support::desk::{Persona, TestDesk};

use super::Words;

/// A line of a checklist, and somebody's effort with a remark.
pub async fn plant(desk: &TestDesk, words: &mut Words, ticket: &Ticket, agent: &Persona) {
    let actor = agent.actor().await;
    let lines = AddLines {
        template_id: None,
        lines: vec![LineFacts {
            text: words.plant("line of a checklist", &[]),
            ..LineFacts::default()
        }],
        once: None,
    };
    let permit = Permit::ask(&actor, ticket.clone()).unwrap();
    desk.db.change(permit, lines).await.unwrap();
    let activities = activity::offered(&desk.db).await.unwrap();
    let booking = Booking {
        minutes: 1,
        day: day(desk.db.clock().now()),
        activity_id: activities[0].id,
        remark: Some(words.plant("remark at effort", &[])),
        timer_id: None,
        once: None,
    };
    let command = Book {
        ticket_id: ticket.id,
        booking,
    };
    let permit = Permit::ask(&actor, ticket.clone()).unwrap();
    desk.db.change(permit, command).await.unwrap();
}
