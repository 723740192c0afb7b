//! Delivery reports in words only, as servers wrote them before RFC 3464 and some still do.

use super::bounce::{self, Bounce};
use super::{Mail, Source, headers};

/// Local parts by which mail servers write.
const MACHINES: [&str; 6] = [
    "mailer-daemon",
    "mailerdaemon",
    "postmaster",
    "mail-daemon",
    "mail.daemon",
    "mdaemon",
];

/// What subjects of reports contain.
const SUBJECTS: [&str; 34] = [
    "mail delivery failed",
    "mail delivery failure",
    "mail delivery error",
    "mail delivery problem",
    "mail delivery warning",
    "mail failure",
    "mail system error",
    "message could not be delivered",
    "message not delivered",
    "message delivery failure",
    "message delayed",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "delivery report",
    "delivery status notification",
    "delivery notification",
    "delivery delayed",
    "delivery incomplete",
    "delayed mail",
    "failure notice",
    "returned mail",
    "returned to sender",
    "undeliverable",
    "undelivered",
    "unable to deliver",
    "unzustellbar",
    "nicht zustellbar",
    "nicht zugestellt",
    "zustellung fehlgeschlagen",
    "zustellung verzögert",
    "zustellungsfehler",
    "zustellfehler",
    "nondeliverable mail",
];

/// What texts of reports contain near their beginning.
const TEXTS: [&str; 23] = [
    "this is the qmail-send program",
    "created automatically by mail delivery software",
    "could not be delivered",
    "cannot be delivered",
    "was not delivered",
    "wasn't able to deliver",
    "was unable to deliver",
    "were unable to deliver",
    "unable to deliver your message",
    "delivery to the following recipient",
    "following addresses had permanent fatal errors",
    "did not reach the following recipient",
    "did not reach some or all",
    "could not be reached",
    "has not been delivered",
    "has been delayed",
    "konnte nicht zugestellt werden",
    "konnten nicht zugestellt werden",
    "nicht zugestellt werden konnte",
    "konnte bisher nicht zugestellt werden",
    "konnte noch nicht zugestellt werden",
    "wurde nicht übermittelt",
    "nicht an folgende empfänger",
];

/// What is only said of a message the server goes on trying to deliver.
const DELAYS: [&str; 14] = [
    "message delayed",
    "delivery delayed",
    "delayed mail",
    "has been delayed",
    "warning: message",
    "not yet been delivered",
    "has not been delivered to one or more of its recipients after",
    "(delay)",
    "do not need to resend",
    "delivery attempts will continue",
    "zustellung verzögert",
    "konnte bisher nicht zugestellt",
    "konnte noch nicht zugestellt",
    "weitere zustellversuche",
];

/// Lines after which the returned message stands.
const ORIGINALS: [&str; 15] = [
    "this is a copy of your message",
    "this is a copy of the message",
    "below this line is a copy of the message",
    "the header of the original message is following",
    "the headers of the original message",
    "original message follows",
    "original message headers",
    "original message header",
    "-----original message",
    "----- original message",
    "--- original message",
    "----- unsent message follows",
    "message header follows",
    "kopie der nachricht",
    "-- ursprüngliche nachricht",
];

/// The part of a report that says what happened; reports are short, returned messages may not be.
const MOST_BYTES: usize = 16 * 1024;

/// Whether a mail server wrote: its address, or the null path that only machines use.
pub(super) fn from_machine(source: &Source<'_>, mail: &Mail) -> bool {
    let local = mail.from.as_ref().map(|from| {
        let local = from.address.split('@').next().unwrap_or_default();
        local.to_ascii_lowercase()
    });
    mail.return_path.as_deref() == Some("")
        || local.is_some_and(|local| MACHINES.contains(&local.as_str()))
        || source.header("X-Failed-Recipients").is_some()
}

pub(super) fn bounce(source: &Source<'_>, mail: &Mail) -> Option<Bounce> {
    if !from_machine(source, mail) || is_absence(mail) {
        return None;
    }
    let words = said(&mail.text);
    let lower = words.to_lowercase();
    let subject = mail.subject.as_deref().unwrap_or_default().to_lowercase();
    let named = source.header("X-Failed-Recipients");
    let speaks = named.is_some()
        || SUBJECTS.iter().any(|phrase| subject.contains(phrase))
        || TEXTS.iter().any(|phrase| flat(&lower).contains(phrase));
    if !speaks {
        return None;
    }
    let is_delay = DELAYS
        .iter()
        .any(|phrase| subject.contains(phrase) || flat(&lower).contains(phrase));
    let named = named.unwrap_or_default();
    let found = Found::of(words, mail);
    let mut recipients: Vec<String> = named
        .split(',')
        .map(|address| address.trim().to_owned())
        .filter(|address| address.contains('@'))
        .collect();
    for address in found.recipients {
        if !recipients.contains(&address) {
            recipients.push(address);
        }
    }
    let mut recipients = recipients.into_iter();
    let returned_id = bounce::original_id(source).or_else(|| id_in(&mail.text));
    // Without anybody and without any message there is nothing to attach it to.
    if recipients.len() == 0 && returned_id.is_none() && mail.answered_ids().next().is_none() {
        return None;
    }
    Some(Bounce {
        recipient: recipients.next(),
        action: Some(if is_delay { "delayed" } else { "failed" }.to_owned()),
        status: status(words),
        diagnostic: found.diagnostic,
        reporting_mta: None,
        original_message_id: returned_id.or_else(|| mail.answered_ids().next().map(str::to_owned)),
        further_recipients: recipients.collect(),
    })
}

/// Absence notes go out with a null path too.
fn is_absence(mail: &Mail) -> bool {
    let subject = mail.subject.as_deref().unwrap_or_default().to_lowercase();
    super::automatic::ABSENCE
        .iter()
        .any(|start| subject.starts_with(start))
}

/// What the server says, without the message it returns.
fn said(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.to_lowercase();
        if at > MOST_BYTES || ORIGINALS.iter().any(|mark| lower.contains(mark)) {
            break;
        }
        at += line.len();
    }
    let mut most = at.min(MOST_BYTES);
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    &text[..most]
}

/// One line, since phrases break anywhere.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Found {
    recipients: Vec<String>,
    diagnostic: Option<String>,
}

impl Found {
    /// Recipients stand at the beginning of a line, alone or before the reason; else anywhere.
    fn of(words: &str, mail: &Mail) -> Self {
        let ours: Vec<&str> = mail
            .to
            .iter()
            .chain(&mail.cc)
            .chain(&mail.from)
            .map(|known| known.address.as_str())
            .collect();
        let is_ours = |address: &str| ours.iter().any(|own| own.eq_ignore_ascii_case(address));
        let mut found = Self::default();
        let lines: Vec<&str> = words.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let Some((address, rest)) = leading_address(line) else {
                continue;
            };
            if is_ours(&address) || found.recipients.contains(&address) {
                continue;
            }
            if found.recipients.is_empty() {
                found.diagnostic = reason(rest, &lines[index + 1..]);
            }
            found.recipients.push(address);
        }
        if found.recipients.is_empty() {
            found.recipients = words
                .split(|c: char| c.is_whitespace() || "<>()[],;:'\"".contains(c))
                .filter(|word| is_address(word) && !is_ours(word))
                .take(1)
                .map(|word| word.trim_end_matches('.').to_owned())
                .collect();
        }
        if found.diagnostic.is_none() {
            found.diagnostic = lines.iter().find(|line| has_reply_code(line)).map(tidy);
        }
        found
    }
}

/// An address at the beginning of a line, with what follows it.
fn leading_address(line: &str) -> Option<(String, &str)> {
    let line = line.trim();
    let start = line.trim_start_matches(['<', '"', '\'', '*', '-', ' ']);
    let end = start
        .find(|c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c))
        .unwrap_or(start.len());
    let address = start[..end].trim_end_matches('.');
    if !is_address(address) {
        return None;
    }
    let rest = start[end..].trim_start_matches(['>', '"', '\'', ')', ':', ',', ' ']);
    // Old Exchange servers put the time of the failure there.
    if rest.starts_with("on ") {
        return Some((address.to_owned(), ""));
    }
    // A sentence that begins with an address is not a list of recipients.
    let is_alone = rest.is_empty() || start[end..].contains([':', '>', '(']);
    let inner = rest.trim().strip_prefix('(');
    let inner = inner.and_then(|rest| rest.strip_suffix(')'));
    is_alone.then(|| (address.to_owned(), inner.unwrap_or(rest.trim())))
}

fn is_address(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && domain
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    })
}

/// The rest of the recipient's line and the lines below it, to the next empty one.
fn reason(rest: &str, below: &[&str]) -> Option<String> {
    let lines = below
        .iter()
        .take_while(|line| !line.trim().is_empty() && leading_address(line).is_none())
        .take(12);
    let all: Vec<&str> = std::iter::once(&rest).chain(lines).copied().collect();
    Some(flat(&all.join(" "))).filter(|reason| !reason.is_empty())
}

fn tidy(line: &&str) -> String {
    flat(line)
}

/// Whether a line quotes a server: `550 …`, `552-…`, or a status such as `5.1.1`.
fn has_reply_code(line: &str) -> bool {
    let code = line.split_whitespace().any(|word| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
        digits.len() == 3
            && (digits.starts_with('5') || digits.starts_with('4'))
            && digits.as_bytes()[1] <= b'5'
            && word.starts_with(['5', '4', '('])
    });
    code || status(line).is_some()
}

/// The first enhanced status code; addresses of hosts have four numbers.
fn status(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_matches('.'))
        .find(|word| {
            let numbers: Vec<&str> = word.split('.').collect();
            numbers.len() == 3
                && matches!(numbers[0], "2" | "4" | "5")
                && numbers[1..].iter().all(|n| (1..=3).contains(&n.len()))
        })
        .map(str::to_owned)
}

/// A Message-ID in header lines that stand in the text, quoted or not.
pub(super) fn id_in(text: &str) -> Option<String> {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_start_matches(['>', ' ', '|', '\t']);
        let is_id = line
            .get(..11)
            .is_some_and(|name| name.eq_ignore_ascii_case("message-id:"));
        if !is_id {
            continue;
        }
        let mut value = line[11..].to_owned();
        if value.trim().is_empty() {
            value.push_str(lines.peek().copied().unwrap_or_default());
        }
        if let Some(id) = headers::ids(&value).into_iter().next() {
            return Some(id);
        }
    }
    None
}
