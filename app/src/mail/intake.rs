//! From a stored mail to a message in a ticket; may be killed at any point and run again.

mod bounce;
mod follow;
mod message;
mod place;
mod vendor;

use chrono::Duration;
use entities::field::change::Sets;
use entities::field::defaults;
use entities::field::rules::Case;
use entities::inbound::{self, Earlier, Facts, InboundMail, Outcome, threading};
use entities::mailbox::Mailbox;
use entities::person::Sender;
use entities::ticket::event::Opened;
use entities::ticket::receive::{Into, Wakes};
use entities::ticket::{Receive, Ticket, classify};
use entities::{Actor, DeskError, Permit, Rejected, Rule, mail_filter, mailbox, person, service};

use super::filter::{Filters, Letter, Makes, Verdict};
use super::noting::noted;
use super::read::{self, Mail, Unreadable};
use crate::desk::Desk;
use place::Place;
pub use place::concerns_ours;

/// How long one mail may take before another process may try it.
pub const HOLD: Duration = Duration::minutes(5);

/// After so many attempts a person must look.
const MOST_ATTEMPTS: i32 = 8;

/// How long a mail waits for a file store that is away; that is nobody's failure, so it is not counted.
const FOR_STORE: Duration = Duration::seconds(15);

/// How long a mail waits when the database was away meanwhile.
const FOR_DATABASE: Duration = Duration::seconds(1);

/// Why a mail stays on its server: larger than `mail.max_size_mb`.
pub const TOO_LARGE: &str = "too_large";

/// Why a mail stays on its server: the server did not hand it out, several times.
pub const NOT_FETCHED: &str = "not_fetched";

const INTAKE: Actor = Actor::System(Rule::MailIntake);

/// Processes a claimed mail. What fails for now is left for later, what fails for good becomes a work item;
/// neither is an error for the caller.
pub async fn process(desk: &Desk, stored: &InboundMail) -> entities::Result<()> {
    if stored.attempts > MOST_ATTEMPTS {
        let reason = "error: processing did not come to an end".to_owned();
        return fail(desk, stored, &Facts::default(), reason).await;
    }
    let mut facts = Facts::default();
    let (db, id) = (&desk.db, stored.id);
    match Box::pin(settle(desk, stored, &mut facts)).await {
        Ok(outcome) => {
            tracing::info!(mail = %id, ?outcome, "mail processed");
            noted(|| inbound::settle(db, id, &facts, outcome.clone())).await
        }
        Err(DeskError::StoreAway(why)) => {
            tracing::warn!(mail = %id, why, "mail waits for the file store");
            noted(|| inbound::postpone_uncounted(db, id, FOR_STORE)).await
        }
        Err(error) if error.is_away() => {
            tracing::warn!(mail = %id, %error, "mail waits for the database");
            noted(|| inbound::postpone_uncounted(db, id, FOR_DATABASE)).await
        }
        Err(error) if passes(&error) && stored.attempts < MOST_ATTEMPTS => {
            tracing::warn!(mail = %id, %error, attempt = stored.attempts, "mail waits");
            let wait = Duration::seconds(1 << stored.attempts.clamp(0, 8));
            noted(|| inbound::postpone(db, id, wait)).await
        }
        Err(error) => fail(desk, stored, &facts, format!("error: {error}")).await,
    }
}

/// Whether trying again may help.
fn passes(error: &DeskError) -> bool {
    matches!(
        error,
        DeskError::Db(_)
            | DeskError::Blob(_)
            | DeskError::Conflict
            | DeskError::Rejected(Rejected::AlreadyMerged)
    )
}

async fn fail(
    desk: &Desk,
    stored: &InboundMail,
    facts: &Facts,
    reason: String,
) -> entities::Result<()> {
    tracing::warn!(mail = %stored.id, reason, "mail needs a person");
    let failed = Outcome::Failed { reason };
    noted(|| inbound::settle(&desk.db, stored.id, facts, failed.clone())).await
}

async fn settle(desk: &Desk, stored: &InboundMail, facts: &mut Facts) -> entities::Result<Outcome> {
    if stored.on_server {
        return Ok(still_on_server(desk, stored, facts));
    }
    let raw = desk.db.blobs().get(&stored.sha256).await?;
    let mail = match read::read(&raw) {
        Ok(mail) => mail,
        Err(unreadable) => {
            let reason = match unreadable {
                Unreadable::Empty => "empty",
                Unreadable::NoHeader => "no_header",
            };
            return Ok(Outcome::Failed {
                reason: reason.to_owned(),
            });
        }
    };
    let filters = Filters::new(mail_filter::active(&desk.db, stored.mailbox_id).await?);
    let headers = match filters.want_headers() {
        true => read::header_lines(&raw),
        false => Vec::new(),
    };
    drop(raw);
    let letter = Letter {
        mail: &mail,
        headers: &headers,
        size_bytes: stored.size_bytes,
    };
    *facts = self::facts(&mail);
    // Processing died between the change and its note.
    if let Some(message) = inbound::copies::become_message(&desk.db, stored.id).await? {
        let ticket_id = message.ticket_id;
        if let Some(ticket) = threading::ticket(&desk.db, ticket_id).await? {
            follow::link(desk, &ticket).await?;
        }
        return Ok(match message.number {
            1 => Outcome::Ticket { ticket_id },
            _ => Outcome::Message { ticket_id },
        });
    }
    let earlier = inbound::earlier(&desk.db, stored, mail.message_id.as_deref()).await?;
    let mut warnings: Vec<String> = mail.warnings.iter().map(|w| w.code().to_owned()).collect();
    let mut same_text = None;
    match earlier {
        Earlier::Never => {}
        Earlier::SameBytes {
            ticket_id,
            message_id,
        } => {
            return Ok(Outcome::Copy {
                ticket_id,
                message_id,
            });
        }
        Earlier::OtherBytes(messages) => {
            if let Some(own) = place::our_own(desk, &mail, &messages).await? {
                return Ok(Outcome::Copy {
                    ticket_id: Some(own.ticket_id),
                    message_id: Some(own.id),
                });
            }
            warnings.push("message-id-seen-before".to_owned());
            same_text = messages
                .into_iter()
                .find(|m| m.subject == mail.subject && m.body == mail.text);
        }
    }
    let Some(mailbox) = mailbox::intake::by_id(&desk.db, stored.mailbox_id).await? else {
        return Ok(Outcome::Failed {
            reason: "no_mailbox".to_owned(),
        });
    };
    if let Some(filter) = filters.ignoring(&letter)
        && !concerns_ours(desk, &mail).await?
    {
        return Ok(Outcome::Ignored {
            filter_id: filter.id,
            rule: filter.name.clone(),
        });
    }
    let sender = sender(desk, &mail).await?;
    let place = match same_text {
        Some(message) => place::beside(desk, &mail, message).await?,
        None => place::find(desk, &mail, sender.as_ref(), &mailbox).await?,
    };
    let makes = match place.ticket {
        None => Makes::Ticket,
        Some(_) => Makes::Message,
    };
    let verdict = filters.apply(&letter, makes);
    let read = Read {
        mail: &mail,
        sender,
        verdict,
        warnings,
    };
    receive(desk, stored, &mailbox, read, place).await
}

/// What lists tell of a mail; addresses in the form they are compared by.
pub(super) fn facts(mail: &Mail) -> Facts {
    Facts {
        subject: mail.subject.clone().map(|s| cut(&s, 500)),
        sender: mail
            .from
            .as_ref()
            .map(|from| cut(&from.address.to_lowercase(), 320)),
        mail_id: mail.message_id.clone().map(|id| cut(&id, 998)),
    }
}

/// Trying again does not bring a mail from its server; the reader does, once it may.
fn still_on_server(desk: &Desk, stored: &InboundMail, facts: &mut Facts) -> Outcome {
    *facts = Facts {
        subject: stored.subject.clone(),
        sender: stored.sender.clone(),
        mail_id: stored.mail_id.clone(),
    };
    let reason = match stored.size_bytes > desk.config.mail.max_size_bytes() {
        true => TOO_LARGE,
        false => NOT_FETCHED,
    };
    Outcome::Failed {
        reason: reason.to_owned(),
    }
}

/// The person who sent it; none for machines that report deliveries, for us, and without an address.
async fn sender(desk: &Desk, mail: &Mail) -> entities::Result<Option<Sender>> {
    let Some(from) = mail.from.as_ref().filter(|_| mail.bounce.is_none()) else {
        return Ok(None);
    };
    let own = mailbox::intake::own_addresses(&desk.db).await?;
    if own.iter().any(|o| o.eq_ignore_ascii_case(&from.address)) {
        return Ok(None);
    }
    let name = from.name.as_deref();
    match person::find_or_create(&desk.db, &INTAKE, name, &from.address).await {
        Ok(sender) => Ok(Some(sender)),
        // What stands in From need not be an address.
        Err(DeskError::Rejected(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A mail with what was found out about it.
struct Read<'a> {
    mail: &'a Mail,
    sender: Option<Sender>,
    verdict: Verdict,
    warnings: Vec<String>,
}

async fn receive(
    desk: &Desk,
    stored: &InboundMail,
    mailbox: &Mailbox,
    read: Read<'_>,
    place: Place,
) -> entities::Result<Outcome> {
    let mail = read.mail;
    if let (Some(report), Some(about)) = (&mail.bounce, &place.reported) {
        bounce::mark(desk, report, about).await?;
    }
    let wakes = if mail.auto_generated.is_some() || mail.bounce.is_some() {
        Wakes::No
    } else {
        Wakes::Yes
    };
    let message = message::new(desk, stored, &read, &place).await?;
    let mut fields = Sets::default();
    let into = match &place.ticket {
        Some(ticket) => Into::Ticket(ticket.id),
        None => {
            let opened = message::opened(desk, mailbox, read, place.follows_id).await?;
            fields = presets(desk, &opened).await?;
            Into::New(Box::new(opened))
        }
    };
    let permit = Permit::ask(&INTAKE, mailbox.clone())?;
    let command = Receive {
        into,
        mail_id: stored.id,
        message,
        wakes,
        fields,
    };
    let done = desk.db.change(permit, command).await?;
    let ticket_id = done.subject.id;
    if place.follows_id.is_some() {
        follow::link(desk, &done.subject).await?;
    }
    Ok(match place.ticket {
        Some(Ticket { .. }) => Outcome::Message { ticket_id },
        None => Outcome::Ticket { ticket_id },
    })
}

/// What a new ticket of such a sort begins with.
async fn presets(desk: &Desk, opened: &Opened) -> entities::Result<Sets> {
    let parent_service_id = match opened.service_id {
        Some(id) => service::list::parent(&desk.db, id).await?,
        None => None,
    };
    let case = Case {
        kind: opened.kind,
        place: classify::Place {
            service_id: opened.service_id,
            team_id: opened.team_id,
        },
        parent_service_id,
    };
    defaults::sets(&desk.db, &INTAKE, &case, opened.mailbox_id).await
}

fn cut(text: &str, most_chars: usize) -> String {
    text.chars().take(most_chars).collect()
}
