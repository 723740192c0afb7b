//! What a person typed, taken apart: words, phrases, what is excluded, operators.

use std::ops::Range;

/// An operator of the search language and what was typed after it, such as `service:kita`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// One of the names given to `Typed::parse`, as it stands there.
    pub name: String,
    /// Without its quotes; empty while nothing was typed yet.
    pub value: String,
    /// Typed with `-` before it.
    pub excluded: bool,
    /// Where it stands in what was typed, in bytes, for completion.
    pub at: Range<usize>,
}

/// What was typed. Words are found in any order, phrases as they stand; stop words and inflection are the engine's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Typed {
    /// In the order they were typed, at most `Typed::MOST_WORDS`.
    pub words: Vec<String>,
    /// What stood in quotes.
    pub phrases: Vec<String>,
    /// Words and quoted phrases with `-` before them.
    pub excluded: Vec<String>,
    pub operators: Vec<Operator>,
}

impl Typed {
    /// How many words, phrases, excluded and operators are read, each; what follows is passed over.
    pub const MOST_WORDS: usize = 32;

    /// Takes apart what was typed; anything can be. `operators` are the names that are operators when a colon follows
    /// (case makes no difference); other words with a colon are words.
    pub fn parse(typed: &str, operators: &[&str]) -> Self {
        let mut out = Self::default();
        let mut rest = 0;
        while let Some(piece) = next(typed, rest) {
            rest = piece.end;
            out.take(typed, piece, operators);
        }
        out
    }

    /// How many words of a whole text are read.
    pub const MOST_OF_A_TEXT: usize = 500;

    /// A whole text, for *similar cases*: any word of it may count and nothing in it is syntax.
    pub fn text(text: &str) -> Self {
        Self {
            words: text
                .split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| word.chars().any(char::is_alphanumeric))
                .take(Self::MOST_OF_A_TEXT)
                .map(str::to_owned)
                .collect(),
            ..Self::default()
        }
    }

    /// Whether there is nothing to look for, operators apart.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty() && self.excluded.is_empty()
    }

    fn take(&mut self, typed: &str, piece: Piece, operators: &[&str]) {
        let text = |range: &Range<usize>| {
            let text: String = typed[range.clone()]
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            text.trim().to_owned()
        };
        let value = text(&piece.text);
        let operator = piece.name.as_ref().and_then(|name| {
            let name = &typed[name.clone()];
            operators
                .iter()
                .find(|known| known.to_lowercase() == name.to_lowercase())
        });
        if let Some(name) = operator {
            push(
                &mut self.operators,
                Operator {
                    name: (*name).to_owned(),
                    value,
                    excluded: piece.excluded,
                    at: piece.start..piece.end,
                },
            );
            return;
        }
        // What is no operator is a word with a colon in it, or a word before a phrase.
        let mut value = value;
        match &piece.name {
            Some(name) if piece.quoted => {
                let side = match piece.excluded {
                    true => &mut self.excluded,
                    false => &mut self.words,
                };
                let name = text(name);
                if name.chars().any(char::is_alphanumeric) {
                    push(side, name);
                }
            }
            Some(name) => value = text(&(name.start..piece.text.end)),
            None => {}
        }
        let says = value.chars().any(char::is_alphanumeric);
        if !says {
            return;
        }
        match (piece.excluded, piece.quoted) {
            (true, _) => push(&mut self.excluded, value),
            (false, true) => push(&mut self.phrases, value),
            (false, false) => push(&mut self.words, value),
        }
    }
}

fn push<T>(side: &mut Vec<T>, one: T) {
    if side.len() < Typed::MOST_WORDS {
        side.push(one);
    }
}

/// `-name:"text"`, each part but the text optional. Ranges are bytes of what was typed.
struct Piece {
    start: usize,
    end: usize,
    excluded: bool,
    name: Option<Range<usize>>,
    text: Range<usize>,
    quoted: bool,
}

const QUOTES: [char; 5] = ['"', '„', '“', '”', '\u{201f}'];

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn next(typed: &str, from: usize) -> Option<Piece> {
    let start = from + typed[from..].find(|c| !is_space(c))?;
    let mut at = start;
    let excluded = typed[at..].starts_with(['-', '\u{2212}', '–'])
        && typed[at..]
            .chars()
            .nth(1)
            .is_some_and(|c| !is_space(c) && c != '-');
    if excluded {
        at += typed[at..].chars().next().map_or(0, char::len_utf8);
    }
    let word = at
        + typed[at..]
            .find(|c| is_space(c) || QUOTES.contains(&c))
            .unwrap_or(typed.len() - at);
    let colon = typed[at..word].find(':').map(|colon| at + colon);
    let name = colon.filter(|colon| *colon > at).map(|colon| at..colon);
    if let Some(name) = &name {
        at = name.end + 1;
    }
    if typed[at..].starts_with(QUOTES) {
        let open = at + typed[at..].chars().next().map_or(0, char::len_utf8);
        // A quote that is never closed reaches to the end.
        let close = typed[open..].find(QUOTES).map(|close| open + close);
        let end = close.map_or(typed.len(), |close| {
            close + typed[close..].chars().next().map_or(0, char::len_utf8)
        });
        return Some(Piece {
            start,
            end,
            excluded,
            name,
            text: open..close.unwrap_or(typed.len()),
            quoted: true,
        });
    }
    Some(Piece {
        start,
        end: word,
        excluded,
        name,
        text: at..word,
        quoted: false,
    })
}
