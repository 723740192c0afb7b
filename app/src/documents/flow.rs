//! Paragraphs and tables that follow each other: one text, and what becomes of each when it is filled.

use std::ops::Range;

use entities::text_block::fill::Edit;

/// Paragraphs and tables that follow each other in one element.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// Of all paragraphs; between two blocks stands a line break.
    pub text: String,
    pub blocks: Vec<Block>,
    pieces: Vec<Piece>,
}

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub struct Block {
    /// From its first event to behind its last.
    pub events: Range<usize>,
    /// In the text of the flow.
    at: Range<usize>,
    pub is_paragraph: bool,
    holds: Holds,
}

/// What a paragraph holds beside text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    pub picture: bool,
    pub section: bool,
    /// Fields that begin in it less those that end in it.
    pub fields: i32,
}

/// Text of one run, or a tab or a break.
#[derive(Clone, Debug)]
pub struct Piece {
    /// In the text of the flow, as long as it is read in that of its paragraph.
    pub at: Range<usize>,
    /// From the event that begins the element to behind the one that ends it.
    pub events: Range<usize>,
    pub is_text: bool,
}

/// The same, with what goes in one piece as one.
pub fn joined(edits: Vec<Edit<'_>>) -> Vec<Edit<'_>> {
    let mut out: Vec<Edit<'_>> = Vec::with_capacity(edits.len());
    for edit in edits {
        match out.last_mut() {
            Some(last)
                if last.fills.is_none() && edit.fills.is_none() && last.end == edit.begin =>
            {
                last.end = edit.end;
            }
            _ => out.push(edit),
        }
    }
    out
}

impl Flow {
    /// Says which events go, and what the texts say that begin with one.
    pub fn apply(&self, edits: &[Edit<'_>], gone: &mut [bool], said: &mut [Option<String>]) {
        if edits.is_empty() {
            return;
        }
        let from = |at: usize| edits.partition_point(|edit| edit.end <= at);
        for piece in &self.pieces {
            let mut text = String::new();
            let mut at = piece.at.start;
            let mut is_changed = false;
            for edit in &edits[from(piece.at.start)..] {
                if edit.begin >= piece.at.end {
                    break;
                }
                is_changed = true;
                if edit.begin >= piece.at.start {
                    text.push_str(&self.text[at..edit.begin]);
                    if let Some((_, with)) = &edit.fills {
                        text.push_str(with);
                    }
                }
                at = edit.end.min(piece.at.end);
            }
            text.push_str(&self.text[at..piece.at.end]);
            match (is_changed, piece.is_text) {
                (false, _) => {}
                (true, true) => said[piece.events.start] = Some(text),
                (true, false) => gone[piece.events.clone()].fill(true),
            }
        }
        let mut dropped: Vec<bool> = self
            .blocks
            .iter()
            .map(|block| self.is_dropped(block, &edits[from(block.at.start.saturating_sub(1))..]))
            .collect();
        // A cell, a frame and a head end with a paragraph.
        let last = (0..self.blocks.len()).rev().find(|at| !dropped[*at]);
        if last.is_none_or(|at| !self.blocks[at].is_paragraph)
            && let Some(at) = self.blocks.iter().rposition(|block| block.is_paragraph)
        {
            dropped[at] = false;
        }
        for (block, is_dropped) in self.blocks.iter().zip(dropped) {
            if is_dropped {
                gone[block.events.clone()].fill(true);
            }
        }
    }

    /// Whether nothing of a block remains: it stands in a passage that goes, or held nothing but its marks.
    fn is_dropped(&self, block: &Block, edits: &[Edit<'_>]) -> bool {
        if block.holds.section || block.holds.fields != 0 {
            return false;
        }
        let Range { start, end } = block.at;
        let touching = || edits.iter().take_while(|edit| edit.begin <= end);
        let goes = |edit: &Edit<'_>| edit.fills.is_none();
        if touching().any(|edit| goes(edit) && edit.begin < start && edit.end > end) {
            return true;
        }
        if !block.is_paragraph || block.holds.picture || start == end {
            return false;
        }
        let mut at = start;
        let mut has_marks = false;
        for edit in touching().filter(|edit| edit.begin < end && edit.end > start) {
            if !goes(edit) || !self.text[at..edit.begin.max(at)].trim().is_empty() {
                return false;
            }
            has_marks = true;
            at = edit.end.min(end);
        }
        has_marks && self.text[at..end].trim().is_empty()
    }
}

impl Flow {
    /// Adds a paragraph with what was read of it, or a table with none.
    pub fn push(
        &mut self,
        (text, pieces): (&str, &[Piece]),
        events: Range<usize>,
        (is_paragraph, holds): (bool, Holds),
    ) {
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        let moved = |piece: &Piece| Piece {
            at: piece.at.start + start..piece.at.end + start,
            ..piece.clone()
        };
        self.pieces.extend(pieces.iter().map(moved));
        self.blocks.push(Block {
            events,
            at: start..self.text.len(),
            is_paragraph,
            holds,
        });
    }
}
