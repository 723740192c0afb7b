//! What is looked for: the words of a request, taken apart as the words of documents are.

use std::sync::Arc;

use crate::reference;
use crate::request::{Match, Request};
use crate::words::{self, Word};

/// More words than this are passed over.
pub(super) const MOST: usize = 24;

/// A word that is looked for, or a number of several groups.
#[derive(Debug)]
pub(super) struct Needle {
    pub typed: String,
    pub words: Vec<Arc<Word>>,
    /// Forms of a ticket's number or an article's id that it may be.
    pub references: Vec<String>,
    /// It may be the beginning of a word.
    pub is_prefix: bool,
    /// Of a phrase, which was looked for already: only as it stands, and only to rank.
    pub is_exact: bool,
}

impl Needle {
    fn stem(&self) -> Option<&str> {
        self.word().map(|word| word.german.as_str())
    }

    /// The word, where it is one.
    pub fn word(&self) -> Option<&Arc<Word>> {
        match self.words.as_slice() {
            [word] => Some(word),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub(super) struct Asked {
    pub needles: Vec<Needle>,
    /// Words in a row, folded.
    pub phrases: Vec<Vec<String>>,
    pub excluded: Vec<Vec<Arc<Word>>>,
    /// References that stand for several needles: which, and its forms.
    pub references: Vec<(std::ops::Range<usize>, Vec<String>)>,
}

impl Asked {
    pub fn of(request: &Request) -> Self {
        let typed = &request.typed;
        let mut out = Self {
            needles: Vec::new(),
            phrases: Vec::new(),
            excluded: Vec::new(),
            references: Vec::new(),
        };
        let kept = words::telling(typed);
        for chunk in &kept {
            out.take(chunk);
        }
        if request.prefix_last
            && kept.last().copied() == typed.words.last()
            && let Some(last) = out.needles.last_mut()
        {
            last.is_prefix = true;
        }
        if request.matching == Match::Every {
            out.needles.truncate(MOST);
        }
        for phrase in &typed.phrases {
            let phrase = words::analysed(phrase);
            if phrase.is_empty() {
                continue;
            }
            out.phrases
                .push(phrase.iter().map(|word| word.whole.clone()).collect());
            for word in phrase {
                if out.needles.len() < MOST && !words::is_stop_word(&word.whole) {
                    out.needles.push(Needle {
                        typed: word.whole.clone(),
                        words: vec![word],
                        references: Vec::new(),
                        is_prefix: false,
                        is_exact: true,
                    });
                }
            }
        }
        out.excluded = typed
            .excluded
            .iter()
            .map(|text| words::analysed(text))
            .filter(|words| !words.is_empty())
            .collect();
        out
    }

    /// Of a whole text the words that say most: those that fewest documents have, though some.
    pub fn keep_telling(
        &mut self,
        mut frequency: impl FnMut(&Needle) -> tantivy::Result<u64>,
    ) -> tantivy::Result<()> {
        let mut told: Vec<(u64, Needle)> = Vec::new();
        for needle in self.needles.drain(..) {
            if told.iter().any(|(_, known)| known.stem() == needle.stem()) {
                continue;
            }
            let documents = frequency(&needle)?;
            if documents > 0 {
                told.push((documents, needle));
            }
        }
        told.sort_by_key(|(documents, _)| *documents);
        self.needles = told
            .into_iter()
            .take(MOST)
            .map(|(_, needle)| needle)
            .collect();
        self.references.clear();
        Ok(())
    }

    fn take(&mut self, chunk: &str) {
        let references = reference::typed(chunk);
        let words = words::analysed(chunk);
        let are_digits = words
            .iter()
            .all(|word| word.whole.chars().all(|c| c.is_ascii_digit()));
        if words.is_empty() {
            return;
        }
        if are_digits {
            self.needles.push(Needle {
                typed: chunk.to_owned(),
                words,
                references,
                is_prefix: false,
                is_exact: false,
            });
            return;
        }
        let first = self.needles.len();
        for (range, word) in words::words(chunk).zip(words) {
            self.needles.push(Needle {
                words: vec![word],
                typed: chunk[range].to_owned(),
                references: Vec::new(),
                is_prefix: false,
                is_exact: false,
            });
        }
        if !references.is_empty() && self.needles.len() <= MOST {
            self.references
                .push((first..self.needles.len(), references));
        }
    }
}
