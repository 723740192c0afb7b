//! Which mails a machine wrote, and which must never get an automatic answer.

use super::{Header, Mail, Source, bounce};

/// Headers whose mere presence forbids an automatic answer.
const FORBIDDING: [&str; 6] = [
    "List-Id",
    "List-Unsubscribe",
    "Mailing-List",
    "X-Loop",
    "X-No-Loop",
    "X-Auto-Response-Suppress",
];

/// Headers that only machines set.
const MACHINE: [&str; 4] = [
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Response-Suppress",
];

/// Beginnings of subjects by which absence notes without any header are known.
pub(super) const ABSENCE: [&str; 8] = [
    "automatische antwort:",
    "automatische antwort ",
    "automatic reply:",
    "abwesenheitsnotiz",
    "abwesenheitsbenachrichtigung",
    "abwesend:",
    "out of office:",
    "auto-antwort:",
];

/// Local parts nobody reads.
const UNREAD: [&str; 5] = ["mailer-daemon", "postmaster", "abuse", "root", "noreply"];

pub(super) fn mark(source: &Source<'_>, mail: &mut Mail) {
    let found = |name: &str| {
        source.header(name).map(|value| Header {
            name: name.to_owned(),
            value,
        })
    };
    // A relay may add a second line; one that speaks of a machine is enough.
    let said = |name: &str, of_a_machine: &dyn Fn(&str) -> bool| {
        let lines = source.headers(name).into_iter();
        let mut lines = lines.map(|value| (word(&value), value));
        lines
            .find(|(word, _)| of_a_machine(word))
            .map(|(_, value)| Header {
                name: name.to_owned(),
                value,
            })
    };
    let submitted = said("Auto-Submitted", &|word| word != "no");
    let precedence_is = |words: &[&str]| said("Precedence", &|word| words.contains(&word));
    let null_path = mail
        .return_path
        .as_ref()
        .filter(|path| path.is_empty())
        .map(|_| Header {
            name: "Return-Path".to_owned(),
            value: "<>".to_owned(),
        });
    let report = bounce::report_type(source).and_then(|_| found("Content-Type"));
    let in_words = found("From").filter(|_| mail.bounce.is_some());
    let list = found("List-Id").or_else(|| found("Mailing-List"));
    let to_many = list.clone().or_else(|| found("List-Unsubscribe"));

    mail.auto_generated = submitted
        .clone()
        .or_else(|| MACHINE.iter().find_map(|name| found(name)))
        .or_else(|| precedence_is(&["auto_reply", "auto-reply"]))
        // Old list servers mark what people write with `bulk` too.
        .or_else(|| precedence_is(&["bulk", "junk"]).filter(|_| list.is_none()))
        .or_else(|| null_path.clone())
        .or_else(|| absence_subject(mail))
        .or_else(|| report.clone())
        .or_else(|| in_words.clone());
    mail.bulk = to_many
        .clone()
        .or_else(|| precedence_is(&["bulk", "list", "junk"]));
    mail.suppressions = submitted
        .into_iter()
        .chain(precedence_is(&[
            "bulk",
            "list",
            "junk",
            "auto_reply",
            "auto-reply",
        ]))
        .chain(FORBIDDING.iter().filter_map(|name| found(name)))
        .chain(MACHINE[..3].iter().filter_map(|name| found(name)))
        .chain(null_path)
        .chain(absence_subject(mail))
        .chain(report)
        .chain(in_words)
        .collect();
}

impl Mail {
    /// Whether somebody is away: what a machine answered for a person, or a subject that says so.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        let Some(header) = &self.auto_generated else {
            return false;
        };
        let answers = self.in_reply_to.is_some() && self.bounce.is_none();
        let replied = header
            .value
            .trim_start()
            .get(..12)
            .is_some_and(|word| word.eq_ignore_ascii_case("auto-replied"));
        absence_subject(self).is_some() || replied || (answers && self.bulk.is_none())
    }
}

/// The first word of a header, in lower case, without parameters and comments.
fn word(value: &str) -> String {
    let word = value.split([';', '(', ',']).next().unwrap_or_default();
    word.trim().to_ascii_lowercase()
}

fn absence_subject(mail: &Mail) -> Option<Header> {
    let subject = mail.subject.as_ref()?;
    let lower = subject.to_lowercase();
    ABSENCE
        .iter()
        .any(|start| lower.starts_with(start))
        .then(|| Header {
            name: "Subject".to_owned(),
            value: subject.clone(),
        })
}

/// The header that forbids an automatic answer; own addresses and tokens are for the caller to know.
#[must_use]
pub fn suppressed_by(mail: &Mail) -> Option<Header> {
    if let Some(header) = mail.suppressions.first() {
        return Some(header.clone());
    }
    let name = if mail.reply_to.is_empty() {
        "From"
    } else {
        "Reply-To"
    };
    let recipients = mail.answer_to();
    if recipients.is_empty() {
        return Some(Header {
            name: name.to_owned(),
            value: String::new(),
        });
    }
    let unread = recipients.iter().find(|to| is_unread(&to.address))?;
    Some(Header {
        name: name.to_owned(),
        value: unread.address.clone(),
    })
}

/// Whether an address belongs to a machine: `noreply`, `no-reply`, `do_not_reply`, `mailer-daemon` …
fn is_unread(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    let local = local.to_ascii_lowercase();
    let local = local.split('+').next().unwrap_or_default();
    let squeezed: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
    UNREAD.contains(&local)
        || ["noreply", "donotreply", "nichtantworten", "keineantwort"]
            .iter()
            .any(|word| squeezed.starts_with(word) || squeezed.ends_with(word))
}
