//! Tables: the words in their cells, row by row.

use std::fmt::Write as _;
use std::io::{Read, Seek};

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

/// What is written in the cells of all sheets.
pub fn text(file: impl Read + Seek + Clone) -> anyhow::Result<String> {
    let mut book = open_workbook_auto_from_rs(file)?;
    let mut out = String::new();
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else {
            continue;
        };
        out.push_str(&name);
        out.push('\n');
        for row in range.rows() {
            for cell in row.iter().filter(|cell| !matches!(cell, Data::Empty)) {
                write!(out, "{cell} ")?;
            }
            out.push('\n');
            if out.len() > super::MOST {
                return Ok(out);
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_table_is_read_row_by_row() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("Zahllauf").unwrap();
        sheet.write_string(0, 0, "Schule").unwrap();
        sheet.write_string(0, 1, "Betrag").unwrap();
        sheet.write_string(1, 0, "Am Hang").unwrap();
        sheet.write_number(1, 1, 12.5).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let text = text(Cursor::new(bytes)).unwrap();
        assert_eq!(text, "Zahllauf\nSchule Betrag \nAm Hang 12.5 \n");
    }
}
