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
use crate::locale::Now;
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
        let locale = values.locale;
        let held = |name: &str| values.value(name).filter(|value| !value.trim().is_empty());
        let postal = match ticket.organisation_id {
            Some(id) => organisation::list::postal_address(db, id).await?,
            None => None,
        };
        let mut to: Vec<String> = [held("organisation"), held("address")]
            .into_iter()
            .flatten()
            .collect();
        to.extend(postal.unwrap_or_default().lines().map(str::to_owned));
        to.truncate(MOST_LINES);
        let facts = [
            ("letter-fact-reference", held("number")),
            ("letter-fact-agent", held("agent")),
            ("letter-fact-phone", held("agent_phone")),
            ("letter-fact-email", held("agent_email")),
            ("letter-fact-date", held("today")),
        ];
        let facts = facts
            .into_iter()
            .filter_map(|(key, value)| Some((locale.t(key), value?)))
            .collect();
        let mut sender = head.sender.into_iter();
        let about = [
            ("title", ticket.title.as_str().into()),
            ("number", ticket.number.as_str().into()),
        ];
        let pages = [("number", "#n".into()), ("count", "#c".into())];
        Ok(Plain {
            language: locale.code().to_owned(),
            sender: sender.next().unwrap_or_default(),
            sender_lines: sender.collect(),
            contact: head.contact,
            to,
            facts,
            subject: locale.t_with("letter-subject", &about),
            text,
            pages: locale.t_with("letter-pages", &pages),
        })
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
