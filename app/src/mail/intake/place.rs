//! Which ticket a mail belongs to: the first rule that hits, and its name.

use chrono::Duration;
use entities::Uuid;
use entities::inbound::threading;
use entities::mailbox::{self, Mailbox};
use entities::person::Sender;
use entities::ticket::message::{Model as Message, ThreadedBy};
use entities::ticket::{Direction, State, Ticket, number};

use crate::desk::Desk;
use crate::mail::answer::token_key;
use crate::mail::read::Mail;
use crate::mail::token::Token;

/// Where a mail goes, and why.
#[derive(Debug)]
pub(super) struct Place {
    /// None: a new ticket.
    pub ticket: Option<Ticket>,
    pub by: ThreadedBy,
    /// The message it answers or reports on.
    pub about: Option<Message>,
    /// The old ticket that a new one continues.
    pub follows_id: Option<Uuid>,
}

impl Place {
    fn new_ticket(by: ThreadedBy) -> Place {
        Place {
            ticket: None,
            by,
            about: None,
            follows_id: None,
        }
    }
}

/// Tries the rules in their order. Nothing in the body ever decides.
pub(super) async fn find(
    desk: &Desk,
    mail: &Mail,
    sender: Option<&Sender>,
    mailbox: &Mailbox,
) -> entities::Result<Place> {
    let db = &desk.db;
    if let Some(id) = mail
        .bounce
        .as_ref()
        .and_then(|b| b.original_message_id.as_deref())
        && let Some((message, ticket)) = ours(desk, id).await?
    {
        return settled(
            desk,
            mail,
            ticket,
            ThreadedBy::Bounce,
            Some(message),
            mailbox,
        )
        .await;
    }
    let key = token_key(desk);
    let plus = mail.to.iter().chain(&mail.cc).map(|to| to.address.as_str());
    for candidate in mail.answered_ids().chain(plus) {
        let Some((ticket_id, message_id)) = Token::parse(&key, candidate) else {
            continue;
        };
        if let Some(ticket) = threading::ticket(db, ticket_id).await? {
            let about = threading::message(db, message_id).await?;
            return settled(desk, mail, ticket, ThreadedBy::Token, about, mailbox).await;
        }
    }
    let ids: Vec<&str> = mail.answered_ids().collect();
    if let Some((mail_id, message)) = threading::known_message(db, &ids).await?
        && let Some(ticket) = threading::ticket(db, message.ticket_id).await?
    {
        let by = ThreadedBy::References { mail_id };
        return settled(desk, mail, ticket, by, Some(message), mailbox).await;
    }
    let Some(number) = mail.subject.as_deref().and_then(number::find) else {
        return Ok(Place::new_ticket(ThreadedBy::NewTicket));
    };
    let Some(ticket) = threading::ticket_of_number(db, &number).await? else {
        return Ok(Place::new_ticket(ThreadedBy::NewTicket));
    };
    let ticket = threading::living(db, ticket).await?;
    let address = mail.from.as_ref().map_or("", |from| from.address.as_str());
    if threading::takes_part(db, &ticket, address, sender).await? {
        settled(desk, mail, ticket, ThreadedBy::Number, None, mailbox).await
    } else {
        Ok(Place::new_ticket(ThreadedBy::NumberFromStranger { number }))
    }
}

/// Puts a mail that came a second time with other bytes beside the first one.
pub(super) async fn beside(desk: &Desk, mail: &Mail, first: Message) -> entities::Result<Place> {
    let Some(ticket) = threading::ticket(&desk.db, first.ticket_id).await? else {
        return Ok(Place::new_ticket(ThreadedBy::NewTicket));
    };
    let by = ThreadedBy::References {
        mail_id: mail.message_id.clone().unwrap_or_default(),
    };
    Ok(Place {
        ticket: Some(threading::living(&desk.db, ticket).await?),
        by,
        about: Some(first),
        follows_id: None,
    })
}

/// A mail of ours that came back to one of our mailboxes, because it was among the recipients.
pub(super) async fn our_own<'m>(
    desk: &Desk,
    mail: &Mail,
    same_id: &'m [Message],
) -> entities::Result<Option<&'m Message>> {
    let Some(from) = &mail.from else {
        return Ok(None);
    };
    let signed = mail
        .message_id
        .as_deref()
        .and_then(|id| Token::parse(&token_key(desk), id));
    let own = mailbox::intake::own_addresses(&desk.db).await?;
    if !own.iter().any(|o| o.eq_ignore_ascii_case(&from.address)) {
        return Ok(None);
    }
    Ok(same_id.iter().find(|m| {
        m.direction == Direction::Out && signed.is_some_and(|(_, message)| message == m.id)
    }))
}

/// A message of ours by its Message-ID, with its ticket.
async fn ours(desk: &Desk, mail_id: &str) -> entities::Result<Option<(Message, Ticket)>> {
    let db = &desk.db;
    let message = match Token::parse(&token_key(desk), mail_id) {
        Some((_, message_id)) => threading::message(db, message_id).await?,
        None => threading::known_message(db, &[mail_id])
            .await?
            .map(|(_, m)| m),
    };
    let Some(message) = message.filter(|m| m.direction == Direction::Out) else {
        return Ok(None);
    };
    let ticket = threading::ticket(db, message.ticket_id).await?;
    Ok(ticket.map(|ticket| (message, ticket)))
}

/// Follows mergers; a person's mail to what was closed too long ago begins anew.
async fn settled(
    desk: &Desk,
    mail: &Mail,
    ticket: Ticket,
    by: ThreadedBy,
    about: Option<Message>,
    mailbox: &Mailbox,
) -> entities::Result<Place> {
    let ticket = threading::living(&desk.db, ticket).await?;
    let limit = Duration::days(mailbox.reopen_within_days.into());
    let closed_long_ago = ticket.state == State::Closed
        && ticket
            .closed_at
            .is_some_and(|closed| closed + limit < desk.db.clock().now());
    let by_machine = mail.auto_generated.is_some() || mail.bounce.is_some();
    if closed_long_ago && !by_machine {
        return Ok(Place {
            ticket: None,
            by: ThreadedBy::ClosedTooLong {
                number: ticket.number,
            },
            about,
            follows_id: Some(ticket.id),
        });
    }
    Ok(Place {
        ticket: Some(ticket),
        by,
        about,
        follows_id: None,
    })
}
