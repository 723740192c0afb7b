//! What documents and filters are on the wire. Attributes and values are coded, so that nothing in them is syntax and
//! nothing is the same to Meilisearch that is not the same to us.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::document::{Document, Key, Kind, Passage, Scope};
use crate::filter::Filter;
use crate::reference;

/// Attributes that are searched whoever asks, the most telling first.
pub(super) const OPEN: [&str; 5] = ["numbers", "title", "keywords", "summary", "open"];
/// Attributes of the other scopes that every index has.
pub(super) const SCOPED: [&str; 3] = ["notes", "people", "files"];
/// Longer values are the same when they begin with so many bytes.
const LONGEST: usize = 150;

pub(super) fn scope_name(scope: Scope) -> String {
    match scope {
        Scope::Open => "open".to_owned(),
        Scope::Notes => "notes".to_owned(),
        Scope::People => "people".to_owned(),
        Scope::Files => "files".to_owned(),
        Scope::Field(id) => format!("field_{}", id.simple()),
    }
}

pub(super) fn id(key: Key) -> String {
    format!("{}-{}", key.kind.name(), key.id)
}

pub(super) fn key(id: &str) -> Option<Key> {
    let (kind, id) = id.split_once('-')?;
    Some(Key {
        kind: Kind::named(kind)?,
        id: Uuid::parse_str(id).ok()?,
    })
}

/// Small letters, digits and `_` only: Meilisearch neither folds nor reads anything in it.
pub(super) fn coded(text: &str) -> String {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = String::from("v");
    for byte in text[..end].bytes() {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("_{byte:02x}"));
        }
    }
    out
}

pub(super) fn decoded(code: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = code.strip_prefix('v')?.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'_' {
            let digits = after
                .get(..2)
                .and_then(|two| std::str::from_utf8(two).ok())?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

pub(super) fn attribute(name: &str) -> String {
    format!("tags.{}", coded(name))
}

pub(super) fn document(document: &Document) -> Value {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (attribute, value) in document.all_tags() {
        tags.entry(coded(&attribute))
            .or_default()
            .push(coded(&value));
    }
    let mut out = Map::new();
    for passage in &document.passages {
        let texts = out
            .entry(scope_name(passage.scope))
            .or_insert_with(|| json!([]));
        if let Value::Array(texts) = texts {
            texts.push(Value::String(clean(&passage.text)));
        }
    }
    let fixed = json!({
        "id": id(document.key),
        "reference": document.reference,
        "numbers": reference::forms(&document.reference),
        "source_id": document.source_id,
        "title": clean(&document.title),
        "keywords": document.keywords.iter().map(|one| clean(one)).collect::<Vec<_>>(),
        "summary": clean(&document.summary),
        "tags": tags,
        "at": document.at,
        "solved": u8::from(document.solved),
        "stamp": document.stamp,
    });
    if let Value::Object(fixed) = fixed {
        out.extend(fixed);
    }
    Value::Object(out)
}

/// Fields that some may not read, of which a document has values.
pub(super) fn field_scopes(document: &Document) -> impl Iterator<Item = String> + '_ {
    document
        .passages
        .iter()
        .filter_map(|Passage { scope, .. }| match scope {
            Scope::Field(_) => Some(scope_name(*scope)),
            _ => None,
        })
}

/// Marks are control characters, so texts have none of their own.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}

/// A filter in the words of Meilisearch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Everything,
    Nothing,
    Some(String),
}

impl Condition {
    pub fn of(filter: &Filter) -> Self {
        match filter {
            Filter::All(parts) => Self::all(parts.iter().map(Self::of)),
            Filter::Any(parts) => Self::any(parts.iter().map(Self::of)),
            Filter::Not(part) => match Self::of(part) {
                Self::Everything => Self::Nothing,
                Self::Nothing => Self::Everything,
                Self::Some(text) => Self::Some(format!("NOT ({text})")),
            },
            Filter::Is { attribute, value } => Self::values(attribute, std::slice::from_ref(value)),
            Filter::In { attribute, values } => Self::values(attribute, values),
            Filter::Before { at } => Self::Some(format!("at < {at}")),
            Filter::After { at } => Self::Some(format!("at >= {at}")),
        }
    }

    pub fn values(name: &str, values: &[String]) -> Self {
        let values: Vec<_> = values.iter().map(|value| coded(value)).collect();
        match values.as_slice() {
            [] => Self::Nothing,
            [one] => Self::Some(format!("{} = {one}", attribute(name))),
            many => Self::Some(format!("{} IN [{}]", attribute(name), many.join(", "))),
        }
    }

    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut texts = Vec::new();
        for part in parts {
            match part {
                Self::Everything => {}
                Self::Nothing => return Self::Nothing,
                Self::Some(text) => texts.push(format!("({text})")),
            }
        }
        match texts.is_empty() {
            true => Self::Everything,
            false => Self::Some(texts.join(" AND ")),
        }
    }

    fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut texts = Vec::new();
        for part in parts {
            match part {
                Self::Nothing => {}
                Self::Everything => return Self::Everything,
                Self::Some(text) => texts.push(format!("({text})")),
            }
        }
        match texts.is_empty() {
            true => Self::Nothing,
            false => Self::Some(texts.join(" OR ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_have_no_syntax() {
        for text in [
            "",
            "team",
            "Ämter \"x\" \\ OR y",
            "a_b",
            "\u{0}\u{1f}",
            "KITA",
        ] {
            let code = coded(text);
            assert_eq!(decoded(&code).as_deref(), Some(text));
            assert!(
                code.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            );
        }
        assert_ne!(coded("KITA"), coded("kita"));
        assert_eq!(decoded("x"), None);
        assert_eq!(decoded("v_z"), None);
    }

    #[test]
    fn filters_are_written_with_their_brackets() {
        let filter = Filter::is("team", "a").and(Filter::Any(vec![
            Filter::one_of("service", ["x", "y"]),
            Filter::Not(Box::new(Filter::Before { at: 5 })),
        ]));
        let text = "(tags.vteam = va) AND ((tags.vservice IN [vx, vy]) OR (NOT (at < 5)))";
        let filter = Filter::All(vec![Filter::everything(), filter]);
        assert_eq!(Condition::of(&filter), Condition::Some(format!("({text})")));
        assert_eq!(Condition::of(&Filter::nothing()), Condition::Nothing);
        assert_eq!(
            Condition::of(&Filter::Not(Box::new(Filter::nothing()))),
            Condition::Everything
        );
        assert_eq!(
            Condition::of(&Filter::one_of("a", Vec::<String>::new())),
            Condition::Nothing
        );
    }

    #[test]
    fn keys_are_read_back() {
        let known = Key {
            kind: Kind::Share,
            id: Uuid::from_u128(7),
        };
        assert_eq!(key(&id(known)), Some(known));
        assert_eq!(key("0192f0aa-0000-7000-8000-000000000001"), None);
    }
}
