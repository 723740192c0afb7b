//! Words of the index that begin like a word or are nearly spelled like it, from its dictionaries.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use rustc_hash::FxHashMap;
use tantivy_fst::Automaton;

use super::weigh::View;

/// So many words are looked at in one dictionary before the rest is passed over.
const LOOKED_AT: usize = 20_000;

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub word: String,
    /// Letters wrong, missing, too many or swapped.
    pub typos: u8,
    /// Documents that have it.
    pub documents: u64,
}

/// Words that begin with `beginning` and go on; the commonest first.
pub(super) fn beginning(view: &View, beginning: &str, most: usize) -> tantivy::Result<Vec<Found>> {
    let mut sums: FxHashMap<String, u64> = FxHashMap::default();
    for place in view.dictionaries() {
        let prefix = &view.places[place].prefix;
        let from = format!("{prefix}{beginning}");
        for segment in &view.segments {
            let words = segment.indexes[place].terms().range().ge(&from);
            let mut stream = words.into_stream()?;
            let mut looked_at = 0;
            while stream.advance() && looked_at < LOOKED_AT {
                let Some(rest) = stream.key().strip_prefix(from.as_bytes()) else {
                    break;
                };
                looked_at += 1;
                if rest.is_empty() {
                    continue;
                }
                if let Ok(word) = std::str::from_utf8(&stream.key()[prefix.len()..]) {
                    *sums.entry(word.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                }
            }
        }
    }
    let found = sums.into_iter().map(|(word, documents)| Found {
        word,
        typos: 0,
        documents,
    });
    Ok(best(found.collect(), most))
}

/// Words with `typos` letters wrong at most, those as it stands left out; with `is_prefix` also words that begin so.
/// Fewest typos first, then the commonest. `mark` stands before the form that is compared: none before words.
pub(super) fn similar(
    view: &View,
    mark: Option<char>,
    word: &str,
    typos: u8,
    is_prefix: bool,
    most: usize,
) -> tantivy::Result<Vec<Found>> {
    static ONE: LazyLock<LevenshteinAutomatonBuilder> =
        LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
    static TWO: LazyLock<LevenshteinAutomatonBuilder> =
        LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
    let builder = if typos > 1 { &*TWO } else { &*ONE };
    let dfa = if is_prefix {
        builder.build_prefix_dfa(word)
    } else {
        builder.build_dfa(word)
    };
    let mut sums: FxHashMap<String, (u8, u64)> = FxHashMap::default();
    for place in view.dictionaries() {
        let mut prefix = view.places[place].prefix.clone();
        prefix.extend(mark);
        let automaton = || Near {
            prefix: prefix.as_bytes(),
            dfa: &dfa,
        };
        for segment in &view.segments {
            let dictionary = segment.indexes[place].terms();
            // Marked forms sort before every word.
            let from = if mark.is_none() { " " } else { "" };
            let words = dictionary.search(automaton()).ge(format!("{prefix}{from}"));
            let mut stream = words.into_stream()?;
            let mut looked_at = 0;
            while stream.advance() && looked_at < LOOKED_AT {
                looked_at += 1;
                let found = &stream.key()[prefix.len()..];
                let Distance::Exact(distance) = dfa.eval(found) else {
                    continue;
                };
                if distance == 0 {
                    continue;
                }
                if let Ok(found) = std::str::from_utf8(found) {
                    sums.entry(found.to_owned()).or_insert((distance, 0)).1 +=
                        u64::from(stream.value().doc_freq);
                }
            }
        }
    }
    let found = sums.into_iter().map(|(word, (typos, documents))| Found {
        word,
        typos,
        documents,
    });
    Ok(best(found.collect(), most))
}

fn best(mut found: Vec<Found>, most: usize) -> Vec<Found> {
    found.sort_unstable_by(|a, b| {
        (a.typos, b.documents, &a.word).cmp(&(b.typos, a.documents, &b.word))
    });
    found.truncate(most);
    found
}

/// After a prefix that must stand there, what the automaton of a word accepts.
struct Near<'a> {
    prefix: &'a [u8],
    dfa: &'a DFA,
}

#[derive(Clone, Copy)]
enum State {
    Prefix(usize),
    Word(u32),
    Nothing,
}

impl Near<'_> {
    fn after_prefix(&self, read: usize) -> State {
        if read == self.prefix.len() {
            State::Word(self.dfa.initial_state())
        } else {
            State::Prefix(read)
        }
    }
}

impl Automaton for Near<'_> {
    type State = State;

    fn start(&self) -> State {
        self.after_prefix(0)
    }

    fn is_match(&self, state: &State) -> bool {
        match state {
            State::Word(state) => matches!(self.dfa.distance(*state), Distance::Exact(_)),
            _ => false,
        }
    }

    fn can_match(&self, state: &State) -> bool {
        !matches!(state, State::Nothing)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        match state {
            State::Prefix(read) if self.prefix[*read] == byte => self.after_prefix(read + 1),
            State::Word(state) => match self.dfa.transition(*state, byte) {
                SINK_STATE => State::Nothing,
                next => State::Word(next),
            },
            _ => State::Nothing,
        }
    }
}
