//! A table as it was uploaded: lines of texts, whatever file they came in.

use super::{csv, xlsx};

/// The largest file.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// The most lines with people.
pub const MOST_LINES: usize = 20_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 60;
/// The most characters of a cell that are kept; a longer one is refused where it matters.
pub const MOST_CHARS: usize = 1000;

/// A table with its first line apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The first line that is not empty.
    pub headings: Vec<String>,
    pub lines: Vec<Line>,
}

/// One line as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As programs for tables count, from 1.
    pub number: u64,
    pub cells: Vec<String>,
}

/// Why a file is no table of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than 10 MB")]
    TooLarge,
    #[error("the file holds more than 20,000 lines or 60 columns")]
    TooMany,
    #[error("the file is neither CSV nor XLSX")]
    OtherKind,
    #[error("the file is damaged")]
    Damaged,
}

/// Reads a file by what is in it, not by its name.
///
/// # Errors
/// Says why it is no table of people.
pub fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    let lines = match bytes.starts_with(b"PK\x03\x04") {
        true => xlsx::lines(bytes)?,
        false => csv::lines(bytes)?,
    };
    let mut lines = lines
        .into_iter()
        .filter(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    let headings = lines.next().ok_or(Unreadable::Empty)?.cells;
    let lines: Vec<Line> = lines.collect();
    if lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    if lines.len() > MOST_LINES || headings.len() > MOST_COLUMNS {
        return Err(Unreadable::TooMany);
    }
    Ok(Sheet { headings, lines })
}

/// A cell's text on one line, without blanks around it.
pub fn cell(text: &str) -> String {
    let odd = |c: char| c.is_control() || c == '\u{feff}';
    let text = text.replace(odd, " ");
    text.trim().chars().take(MOST_CHARS).collect()
}
