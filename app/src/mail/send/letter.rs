//! From a stored message to the bytes and the envelope of a mail.

use entities::mailbox::{self, Mailbox};
use entities::outgoing::Letter;
use entities::person::language;
use entities::ticket::message::Address;

use super::resent::resent;
use crate::desk::Desk;
use crate::locale::Locale;
use crate::mail::compose::{self, Outgoing, OutgoingFile, Purpose};
use crate::mail::page::{By, page};
use crate::mail::post::{Refused, Route};
use crate::mail::read::Mailbox as Named;

/// Composes the mail. What cannot be read for now is tried again, what cannot be written never will be.
pub(super) async fn finish(
    desk: &Desk,
    letter: &Letter,
    mailbox: &Mailbox,
) -> Result<(Route, Vec<u8>), Refused> {
    let for_now = |e: entities::DeskError| Refused::ForNow(e.to_string());
    if let Some(sha256) = &letter.message.raw_sha256 {
        let raw = desk.db.blobs().get(sha256).await.map_err(for_now)?;
        return passed_on(desk, letter, mailbox, &raw);
    }
    let mut attachments = Vec::with_capacity(letter.files.len());
    for file in &letter.files {
        attachments.push(OutgoingFile {
            name: file.name.clone(),
            media_type: file.content_type.clone(),
            bytes: desk.db.blobs().get(&file.sha256).await.map_err(for_now)?,
        });
    }
    let message = &letter.message;
    let named = message.parties();
    let references = message
        .mail_references
        .iter()
        .flat_map(|ids| ids.split(' '));
    let outgoing = Outgoing {
        message_id: letter.outbound.mail_id.clone(),
        date: desk.db.clock().now(),
        from: sender(desk, mailbox),
        to: named.to.iter().map(of).collect(),
        cc: named.cc.iter().map(of).collect(),
        reply_to: Vec::new(),
        subject: message.subject.clone().unwrap_or_default(),
        text: message.body.clone(),
        html: html_of(desk, letter, mailbox).await.map_err(for_now)?,
        in_reply_to: message.in_reply_to.clone(),
        references: references.map(str::to_owned).collect(),
        attachments,
        purpose: match letter.outbound.automatic {
            true => Purpose::Automatic {
                host: desk.config.mail.domain.clone(),
            },
            false => Purpose::Personal,
        },
    };
    let raw = compose::compose(&outgoing).map_err(|e| Refused::ForGood(e.to_string()))?;
    let from = (!letter.outbound.automatic).then(|| envelope_sender(mailbox));
    let to = letter.recipients();
    Ok((Route { from, to }, raw))
}

/// A mail of somebody else, as it came.
fn passed_on(
    desk: &Desk,
    letter: &Letter,
    mailbox: &Mailbox,
    raw: &[u8],
) -> Result<(Route, Vec<u8>), Refused> {
    let to = letter.recipients();
    let id = &letter.outbound.mail_id;
    let mail = resent(raw, &mailbox.address, &to, id, desk.db.clock().now());
    let mail = mail.ok_or_else(|| Refused::ForGood("an address cannot be written".to_owned()))?;
    let from = Some(envelope_sender(mailbox));
    Ok((Route { from, to }, mail))
}

/// Where bounces of what people wrote go.
pub(super) fn envelope_sender(mailbox: &Mailbox) -> String {
    let own = || mailbox.address.clone();
    mailbox.envelope_sender.clone().unwrap_or_else(own)
}

/// The mailbox a mail is sent from.
pub(super) async fn speaker(desk: &Desk, letter: &Letter) -> entities::Result<Option<Mailbox>> {
    if let Some(id) = letter.outbound.mailbox_id.or(letter.ticket.mailbox_id) {
        return mailbox::intake::by_id(&desk.db, id).await;
    }
    mailbox::intake::first(&desk.db).await
}

pub(super) fn sender(desk: &Desk, mailbox: &Mailbox) -> Named {
    let name = match mailbox.display_name.is_empty() {
        true => &desk.config.organisation.name,
        false => &mailbox.display_name,
    };
    Named {
        name: Some(name.clone()).filter(|name| !name.is_empty()),
        address: mailbox.address.clone(),
    }
}

/// The HTML part of a text, where the mailbox sends such.
pub(super) fn html_part(
    mailbox: &Mailbox,
    text: &str,
    locale: Locale,
    by: &By<'_>,
) -> Option<String> {
    match mailbox.plain_only {
        true => None,
        false => page(text, locale, by),
    }
}

/// The HTML part of a message, in the language of its recipients as far as that is known.
async fn html_of(
    desk: &Desk,
    letter: &Letter,
    mailbox: &Mailbox,
) -> entities::Result<Option<String>> {
    let (own, body) = (desk.config.locale, &letter.message.body);
    if letter.outbound.automatic {
        // A receipt repeats a stranger's title. Where that holds an address, nothing leads anywhere.
        let subject = letter.message.subject.as_deref().unwrap_or_default();
        let leads = !subject.contains("://");
        return Ok(html_part(mailbox, body, own, &By::Desk(&|_| leads)));
    }
    let code = language::common(&desk.db, &letter.recipients()).await?;
    let locale = code.as_deref().and_then(Locale::from_code).unwrap_or(own);
    Ok(html_part(mailbox, body, locale, &By::Person))
}

fn of(address: &Address) -> Named {
    Named {
        name: address.name.clone(),
        address: address.address.clone(),
    }
}
