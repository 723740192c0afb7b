//! The questions: written ones, and those that are made of the exact ones by what fingers do to words.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Exact,
    Typo,
    /// Half a compound, or its parts standing apart.
    Compound,
    Inflected,
    /// The last word is cut off.
    Cut,
    /// Two words have changed places.
    Swapped,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Typo => "typo",
            Self::Compound => "compound",
            Self::Inflected => "inflected",
            Self::Cut => "cut",
            Self::Swapped => "swapped",
        }
    }
}

pub struct Question {
    pub kind: Kind,
    pub text: String,
    pub pages: Vec<String>,
}

pub fn all() -> Vec<Question> {
    let written: Vec<_> = include_str!("questions.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(read)
        .collect();
    let exact = written.iter().filter(|one| one.kind == Kind::Exact);
    let derived: Vec<_> = exact
        .flat_map(|one| {
            [
                (Kind::Typo, mistyped(&one.text)),
                (Kind::Cut, cut(&one.text)),
                (Kind::Swapped, swapped(&one.text)),
            ]
            .into_iter()
            .filter_map(|(kind, text)| {
                Some(Question {
                    kind,
                    text: text?,
                    pages: one.pages.clone(),
                })
            })
        })
        .collect();
    written.into_iter().chain(derived).collect()
}

fn read(line: &str) -> Question {
    let mut columns = line.split('\t');
    let kind = match columns.next().unwrap() {
        "exact" => Kind::Exact,
        "compound" => Kind::Compound,
        "inflected" => Kind::Inflected,
        other => panic!("{other} is not a kind of questions that are written"),
    };
    Question {
        kind,
        text: columns.next().unwrap().to_owned(),
        pages: columns
            .next()
            .unwrap()
            .split(',')
            .map(str::to_owned)
            .collect(),
    }
}

/// One letter of the longest word swapped, left out, doubled or wrong: the same one each time.
fn mistyped(text: &str) -> Option<String> {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let longest = words.iter_mut().max_by_key(|word| word.chars().count())?;
    let mut letters: Vec<char> = longest.chars().collect();
    if letters.len() < 5 {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let chance = usize::try_from(hasher.finish() >> 8).unwrap();
    let at = 1 + chance % (letters.len() - 2);
    match chance / 64 % 4 {
        0 if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        1 => letters[at] = if letters[at] == 'r' { 't' } else { 'r' },
        2 => letters.insert(at, letters[at]),
        _ => drop(letters.remove(at)),
    }
    *longest = letters.into_iter().collect();
    Some(words.join(" "))
}

/// Two thirds of the last word, where it is long enough to be recognised.
fn cut(text: &str) -> Option<String> {
    let (before, last) = text.rsplit_once(' ').unwrap_or(("", text));
    let letters = last.chars().count();
    if letters < 6 {
        return None;
    }
    let begun: String = last.chars().take(letters * 2 / 3).collect();
    Some(format!("{before} {begun}").trim().to_owned())
}

fn swapped(text: &str) -> Option<String> {
    let mut words: Vec<_> = text.split(' ').collect();
    if words.len() < 2 {
        return None;
    }
    let last = words.len() - 1;
    words.swap(0, last);
    Some(words.join(" "))
}
