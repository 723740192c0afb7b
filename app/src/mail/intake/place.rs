//! Which ticket a mail belongs to: the first rule that hits, and its name.

mod numbers;

use chrono::Duration;
use entities::Uuid;
use entities::inbound::threading;
use entities::mailbox::{self, Mailbox};
use entities::person::Sender;
use entities::ticket::message::{Model as Message, ThreadedBy};
use entities::ticket::{Direction, State, Ticket};

use crate::desk::Desk;
use crate::mail::answer::token_key;
use crate::mail::read::Mail;
use crate::mail::token::Token;
use numbers::Numbers;

/// Where a mail goes, and why.
#[derive(Debug)]
pub(super) struct Place {
    /// None: a new ticket.
    pub ticket: Option<Ticket>,
    pub by: ThreadedBy,
    /// The message it answers or reports on.
    pub about: Option<Message>,
    /// The message of ours that a delivery report is about, whichever rule found the ticket.
    pub reported: Option<Message>,
    /// The old ticket that a new one continues.
    pub follows_id: Option<Uuid>,
}

impl Place {
    fn new_ticket(by: ThreadedBy) -> Place {
        Place {
            ticket: None,
            by,
            about: None,
            reported: None,
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
    let reported = reported(desk, mail).await?;
    let found = match by_token(desk, mail).await? {
        Some(found) => Some(found),
        None => match reported.clone() {
            Some(message) => Hit::at(desk, ThreadedBy::Bounce, message).await?,
            None => by_references(desk, mail).await?,
        },
    };
    let numbers = match &found {
        Some(_) => Numbers::default(),
        None => numbers::find(desk, mail, sender).await?,
    };
    let mut place = match found.or(numbers.hit) {
        Some(hit) => settled(desk, mail, hit, mailbox).await?,
        None => Place::new_ticket(match numbers.suggested {
            Some(number) => ThreadedBy::NumberFromStranger { number },
            None => ThreadedBy::NewTicket,
        }),
    };
    // A report that answers to our token is about the message the token names.
    place.reported = reported.or_else(|| {
        let about = place
            .about
            .clone()
            .filter(|m| m.direction == Direction::Out);
        about.filter(|_| mail.bounce.is_some())
    });
    Ok(place)
}

/// The ticket a rule found.
pub(super) struct Hit {
    pub ticket: Ticket,
    pub by: ThreadedBy,
    /// The message it answers or reports on.
    pub about: Option<Message>,
}

impl Hit {
    /// The ticket a message stands in today, wherever it was written.
    async fn at(desk: &Desk, by: ThreadedBy, message: Message) -> entities::Result<Option<Hit>> {
        let ticket = threading::ticket(&desk.db, message.ticket_id).await?;
        Ok(ticket.map(|ticket| Hit {
            ticket,
            by,
            about: Some(message),
        }))
    }
}

/// Our signed token in In-Reply-To, References or a plus-address.
async fn by_token(desk: &Desk, mail: &Mail) -> entities::Result<Option<Hit>> {
    let key = token_key(desk);
    let plus = mail.to.iter().chain(&mail.cc).map(|to| to.address.as_str());
    for candidate in mail.answered_ids().chain(plus) {
        let Some((ticket_id, message_id)) = Token::parse(&key, candidate) else {
            continue;
        };
        if let Some(message) = threading::message(&desk.db, message_id).await?
            && let Some(hit) = Hit::at(desk, ThreadedBy::Token, message).await?
        {
            return Ok(Some(hit));
        }
        if let Some(ticket) = threading::ticket(&desk.db, ticket_id).await? {
            return Ok(Some(Hit {
                ticket,
                by: ThreadedBy::Token,
                about: None,
            }));
        }
    }
    Ok(None)
}

/// The message of ours that a delivery report is about.
async fn reported(desk: &Desk, mail: &Mail) -> entities::Result<Option<Message>> {
    let original = mail
        .bounce
        .as_ref()
        .and_then(|bounce| bounce.original_message_id.as_deref());
    match original {
        Some(id) => ours(desk, id).await,
        None => Ok(None),
    }
}

/// In-Reply-To, then References from newest to oldest, to a Message-ID that leads to one ticket only.
async fn by_references(desk: &Desk, mail: &Mail) -> entities::Result<Option<Hit>> {
    let ids: Vec<&str> = mail.answered_ids().collect();
    match threading::known_message(&desk.db, &ids).await? {
        Some((mail_id, message)) => {
            Hit::at(desk, ThreadedBy::References { mail_id }, message).await
        }
        None => Ok(None),
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
        reported: None,
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

/// Whether a mail answers a message of ours or reports on one: such a mail is never left alone.
pub async fn concerns_ours(desk: &Desk, mail: &Mail) -> entities::Result<bool> {
    if reported(desk, mail).await?.is_some() || by_token(desk, mail).await?.is_some() {
        return Ok(true);
    }
    let ids: Vec<&str> = mail.answered_ids().collect();
    let known = threading::known_message(&desk.db, &ids).await?;
    Ok(known.is_some_and(|(_, message)| message.direction == Direction::Out))
}

/// A message of ours by its Message-ID.
async fn ours(desk: &Desk, mail_id: &str) -> entities::Result<Option<Message>> {
    let db = &desk.db;
    let message = match Token::parse(&token_key(desk), mail_id) {
        Some((_, message_id)) => threading::message(db, message_id).await?,
        None => threading::known_message(db, &[mail_id])
            .await?
            .map(|(_, m)| m),
    };
    Ok(message.filter(|m| m.direction == Direction::Out))
}

/// Follows mergers; a person's mail to what was closed too long ago begins anew.
async fn settled(desk: &Desk, mail: &Mail, hit: Hit, mailbox: &Mailbox) -> entities::Result<Place> {
    let ticket = threading::living(&desk.db, hit.ticket).await?;
    let limit = Duration::days(mailbox.reopen_within_days.into());
    let closed_long_ago = ticket.state == State::Closed
        && ticket
            .closed_at
            .is_some_and(|closed| closed + limit < desk.db.clock().now());
    let by_machine = mail.auto_generated.is_some() || mail.bounce.is_some();
    if closed_long_ago && !by_machine {
        return Ok(Place {
            follows_id: Some(ticket.id),
            about: hit.about,
            ..Place::new_ticket(ThreadedBy::ClosedTooLong {
                number: ticket.number,
            })
        });
    }
    Ok(Place {
        ticket: Some(ticket),
        about: hit.about,
        ..Place::new_ticket(hit.by)
    })
}
