//! What stands in the composer: the fields of its form, and the same fields as a draft.

use entities::Uuid;
use entities::draft::Mode;
use entities::ticket::Then;
use serde::{Deserialize, Serialize};

use crate::tickets::shares::gate::Decided;
use crate::web::parts::named;

/// The fields of the composer. Each mode uses some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Written {
    #[serde(skip_serializing)]
    pub mode: String,
    pub text: String,
    pub to: String,
    pub cc: String,
    pub bcc: String,
    pub subject: String,
    /// The articles that were put in, each with its version: `ID:2`.
    pub articles: String,
    /// Who was chosen behind an `@`, by their ids.
    pub mentions: String,
    /// Where the cursor stood when a button was pressed, as browsers count; a range where something is to be marked.
    #[serde(skip_serializing)]
    pub cursor: String,
    /// The text blocks that were put in.
    pub blocks: String,
    /// Those of them that are not to do what they do besides.
    pub left: String,
    /// What called a text block, as it was typed: `::umg`.
    #[serde(skip_serializing)]
    pub called: String,
    /// What the answer began with, by itself.
    pub opening: String,
    /// The message that is sent along below the text; empty for none.
    pub quote: String,
    /// What becomes of the ticket: `waiting`, `open`, `vendor` or `solved`.
    pub then: String,
    /// Why it is solved.
    pub reason: String,
    /// Not empty: the solution helps others too.
    pub reusable: String,
    /// `in` or `out`.
    pub direction: String,
    /// Who was on the phone.
    pub person_id: String,
    pub person: String,
    pub minutes: String,
    /// Minutes of work that are booked along.
    pub effort: String,
    /// The timer that measured them.
    pub effort_timer: String,
    /// When the composer was opened.
    pub opened: String,
    /// The share of the vendor that is written to.
    pub share: String,
    /// Not empty: to the vendor by mail too.
    pub by_mail: String,
    /// What was found in what goes to a vendor, and what was decided.
    #[serde(skip_serializing)]
    pub found: Vec<String>,
    #[serde(skip_serializing)]
    pub decide: Vec<String>,
    #[serde(skip_serializing)]
    pub reason_for: Vec<String>,
    /// How many messages the ticket had when the form was drawn.
    #[serde(skip_serializing)]
    pub count: Option<i32>,
    #[serde(skip_serializing)]
    pub once: String,
    /// Sends although somebody else wrote meanwhile; the value is what `then` would have been.
    #[serde(skip_serializing)]
    pub anyway: String,
    /// Opens the next ticket after sending.
    #[serde(skip_serializing)]
    pub next: String,
    /// What to do with the draft instead of sending it.
    #[serde(skip_serializing)]
    pub act: String,
}

impl Written {
    /// The mode of the form; a reply when it names none.
    pub fn mode(&self) -> Mode {
        match Mode::from_name(&self.mode) {
            Some(Mode::New) | None => Mode::Reply,
            Some(mode) => mode,
        }
    }

    /// The text blocks that were put in, in their order.
    pub fn block_ids(&self) -> Vec<Uuid> {
        ids(&self.blocks)
    }

    /// Those of them that only say something.
    pub fn left_ids(&self) -> Vec<Uuid> {
        ids(&self.left)
    }

    /// Whether nothing was written but what stood there by itself.
    pub fn is_untouched(&self) -> bool {
        let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        let text = plain(&self.text);
        text.is_empty() || text == plain(&self.opening)
    }

    /// The byte at which the cursor stood.
    pub fn place(&self) -> usize {
        place_of(&self.text, &self.cursor)
    }

    /// A part of the text as browsers count.
    pub fn range(&self, from: usize, to: usize) -> String {
        let units = |to: usize| self.text[..to].encode_utf16().count();
        match from == to {
            true => units(from).to_string(),
            false => format!("{}-{}", units(from), units(to)),
        }
    }

    /// Puts a piece where the cursor stood, or at the end, as a paragraph of its own.
    pub fn put(&mut self, piece: &str) {
        let at = self.place();
        let (before, behind) = self.text.split_at(at);
        let (before, behind) = (before.trim_end(), behind.trim_start());
        let gap = |side: &str| if side.is_empty() { "" } else { "\n\n" };
        let up_to = format!("{before}{}{piece}", gap(before));
        self.cursor = up_to.encode_utf16().count().to_string();
        self.text = format!("{up_to}{}{behind}", gap(behind));
    }

    /// Reads a draft; a damaged one is an empty one.
    pub fn of_draft(content: &str) -> Option<Written> {
        serde_json::from_str(content).ok()
    }

    /// The form of a draft.
    pub fn to_draft(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What becomes of the ticket; the error names the field at fault.
    pub fn then(&self) -> Result<Then, Fault> {
        let chosen = if self.anyway.is_empty() {
            &self.then
        } else {
            &self.anyway
        };
        match chosen.as_str() {
            "open" => Ok(Then::Open),
            "vendor" => Ok(Then::WaitForVendor),
            "solved" => named(&self.reason).map(Then::Solve).ok_or(Fault {
                field: REASON,
                key: "rejected-reason-missing",
            }),
            _ => Ok(Then::WaitForRequester),
        }
    }

    /// Whether the ticket is solved by it.
    pub fn solves(&self) -> bool {
        matches!(self.then(), Ok(Then::Solve(_)))
    }

    /// The minutes of a call; nothing typed is none.
    pub fn minutes(&self) -> Result<Option<i32>, Fault> {
        let typed = self.minutes.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        typed
            .parse()
            .ok()
            .filter(|minutes| (0..=1440).contains(minutes))
            .map(Some)
            .ok_or(Fault {
                field: MINUTES,
                key: "composer-minutes-fault",
            })
    }

    /// Who was on the phone, when a known person was picked.
    pub fn person_id(&self) -> Option<Uuid> {
        Uuid::try_parse(&self.person_id).ok()
    }

    /// What was decided about findings.
    pub fn decided(&self) -> Decided<'_> {
        Decided {
            found: &self.found,
            decide: &self.decide,
            reason: &self.reason_for,
            all_black: self.act == "black",
        }
    }

    /// The key of the form; none when it is not one of ours.
    pub fn once(&self) -> Option<String> {
        Uuid::try_parse(&self.once)
            .ok()
            .map(|key| key.simple().to_string())
    }
}

fn ids(names: &str) -> Vec<Uuid> {
    let names = names.split_whitespace();
    names.filter_map(|id| Uuid::try_parse(id).ok()).collect()
}

/// A fault of a field that no value explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: &'static str,
    pub key: &'static str,
}

pub const TO: &str = "composer-to";
pub const CC: &str = "composer-cc";
pub const BCC: &str = "composer-bcc";
pub const SUBJECT: &str = "composer-subject";
pub const TEXT: &str = "composer-text";
pub const SHARE: &str = "composer-share";
pub const REASON: &str = "composer-reason";
pub const MINUTES: &str = "composer-minutes";

/// The byte at which browsers, which count in UTF-16, saw the cursor; the end when they saw none.
fn place_of(text: &str, cursor: &str) -> usize {
    let Ok(cursor) = cursor.parse::<usize>() else {
        return text.len();
    };
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= cursor {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_where_the_browser_saw_it() {
        assert_eq!(place_of("aä😀b", ""), 8);
        assert_eq!(place_of("aä😀b", "0"), 0);
        assert_eq!(place_of("aä😀b", "2"), 3);
        assert_eq!(place_of("aä😀b", "4"), 7);
        assert_eq!(place_of("aä😀b", "99"), 8);
    }
}
