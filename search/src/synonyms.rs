//! Words and short phrases that mean the same, as an administrator keeps them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::words::{self, Word};

/// The words of one way to say it.
pub(crate) type Saying = Vec<Arc<Word>>;

#[derive(Debug, Default)]
pub(crate) struct Synonyms {
    groups: Vec<Vec<Saying>>,
    /// By the stem of its first word: group and place in it.
    first: HashMap<String, Vec<(usize, usize)>>,
}

impl Synonyms {
    pub fn of(groups: &[Vec<String>]) -> Self {
        let mut out = Self::default();
        for group in groups {
            let sayings: Vec<Saying> = group
                .iter()
                .map(|text| words::analysed(text))
                .filter(|saying: &Saying| !saying.is_empty())
                .collect();
            for (place, saying) in sayings.iter().enumerate() {
                let stem = saying[0].german.clone();
                out.first
                    .entry(stem)
                    .or_default()
                    .push((out.groups.len(), place));
            }
            out.groups.push(sayings);
        }
        out
    }

    /// The ways to say what `said` begins with, each with how many of its words it stands for.
    pub fn of_beginning(&self, said: &[Arc<Word>]) -> Vec<(usize, &Saying)> {
        let Some(known) = said.first().and_then(|word| self.first.get(&word.german)) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for (group, place) in known {
            let saying = &self.groups[*group][*place];
            let fits = said.len() >= saying.len()
                && saying.iter().zip(said).all(|(a, b)| a.german == b.german);
            if fits {
                let others = self.groups[*group].iter().enumerate();
                out.extend(
                    others
                        .filter(|(other, _)| other != place)
                        .map(|(_, other)| (saying.len(), other)),
                );
            }
        }
        out
    }
}
