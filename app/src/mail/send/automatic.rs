//! Automatic answers: the receipt of a new ticket and the note that one was closed, unless a rule forbids them.

use entities::absence::receipt::deputy_to_name;
use entities::inbound::threading;
use entities::mail_filter::Effect;
use entities::mailbox::{self, Mailbox};
use entities::outgoing::answers::Occasion;
use entities::outgoing::limits;
use entities::ticket::event::NewOutbound;
use entities::ticket::message::{Address, Addresses, Model as Message, NewMessage};
use entities::ticket::{
    Channel, Delivery, Direction, SendAnswer, State, SuppressAnswer, Ticket, thread,
};
use entities::{Actor, DeskError, Permit, Rule, Uuid};

use super::letter;
use crate::desk::Desk;
use crate::mail::answer;
use crate::mail::read::{self, Mail};
use crate::mail::token::Token;

/// More addresses in Reply-To than a person has: an answer would be a mailing.
const MOST_RECIPIENTS: usize = 5;

/// One answer that may be due.
struct Due {
    occasion: Occasion,
    ticket: Ticket,
    /// The id of the answer, always the same for the same cause, so that a second one cannot be written.
    id: Uuid,
}

impl Due {
    fn actor(&self) -> Actor {
        Actor::System(match self.occasion {
            Occasion::Receipt => Rule::Receipt,
            Occasion::ClosingNote => Rule::ClosingNote,
        })
    }

    fn is_on(&self, mailbox: &Mailbox) -> bool {
        match self.occasion {
            Occasion::Receipt => mailbox.receipt,
            Occasion::ClosingNote => mailbox.closing_note,
        }
    }

    fn text(&self, desk: &Desk, mailbox: &Mailbox, deputy: Option<&str>) -> String {
        let (key, own) = match self.occasion {
            Occasion::Receipt => ("mail-receipt", &mailbox.receipt_text),
            Occasion::ClosingNote => ("mail-closing-note", &mailbox.closing_note_text),
        };
        let ticket = &self.ticket;
        let said = deputy.map(|name| {
            let words = [("name", name.into())];
            desk.config.locale.t_with("mail-receipt-deputy", &words)
        });
        if own.trim().is_empty() {
            let sender = letter::sender(desk, mailbox).name.unwrap_or_default();
            let text = desk.config.locale.t_with(
                key,
                &[
                    ("number", ticket.number.as_str().into()),
                    ("title", ticket.title.as_str().into()),
                    ("sender", sender.into()),
                ],
            );
            // Before the greeting at the end.
            return match (said, text.rsplit_once("\n\n")) {
                (Some(said), Some((before, end))) => format!("{before}\n\n{said}\n\n{end}"),
                _ => text,
            };
        }
        // The title is a stranger's, so it is filled in last.
        let text = own.replace("{number}", &ticket.number);
        let text = text.replace("{deputy}", said.as_deref().unwrap_or_default());
        text.replace("{title}", &ticket.title)
    }
}

/// Answers the mail that opened a ticket, or records which rule forbids it. Running twice answers once.
pub async fn receipt(desk: &Desk, message_id: Uuid) -> entities::Result<()> {
    let Some(message) = threading::message(&desk.db, message_id).await? else {
        return Ok(());
    };
    let Some(ticket) = threading::ticket(&desk.db, message.ticket_id).await? else {
        return Ok(());
    };
    let due = Due {
        occasion: Occasion::Receipt,
        id: desk.db.key().id(&format!("receipt {message_id}")),
        ticket,
    };
    let mailbox = mailbox_of(desk, &due.ticket).await?;
    settle(desk, due, mailbox, Some(message)).await
}

/// Tells the requester that the system has closed the ticket, where its mailbox wants that.
pub async fn closing_note(desk: &Desk, ticket_id: Uuid) -> entities::Result<()> {
    let Some(ticket) = threading::ticket(&desk.db, ticket_id).await? else {
        return Ok(());
    };
    let mailbox = mailbox_of(desk, &ticket).await?;
    // Nobody asked for a note, so there is nothing to record.
    if !mailbox.as_ref().is_some_and(|m| m.closing_note) {
        return Ok(());
    }
    let closed = ticket.closed_at.filter(|_| ticket.state == State::Closed);
    let due = Due {
        occasion: Occasion::ClosingNote,
        id: desk
            .db
            .key()
            .id(&format!("closing note {ticket_id} {closed:?}")),
        ticket,
    };
    if closed.is_none() {
        return suppress(desk, due, "reopened").await;
    }
    let message = thread::newest_from_requester(&desk.db, due.ticket.id).await?;
    settle(desk, due, mailbox, message).await
}

async fn mailbox_of(desk: &Desk, ticket: &Ticket) -> entities::Result<Option<Mailbox>> {
    match ticket.mailbox_id {
        Some(id) => mailbox::intake::by_id(&desk.db, id).await,
        None => Ok(None),
    }
}

/// Sends the answer to this message, or records why not.
async fn settle(
    desk: &Desk,
    due: Due,
    mailbox: Option<Mailbox>,
    answered: Option<Message>,
) -> entities::Result<()> {
    let db = &desk.db;
    if threading::message(db, due.id).await?.is_some() {
        return Ok(());
    }
    let Some(mailbox) = mailbox.filter(|m| due.is_on(m)) else {
        return suppress(desk, due, "off").await;
    };
    let Some((answered, raw)) = answered.and_then(|m| m.raw_sha256.clone().map(|raw| (m, raw)))
    else {
        return suppress(desk, due, "no-mail").await;
    };
    let forbidden = |touch: &entities::mail_filter::Touch| touch.did.contains(&Effect::NoAnswer);
    if answered.touched_by().iter().any(forbidden) {
        return suppress(desk, due, "filter").await;
    }
    let raw = db.blobs().get(&raw).await?;
    let Ok(mail) = read::read(&raw) else {
        return suppress(desk, due, "unreadable").await;
    };
    if let Some(by) = forbidden_by(desk, &mail).await? {
        return suppress(desk, due, &by).await;
    }
    let to: Vec<Address> = mail
        .answer_to()
        .into_iter()
        .map(|to| Address {
            name: to.name.clone(),
            address: to.address.clone(),
        })
        .collect();
    if to.len() > MOST_RECIPIENTS {
        return suppress(desk, due, "many-recipients").await;
    }
    for recipient in &to {
        if let Some(limit) = limits::take(db, &recipient.address, due.ticket.id).await? {
            if limit == limits::Limit::All {
                tracing::error!("automatic answers are stopped: too many in a short time");
                limits::stop(db, &due.actor()).await?;
            }
            return suppress(desk, due, limit.name()).await;
        }
    }
    send(desk, due, &mailbox, &answered, to).await
}

/// The header or rule that forbids an automatic answer to this mail.
async fn forbidden_by(desk: &Desk, mail: &Mail) -> entities::Result<Option<String>> {
    if let Some(header) = read::suppressed_by(mail) {
        return Ok(Some(header.name.to_lowercase()));
    }
    let own = mailbox::intake::own_addresses(&desk.db).await?;
    let key = answer::token_key(desk);
    let senders = mail.from.iter().chain(&mail.sender).chain(&mail.reply_to);
    let addresses = senders
        .map(|sender| sender.address.as_str())
        .chain(mail.return_path.as_deref());
    for address in addresses {
        if Token::parse(&key, address).is_some() {
            return Ok(Some("own-token".to_owned()));
        }
        let bare = without_plus(address);
        if own.iter().any(|own| own.eq_ignore_ascii_case(&bare)) {
            return Ok(Some("own-address".to_owned()));
        }
    }
    let is_ours = |id: &String| Token::parse(&key, id).is_some();
    Ok(mail
        .message_id
        .as_ref()
        .filter(|id| is_ours(id))
        .map(|_| "own-token".to_owned()))
}

/// `desk+anything@amt.example` is `desk@amt.example`.
fn without_plus(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, host)) => {
            let local = local.split('+').next().unwrap_or_default();
            format!("{local}@{host}")
        }
        None => address.to_owned(),
    }
}

async fn send(
    desk: &Desk,
    due: Due,
    mailbox: &Mailbox,
    answered: &Message,
    to: Vec<Address>,
) -> entities::Result<()> {
    let from = letter::sender(desk, mailbox);
    let deputy = match due.occasion {
        Occasion::Receipt => deputy_to_name(&desk.db, &due.ticket).await?,
        Occasion::ClosingNote => None,
    };
    let mail_id = answer::reply_ids(desk, &due.ticket, due.id);
    let earlier = answered
        .mail_references
        .iter()
        .flat_map(|ids| ids.split(' '));
    let recipients = to.iter().map(|to| to.address.clone()).collect();
    let message = NewMessage {
        id: due.id,
        addresses: Addresses {
            from: Some(Address {
                name: from.name,
                address: from.address,
            }),
            to,
            ..Addresses::default()
        },
        subject: Some(answer::subject(&due.ticket)),
        mail_id: Some(mail_id.clone()),
        in_reply_to: answered.mail_id.clone(),
        mail_references: earlier
            .map(str::to_owned)
            .chain(answered.mail_id.clone())
            .collect(),
        delivery: Delivery::Queued,
        ..NewMessage::text(
            answered.audience,
            Direction::Out,
            Channel::Mail,
            due.text(desk, mailbox, deputy.as_deref()),
        )
    };
    let command = SendAnswer {
        occasion: due.occasion,
        message,
        outbound: NewOutbound {
            mailbox_id: Some(mailbox.id),
            mail_id,
            recipients,
            not_before: desk.db.clock().now(),
        },
        once: once(&due),
    };
    let permit = Permit::ask(&due.actor(), due.ticket)?;
    done(desk.db.change(permit, command).await)
}

async fn suppress(desk: &Desk, due: Due, by: &str) -> entities::Result<()> {
    let command = SuppressAnswer {
        occasion: due.occasion,
        by: by.to_owned(),
        once: once(&due),
    };
    let permit = Permit::ask(&due.actor(), due.ticket)?;
    done(desk.db.change(permit, command).await)
}

/// One cause leads to one answer, or to one record of why there is none.
fn once(due: &Due) -> String {
    format!("automatic answer {}", due.id)
}

fn done<T>(changed: entities::Result<T>) -> entities::Result<()> {
    match changed {
        Ok(_) | Err(DeskError::AlreadyDone(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
