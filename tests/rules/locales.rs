//! Every sentence exists in every language with the same values, every key in the code exists, none is left unused.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{self, File};

const LANGUAGES: [&str; 2] = ["de", "en"];

struct Message {
    file: String,
    body: String,
}

/// Messages by key; a key that is written twice fails.
fn messages(language: &str) -> BTreeMap<String, Message> {
    let mut out: BTreeMap<String, Message> = BTreeMap::new();
    for file in tree::files(&format!("app/locales/{language}"), &["ftl"]) {
        let name = file.path.rsplit('/').next().unwrap().to_owned();
        let mut key = None;
        for line in file.text.lines() {
            if let Some((start, rest)) = line.split_once('=')
                && is_key(start.trim())
                && line.starts_with(|first: char| first.is_ascii_lowercase())
            {
                let message = Message {
                    file: name.clone(),
                    body: rest.to_owned(),
                };
                let before = out.insert(start.trim().to_owned(), message);
                assert!(
                    before.is_none(),
                    "{} is written twice in {language}",
                    start.trim()
                );
                key = Some(start.trim().to_owned());
            } else if line.starts_with('#') || line.trim().is_empty() {
                continue;
            } else {
                let key = key.as_ref().unwrap_or_else(|| {
                    panic!("{}: a line before the first key: {line}", file.path)
                });
                assert!(
                    line.starts_with([' ', '}']),
                    "{}: neither key nor continuation: {line}",
                    file.path
                );
                let message = out.get_mut(key).unwrap();
                message.body.push('\n');
                message.body.push_str(line);
            }
        }
    }
    out
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn variables(body: &str) -> BTreeSet<&str> {
    body.split('$')
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
                .unwrap()
        })
        .collect()
}

/// Keys named in braces inside other messages.
fn references(body: &str) -> impl Iterator<Item = &str> {
    body.split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap().trim())
        .filter(|inner| is_key(inner))
}

fn source() -> Vec<File> {
    tree::files("app/src", &["rs"])
}

#[test]
fn every_language_has_every_sentence_with_the_same_values() {
    let german = messages("de");
    let mut faults = Vec::new();
    for language in LANGUAGES {
        let other = messages(language);
        for key in german.keys().filter(|key| !other.contains_key(*key)) {
            faults.push(format!("{key} is missing in {language}"));
        }
        for (key, message) in &other {
            let Some(original) = german.get(key) else {
                faults.push(format!("{key} is in {language} alone"));
                continue;
            };
            if variables(&message.body) != variables(&original.body) {
                faults.push(format!("{key} has other values in {language}"));
            }
            if message.file != original.file {
                faults.push(format!(
                    "{key} is in {} in {language}, in {} in de",
                    message.file, original.file
                ));
            }
            if message.body.trim().is_empty() {
                faults.push(format!("{key} is empty in {language}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_key_in_the_code_exists() {
    let known = messages("de");
    let mut faults = Vec::new();
    for file in source() {
        // A call may be broken over lines by the formatter.
        let text: String = file
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("( \"", "(\"");
        for call in [".t(\"", ".t_with(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                if !known.contains_key(key) {
                    faults.push(format!("{}: {key}", file.path));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_sentence_is_left_unused() {
    let known = messages("de");
    let source = source();
    let mut used: BTreeSet<&str> = source
        .iter()
        .flat_map(|file| file.text.lines())
        .flat_map(tree::literals)
        .filter(|text| is_key(text))
        .collect();
    used.extend(known.values().flat_map(|message| references(&message.body)));
    let unused: Vec<_> = known
        .keys()
        .filter(|key| !used.contains(key.as_str()))
        .map(String::as_str)
        .collect();
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}
