//! The entries of a case's thread as commands, with addresses and ids as real mails have them.

use entities::field::change::Sets;
use entities::ledger::Step;
use entities::mailbox::Mailbox;
use entities::ticket::message::{Address, Addresses, NewFile, NewMessage, ThreadedBy};
use entities::ticket::receive::{Into, Wakes};
use entities::ticket::{
    Audience, Channel, Direction, LogCall, Receive, Reply, Then, Ticket, WriteNote,
};
use entities::{DeskError, Instant};

use super::case::{Author, Fate, What};
use super::database::Somebody;
use super::meanings::closing_reason;
use super::timeline::{Story, minutes_on_phone, on_behalf_of, step};
use crate::mail::answer;
use crate::mail::token::Token;

/// Writes the entries one after the other, so that each mail names those before it.
pub(super) struct Letters<'a> {
    story: &'a Story<'a>,
    ticket: &'a Ticket,
    token_key: &'a [u8],
    domain: &'a str,
    /// The reply that solves the case.
    solution: Option<usize>,
    with_requester: Vec<String>,
    with_vendor: Vec<String>,
}

impl<'a> Letters<'a> {
    pub fn new(
        story: &'a Story<'a>,
        ticket: &'a Ticket,
        token_key: &'a [u8],
        domain: &'a str,
    ) -> Self {
        let entries = &story.case.entries;
        let solved = matches!(story.case.fate, Fate::Solved { .. } | Fate::Closed { .. });
        let solution = entries.iter().rposition(|entry| entry.what == What::Reply);
        let first_is_mail = entries[0].what == What::MailIn;
        Letters {
            story,
            ticket,
            token_key,
            domain,
            solution: solution.filter(|_| solved),
            with_requester: first_is_mail
                .then(|| story.first_mail_id.clone())
                .into_iter()
                .collect(),
            with_vendor: Vec::new(),
        }
    }

    /// A mail from somebody to one of the unit's mailboxes, without its ids.
    pub fn incoming(
        from: &Somebody,
        mailbox: &Mailbox,
        audience: Audience,
        text: &str,
    ) -> NewMessage {
        NewMessage {
            author_id: Some(from.id),
            addresses: Addresses {
                from: Some(from.address.clone()),
                to: vec![own(mailbox)],
                ..Addresses::default()
            },
            ..NewMessage::text(audience, Direction::In, Channel::Mail, text.to_owned())
        }
    }

    /// The step of one entry.
    pub fn step(&mut self, place: usize, at: Instant) -> Result<Step<Ticket>, DeskError> {
        let story = self.story;
        let entry = &story.case.entries[place];
        let files = story.files.get(place).cloned().unwrap_or_default();
        let somebody = match entry.author {
            Author::Agent(place) => &story.unit.agents[place],
            Author::Requester(place) => &story.unit.requesters[place],
            Author::Vendor(place) => &story.unit.vendors[place],
        };
        let agent = on_behalf_of(somebody.id);
        let body = entry.text.clone();
        let call = |direction| LogCall {
            direction,
            person_id: Some(story.unit.requesters[story.case.requester].id),
            minutes: Some(minutes_on_phone(&entry.text)),
            body: entry.text.clone(),
            files: Vec::new(),
            once: None,
        };
        let ticket = self.ticket.clone();
        match entry.what {
            What::MailIn => self.receive(somebody, Audience::Requester, place, files, at),
            What::FromVendor => self.receive(somebody, Audience::Vendor, place, files, at),
            What::Reply | What::ToVendor => {
                let reply = self.reply(place, files);
                step(&agent, ticket, reply, at)
            }
            What::Note => {
                let once = None;
                step(&agent, ticket, WriteNote { body, files, once }, at)
            }
            What::CallIn => step(&agent, ticket, call(Direction::In), at),
            What::CallOut => step(&agent, ticket, call(Direction::Out), at),
        }
    }

    fn receive(
        &mut self,
        from: &Somebody,
        audience: Audience,
        place: usize,
        files: Vec<NewFile>,
        at: Instant,
    ) -> Result<Step<Ticket>, DeskError> {
        let mailbox = self.story.mailbox();
        let text = &self.story.case.entries[place].text;
        let mut message = Letters::incoming(from, mailbox, audience, text);
        let host = from.address.address.rsplit('@').next().unwrap_or_default();
        let mail_id = format!("{}@{host}", message.id.simple());
        let before = self.thread(audience);
        message.in_reply_to = before.last().cloned();
        message.mail_references.clone_from(before);
        message.threaded_by = Some(ThreadedBy::Token);
        before.push(mail_id.clone());
        message.mail_id = Some(mail_id);
        let subject = answer::subject(self.ticket);
        message.subject = Some(subject.replacen("Re:", "AW:", 1));
        message.files = files;
        // Whoever only says thank you does not open the case again.
        let thanks = self.solution.is_some_and(|solution| place > solution);
        let receive = Receive {
            into: Into::Ticket(self.ticket.id),
            mail_id: entities::new_id(),
            message,
            wakes: if thanks { Wakes::No } else { Wakes::Yes },
            fields: Sets::default(),
        };
        let importer = super::database::importer();
        step(&importer, mailbox.clone(), receive, at)
    }

    fn reply(&mut self, place: usize, files: Vec<NewFile>) -> Reply {
        let story = self.story;
        let case = story.case;
        let entry = &case.entries[place];
        let message_id = entities::new_id();
        let mail_id =
            Token::new(self.token_key, self.ticket.id, message_id).message_id(self.domain);
        let vendor = case.vendor.map(|vendor| &story.unit.vendors[vendor]);
        let requester = &story.unit.requesters[case.requester];
        let (audience, recipient) = match (entry.what, vendor) {
            (What::ToVendor, Some(vendor)) => (Audience::Vendor, vendor),
            _ => (Audience::Requester, requester),
        };
        let before = self.thread(audience);
        let mail_references = before.clone();
        before.push(mail_id.clone());
        Reply {
            message_id,
            mail_id,
            in_reply_to: mail_references.last().cloned(),
            mail_references,
            mailbox_id: Some(story.mailbox().id),
            addresses: Addresses {
                from: Some(own(story.mailbox())),
                to: vec![recipient.address.clone()],
                ..Addresses::default()
            },
            subject: answer::subject(self.ticket),
            body: entry.text.clone(),
            files,
            audience,
            told_of: None,
            then: self.then(place, audience),
            undo_seconds: 0,
            once: None,
        }
    }

    fn then(&self, place: usize, audience: Audience) -> Then {
        let case = self.story.case;
        let next = case.entries.get(place + 1).map(|entry| entry.what);
        match (case.fate, next) {
            (Fate::Solved { reason } | Fate::Closed { reason }, _)
                if self.solution == Some(place) =>
            {
                Then::Solve(closing_reason(reason))
            }
            _ if audience == Audience::Vendor => Then::WaitForVendor,
            (Fate::WaitingRequester, None) | (_, Some(What::MailIn | What::CallIn)) => {
                Then::WaitForRequester
            }
            _ => Then::Open,
        }
    }

    fn thread(&mut self, audience: Audience) -> &mut Vec<String> {
        match audience {
            Audience::Vendor => &mut self.with_vendor,
            Audience::Requester | Audience::Internal => &mut self.with_requester,
        }
    }
}

fn own(mailbox: &Mailbox) -> Address {
    Address {
        name: Some(mailbox.display_name.clone()).filter(|name| !name.is_empty()),
        address: mailbox.address.clone(),
    }
}
