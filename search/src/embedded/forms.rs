//! The forms a word is looked for in, and what each counts.

use super::schema::{PART, STEM};
use super::weigh::Weighted;
use crate::words::{self, Word};

/// What a form of a word counts beside the word itself.
pub(super) mod worth {
    pub const STEM: f32 = 0.92;
    pub const PART: f32 = 0.55;
    pub const SYNONYM: f32 = 0.85;
    pub const JOINED: f32 = 0.95;
    pub const SPLIT: f32 = 0.5;
    pub const BEGINNING: f32 = 0.75;
    pub const REFERENCE: f32 = 20.0;
    /// One typo and two, where the word as it was typed is nowhere.
    pub const TYPOS: [f32; 2] = [0.6, 0.4];
    /// The same where it is somewhere.
    pub const DOUBTED: f32 = 0.4;
    /// First letters are seldom wrong.
    pub const FIRST_LETTER: f32 = 0.8;
}

/// Letters that join the parts of German compounds.
pub(super) const LINKS: [&str; 6] = ["", "s", "n", "es", "en", "e"];

pub(super) fn exact(word: &Word) -> Vec<Weighted> {
    vec![Weighted {
        term: word.whole.clone(),
        weight: 1.0,
    }]
}

/// The word, whatever has its stem, and compounds it is a part of.
pub(super) fn inflected(word: &Word, weight: f32) -> Vec<Weighted> {
    let mut terms = exact(word);
    let mut add = |term: String, worth: f32| {
        if !terms.iter().any(|known| known.term == term) {
            terms.push(Weighted {
                term,
                weight: worth,
            });
        }
    };
    for stem in [&word.german, &word.english] {
        add(format!("{STEM}{stem}"), worth::STEM);
        if !words::is_stop_word(stem) {
            add(stem.clone(), worth::STEM);
        }
    }
    add(format!("{PART}{}", word.german), worth::PART);
    for term in &mut terms {
        term.weight *= weight;
    }
    terms
}

/// A stem as a word, inflected or as a part.
pub(super) fn stem_anywhere(stem: &str) -> Vec<Weighted> {
    let weighted = |term, weight| Weighted { term, weight };
    vec![
        weighted(stem.to_owned(), 1.0),
        weighted(format!("{STEM}{stem}"), 1.0),
        weighted(format!("{PART}{stem}"), 0.8),
    ]
}

/// A longer word counts the less the more it has besides.
pub(super) fn begun(word: &Word, longer: String, worth: f32) -> Weighted {
    let share = word.whole.len() as f32 / longer.len().max(1) as f32;
    Weighted {
        weight: worth * (0.6 + 0.4 * share.min(1.0)),
        term: longer,
    }
}

pub(super) fn typo_worth(typed: &str, found: &str, typos: u8) -> f32 {
    let worth = worth::TYPOS[usize::from(typos.clamp(1, 2)) - 1];
    if typed.chars().next() == found.chars().next() {
        worth
    } else {
        worth * worth::FIRST_LETTER
    }
}
