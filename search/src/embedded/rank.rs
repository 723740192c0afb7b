//! How each word that is looked for may be read, and how well each document has it.

use super::ask::{Asked, Needle};
use super::expand;
use super::forms::{LINKS, begun, exact, inflected, stem_anywhere, typo_worth, worth};
use super::schema::PART;
use super::weigh::{Dense, View, Weighted};
use crate::request::{Match, Request};
use crate::synonyms::{Saying, Synonyms};
use crate::words;

/// Words of so many documents are taken as they were typed.
const SURE: usize = 20;

pub(super) struct Ranking {
    /// How well each document has each needle; 0 when it has not.
    pub scores: Vec<Dense>,
    /// How much each needle says.
    pub rarity: Vec<f32>,
    /// The terms each needle was read as.
    pub terms: Vec<Vec<Weighted>>,
    /// Needles that nothing visible has as they were typed, with the term read instead.
    pub mistyped: Vec<(usize, String)>,
}

/// Reads each needle in every way that fits. `visible` are the documents the request may see at all.
pub(super) fn rank(
    view: &View,
    asked: &Asked,
    synonyms: &Synonyms,
    request: &Request,
    visible: &[Vec<bool>],
) -> tantivy::Result<Ranking> {
    let empty: Dense = vec![Vec::new(); view.segments.len()];
    let mut ranking = Ranking {
        scores: vec![empty; asked.needles.len()],
        rarity: Vec::new(),
        terms: vec![Vec::new(); asked.needles.len()],
        mistyped: Vec::new(),
    };
    let is_text = request.matching == Match::Some;
    for (at, needle) in asked.needles.iter().enumerate() {
        let frequency = ranking.read(view, needle, at, is_text)?;
        ranking.rarity.push(rarity(view.documents, frequency));
    }
    if !is_text {
        ranking.read_together(view, asked, synonyms)?;
        for (at, needle) in asked.needles.iter().enumerate() {
            if !needle.is_exact {
                ranking.read_otherwise(view, request, needle, at, visible)?;
            }
        }
    }
    Ok(ranking)
}

/// How many documents have a word, inflected or not; of several the rarest.
pub(super) fn frequency(view: &View, needle: &Needle) -> tantivy::Result<u64> {
    let mut least = u64::MAX;
    for word in &needle.words {
        least = least.min(most_frequent(view, &inflected(word, 1.0))?);
    }
    Ok(least)
}

/// As BM25 has it.
fn rarity(documents: u64, frequency: u64) -> f32 {
    let (documents, frequency) = (documents as f32, frequency as f32);
    (1.0 + (documents - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln()
}

impl Ranking {
    fn take(&mut self, at: usize, dense: &Dense, worth: f32, terms: &[Weighted]) {
        for (scores, other) in self.scores[at].iter_mut().zip(dense) {
            if scores.is_empty() && !other.is_empty() {
                *scores = vec![0.0; other.len()];
            }
            for (score, other) in scores.iter_mut().zip(other) {
                *score = score.max(other * worth);
            }
        }
        self.terms[at].extend_from_slice(terms);
    }

    /// The word as it was typed, inflected, as a part of compounds, and the last one as a beginning. How many
    /// documents have the word.
    fn read(
        &mut self,
        view: &View,
        needle: &Needle,
        at: usize,
        is_text: bool,
    ) -> tantivy::Result<u64> {
        if !needle.references.is_empty() {
            self.read_reference(view, &needle.references, at..at + 1)?;
        }
        let Some(word) = needle.word() else {
            let groups: Vec<_> = needle.words.iter().map(|word| exact(word)).collect();
            let dense = together(view, &groups)?;
            self.take(at, &dense, 1.0, &groups.concat());
            let mut frequency = u64::MAX;
            for group in &groups {
                frequency = frequency.min(most_frequent(view, group)?);
            }
            return Ok(frequency);
        };
        let terms = if needle.is_exact || word.is_number() {
            exact(word)
        } else {
            inflected(word, 1.0)
        };
        let mut frequency = most_frequent(view, &terms)?;
        let dense = view.weigh(&terms)?;
        self.take(at, &dense, 1.0, &terms);
        if needle.is_exact || is_text {
            return Ok(frequency);
        }
        let mut longer = Vec::new();
        if needle.is_prefix {
            for found in expand::beginning(view, &word.whole, 64)? {
                frequency = frequency.max(found.documents);
                longer.push(begun(word, found.word, worth::BEGINNING));
            }
            if word.letters() > 2 && !word.is_number() {
                let beginning = format!("{PART}{}", word.whole);
                for found in expand::beginning(view, &beginning, 24)? {
                    longer.push(begun(word, found.word, worth::BEGINNING * worth::PART));
                }
            }
        }
        if !longer.is_empty() {
            let dense = view.weigh(&longer)?;
            self.take(at, &dense, 1.0, &longer);
        }
        // A compound is also found by its parts standing apart.
        let parts: Vec<Vec<Weighted>> = word
            .parts
            .iter()
            .filter(|part| !part.is_pair)
            .map(|part| stem_anywhere(&part.stem))
            .collect();
        if !parts.is_empty() {
            let dense = together(view, &parts)?;
            self.take(at, &dense, worth::SPLIT, &parts.concat());
        }
        Ok(frequency)
    }

    fn read_reference(
        &mut self,
        view: &View,
        forms: &[String],
        needles: std::ops::Range<usize>,
    ) -> tantivy::Result<()> {
        let dense = view.references(forms)?;
        for at in needles {
            self.take(at, &dense, worth::REFERENCE, &[]);
        }
        Ok(())
    }

    /// Neighbours as one word, synonyms of one or several words, references of several groups.
    fn read_together(
        &mut self,
        view: &View,
        asked: &Asked,
        synonyms: &Synonyms,
    ) -> tantivy::Result<()> {
        for (needles, forms) in &asked.references {
            self.read_reference(view, forms, needles.clone())?;
        }
        let words: Vec<_> = asked
            .needles
            .iter()
            .map(|needle| needle.word().filter(|_| !needle.is_exact).cloned())
            .collect();
        for (at, pair) in words.windows(2).enumerate() {
            let [Some(one), Some(other)] = pair else {
                continue;
            };
            if one.is_number() || other.is_number() {
                continue;
            }
            let mut terms = Vec::new();
            for link in LINKS {
                let joined = words::analyse(&format!("{}{link}{}", one.whole, other.whole));
                terms.extend(inflected(&joined, 1.0));
            }
            let dense = view.weigh(&terms)?;
            if dense.iter().any(|segment| !segment.is_empty()) {
                self.take(at, &dense, worth::JOINED, &terms);
                self.take(at + 1, &dense, worth::JOINED, &terms);
            }
        }
        for at in 0..words.len() {
            let said: Vec<_> = words[at..].iter().map_while(Clone::clone).collect();
            for (length, saying) in synonyms.of_beginning(&said) {
                self.read_synonym(view, saying, at..at + length)?;
            }
        }
        Ok(())
    }

    fn read_synonym(
        &mut self,
        view: &View,
        saying: &Saying,
        needles: std::ops::Range<usize>,
    ) -> tantivy::Result<()> {
        let groups: Vec<_> = saying.iter().map(|word| inflected(word, 1.0)).collect();
        let dense = together(view, &groups)?;
        for at in needles {
            self.take(at, &dense, worth::SYNONYM, &groups.concat());
        }
        Ok(())
    }

    /// What is not found as it was typed, or hardly: mistyped, or two words in one.
    fn read_otherwise(
        &mut self,
        view: &View,
        request: &Request,
        needle: &Needle,
        at: usize,
        visible: &[Vec<bool>],
    ) -> tantivy::Result<()> {
        let Some(word) = needle.word() else {
            return Ok(());
        };
        let typos = match word.letters() {
            _ if word.is_number() || !request.typos => 0,
            0..5 => 0,
            5..9 => 1,
            _ => 2,
        };
        let seen = self.seen(at, visible);
        if typos == 0 || seen >= SURE {
            return Ok(());
        }
        let doubt = if seen > 0 { worth::DOUBTED } else { 1.0 };
        let mut read = None;
        let mut terms = Vec::new();
        for found in expand::similar(view, None, &word.whole, typos, needle.is_prefix, 24)? {
            let worth = typo_worth(&word.whole, &found.word, found.typos) * doubt;
            let other = words::analyse(&found.word);
            terms.extend(
                inflected(&other, worth)
                    .into_iter()
                    .filter(|term| !term.term.starts_with(PART)),
            );
            read.get_or_insert(found.word);
        }
        if seen == 0 && terms.is_empty() {
            for found in expand::similar(view, Some(PART), &word.german, 1, false, 12)? {
                terms.push(Weighted {
                    term: format!("{PART}{}", found.word),
                    weight: typo_worth(&word.german, &found.word, found.typos) * worth::PART,
                });
                read.get_or_insert(found.word);
            }
        }
        if !terms.is_empty() {
            let dense = view.weigh(&terms)?;
            self.take(at, &dense, 1.0, &terms);
        }
        if seen == 0 {
            if let Some(groups) = split(view, &word.whole)? {
                let dense = together(view, &groups)?;
                self.take(at, &dense, worth::SPLIT, &groups.concat());
            }
            if let Some(read) = read
                && self.seen(at, visible) > 0
            {
                self.mistyped.push((at, read));
            }
        }
        Ok(())
    }

    /// Whether anything visible has the needle.
    pub fn is_seen(&self, at: usize, visible: &[Vec<bool>]) -> bool {
        self.seen(at, visible) > 0
    }

    /// Visible documents that have the needle, counted up to `SURE`.
    fn seen(&self, at: usize, visible: &[Vec<bool>]) -> usize {
        let segments = self.scores[at].iter().zip(visible);
        segments
            .flat_map(|(scores, visible)| scores.iter().zip(visible))
            .filter(|(score, visible)| **score > 0.0 && **visible)
            .take(SURE)
            .count()
    }
}

fn most_frequent(view: &View, terms: &[Weighted]) -> tantivy::Result<u64> {
    let mut most = 0;
    for term in terms {
        most = most.max(view.frequency(&term.term)?);
    }
    Ok(most)
}

/// Documents that have one of each group, by how well they have them on average.
fn together(view: &View, groups: &[Vec<Weighted>]) -> tantivy::Result<Dense> {
    let mut sum: Option<Dense> = None;
    for group in groups {
        let dense = view.weigh(group)?;
        sum = Some(match sum {
            None => dense,
            Some(sum) => sum.into_iter().zip(dense).map(both).collect(),
        });
    }
    let mut sum = sum.unwrap_or_else(|| vec![Vec::new(); view.segments.len()]);
    let share = 1.0 / groups.len().max(1) as f32;
    sum.iter_mut().flatten().for_each(|score| *score *= share);
    Ok(sum)
}

fn both((mut one, other): (Vec<f32>, Vec<f32>)) -> Vec<f32> {
    if one.is_empty() || other.is_empty() {
        return Vec::new();
    }
    for (score, other) in one.iter_mut().zip(other) {
        *score = if *score > 0.0 && other > 0.0 {
            *score + other
        } else {
            0.0
        };
    }
    one
}

/// A word that is nowhere, as two that are somewhere: where the rarer of the two is commonest.
fn split(view: &View, whole: &str) -> tantivy::Result<Option<Vec<Vec<Weighted>>>> {
    let mut best: Option<(u64, &str, &str)> = None;
    for (at, _) in whole.char_indices() {
        let (one, other) = whole.split_at(at);
        if one.chars().count() < 3 || other.chars().count() < 3 {
            continue;
        }
        let frequency = view.frequency(one)?.min(view.frequency(other)?);
        if frequency > best.map_or(0, |(most, ..)| most) {
            best = Some((frequency, one, other));
        }
    }
    Ok(
        best.map(|(_, one, other)| {
            vec![exact(&words::analyse(one)), exact(&words::analyse(other))]
        }),
    )
}
