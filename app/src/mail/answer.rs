//! What an answer begins with: its ids, its subject, whom it goes to, and what it quotes.

use entities::Uuid;
use entities::bulk::Post;
use entities::ticket::message::{Address, Addresses, Model as Message};
use entities::ticket::thread::{ThreadEntry, ThreadMail};
use entities::ticket::{Audience, Direction, Ticket, number};

use super::quote;
use super::token::Token;
use crate::desk::Desk;
use crate::locale::Locale;
use crate::locale::time::Now;

/// A quotation reminds of what was asked; nobody reads a log in it.
const MOST_QUOTED_CHARS: usize = 20_000;

/// Beginnings that mail programs put before a subject, in lower case.
const PREFIXES: [&str; 9] = [
    "re:", "aw:", "antw:", "antwort:", "wg:", "fw:", "fwd:", "sv:", "tr:",
];

/// The Message-ID, without angle brackets, of a mail that goes out as this message of the ticket.
#[must_use]
pub fn reply_ids(desk: &Desk, ticket: &Ticket, message_id: Uuid) -> String {
    Token::new(&token_key(desk), ticket.id, message_id).message_id(&desk.config.mail.domain)
}

/// The key of the tokens in our Message-IDs and plus-addresses.
#[must_use]
pub fn token_key(desk: &Desk) -> [u8; 32] {
    desk.db.key().derive("mail tokens")
}

impl Post for Desk {
    fn mail_id(&self, ticket: &Ticket, message_id: Uuid) -> String {
        reply_ids(self, ticket, message_id)
    }

    fn subject(&self, ticket: &Ticket) -> String {
        subject(ticket)
    }

    fn continues(&self, mails: &[ThreadMail]) -> (Option<String>, Vec<String>) {
        let threading = threading(mails);
        (threading.in_reply_to, threading.references)
    }
}

/// The subject of a mail of ours: what comes back with it finds its ticket.
#[must_use]
pub fn subject(ticket: &Ticket) -> String {
    format!("Re: [#{}] {}", ticket.number, ticket.title)
}

/// A subject without `Re:`, `AW:`, `WG:` and without numbers of ours.
#[must_use]
pub fn bare_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let lower = rest.to_lowercase();
        let prefix = PREFIXES.iter().find(|prefix| lower.starts_with(**prefix));
        let after_number = rest
            .strip_prefix("[#")
            .and_then(|inner| inner.split_once(']'))
            .filter(|(inner, _)| number::parse(inner).is_some())
            .map(|(_, after)| after);
        rest = match (prefix, after_number) {
            // Prefixes are ASCII, so their length is the same in both.
            (Some(prefix), _) => rest[prefix.len()..].trim_start(),
            (None, Some(after)) => after.trim_start(),
            (None, None) => return rest.to_owned(),
        };
    }
}

/// Whether a subject says that the mail hands on another one.
#[must_use]
pub fn is_forward(subject: &str) -> bool {
    let lower = subject.trim_start().to_lowercase();
    ["wg:", "fw:", "fwd:", "wtr:", "weitergeleitet:"]
        .iter()
        .any(|prefix| lower.starts_with(prefix))
}

/// The ids an answer names: what it answers and everything before that, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Threading {
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
}

/// Which of the mails to and from an audience, oldest first, an answer continues.
#[must_use]
pub fn threading(mails: &[ThreadMail]) -> Threading {
    let came_in = |mail: &&ThreadMail| mail.direction == Direction::In;
    let Some(last) = mails
        .iter()
        .rfind(|mail| came_in(mail) && !mail.is_by_machine())
        .or_else(|| mails.iter().rfind(came_in))
        .or_else(|| mails.last())
    else {
        return Threading::default();
    };
    let earlier = last.mail_references.iter().flat_map(|ids| ids.split(' '));
    Threading {
        in_reply_to: Some(last.mail_id.clone()),
        references: earlier
            .chain([last.mail_id.as_str()])
            .map(str::to_owned)
            .collect(),
    }
}

/// Whom an answer to all goes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    pub to: Vec<Address>,
    /// Whoever else the answered mail named, without us; for *answer all*.
    pub cc: Vec<Address>,
}

/// Who wrote last to this audience's part of the thread, a machine only when no person did; `own` are the addresses
/// of our mailboxes.
#[must_use]
pub fn recipients(thread: &[ThreadEntry], audience: Audience, own: &[String]) -> Recipients {
    let is_own = |a: &Address| own.iter().any(|own| own.eq_ignore_ascii_case(&a.address));
    let newest = || {
        let all = thread.iter().rev().map(|entry| &entry.message);
        all.filter(|m| m.audience == audience && m.direction == Direction::In)
    };
    let can_be_answered = |p: &Addresses| p.from.is_some() || !p.reply_to.is_empty();
    let people = newest()
        .filter(|m| !m.is_by_machine())
        .map(Message::parties);
    let found = people
        .chain(newest().map(Message::parties))
        .find(can_be_answered);
    let Some(named) = found else {
        return Recipients::default();
    };
    let to: Vec<Address> = if named.reply_to.is_empty() {
        named.from.into_iter().collect()
    } else {
        named.reply_to
    };
    let mut cc: Vec<Address> = Vec::new();
    for other in named.to.into_iter().chain(named.cc) {
        let known = |list: &[Address]| {
            list.iter()
                .any(|a| a.address.eq_ignore_ascii_case(&other.address))
        };
        if !is_own(&other) && !known(&to) && !known(&cc) {
            cc.push(other);
        }
    }
    Recipients { to, cc }
}

/// What a message says, as the quotation below an answer: an introduction and lines with `> `.
#[must_use]
pub fn quotation(message: &Message, author: Option<&str>, locale: Locale, now: &Now) -> String {
    let from = message.parties().from;
    let name = author
        .map(str::to_owned)
        .or_else(|| from.map(|from| from.name.unwrap_or(from.address)))
        .unwrap_or_default();
    let local = now.local(message.created_at);
    let (day, time) = (local.date_naive(), local.time());
    let at = format!("{}, {}", locale.date(day), locale.time_of_day(time));
    let introduction = locale.t_with(
        "mail-quotation",
        &[("at", at.into()), ("name", name.into())],
    );
    let fresh = quote::split(&message.body).fresh;
    let cut = fresh.chars().nth(MOST_QUOTED_CHARS).is_some();
    let fresh: String = fresh.chars().take(MOST_QUOTED_CHARS).collect();
    let mut quoted: Vec<String> = fresh.lines().map(|line| format!("> {line}")).collect();
    if cut {
        quoted.push("> […]".to_owned());
    }
    format!("{introduction}\n{}\n", quoted.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_loses_what_programs_put_before_it() {
        let number = number::format(2026, 11418);
        let subject = format!("AW: WG: Re: [#{number}] Antw: Kita-Gutschein");
        assert_eq!(bare_subject(&subject), "Kita-Gutschein");
        assert_eq!(bare_subject("[#12] Rechnung"), "[#12] Rechnung");
        assert_eq!(bare_subject(" Re: "), "");
        assert_eq!(bare_subject("Ähre: reif"), "Ähre: reif");
    }
}
