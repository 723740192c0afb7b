//! Names: those of persons who are known, in whatever form they are written, and whatever follows a form of address.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Span;
use crate::text::fold;

/// Shorter pieces of names are also other words.
const LEAST_CHARS: usize = 3;
/// From there on small letters do not save a name, as in names of files.
const SURE_CHARS: usize = 5;

/// Pieces of names that name nobody.
const PARTICLES: [&str; 14] = [
    "von", "van", "der", "den", "und", "zum", "zur", "del", "dos", "bin", "ibn", "prof", "frau",
    "herr",
];

const ADDRESSED: &str = r"\b(?:Frau|Herrn?|Familie|Fam\.|Eheleute)[ \t]+((?:(?:Dr|Prof)\.?[ \t]+)*(?:(?:von|van|de|zu|der|den)[ \t]+)*\p{Lu}[\p{L}’'-]+(?:[ \t]+\p{Lu}[\p{L}’'-]+)?)";

static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ADDRESSED).ok());

/// The names in a text.
pub fn spans(text: &str, known: &[String]) -> Vec<Span> {
    let pieces: HashSet<String> = known.iter().flat_map(|name| pieces(name)).collect();
    let mut spans: Vec<Span> = words(text)
        .into_iter()
        .filter(|(from, to)| is_known(&text[*from..*to], &pieces))
        .collect();
    if let Some(form) = &*FORM {
        let groups = form.captures_iter(text).filter_map(|found| found.get(1));
        spans.extend(groups.map(|group| (group.start(), group.end())));
    }
    joined(text, spans)
}

/// What a name is found by: each of its words, also with umlauts written as two letters.
fn pieces(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphabetic());
    let spelt = words.filter(|word| word.chars().count() >= LEAST_CHARS);
    spelt
        .flat_map(|word| [fold(word), fold(&two_letters(word))])
        .filter(|word| !PARTICLES.contains(&word.as_str()))
        .collect()
}

fn two_letters(word: &str) -> String {
    word.to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
}

fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphabetic(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                words.push((start, at));
                from = None;
            }
            _ => {}
        }
    }
    words
}

fn is_known(word: &str, pieces: &HashSet<String>) -> bool {
    let is_written_as_name = word.chars().next().is_some_and(char::is_uppercase);
    if !is_written_as_name && word.chars().count() < SURE_CHARS {
        return false;
    }
    let folded = fold(word);
    // A genitive.
    let without_s = folded.strip_suffix('s').unwrap_or(&folded);
    pieces.contains(&folded) || pieces.contains(without_s)
}

/// Names that stand side by side are one.
fn joined(text: &str, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match out.last_mut() {
            Some(last) if from <= last.1 || is_gap(&text[last.1..from]) => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

fn is_gap(between: &str) -> bool {
    matches!(between, " " | "-" | ", " | "_" | "  ")
}
