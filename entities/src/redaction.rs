//! What must not leave the desk unseen: names, addresses, birth dates, numbers of cases and accounts in German texts.

mod dates;
mod iban;
mod names;
mod numbers;
mod patterns;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What stands in place of something blacked out; always as long, so that its length tells nothing.
pub const BLACK: &str = "█████";

/// What sort of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Name,
    MailAddress,
    Phone,
    PostalAddress,
    CaseNumber,
    BirthDate,
    Iban,
}

impl Kind {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Kind; 7] = [
        Kind::Name,
        Kind::MailAddress,
        Kind::Phone,
        Kind::PostalAddress,
        Kind::CaseNumber,
        Kind::BirthDate,
        Kind::Iban,
    ];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::MailAddress => "mail_address",
            Kind::Phone => "phone",
            Kind::PostalAddress => "postal_address",
            Kind::CaseNumber => "case_number",
            Kind::BirthDate => "birth_date",
            Kind::Iban => "iban",
        }
    }

    /// Reads a stored name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What is known beside the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Of persons the ticket has to do with, in full.
    pub names: Vec<String>,
    /// Numbers that lead to a case, as they are written.
    pub numbers: Vec<String>,
    /// A date well before it may be somebody's birth.
    pub today: NaiveDate,
}

/// Something found, by its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    pub from: usize,
    pub to: usize,
    /// As it is written.
    pub text: String,
}

/// Everything found in a text, in its order; no two overlap.
pub fn find(text: &str, known: &Known) -> Vec<Finding> {
    let mut search = Search {
        text,
        rest: text.to_owned(),
        found: Vec::new(),
    };
    // What is certain goes first; what is left of the text is looked at for the others.
    search.take(Kind::Iban, iban::spans);
    search.take(Kind::MailAddress, patterns::mail_addresses);
    search.take(Kind::BirthDate, |rest| dates::births(rest, known.today));
    search.take(Kind::CaseNumber, |rest| {
        numbers::spans(rest, &known.numbers)
    });
    search.take(Kind::CaseNumber, patterns::case_numbers);
    search.take(Kind::Phone, patterns::phones);
    search.take(Kind::PostalAddress, patterns::postal_addresses);
    search.take(Kind::Name, |rest| names::spans(rest, &known.names));
    search.found.sort_by_key(|one| one.from);
    search.found
}

/// The text with those findings blacked out that are to be.
pub fn black(text: &str, known: &Known, is_black: impl Fn(&Finding) -> bool) -> String {
    replace(text, known, |one| is_black(one).then_some(BLACK))
}

/// The text with words in place of those findings that get some.
pub fn replace<'a>(
    text: &str,
    known: &Known,
    words: impl Fn(&Finding) -> Option<&'a str>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for one in find(text, known) {
        let Some(words) = words(&one) else { continue };
        out.push_str(&text[at..one.from]);
        out.push_str(words);
        at = one.to;
    }
    out.push_str(&text[at..]);
    out
}

/// From the first byte to the one behind the last.
type Span = (usize, usize);

struct Search<'a> {
    text: &'a str,
    /// The text with what was found already made unreadable, byte for byte.
    rest: String,
    found: Vec<Finding>,
}

impl Search<'_> {
    fn take(&mut self, kind: Kind, spans: impl Fn(&str) -> Vec<Span>) {
        for (from, to) in spans(&self.rest) {
            self.found.push(Finding {
                kind,
                from,
                to,
                text: self.text[from..to].to_owned(),
            });
            self.rest
                .replace_range(from..to, &"\u{1}".repeat(to - from));
        }
    }
}
