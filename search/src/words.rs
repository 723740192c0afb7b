//! How text becomes words, and a word the forms it is found by: whole, stems, parts of a compound.

use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock};

use charabia::{Language, Tokenizer, TokenizerBuilder};
use frostem::{Algorithm, Stemmer};
use rustc_hash::{FxBuildHasher, FxHashMap};
use tantivy::tokenizer::{
    Language as StopLanguage, RawTokenizer, StopWordFilter, TextAnalyzer, TokenStream as _,
};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::ranges::fold;
use crate::typed::Typed;

/// Longer words (keys, encoded files) are found by their beginning.
const LONGEST: usize = 48;
/// Shorter words are no compounds.
const SHORTEST_COMPOUND: usize = 6;
const SHORTEST_PART: usize = 3;

/// The forms of a word. All are folded: without case, accents and the difference between `ä`, `ae` and `a`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub whole: String,
    pub german: String,
    pub english: String,
    /// Of a compound; empty for others.
    pub parts: Vec<Part>,
}

/// A part of a compound, or two neighbours of more than two.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub stem: String,
    /// Bytes of the word as it stands.
    pub at: Range<usize>,
    /// Two parts in one.
    pub is_pair: bool,
}

impl Word {
    /// Whether it holds a digit: numbers are never taken for mistyped.
    pub fn is_number(&self) -> bool {
        self.whole.chars().any(char::is_numeric)
    }

    pub fn letters(&self) -> usize {
        self.whole.chars().count()
    }
}

/// The words of a text, in bytes. A number with points and colons in it is one word.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        let mut last = first;
        while let Some((at, c)) = chars.peek().copied() {
            let joins = matches!(c, '.' | ',' | ':')
                && last.is_ascii_digit()
                && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
            if !(c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}' || joins) {
                break;
            }
            end = at + c.len_utf8();
            last = c;
            chars.next();
        }
        Some(start..end)
    })
}

/// The words that say something; all of them where none does and nothing is quoted.
pub(crate) fn telling(typed: &Typed) -> Vec<&String> {
    let words = typed.words.iter();
    let telling: Vec<&String> = words.filter(|word| !is_stop_word(word)).collect();
    match telling.is_empty() && typed.phrases.is_empty() {
        true => typed.words.iter().collect(),
        false => telling,
    }
}

/// The forms of the words of a text.
pub(crate) fn analysed(text: &str) -> Vec<Arc<Word>> {
    words(text).map(|range| analyse(&text[range])).collect()
}

/// Without case, accents and the difference between `ä`, `ae` and `a`, `ß` and `ss`.
pub(crate) fn folded(word: &str) -> String {
    join_digraphs(&plain(word))
}

fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| *c != '\u{ad}')
        .flat_map(fold)
        .take(LONGEST)
        .collect()
}

/// `ae`, `oe` and `ue` are how umlauts are written without them; not so in *Steuer*, *bauen* and *Quelle*.
fn join_digraphs(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = (' ', ' ');
    for c in word.chars() {
        let is_digraph = c == 'e'
            && match before {
                (_, 'a' | 'o') => true,
                (first, 'u') => !matches!(first, 'a' | 'e' | 'q'),
                _ => false,
            };
        if !is_digraph {
            out.push(c);
        }
        before = (before.1, c);
    }
    out
}

/// The forms of a word, from a cache of the commonest.
pub(crate) fn analyse(word: &str) -> Arc<Word> {
    type Shard = RwLock<FxHashMap<String, Arc<Word>>>;
    static SHARDS: LazyLock<[Shard; 16]> = LazyLock::new(Default::default);
    const MOST: usize = 4_096;

    // The lower bits choose the place within a shard.
    let shard = usize::try_from(FxBuildHasher.hash_one(word) >> 60).unwrap_or(0);
    let shard = &SHARDS[shard];
    let known = shard
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(word)
        .cloned();
    known.unwrap_or_else(|| {
        let made = Arc::new(make(word));
        let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
        if shard.len() >= MOST {
            shard.clear();
        }
        shard.insert(word.to_owned(), Arc::clone(&made));
        made
    })
}

fn make(word: &str) -> Word {
    let plain = plain(word);
    let whole = join_digraphs(&plain);
    if whole.chars().any(char::is_numeric) {
        return Word {
            german: whole.clone(),
            english: whole.clone(),
            whole,
            parts: Vec::new(),
        };
    }
    Word {
        german: german(&whole),
        english: join_digraphs(&ENGLISH.stem(&plain)),
        parts: parts(word),
        whole,
    }
}

static GERMAN: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::German));
static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));

fn german(folded: &str) -> String {
    GERMAN.stem(folded).into_owned()
}

fn parts(word: &str) -> Vec<Part> {
    static SEGMENTER: LazyLock<Tokenizer<'static>> = LazyLock::new(|| {
        let mut builder = TokenizerBuilder::<Vec<u8>>::new();
        builder.allow_list(&[Language::Deu]);
        builder.into_tokenizer()
    });
    let lower: String = word.nfc().collect::<String>().to_lowercase();
    let long = lower.chars().count();
    if !(SHORTEST_COMPOUND..=LONGEST).contains(&long) {
        return Vec::new();
    }
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for piece in SEGMENTER.segment_str(&lower) {
        let range = at..at + piece.len();
        at = range.end;
        let is_short = |range: &Range<usize>| lower[range.clone()].chars().count() < SHORTEST_PART;
        match pieces.last_mut() {
            Some(last) if is_short(&range) || is_short(last) => last.end = range.end,
            _ => pieces.push(range),
        }
    }
    if pieces.len() < 2 {
        return Vec::new();
    }
    // Where lowering or composing changed its length, the whole word stands for each part.
    let same = lower.len() == word.len();
    let part = |range: Range<usize>, is_pair: bool| Part {
        stem: german(&folded(&lower[range.clone()])),
        at: if same { range } else { 0..word.len() },
        is_pair,
    };
    let pairs: Vec<_> = match pieces.len() {
        2 => Vec::new(),
        _ => pieces
            .windows(2)
            .map(|two| part(two[0].start..two[1].end, true))
            .collect(),
    };
    let singles = pieces.into_iter().map(|range| part(range, false));
    singles.chain(pairs).collect()
}

/// Whether a word says nothing by itself, in German or English.
pub(crate) fn is_stop_word(word: &str) -> bool {
    static STOPS: LazyLock<Mutex<TextAnalyzer>> = LazyLock::new(|| {
        let raw = TextAnalyzer::builder(RawTokenizer::default()).dynamic();
        let both = [StopLanguage::German, StopLanguage::English]
            .into_iter()
            .filter_map(StopWordFilter::new)
            .fold(raw, |builder, filter| builder.filter_dynamic(filter));
        Mutex::new(both.build())
    });
    let lower = word.to_lowercase();
    let mut stops = STOPS.lock().unwrap_or_else(PoisonError::into_inner);
    let mut stream = stops.token_stream(&lower);
    !stream.advance()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|range| &text[range]).collect()
    }

    fn stems(word: &str) -> Vec<String> {
        analyse(word)
            .parts
            .iter()
            .filter(|part| !part.is_pair)
            .map(|part| part.stem.clone())
            .collect()
    }

    #[test]
    fn text_is_split_at_what_is_no_letter_or_digit() {
        assert_eq!(
            split("Kita-Gutschein: KN-4102 (7.4.2)"),
            ["Kita", "Gutschein", "KN", "4102", "7.4.2"]
        );
        assert_eq!(split("Am 19.11., um 9:30."), ["Am", "19.11", "um", "9:30"]);
        assert_eq!(split("🙂\u{202e} …"), Vec::<&str>::new());
    }

    #[test]
    fn umlauts_and_their_spellings_are_one() {
        for (one, other) in [
            ("Häuser", "haeuser"),
            ("Straße", "STRASSE"),
            ("Übergröße", "uebergroesse"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
        assert_eq!(folded("Steuer"), "steuer");
        assert_eq!(folded("neue Quelle"), "neue quelle");
    }

    #[test]
    fn inflected_words_have_one_stem() {
        for (one, other) in [
            ("Bescheid", "Bescheide"),
            ("Haus", "Häuser"),
            ("Zahlung", "Zahlungen"),
            ("Gutschein", "Gutscheins"),
        ] {
            assert_eq!(analyse(one).german, analyse(other).german, "{one}");
        }
    }

    #[test]
    fn compounds_fall_into_the_words_they_are_made_of() {
        let stem = |word: &str| analyse(word).german.clone();
        assert_eq!(
            stems("Abschlagszahlung"),
            [stem("Abschlag"), stem("Zahlung")]
        );
        assert_eq!(stems("Serienbriefe"), [stem("Serie"), stem("Brief")]);
        assert!(stems("Kita").is_empty());
        let text = "Abschlagszahlung";
        let parts: Vec<_> = analyse(text)
            .parts
            .iter()
            .map(|part| &text[part.at.clone()])
            .collect();
        assert_eq!(parts, ["Abschlags", "zahlung"]);
    }

    #[test]
    fn words_that_say_nothing_are_known() {
        for word in ["wie", "Für", "der", "the"] {
            assert!(is_stop_word(word), "{word}");
        }
        assert!(!is_stop_word("Bescheid"));
    }
}
