//! What is stored in place of a mail once something in it was blacked out: its heads and what is left of its text.

use entities::DeskError;
use entities::ticket::message::Address;
use entities::ticket::redact::Remains;

use super::compose::{self, Outgoing, Purpose};
use super::read::Mailbox;
use crate::desk::Desk;

/// Stores what is left of a mail; nothing where no mail can be made of it.
///
/// # Errors
/// The file store's.
pub async fn store(desk: &Desk, remains: &Remains) -> Result<Option<String>, DeskError> {
    let (Some(from), Some(mail_id)) = (&remains.addresses.from, &remains.mail_id) else {
        return Ok(None);
    };
    let addresses = &remains.addresses;
    let mail = Outgoing {
        message_id: mail_id.clone(),
        date: remains.written_at,
        from: of(from),
        to: all(&addresses.to),
        cc: all(&addresses.cc),
        reply_to: all(&addresses.reply_to),
        subject: remains.subject.clone().unwrap_or_default(),
        text: remains.body.clone(),
        html: None,
        in_reply_to: None,
        references: vec![],
        attachments: vec![],
        purpose: Purpose::Personal,
    };
    match compose::compose(&mail) {
        Ok(raw) => Ok(Some(desk.db.put_blob(raw).await?.sha256)),
        // A stranger's address or id need not be one; then nothing is kept of the mail but its message.
        Err(_) => Ok(None),
    }
}

fn of(address: &Address) -> Mailbox {
    Mailbox {
        name: address.name.clone(),
        address: address.address.clone(),
    }
}

fn all(addresses: &[Address]) -> Vec<Mailbox> {
    addresses.iter().map(of).collect()
}
