//! Passages and the texts without them.

use regex::Regex;
use serde_json::Value;

use crate::redaction::BLACK;
use crate::ticket::message::{Address, Addresses, Model as Message};

/// The most passages of one request.
pub const MOST_PASSAGES: usize = 50;

/// The fewest letters of a passage; with fewer, half a text would go black.
pub const SHORTEST_PASSAGE: usize = 3;

/// The passages of what was typed: one a line, without blank ones, each once.
pub fn passages(typed: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in typed.lines().map(str::trim) {
        if !line.is_empty() && !found.iter().any(|known| known == line) {
            found.push(line.to_owned());
        }
    }
    found
}

/// Finds passages, however their words are broken into lines or quoted, and blacks them out.
#[derive(Clone, Debug)]
pub struct Blackener {
    patterns: Vec<Regex>,
}

impl Blackener {
    /// For these passages.
    pub fn new(passages: &[String]) -> Blackener {
        let pattern = |passage: &String| {
            let words: Vec<String> = passage.split_whitespace().map(regex::escape).collect();
            let words = words.join(r"[\s>]+");
            Regex::new(&format!("(?i){words}")).ok()
        };
        let patterns = passages.iter().filter(|passage| !passage.trim().is_empty());
        Blackener {
            patterns: patterns.filter_map(pattern).collect(),
        }
    }

    /// Whether a text holds one of them.
    pub fn finds(&self, text: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.is_match(text))
    }

    /// The text without them. All are looked for in the text as it stands, so that none hides the rest of another.
    pub fn text(&self, text: &str) -> String {
        let all = self.patterns.iter().flat_map(|p| p.find_iter(text));
        let mut all: Vec<(usize, usize)> = all.map(|found| (found.start(), found.end())).collect();
        all.sort_unstable();
        let (mut left, mut read) = (String::with_capacity(text.len()), 0);
        for (start, end) in all {
            if start >= read {
                left.push_str(text.get(read..start).unwrap_or_default());
                left.push_str(BLACK);
            }
            read = read.max(end);
        }
        left.push_str(text.get(read..).unwrap_or_default());
        left
    }

    /// A JSON text without them in any of its strings; nothing when none is there.
    pub fn json(&self, json: &str) -> Option<String> {
        let before: Value = serde_json::from_str(json).ok()?;
        let mut after = before.clone();
        self.value(&mut after);
        (after != before).then(|| after.to_string())
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(all) => all.iter_mut().for_each(|one| self.value(one)),
            Value::Object(fields) => fields.values_mut().for_each(|one| self.value(one)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Whether a message holds one of them anywhere: text, page, subject, names of those it names.
    pub fn finds_in(&self, message: &Message) -> bool {
        let texts = [
            Some(&message.body),
            message.subject.as_ref(),
            message.html.as_ref(),
        ];
        texts.into_iter().flatten().any(|text| self.finds(text))
            || self.addresses(&message.parties()) != message.parties()
    }

    /// The same addresses with other names; where a mail went stays known.
    pub fn addresses(&self, all: &Addresses) -> Addresses {
        let one = |address: &Address| Address {
            name: address.name.as_deref().map(|name| self.text(name)),
            address: address.address.clone(),
        };
        let list = |list: &[Address]| list.iter().map(one).collect();
        Addresses {
            from: all.from.as_ref().map(one),
            to: list(&all.to),
            cc: list(&all.cc),
            bcc: list(&all.bcc),
            reply_to: list(&all.reply_to),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn without(passages: &[&str], text: &str) -> String {
        let passages: Vec<String> = passages.iter().map(|p| (*p).to_owned()).collect();
        Blackener::new(&passages).text(text)
    }

    #[test]
    fn passages_are_found_across_lines_and_quotation_marks_and_in_any_case() {
        let text = "Frau Kowalke,\ngeboren am\n> 3.4.1981, wohnt hier. KOWALKE!";
        assert_eq!(
            without(&["Kowalke", "geboren am 3.4.1981"], text),
            format!("Frau {BLACK},\n{BLACK}, wohnt hier. {BLACK}!")
        );
        // Nothing in a passage is a pattern, and a dollar sign is one.
        assert_eq!(without(&["a.c"], "abc a.c"), format!("abc {BLACK}"));
        assert_eq!(without(&["100 $1"], "100 $1"), BLACK);
    }

    #[test]
    fn the_longer_passage_goes_before_the_shorter_one_in_it() {
        assert_eq!(without(&["Anna", "Anna Berg"], "Anna Berg"), BLACK);
    }

    #[test]
    fn passages_that_share_words_go_whole() {
        let passages = ["geboren 1981 in", "in Berlin", "Kita"];
        assert_eq!(
            without(&passages, "Sie ist geboren 1981 in Berlin. KitaKita!"),
            format!("Sie ist {BLACK}. {BLACK}{BLACK}!")
        );
        assert_eq!(
            without(&["Anna"], "ANNA, Anna"),
            format!("{BLACK}, {BLACK}")
        );
    }

    #[test]
    fn strings_of_a_draft_are_blacked_out_and_the_draft_stays_readable() {
        let black = Blackener::new(&["Anna \"Berg\"".to_owned()]);
        let draft = r#"{"body":"an Anna \"Berg\"","to":["x"]}"#;
        let after: Value = serde_json::from_str(&black.json(draft).unwrap()).unwrap();
        assert_eq!(after["body"], format!("an {BLACK}"));
        assert_eq!(after["to"][0], "x");
        assert_eq!(black.json(r#"{"body":"nichts"}"#), None);
    }

    #[test]
    fn each_line_is_a_passage_once() {
        assert_eq!(passages(" a b \r\n\r\nc\na b"), ["a b", "c"]);
    }
}
