//! What stands before the text of an article in a file of its own: lines of YAML between dashes, flat ones only.

use std::collections::BTreeMap;

use yaml_rust2::parser::{Event, Parser};

/// The most characters of it.
const MOST: usize = 64 * 1024;

/// Names and what stands behind each, one or several.
pub type Facts = BTreeMap<String, Vec<String>>;

/// What stands before the text, and the text.
pub fn split(text: &str) -> (Facts, &str) {
    let found = text
        .strip_prefix("---\n")
        .and_then(|rest| match rest.strip_prefix("---\n") {
            Some(text) => Some(("", text)),
            None => rest.split_once("\n---\n"),
        });
    match found.and_then(|(front, text)| Some((read(front)?, text))) {
        // One empty line may follow.
        Some((facts, text)) => (facts, text.strip_prefix('\n').unwrap_or(text)),
        None => (Facts::new(), text),
    }
}

/// The names of a flat mapping; deeper ones are passed over. None when it is no mapping.
fn read(front: &str) -> Option<Facts> {
    if front.len() > MOST {
        return None;
    }
    let mut parser = Parser::new_from_str(front);
    let mut facts = Facts::new();
    let mut depth = 0_usize;
    let mut key: Option<String> = None;
    loop {
        // Event by event: what refers to something else is none of ours, and cannot grow.
        match parser.next_token().ok()?.0 {
            Event::StreamEnd => return Some(facts),
            Event::MappingStart(..) => depth += 1,
            Event::SequenceStart(..) if depth == 0 => return None,
            Event::SequenceStart(..) => {
                depth += 1;
                if let (2, Some(key)) = (depth, &key) {
                    facts.entry(key.clone()).or_default();
                }
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    key = None;
                }
            }
            Event::Scalar(text, ..) => match (depth, key.take()) {
                (0, _) => return None,
                (1, None) => key = Some(text.to_lowercase()),
                (1, Some(name)) => drop(facts.insert(name, vec![text])),
                (2, Some(name)) => {
                    facts.entry(name.clone()).or_default().push(text);
                    key = Some(name);
                }
                (_, kept) => key = kept,
            },
            _ => {}
        }
    }
}

/// Writes one fact; every YAML reader reads the strings of JSON.
pub fn one(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        out.push_str(&format!("{name}: {}\n", quoted(value)));
    }
}

/// Writes a list.
pub fn several(out: &mut String, name: &str, values: &[String]) {
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        out.push_str(&format!("{name}: [{}]\n", values.join(", ")));
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut front = String::from("---\n");
        one(&mut front, "title", "A: \"b\" # c\u{2028} \u{1f600}");
        several(
            &mut front,
            "keywords",
            &["x, y".to_owned(), "- z".to_owned()],
        );
        let (facts, text) = split(&(front + "---\n\nText\n---\n")).to_owned_parts();
        assert_eq!(facts["title"], ["A: \"b\" # c\u{2028} \u{1f600}"]);
        assert_eq!(facts["keywords"], ["x, y", "- z"]);
        assert_eq!(text, "Text\n---\n");
    }

    #[test]
    fn only_flat_facts_are_read_and_nothing_grows() {
        let front = "---\ntitle: Bescheid\ntags:\n  - a\n  - b\nmore:\n  deep: x\ndate: 2026-01-02\n---\nText";
        let (facts, text) = split(front).to_owned_parts();
        assert_eq!(facts["title"], ["Bescheid"]);
        assert_eq!(facts["tags"], ["a", "b"]);
        assert_eq!(facts["date"], ["2026-01-02"]);
        assert_eq!(text, "Text");
        for none in ["---\n- a\n---\nx", "---\n: [\n---\nx", "---\nx", "--- x"] {
            assert_eq!(
                split(none).to_owned_parts(),
                (Facts::new(), none.to_owned())
            );
        }
        let deep = format!("---\na: {}\n---\nx", "[".repeat(5_000));
        assert!(split(&deep).0.is_empty());
    }

    trait Owned {
        fn to_owned_parts(self) -> (Facts, String);
    }

    impl Owned for (Facts, &str) {
        fn to_owned_parts(self) -> (Facts, String) {
            (self.0, self.1.to_owned())
        }
    }
}
