//! The post of a desk whose mail is of no interest: ids and subjects by the number of the ticket.

use entities::Uuid;
use entities::bulk::Post;
use entities::ticket::Ticket;
use entities::ticket::thread::ThreadMail;

/// Names mails by the number of their ticket.
#[derive(Clone, Copy, Debug)]
pub struct ByNumber;

impl Post for ByNumber {
    fn mail_id(&self, _: &Ticket, message_id: Uuid) -> String {
        format!("{}@desk.example", message_id.simple())
    }

    fn subject(&self, ticket: &Ticket) -> String {
        format!("[#{}]", ticket.number)
    }

    fn continues(&self, mails: &[ThreadMail]) -> (Option<String>, Vec<String>) {
        let last = mails.last().map(|mail| mail.mail_id.clone());
        (last.clone(), last.into_iter().collect())
    }
}
