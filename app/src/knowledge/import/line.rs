//! Lines of Markdown: marks that open and close where CommonMark lets them, and letters that mean nothing but themselves.

use super::block::{Inline, Mark, one_line};
use super::escape::{address, code, escape};

/// Where a line stands: not everything may break it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Paragraph,
    Heading,
    Cell,
}

/// A part of a line on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// To be escaped.
    Text(String),
    /// Markdown already.
    Done(String),
    /// Opens or closes the mark with that number.
    Open(usize, Mark),
    Close(usize, Mark),
    /// The bracket before the words of a link.
    Bracket,
    Break,
}

/// A line of Markdown.
pub fn line(inlines: &[Inline], at: At) -> String {
    let mut pieces = Pieces {
        at,
        ..Pieces::default()
    };
    pieces.add(inlines, &mut Vec::new());
    let mut pieces = pieces.all;
    while pieces.last() == Some(&Piece::Break) {
        pieces.pop();
    }
    written(&fair(pieces), at)
}

struct Pieces {
    at: At,
    all: Vec<Piece>,
    marks: usize,
    /// White space that stands before whatever is seen next.
    gap: bool,
    /// Nothing is seen yet in this line.
    fresh: bool,
}

impl Default for Pieces {
    fn default() -> Pieces {
        Pieces {
            at: At::Paragraph,
            all: Vec::new(),
            marks: 0,
            gap: false,
            fresh: true,
        }
    }
}

impl Pieces {
    fn add(&mut self, inlines: &[Inline], within: &mut Vec<Mark>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Code(text) => {
                    if let Some(code) = code(text, self.at) {
                        self.seen(Piece::Done(code));
                    }
                }
                Inline::Marked(mark, inner) if *mark == Mark::Plain || within.contains(mark) => {
                    self.add(inner, within);
                }
                Inline::Marked(mark, inner) => {
                    let number = self.marks;
                    self.marks += 1;
                    self.settle();
                    self.all.push(Piece::Open(number, *mark));
                    within.push(*mark);
                    self.add(inner, within);
                    within.pop();
                    self.all.push(Piece::Close(number, *mark));
                }
                Inline::Link(to, inner) => {
                    self.settle();
                    self.all.push(Piece::Bracket);
                    self.add(inner, within);
                    self.all.push(Piece::Done(format!("]({})", address(to))));
                    self.fresh = false;
                }
                Inline::Image { from, text } => {
                    let mut words = String::new();
                    escape(&mut words, &one_line(text), self.at, None);
                    self.seen(Piece::Done(format!("![{words}]({})", address(from))));
                }
                Inline::Break if self.at == At::Paragraph => {
                    self.gap = false;
                    if !self.fresh {
                        self.all.push(Piece::Break);
                        self.fresh = true;
                    }
                }
                Inline::Break => self.gap = true,
            }
        }
    }

    fn text(&mut self, text: &str) {
        // A space that does not break is a letter of the text.
        let is_space = |c: char| c.is_ascii_whitespace();
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(is_space).unwrap_or(rest.len());
            if word > 0 {
                self.seen(Piece::Text(rest[..word].to_owned()));
            }
            rest = &rest[word..];
            let next = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            self.gap |= next > 0;
            rest = &rest[next..];
        }
    }

    /// Puts the space that waits before marks that have just opened: none opens before a space.
    fn settle(&mut self) {
        if !self.gap {
            return;
        }
        self.gap = false;
        if self.fresh {
            return;
        }
        let opened = |piece: &Piece| matches!(piece, Piece::Open(..) | Piece::Bracket);
        let before = self.all.iter().rposition(|piece| !opened(piece));
        let at = before.map_or(0, |last| last + 1);
        let is_apart = matches!(at.checked_sub(1).and_then(|last| self.all.get(last)), Some(Piece::Text(text)) if text.ends_with(' '));
        if !is_apart {
            self.all.insert(at, Piece::Text(" ".to_owned()));
        }
    }

    fn seen(&mut self, piece: Piece) {
        self.settle();
        self.fresh = false;
        match (self.all.last_mut(), piece) {
            (Some(Piece::Text(last)), Piece::Text(more)) => last.push_str(&more),
            (_, piece) => self.all.push(piece),
        }
    }
}

/// Without marks that would stay as they are typed: around nothing, or where they cannot open or close.
fn fair(mut pieces: Vec<Piece>) -> Vec<Piece> {
    // What ends and begins again at once never ended.
    let mut at = 0;
    while at + 1 < pieces.len() {
        match (&pieces[at], &pieces[at + 1]) {
            (Piece::Close(ended, one), Piece::Open(begun, other)) if one == other => {
                let (ended, begun) = (*ended, *begun);
                pieces.drain(at..at + 2);
                for piece in &mut pieces[at..] {
                    if let Piece::Close(number, _) = piece
                        && *number == begun
                    {
                        *number = ended;
                    }
                }
                at = at.saturating_sub(1);
            }
            _ => at += 1,
        }
    }
    let mut lost = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(number, _) => {
                let (before, after) = (seen_before(&pieces, at), seen_after(&pieces, at));
                let is_empty =
                    matches!(next_but_opened(&pieces, at), Some(Piece::Close(..)) | None);
                if is_empty || !may_open(before, after) {
                    lost.push(*number);
                }
            }
            Piece::Close(number, _) => {
                let (before, after) = (seen_before(&pieces, at), seen_after(&pieces, at));
                if !may_open(after, before) {
                    lost.push(*number);
                }
            }
            _ => {}
        }
    }
    pieces.retain(|piece| match piece {
        Piece::Open(number, _) | Piece::Close(number, _) => !lost.contains(number),
        _ => true,
    });
    pieces
}

fn next_but_opened(pieces: &[Piece], at: usize) -> Option<&Piece> {
    let mut rest = pieces[at + 1..].iter();
    rest.find(|piece| !matches!(piece, Piece::Open(..)))
}

/// The letter before the marks there; none at the edge of the line.
fn seen_before(pieces: &[Piece], at: usize) -> Option<char> {
    let mut before = pieces[..at].iter().rev();
    before.find_map(|piece| match piece {
        Piece::Text(text) | Piece::Done(text) => Some(text.chars().next_back()),
        Piece::Bracket => Some(Some('[')),
        Piece::Break => Some(None),
        Piece::Open(..) | Piece::Close(..) => None,
    })?
}

fn seen_after(pieces: &[Piece], at: usize) -> Option<char> {
    let mut after = pieces[at + 1..].iter();
    after.find_map(|piece| match piece {
        Piece::Text(text) | Piece::Done(text) => Some(text.chars().next()),
        Piece::Bracket => Some(Some('[')),
        Piece::Break => Some(None),
        Piece::Open(..) | Piece::Close(..) => None,
    })?
}

/// Whether a mark opens between these letters; one closes where it would open from the other side.
fn may_open(outside: Option<char>, inside: Option<char>) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_letter = |c: char| c.is_alphanumeric();
    match inside {
        None => false,
        Some(c) if c.is_whitespace() => false,
        Some(c) if is_letter(c) => true,
        // Which signs count as punctuation is read differently; these always do.
        Some(_) => is_space(outside) || outside.is_some_and(|c| c.is_ascii_punctuation()),
    }
}

fn written(pieces: &[Piece], at: At) -> String {
    let mut out = String::new();
    for (place, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => escape(&mut out, text, at, seen_after(pieces, place)),
            Piece::Done(text) => out.push_str(text),
            Piece::Open(_, mark) | Piece::Close(_, mark) => out.push_str(match mark {
                Mark::Strong => "**",
                Mark::Emphasis => "*",
                Mark::Struck => "~~",
                Mark::Plain => "",
            }),
            Piece::Bracket => out.push('['),
            Piece::Break => out.push_str("\\\n"),
        }
    }
    let mut out = out.trim_end_matches(' ').to_owned();
    if at == At::Heading && out.ends_with('#') {
        out.insert(out.len() - 1, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn strong(inner: &str) -> Inline {
        Inline::Marked(Mark::Strong, vec![text(inner)])
    }

    #[test]
    fn letters_mean_themselves() {
        for (from, to) in [
            ("a*b_c_d", "a\\*b_c_d"),
            ("_a_ snake_case", "\\_a\\_ snake_case"),
            ("1. Januar", "1\\. Januar"),
            ("- Strich", "\\- Strich"),
            ("-5 Grad", "-5 Grad"),
            ("# Raute", "\\# Raute"),
            ("> mehr", "\\> mehr"),
            ("a <b> & c &amp; d", "a \\<b> & c \\&amp; d"),
            ("[x] ~y~ `z`", "\\[x\\] \\~y\\~ \\`z\\`"),
        ] {
            assert_eq!(line(&[text(from)], At::Paragraph), to);
        }
        assert_eq!(line(&[text("a | b")], At::Cell), "a \\| b");
        assert_eq!(line(&[text("C #")], At::Heading), "C \\#");
    }

    #[test]
    fn spaces_stand_outside_of_marks() {
        let parts = [text("Drücken Sie"), strong(" Enter "), text("lange")];
        assert_eq!(line(&parts, At::Paragraph), "Drücken Sie **Enter** lange");
        assert_eq!(line(&[text(" a  b\n c ")], At::Paragraph), "a b c");
        assert_eq!(line(&[strong("a"), strong("b")], At::Paragraph), "**ab**");
        assert_eq!(line(&[strong(" ")], At::Paragraph), "");
    }

    #[test]
    fn marks_that_could_not_open_are_left_out() {
        let parts = [text("a"), strong("»b«"), text("c")];
        assert_eq!(line(&parts, At::Paragraph), "a»b«c");
        let parts = [text("»"), strong("b"), text("«")];
        assert_eq!(line(&parts, At::Paragraph), "»**b**«");
    }
}
