//! A letter as the source of letters reads it: fitted to the fonts, its text in blocks.

use serde::Serialize;

use super::Plain;
use super::blocks::{Block, blocks};
use super::glyphs::{breakable, fit};

/// A letter as it is set.
#[derive(Debug, Serialize)]
pub struct Set {
    language: String,
    title: String,
    author: String,
    sender: Sender,
    /// The sender once more, small, above the address in the window.
    back: String,
    to: Vec<String>,
    facts: Vec<Fact>,
    contact: Vec<String>,
    subject: String,
    pages: String,
    blocks: Vec<Block>,
}

#[derive(Debug, Serialize)]
struct Sender {
    name: String,
    lines: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: String,
    value: String,
}

impl Set {
    pub fn of(letter: &Plain) -> Set {
        let one = |text: &str| breakable(&fit(text));
        let all = |lines: &[String]| lines.iter().map(|line| one(line)).collect::<Vec<_>>();
        let sender = Sender {
            name: one(&letter.sender),
            lines: all(&letter.sender_lines),
        };
        let fact = |(label, value): &(String, String)| Fact {
            label: one(label),
            value: one(value),
        };
        Set {
            language: letter.language.clone(),
            title: fit(&letter.subject),
            author: sender.name.clone(),
            back: one(&letter.sender_in_one_line()),
            sender,
            to: all(&letter.to),
            facts: letter.facts.iter().map(fact).collect(),
            contact: all(&letter.contact),
            subject: one(&letter.subject),
            pages: fit(&letter.pages),
            blocks: blocks(&letter.text),
        }
    }
}
