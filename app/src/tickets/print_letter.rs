//! A message to the requester as a letter: the letterhead, the window for the address, and what was written.

use entities::person::{self, language};
use entities::ticket::message::Model as Message;
use entities::ticket::show::{self as shown, Names};
use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{Audience, Channel, Delivery, Direction, Ticket};
use entities::{DeskError, Uuid, organisation};
use maud::{DOCTYPE, Markup, html};
use poem::handler;

use crate::error::Result;
use crate::locale::Locale;
use crate::mail::{answer, quote};
use crate::text_blocks::grammar::Addressed;
use crate::text_blocks::letterhead::{Letterhead, letterhead};
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

/// Who wrote it, as the letter names them.
#[derive(Debug, Default)]
struct Writer {
    name: String,
    phone: Option<String>,
    email: Option<String>,
}

/// Everything on the sheet.
struct Letter {
    locale: Locale,
    head: Letterhead,
    address: Vec<String>,
    writer: Writer,
    subject: String,
}

/// `GET /tickets/:key/messages/:sub/print`.
#[handler]
pub async fn show(cx: Cx, Seen(ticket): Seen<Ticket>, Sub(id): Sub) -> Result<Markup> {
    let entry = thread::entry(&cx.db, &ticket, id).await?;
    let is_automatic = entry.outbound.as_ref().is_some_and(|mail| mail.automatic);
    if is_automatic || !is_letter(&entry.message) {
        return Err(DeskError::Hidden.into());
    }
    let letter = Letter::read(&cx, &ticket, &entry.message).await?;
    Ok(page(&cx, &ticket, &entry, &letter))
}

impl Letter {
    async fn read(cx: &Cx, ticket: &Ticket, message: &Message) -> Result<Letter> {
        let parties = message.parties();
        let to: Vec<String> = parties.to.iter().map(|to| to.address.clone()).collect();
        let code = language::common(&cx.db, &to).await?;
        let locale = code.as_deref().and_then(Locale::from_code);
        let locale = locale.unwrap_or(cx.desk.config.locale);
        let head = letterhead(cx, ticket, locale).await?;
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
            name: one.name.clone(),
            phone: one.phone.clone(),
            email: one.email.clone(),
        });
        let postal = match ticket.organisation_id {
            Some(id) => organisation::list::postal_address(&cx.db, id).await?,
            None => None,
        };
        let subject = answer::bare_subject(message.subject.as_deref().unwrap_or_default());
        Ok(Letter {
            address: address(locale, message, requester, (&names, postal.as_deref())),
            subject: match subject.is_empty() {
                true => ticket.title.clone(),
                false => subject,
            },
            writer: writer.unwrap_or_default(),
            locale,
            head,
        })
    }

    /// What stands beside the address, in words and values.
    fn about(&self, cx: &Cx, ticket: &Ticket, message: &Message) -> Vec<(String, String)> {
        let day = cx.now.local(message.created_at).date_naive();
        let rows = [
            ("print-letter-number", Some(ticket.number.clone())),
            ("print-letter-writer", Some(self.writer.name.clone())),
            ("print-letter-phone", self.writer.phone.clone()),
            ("print-letter-email", self.writer.email.clone()),
            ("print-letter-date", Some(self.locale.date(day))),
        ];
        let said = |(key, value): (&str, Option<String>)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some((self.locale.t(key), value))
        };
        rows.into_iter().filter_map(said).collect()
    }
}

/// The lines of the address, as far as the desk knows them: the organisation, the person, the street.
fn address(
    locale: Locale,
    message: &Message,
    requester: Option<Addressed>,
    (names, postal): (&Names, Option<&str>),
) -> Vec<String> {
    let first = message.parties().to.into_iter().next();
    // A letter to somebody else than who asked is not for their organisation.
    let other = first.and_then(|to| {
        let email = names.requester_email.as_deref().unwrap_or_default();
        let name = to.name.filter(|name| !name.trim().is_empty())?;
        let is_requester = to.address.eq_ignore_ascii_case(email)
            || requester.as_ref().is_some_and(|one| one.name == name);
        (!is_requester).then_some(name)
    });
    match (other, requester) {
        (Some(name), _) => vec![name],
        (None, Some(requester)) => {
            let organisation = names.organisation.clone();
            let person = requester.address(locale);
            let postal = postal.unwrap_or_default().lines().map(str::to_owned);
            let all = organisation.into_iter().chain([person]);
            all.chain(postal).collect()
        }
        (None, None) => vec![],
    }
}

fn page(cx: &Cx, ticket: &Ticket, entry: &ThreadEntry, letter: &Letter) -> Markup {
    let message = &entry.message;
    let back = format!("{}#message-{}", url::ticket(&ticket.number), message.id);
    let body = quote::answered(&message.body).map_or(message.body.as_str(), |(own, _)| own);
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
                title { (ticket.number) " " (letter.subject) " – " (cx.desk.config.organisation.name) }
                link rel="stylesheet" href=(assets::url("letter.css"));
                link rel="icon" href=(*assets::FAVICON) type="image/svg+xml";
            }
            body {
                nav aria-label=(cx.t("print-letter-open")) {
                    a href=(back) { (cx.t("print-back")) }
                    span { (cx.t("print-how")) }
                    p { (cx.t("print-letter-hint")) }
                }
                main class="letter" lang=(letter.locale.code()) {
                    (head(&letter.head))
                    div class="around" {
                        div {
                            p class="from" { (letter.head.in_one_line()) }
                            // A street that the desk does not know is typed here for the paper, and kept nowhere.
                            div class="address" contenteditable="true" role="textbox" aria-multiline="true" spellcheck="false"
                                aria-label=(cx.t("print-letter-address")) { (letter.address.join("\n")) }
                        }
                        div class="about" {
                            dl {
                                @for (words, value) in letter.about(cx, ticket, message) {
                                    div { dt { (words) } dd { (value) } }
                                }
                            }
                            @if !letter.head.contact.is_empty() { p { (letter.head.contact.join("\n")) } }
                        }
                    }
                    h1 { (subject(letter, ticket)) }
                    div class="text" { (outgoing::on_paper(body)) }
                    @if !files.is_empty() {
                        div class="enclosed" {
                            p { strong { (letter.locale.t("print-letter-enclosed")) } }
                            ul { @for name in files { li { (foreign(name)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn head(head: &Letterhead) -> Markup {
    html! {
        header {
            @for (at, line) in head.sender.iter().enumerate() {
                @if at == 0 { strong { (line) } } @else { span { (line) } }
            }
        }
    }
}

fn subject(letter: &Letter, ticket: &Ticket) -> String {
    let words = [
        ("subject", letter.subject.as_str().into()),
        ("number", ticket.number.as_str().into()),
    ];
    letter.locale.t_with("print-letter-subject", &words)
}
