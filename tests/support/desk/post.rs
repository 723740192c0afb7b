//! The post of a desk whose mail is of no interest: ids and subjects by the number of the ticket.

use std::collections::HashMap;

use entities::bulk::Post;
use entities::bulk::serial::{AllMade, Make, Press, Serial};
use entities::ticket::Ticket;
use entities::ticket::thread::ThreadMail;
use entities::{Actor, DeskError, Rejected, Uuid};
use futures_util::future::BoxFuture;

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

impl Press for ByNumber {
    fn letters<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a Serial,
        tickets: &'a HashMap<Uuid, Ticket>,
        _: Make,
    ) -> BoxFuture<'a, Result<AllMade, DeskError>> {
        let none = tickets.keys().map(|id| (*id, Err(Rejected::NotMade)));
        let none: AllMade = none.collect();
        Box::pin(async { Ok(none) })
    }
}
