//! The receipt of a new ticket, unless one of the rules against answering machines says no.

use entities::inbound::threading;
use entities::mailbox::{self, Mailbox};
use entities::outgoing::limits;
use entities::ticket::event::NewOutbound;
use entities::ticket::message::{Address, Addresses, Model as Message, NewMessage};
use entities::ticket::{Channel, Delivery, Direction, SendReceipt, SuppressReceipt, Ticket};
use entities::{Actor, DeskError, Permit, Rule, Uuid};

use super::letter;
use crate::desk::Desk;
use crate::mail::answer;
use crate::mail::read::{self, Mail};
use crate::mail::token::Token;

const RECEIPT: Actor = Actor::System(Rule::Receipt);

/// Answers the mail that opened a ticket, or records which rule forbids it. Running twice answers once.
pub async fn receipt(desk: &Desk, message_id: Uuid) -> entities::Result<()> {
    let db = &desk.db;
    let Some(message) = threading::message(db, message_id).await? else {
        return Ok(());
    };
    let Some(ticket) = threading::ticket(db, message.ticket_id).await? else {
        return Ok(());
    };
    let receipt_id = id_for(desk, message_id);
    if threading::message(db, receipt_id).await?.is_some() {
        return Ok(());
    }
    let mailbox = match ticket.mailbox_id {
        Some(id) => mailbox::intake::by_id(db, id).await?,
        None => None,
    };
    let Some(mailbox) = mailbox.filter(|m| m.receipt) else {
        return suppress(desk, ticket, "off".to_owned()).await;
    };
    let Some(raw) = &message.raw_sha256 else {
        return suppress(desk, ticket, "no-mail".to_owned()).await;
    };
    let raw = db.blobs().get(raw).await?;
    let Ok(mail) = read::read(&raw) else {
        return suppress(desk, ticket, "unreadable".to_owned()).await;
    };
    if let Some(by) = forbidden_by(desk, &mail).await? {
        return suppress(desk, ticket, by).await;
    }
    let to: Vec<Address> = mail
        .answer_to()
        .into_iter()
        .map(|to| Address {
            name: to.name.clone(),
            address: to.address.clone(),
        })
        .collect();
    for recipient in &to {
        if let Some(limit) = limits::take(db, &recipient.address, ticket.id).await? {
            if limit == limits::Limit::All {
                tracing::error!("automatic answers are stopped: too many in a short time");
            }
            return suppress(desk, ticket, limit.name().to_owned()).await;
        }
    }
    send(desk, ticket, &mailbox, &message, receipt_id, to).await
}

/// The header or rule that forbids an automatic answer to this mail.
async fn forbidden_by(desk: &Desk, mail: &Mail) -> entities::Result<Option<String>> {
    if let Some(header) = read::suppressed_by(mail) {
        return Ok(Some(header.name.to_lowercase()));
    }
    let own = mailbox::intake::own_addresses(&desk.db).await?;
    let key = answer::token_key(desk);
    for to in mail.from.iter().chain(&mail.reply_to) {
        if own.iter().any(|own| own.eq_ignore_ascii_case(&to.address)) {
            return Ok(Some("own-address".to_owned()));
        }
        if Token::parse(&key, &to.address).is_some() {
            return Ok(Some("own-token".to_owned()));
        }
    }
    let is_ours = |id: &String| Token::parse(&key, id).is_some();
    Ok(mail
        .message_id
        .as_ref()
        .filter(|id| is_ours(id))
        .map(|_| "own-token".to_owned()))
}

async fn send(
    desk: &Desk,
    ticket: Ticket,
    mailbox: &Mailbox,
    answered: &Message,
    id: Uuid,
    to: Vec<Address>,
) -> entities::Result<()> {
    let from = letter::sender(desk, mailbox);
    let mail_id = answer::reply_ids(desk, &ticket, id);
    let earlier = answered
        .mail_references
        .iter()
        .flat_map(|ids| ids.split(' '));
    let recipients = to.iter().map(|to| to.address.clone()).collect();
    let message = NewMessage {
        id,
        addresses: Addresses {
            from: Some(Address {
                name: from.name,
                address: from.address,
            }),
            to,
            ..Addresses::default()
        },
        subject: Some(answer::subject(&ticket)),
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
            text(desk, mailbox, &ticket),
        )
    };
    let command = SendReceipt {
        message,
        outbound: NewOutbound {
            mailbox_id: Some(mailbox.id),
            mail_id,
            recipients,
            not_before: desk.db.clock().now(),
        },
    };
    match desk
        .db
        .change(Permit::ask(&RECEIPT, ticket)?, command)
        .await
    {
        // The same mail was answered before.
        Ok(_) | Err(DeskError::AlreadyDone(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

fn text(desk: &Desk, mailbox: &Mailbox, ticket: &Ticket) -> String {
    if mailbox.receipt_text.trim().is_empty() {
        return desk.config.locale.t_with(
            "mail-receipt",
            &[
                ("number", ticket.number.as_str().into()),
                ("title", ticket.title.as_str().into()),
                (
                    "sender",
                    letter::sender(desk, mailbox)
                        .name
                        .unwrap_or_default()
                        .into(),
                ),
            ],
        );
    }
    // The title is a stranger's, so it is filled in last.
    let text = mailbox.receipt_text.replace("{number}", &ticket.number);
    text.replace("{title}", &ticket.title)
}

async fn suppress(desk: &Desk, ticket: Ticket, by: String) -> entities::Result<()> {
    let permit = Permit::ask(&RECEIPT, ticket)?;
    desk.db.change(permit, SuppressReceipt { by }).await?;
    Ok(())
}

/// The receipt of a message always has the same id, so that a second one cannot be written.
fn id_for(desk: &Desk, message_id: Uuid) -> Uuid {
    let key = desk.db.key().derive(&format!("receipt {message_id}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&key[..16]);
    entities::custom_id(bytes)
}
