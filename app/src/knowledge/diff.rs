//! Two texts beside each other, line by line, with the words marked in which they differ.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

/// A text that takes longer is compared less finely, and still rightly.
const LONGEST: Duration = Duration::from_millis(200);
/// In lines of more words none are marked one by one.
const MOST_WORDS: usize = 2_000;

/// A run of words of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    /// The other text has something else here, or nothing.
    pub differs: bool,
}

/// A line of one text and what stands in its place in the other; none: nothing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub left: Option<Vec<Part>>,
    pub right: Option<Vec<Part>>,
}

impl Row {
    /// Whether both sides say the same.
    pub fn is_same(&self) -> bool {
        self.left == self.right
    }
}

/// All lines of both texts, in their order; joined, each side gives its text back.
pub fn beside(left: &str, right: &str) -> Vec<Row> {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(left), lines(right));
    let until = Instant::now() + LONGEST;
    let mut rows = Vec::new();
    for step in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(until)) {
        let (tag, from, to) = step.as_tag_tuple();
        let (old, new) = (&old[from], &new[to]);
        for place in 0..old.len().max(new.len()) {
            rows.push(match (old.get(place), new.get(place)) {
                (Some(old), Some(new)) if tag != DiffTag::Equal => words(old, new, until),
                (Some(old), Some(_)) => Row {
                    left: Some(vec![part(old, false)]),
                    right: Some(vec![part(old, false)]),
                },
                (old, new) => Row {
                    left: old.map(|line| vec![part(line, true)]),
                    right: new.map(|line| vec![part(line, true)]),
                },
            });
        }
    }
    rows
}

fn part(text: &str, differs: bool) -> Part {
    Part {
        text: text.to_owned(),
        differs,
    }
}

/// Lines with their ends.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Two lines word by word.
fn words(left: &str, right: &str, until: Instant) -> Row {
    let (old, new) = (tokens(left), tokens(right));
    if old.len().max(new.len()) > MOST_WORDS {
        return Row {
            left: Some(vec![part(left, true)]),
            right: Some(vec![part(right, true)]),
        };
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for step in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(until)) {
        let (tag, from, to) = step.as_tag_tuple();
        let differs = tag != DiffTag::Equal;
        add(&mut left, &old[from], differs);
        add(&mut right, &new[to], differs);
    }
    Row {
        left: Some(left),
        right: Some(right),
    }
}

fn add(parts: &mut Vec<Part>, tokens: &[&str], differs: bool) {
    if !tokens.is_empty() {
        parts.push(Part {
            text: tokens.concat(),
            differs,
        });
    }
}

/// Words, and what stands between them.
fn tokens(line: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphanumeric();
        let end = match is_word {
            true => rest.find(|c: char| !c.is_alphanumeric()),
            false => Some(first.len_utf8()),
        };
        let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(rows: &[Row], of: impl Fn(&Row) -> &Option<Vec<Part>>) -> String {
        let parts = rows.iter().filter_map(|row| of(row).as_ref()).flatten();
        parts.map(|part| part.text.as_str()).collect()
    }

    fn marked(rows: &[Row], of: impl Fn(&Row) -> &Option<Vec<Part>>) -> Vec<String> {
        let parts = rows.iter().filter_map(|row| of(row).as_ref()).flatten();
        let differing = parts.filter(|part| part.differs);
        differing.map(|part| part.text.clone()).collect()
    }

    #[test]
    fn only_the_words_that_differ_are_marked() {
        let left = "## Schritte\n\n1. Bonus setzen und neu berechnen.\n";
        let right = "## Schritte\n\n1. Bonus setzen und mit Enter bestätigen.\n2. Drucken.\n";
        let rows = beside(left, right);
        assert_eq!(marked(&rows, |row| &row.left), ["neu", "berechnen"]);
        let new = marked(&rows, |row| &row.right).concat();
        assert!(
            new.contains("Enter") && new.ends_with("2. Drucken.\n"),
            "{new}"
        );
        assert!(rows[0].is_same() && rows[1].is_same() && !rows[2].is_same());
    }

    #[test]
    fn each_side_gives_its_text_back_whatever_the_other_is() {
        // Texts of few letters meet often, so that lines and words of both are alike in many ways.
        let mut seed = 0x0001_075e_u64;
        let mut dice = move |most: u64| {
            seed ^= seed >> 12;
            seed ^= seed << 25;
            seed ^= seed >> 27;
            (seed.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % most
        };
        let letters = ["a", "b", " ", "\n", "ü", "–", "a b", "\n\n", "**", "\t"];
        let mut text = || -> String {
            let length = dice(40);
            (0..length)
                .filter_map(|_| letters.get(dice(letters.len() as u64) as usize))
                .copied()
                .collect()
        };
        for _ in 0..2_000 {
            let (left, right) = (text(), text());
            let rows = beside(&left, &right);
            assert_eq!(side(&rows, |row| &row.left), left);
            assert_eq!(side(&rows, |row| &row.right), right);
            let differs = rows.iter().any(|row| !row.is_same());
            assert_eq!(differs, left != right, "{left:?} {right:?}");
        }
    }

    #[test]
    fn long_texts_that_have_nothing_in_common_are_compared_less_finely() {
        let many = |word: &str| format!("{word} ").repeat(30_000);
        let lines = |word: &str| format!("{word}\n").repeat(30_000);
        for (left, right) in [(many("a"), many("b")), (lines("a"), lines("b"))] {
            let rows = beside(&left, &right);
            assert_eq!(side(&rows, |row| &row.left), left);
            assert_eq!(side(&rows, |row| &row.right), right);
        }
    }
}
