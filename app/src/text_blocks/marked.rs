//! What was typed of the name of a text block.

use std::ops::Range;

use entities::text::fold;

/// The parts of a name that were typed, at whichever letter of a word they begin: offers find them there too.
pub(super) fn typed_of(name: &str, typed: &str) -> Vec<Range<usize>> {
    let typed = fold(typed);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, c) in name.char_indices() {
        let is_inside = found.last().is_some_and(|last| last.end > start);
        if is_inside || !c.is_alphanumeric() {
            continue;
        }
        let rest = fold(&name[start..]);
        let words = typed.split_whitespace();
        let Some(word) = words
            .filter(|word| rest.starts_with(*word))
            .max_by_key(|word| word.len())
        else {
            continue;
        };
        let ends = name[start..].char_indices();
        let mut ends = ends.map(|(at, c)| start + at + c.len_utf8());
        if let Some(end) = ends.find(|end| fold(&name[start..*end]).starts_with(word)) {
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_marked_at_the_beginning_of_a_word_and_within_it() {
        for (name, typed, marked) in [
            ("Umgehung mitteilen", "umg", vec!["Umg"]),
            ("Testumgebung: Zugang", "UMG zu", vec!["umg", "Zu"]),
            ("Straße gesperrt", "ss", vec!["ß"]),
            ("Zahlung zählt", "za zahl", vec!["Zahl", "zähl"]),
            ("Umzug", "umg", vec![]),
            ("Umzug", " ", vec![]),
        ] {
            let found = typed_of(name, typed).into_iter();
            let found: Vec<&str> = found.map(|range| &name[range]).collect();
            assert_eq!(found, marked, "{name}: {typed}");
        }
    }
}
