//! A message to the requester as a letter: the letterhead, the window for the address, and what was written.

use entities::person::{self, language};
use entities::ticket::message::Model as Message;
use entities::ticket::show::{self as shown, Names};
use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{Audience, Channel, Delivery, Direction, Ticket};
use entities::{DeskError, Uuid, organisation};
use maud::{DOCTYPE, Markup, html};
use poem::handler;

use crate::documents::plain::{Parts, Plain, Receiver, Writer};
use crate::error::Result;
use crate::locale::Locale;
use crate::mail::{answer, quote};
use crate::text_blocks::grammar::Addressed;
use crate::text_blocks::letterhead::letterhead;
use crate::web::cx::Cx;
use crate::web::markdown::outgoing;
use crate::web::parts::foreign;
use crate::web::permitted::{Seen, Sub};
use crate::web::url;

/// Whether a message can be a letter: it was written to the requester and not taken back.
pub fn is_letter(message: &Message) -> bool {
    message.audience == Audience::Requester
        && message.direction == Direction::Out
        && matches!(message.channel, Channel::Mail | Channel::Portal)
        && message.delivery != Delivery::Withdrawn
}

/// `GET /tickets/:key/messages/:sub/print`.
#[handler]
pub async fn show(cx: Cx, Seen(ticket): Seen<Ticket>, Sub(id): Sub) -> Result<Markup> {
    let entry = thread::entry(&cx.db, &ticket, id).await?;
    let is_automatic = entry.outbound.as_ref().is_some_and(|mail| mail.automatic);
    if is_automatic || !is_letter(&entry.message) {
        return Err(DeskError::Hidden.into());
    }
    let letter = letter(&cx, &ticket, &entry.message).await?;
    Ok(page(&cx, &ticket, &entry, &letter))
}

/// What the message says as a letter of whoever wrote it, on the day it was written.
async fn letter(cx: &Cx, ticket: &Ticket, message: &Message) -> Result<Plain> {
    let parties = message.parties();
    let to: Vec<String> = parties.to.iter().map(|to| to.address.clone()).collect();
    let code = language::common(&cx.db, &to).await?;
    let locale = code.as_deref().and_then(Locale::from_code);
    let locale = locale.unwrap_or(cx.desk.config.locale);
    let names = shown::names(&cx.db, ticket).await?;
    let people: Vec<Uuid> = [ticket.requester_id, message.author_id]
        .into_iter()
        .flatten()
        .collect();
    let people = person::addressed(&cx.db, &people).await?;
    let find = |id: Option<Uuid>| people.iter().find(|one| Some(one.id) == id);
    let requester = find(ticket.requester_id).map(|one| Addressed {
        name: one.name.clone(),
        salutation: one.salutation,
    });
    let writer = find(message.author_id).map(|one| Writer {
        name: Some(one.name.clone()),
        phone: one.phone.clone(),
        email: one.email.clone(),
    });
    let subject = answer::bare_subject(message.subject.as_deref().unwrap_or_default());
    let own = quote::answered(&message.body).map(|(own, _)| own);
    let parts = Parts {
        locale,
        head: letterhead(cx, ticket, locale).await?,
        to: match (other(message, requester.as_ref(), &names), requester) {
            // A letter to somebody else than who asked is not for their organisation.
            (Some(name), _) => Receiver {
                person: Some(name),
                ..Receiver::default()
            },
            (None, Some(requester)) => Receiver {
                person: Some(requester.address(locale)),
                postal: organisation::list::postal_address(&cx.db, ticket.organisation_id).await?,
                organisation: names.organisation,
            },
            (None, None) => Receiver::default(),
        },
        writer: writer.unwrap_or_default(),
        day: locale.date(cx.now.local(message.created_at).date_naive()),
        number: &ticket.number,
        title: match subject.as_str() {
            "" => ticket.title.as_str(),
            subject => subject,
        },
        text: own.unwrap_or(&message.body).to_owned(),
    };
    Ok(parts.letter())
}

/// Whom it was written to, when that is somebody else than the requester and has a name.
fn other(message: &Message, requester: Option<&Addressed>, names: &Names) -> Option<String> {
    let to = message.parties().to.into_iter().next()?;
    let email = names.requester_email.as_deref().unwrap_or_default();
    let name = to.name.filter(|name| !name.trim().is_empty())?;
    let is_requester = to.address.eq_ignore_ascii_case(email)
        || requester.is_some_and(|requester| requester.name == name);
    (!is_requester).then_some(name)
}

fn page(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry, letter: &Plain) -> Markup {
    let back = format!(
        "{}#message-{}",
        url::ticket(&ticket.number),
        entry.message.id
    );
    let locale = Locale::from_code(&letter.language).unwrap_or(cx.locale);
    let files: Vec<&str> = entry
        .files
        .iter()
        .filter(|file| !file.inline)
        .map(|file| file.name.as_str())
        .collect();
    html! {
        (DOCTYPE)
        html lang=(cx.locale.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (letter.subject) " – " (cx.desk.config.organisation.name) }
                link rel="stylesheet" href=(assets::url("letter.css"));
                link rel="icon" href=(*assets::FAVICON) type="image/svg+xml";
            }
            body {
                nav aria-label=(cx.t("print-letter-open")) {
                    a href=(back) { (cx.t("print-back")) }
                    span { (cx.t("print-how")) }
                    p { (cx.t("print-letter-hint")) }
                }
                main class="letter" lang=(letter.language) {
                    (head(letter))
                    div class="around" {
                        div {
                            p class="from" { (letter.sender_in_one_line()) }
                            // A street that the desk does not know is typed here for the paper, and kept nowhere.
                            div class="address" contenteditable="true" role="textbox" aria-multiline="true" spellcheck="false"
                                aria-label=(cx.t("print-letter-address")) { (letter.to.join("\n")) }
                        }
                        div class="about" {
                            dl {
                                @for (words, value) in &letter.facts {
                                    div { dt { (words) ":" } dd { (value) } }
                                }
                            }
                            @if !letter.contact.is_empty() { p { (letter.contact.join("\n")) } }
                        }
                    }
                    h1 { (letter.subject) }
                    div class="text" { (outgoing::on_paper(&letter.text)) }
                    @if !files.is_empty() {
                        div class="enclosed" {
                            p { strong { (locale.t("print-letter-enclosed")) } }
                            ul { @for name in files { li { (foreign(name)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn head(letter: &Plain) -> Markup {
    html! {
        header {
            strong { (letter.sender) }
            @for line in &letter.sender_lines { span { (line) } }
        }
    }
}
