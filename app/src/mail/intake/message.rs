//! The message and the ticket that a mail becomes.

use entities::inbound::InboundMail;
use entities::mailbox::Mailbox;
use entities::ticket::event::Opened;
use entities::ticket::mail_facts::{Machine, MailFacts};
use entities::ticket::message::{Address, Addresses, NewFile, NewMessage};
use entities::ticket::{Channel, Direction, Kind, Priority};
use entities::{Uuid, history, service};

use super::Read;
use super::place::Place;
use super::vendor;
use crate::desk::Desk;
use crate::mail::answer::bare_subject;
use crate::mail::html::Reduced;
use crate::mail::inline;
use crate::mail::read::{Mail, Mailbox as Named};

/// The longest title, in characters.
const MOST_CHARS: usize = 200;

/// The message with its files stored.
pub(super) async fn new(
    desk: &Desk,
    stored: &InboundMail,
    read: &Read<'_>,
    place: &Place,
) -> entities::Result<NewMessage> {
    let (mail, sender) = (read.mail, read.sender.as_ref());
    let belongs = vendor::belongs(desk, mail, sender, place).await?;
    let mut warnings = read.warnings.clone();
    let (reduced, embedded) = inline::reduced(mail);
    let mut files = Vec::with_capacity(mail.attachments.len());
    for file in &mail.attachments {
        let blob = desk.db.put_blob_of(&file.bytes).await?;
        files.push(NewFile {
            name: file.name.clone(),
            content_type: file.media_type.clone(),
            size_bytes: blob.size_bytes,
            sha256: blob.sha256,
            inline: file.inline && file.shown_in_html,
            content_id: file.content_id.clone(),
        });
    }
    for (number, picture) in (1..).zip(embedded) {
        let blob = desk.db.put_blob(picture.bytes).await?;
        files.push(NewFile {
            name: format!("picture-{number}.{}", picture.kind),
            content_type: format!("image/{}", picture.kind),
            size_bytes: blob.size_bytes,
            sha256: blob.sha256,
            inline: true,
            content_id: None,
        });
    }
    if reduced.as_ref().is_some_and(|page| page.is_cut) {
        warnings.push("html-cut".to_owned());
    }
    Ok(NewMessage {
        id: stored.id,
        author_id: sender.map(|s| s.person.id),
        addresses: Addresses {
            from: mail.from.as_ref().map(address),
            to: mail.to.iter().map(address).collect(),
            cc: mail.cc.iter().map(address).collect(),
            bcc: Vec::new(),
            reply_to: mail.reply_to.iter().map(address).collect(),
        },
        subject: mail.subject.clone(),
        mail_facts: Some(facts(mail, reduced.as_ref())),
        html: reduced.map(|page| page.html),
        mail_id: mail.message_id.clone(),
        in_reply_to: mail.in_reply_to.clone(),
        mail_references: mail.references.clone(),
        raw_sha256: Some(stored.sha256.clone()),
        threaded_by: Some(place.by.clone()),
        filters: read.verdict.touches.clone(),
        notes: warnings,
        files,
        share_id: belongs.share_id,
        ..NewMessage::text(
            belongs.audience,
            Direction::In,
            Channel::Mail,
            mail.text.clone(),
        )
    })
}

/// What the page says beside the text.
fn facts(mail: &Mail, reduced: Option<&Reduced>) -> MailFacts {
    let machine = match (&mail.bounce, &mail.auto_generated) {
        (Some(_), _) => Some(Machine::Report),
        (None, Some(_)) if mail.is_absence() => Some(Machine::Absence),
        (None, Some(_)) => Some(Machine::Other),
        (None, None) => None,
    };
    MailFacts {
        remote_images: reduced.map_or(0, |page| page.remote_images),
        pixels: reduced.map_or(0, |page| page.pixels),
        pixel_hosts: reduced.map_or_else(Vec::new, |page| page.pixel_hosts.clone()),
        signed: mail.signed,
        encrypted: mail.encrypted,
        machine,
    }
}

/// The facts of a new ticket, as filters or else the mailbox say; the service names the team.
pub(super) async fn opened(
    desk: &Desk,
    mailbox: &Mailbox,
    read: Read<'_>,
    follows_id: Option<Uuid>,
) -> entities::Result<Opened> {
    let verdict = read.verdict;
    let service_id = verdict.service_id.or(mailbox.service_id);
    let bare = bare_subject(read.mail.subject.as_deref().unwrap_or_default());
    let title = match bare.is_empty() {
        true => desk.config.locale.t("mail-no-subject"),
        false => bare.chars().take(MOST_CHARS).collect(),
    };
    let team_of_service = match service_id {
        Some(id) => service::list::responsible_team(&desk.db, id).await?,
        None => None,
    };
    let (requester_id, organisation_id, district_id) = match read.sender {
        Some(s) => (
            Some(s.person.id),
            s.organisation.map(|o| o.id),
            s.district.map(|d| d.id),
        ),
        None => (None, None, None),
    };
    Ok(Opened {
        title,
        kind: verdict.kind.unwrap_or(Kind::Incident),
        channel: Channel::Mail,
        priority: verdict.priority.unwrap_or(Priority::Normal),
        team_id: verdict.team_id.or(team_of_service).or(mailbox.team_id),
        service_id,
        requester_id,
        organisation_id,
        district_id,
        mailbox_id: Some(mailbox.id),
        follows_id,
        salt: history::salt(),
    })
}

fn address(named: &Named) -> Address {
    Address {
        name: named.name.clone(),
        address: named.address.clone(),
    }
}
