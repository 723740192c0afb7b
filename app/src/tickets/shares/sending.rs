//! What a message to a vendor is made of besides its text: the way it goes, its ids, its files.

use entities::Uuid;
use entities::ticket::attachment::Model as File;
use entities::ticket::message::{Addresses, NewFile};
use entities::ticket::share::{VendorShare, Way, read};
use entities::ticket::{Ticket, share};
use entities::{person, text};

use super::gate::{Findings, Leaving};
use crate::error::Result;
use crate::locale::Locale;
use crate::mail::{address, answer};
use crate::tickets::reply::mailbox_of;
use crate::web::cx::Cx;

/// The addresses in a field.
///
/// # Errors
/// The sentence that says what is wrong with them.
pub fn addresses(cx: &Cx, typed: &str) -> Result<Addresses, String> {
    let list = match address::parse_list(typed.trim()) {
        Ok(list) if !typed.trim().chars().any(char::is_control) => list,
        Ok(_) => return Err(cx.t("share-fault-to")),
        Err(bad) => {
            let part = bad.part.replace(char::is_control, " ");
            let said = [("part", part.trim().to_owned().into())];
            return Err(cx.locale.t_with("composer-address-fault", &said));
        }
    };
    if list.is_empty() {
        return Err(cx.t("rejected-no-recipient"));
    }
    let one = |m: address::Mailbox| entities::ticket::message::Address {
        name: m.name,
        address: m.address,
    };
    Ok(Addresses {
        to: list.into_iter().map(one).collect(),
        ..Addresses::default()
    })
}

/// The subject of mails about a share: the ticket's own title is not the vendor's to read.
pub fn subject(ticket: &Ticket, title: &str) -> String {
    format!("[#{}] {title}", ticket.number)
}

/// The way by mail. It continues the mails to and from this vendor alone.
pub async fn by_mail(
    cx: &Cx,
    ticket: &Ticket,
    share: Option<&VendorShare>,
    message_id: Uuid,
    title: &str,
    to: Addresses,
) -> Result<Way> {
    let mails = match share {
        Some(share) => read::mails(&cx.db, share).await?,
        None => vec![],
    };
    let threading = answer::threading(&mails);
    let again = if mails.is_empty() { "" } else { "Re: " };
    Ok(Way::Mail {
        mail_id: answer::reply_ids(&cx.desk, ticket, message_id),
        in_reply_to: threading.in_reply_to,
        mail_references: threading.references,
        mailbox_id: mailbox_of(cx, ticket).await?,
        addresses: Box::new(to),
        subject: format!("{again}{}", subject(ticket, title)),
    })
}

/// The language of whom the mail goes to, as far as it is known; else that of the desk.
pub async fn readers_locale(cx: &Cx, way: &Way) -> Result<Locale> {
    let to: Vec<String> = match way {
        Way::Portal => vec![],
        Way::Mail { addresses, .. } => {
            let to = addresses.to.iter();
            to.map(|to| text::address(&to.address)).collect()
        }
    };
    let code = person::language::common(&cx.db, &to).await?;
    let known = code.as_deref().and_then(Locale::from_code);
    Ok(known.unwrap_or(cx.desk.config.locale))
}

/// Files of the ticket as they go along, with what is black in their names.
pub fn passed_on(files: &[&File], findings: &Findings) -> Vec<NewFile> {
    let passed = |file: &&File| NewFile {
        name: findings.blackened(&file.name),
        content_type: file.content_type.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
        inline: false,
        content_id: None,
    };
    files.iter().map(passed).collect()
}

/// The names of files, as texts that leave.
pub fn names<'a>(cx: &Cx, names: impl Iterator<Item = &'a str>) -> Vec<Leaving<'a>> {
    let leaving = |text| Leaving {
        words: cx.t("share-file-name"),
        text,
    };
    names.map(leaving).collect()
}

/// Who is looked for in what goes to a vendor.
pub async fn known(
    cx: &Cx,
    ticket: &Ticket,
    vendor: Option<Uuid>,
    contact: Option<Uuid>,
) -> Result<entities::redaction::Known> {
    Ok(share::known::known(&cx.db, &cx.actor, ticket, vendor, contact).await?)
}
