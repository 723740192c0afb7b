//! Plain letters: what a text block or an answer says on the desk's own paper, by DIN 5008 and without a word processor.
//!
//! What a letter says comes from strangers too. It is data for a fixed source, read and set by a process of its own
//! without settings, with little memory and time, which has nothing but fonts and this one letter.

pub mod apart;
pub mod text;

mod blocks;
mod glyphs;
mod paper;
mod set;

use chrono::{Datelike as _, Timelike as _};
use entities::ticket::Ticket;
use entities::{Db, organisation};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::locale::{Locale, Now};
use crate::text_blocks::letterhead::Letterhead;
use crate::text_blocks::values::Values;

pub use glyphs::lacking;

/// The most bytes of what a letter says.
pub const MOST_BYTES: usize = 250_000;
/// Lines that the window of an envelope shows.
const MOST_LINES: usize = 9;

/// A letter before it is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plain {
    /// `de` or `en`.
    pub language: String,
    /// The name of the desk.
    pub sender: String,
    /// What stands below it.
    pub sender_lines: Vec<String>,
    /// How the desk is reached, beside the window.
    pub contact: Vec<String>,
    /// Whom it goes to, line by line, for the window of an envelope.
    pub to: Vec<String>,
    /// What stands beside the window: names and words.
    pub facts: Vec<(String, String)>,
    pub subject: String,
    /// Markdown.
    pub text: String,
    /// `Seite #n von #c`.
    pub pages: String,
}

/// What a letter is made from, before it is worded.
pub struct Parts<'a> {
    pub locale: Locale,
    pub head: Letterhead,
    pub to: Receiver,
    pub writer: Writer,
    /// The day it is dated, in words.
    pub day: String,
    /// The number of its ticket.
    pub number: &'a str,
    pub title: &'a str,
    /// Markdown.
    pub text: String,
}

/// Whom a letter goes to, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receiver {
    pub organisation: Option<String>,
    pub person: Option<String>,
    /// Street and town, line by line.
    pub postal: Option<String>,
}

/// Who answers for a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl Receiver {
    /// The lines for the window of an envelope.
    fn lines(self) -> Vec<String> {
        let names = [self.organisation, self.person].into_iter().flatten();
        let postal = self.postal.unwrap_or_default();
        let postal = postal.lines().map(str::to_owned);
        let lines = names.chain(postal).filter(|line| !line.trim().is_empty());
        lines.take(MOST_LINES).collect()
    }
}

impl Parts<'_> {
    /// The letter in its words.
    pub fn letter(self) -> Plain {
        let locale = self.locale;
        let facts = [
            ("letter-fact-reference", Some(self.number.to_owned())),
            ("letter-fact-agent", self.writer.name),
            ("letter-fact-phone", self.writer.phone),
            ("letter-fact-email", self.writer.email),
            ("letter-fact-date", Some(self.day)),
        ];
        let facts = facts.into_iter().filter_map(|(key, value)| {
            let value = value.filter(|value| !value.trim().is_empty())?;
            Some((locale.t(key), value))
        });
        let mut sender = self.head.sender.into_iter();
        let about = [("title", self.title.into()), ("number", self.number.into())];
        let pages = [("number", "#n".into()), ("count", "#c".into())];
        Plain {
            language: locale.code().to_owned(),
            sender: sender.next().unwrap_or_default(),
            sender_lines: sender.collect(),
            contact: self.head.contact,
            to: self.to.lines(),
            facts: facts.collect(),
            subject: locale.t_with("letter-subject", &about),
            text: self.text,
            pages: locale.t_with("letter-pages", &pages),
        }
    }
}

impl Plain {
    /// A letter about a ticket with this text, which somebody has read and found fit to be sent.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(
        db: &Db,
        head: Letterhead,
        ticket: &Ticket,
        values: &Values,
        text: String,
    ) -> Result<Plain> {
        let parts = Parts {
            locale: values.locale,
            head,
            to: Receiver {
                organisation: values.value("organisation"),
                person: values.value("address"),
                postal: organisation::list::postal_address(db, ticket.organisation_id).await?,
            },
            writer: Writer {
                name: values.value("agent"),
                phone: values.value("agent_phone"),
                email: values.value("agent_email"),
            },
            day: values.value("today").unwrap_or_default(),
            number: &ticket.number,
            title: &ticket.title,
            text,
        };
        Ok(parts.letter())
    }

    /// The sender in one line, as it stands above the address in the window.
    pub fn sender_in_one_line(&self) -> String {
        let lines = std::iter::once(&self.sender).chain(&self.sender_lines);
        let lines: Vec<&str> = lines.map(String::as_str).collect();
        lines.join(" \u{b7} ")
    }

    /// The letter as PDF, made now.
    ///
    /// # Errors
    /// Why none came of it.
    pub async fn pdf(&self, program: &std::path::Path, now: Now) -> anyhow::Result<Vec<u8>> {
        anyhow::ensure!(self.text.len() <= MOST_BYTES, "the letter is too long");
        let at = now.at.naive_utc();
        let two = |number: u32| u8::try_from(number).unwrap_or_default();
        let sheet = apart::Sheet {
            letter: self.clone(),
            year: at.year(),
            rest: [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(two),
        };
        apart::set(program, &sheet).await
    }
}
