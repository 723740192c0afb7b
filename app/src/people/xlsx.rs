//! The first sheet of an XLSX file, read within limits that hold before its cells are believed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};
use chrono::{Days, NaiveDate};

use super::sheet::{Line, MOST_COLUMNS, MOST_LINES, Unreadable, cell};

/// The most bytes of all parts, unpacked.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most parts of the archive.
const MOST_PARTS: usize = 500;
/// The most cells that merged areas are filled into.
const MOST_MERGED: usize = 100_000;

/// All lines with a cell, values of formulas as they were last computed.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    within_limits(bytes)?;
    let damaged = |_| Unreadable::Damaged;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        // Some other archive.
        calamine::XlsxError::FileNotFound(_) => Unreadable::OtherKind,
        _ => Unreadable::Damaged,
    })?;
    let name = book.sheet_names().first().cloned();
    let name = name.ok_or(Unreadable::Empty)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
    while let Some(one) = cells.next_cell().map_err(damaged)? {
        let (row, column) = one.get_position();
        let text = cell(&text(one.get_value()));
        if text.is_empty() {
            continue;
        }
        // A cell far out must not make all those before it.
        if column as usize >= MOST_COLUMNS || rows.len() > MOST_LINES + 1 {
            return Err(Unreadable::TooMany);
        }
        rows.entry(row).or_default().insert(column, text);
    }
    drop(cells);
    for area in book.merge_cells_by_sheet_name(&name).map_err(damaged)? {
        fill(&mut rows, area.start, area.end)?;
    }
    let width = rows.values().filter_map(|row| row.keys().last()).max();
    let width = width.map_or(0, |last| last + 1);
    Ok(rows
        .into_iter()
        .map(|(row, mut cells)| Line {
            number: u64::from(row) + 1,
            cells: (0..width)
                .map(|column| cells.remove(&column).unwrap_or_default())
                .collect(),
        })
        .collect())
}

/// Unpacks every part into nothing and counts, because what an archive says of its sizes may be a lie.
fn within_limits(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::TooLarge);
    }
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Unreadable::Damaged)?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|_| Unreadable::Damaged)?;
        left = left.checked_sub(read).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

/// A merged area says the same in each of its lines; only its first column does.
fn fill(
    rows: &mut BTreeMap<u32, BTreeMap<u32, String>>,
    start: (u32, u32),
    end: (u32, u32),
) -> Result<(), Unreadable> {
    let value = rows
        .get(&start.0)
        .and_then(|row| row.get(&start.1))
        .cloned();
    let Some(value) = value else { return Ok(()) };
    if (end.0.saturating_sub(start.0)) as usize > MOST_MERGED {
        return Err(Unreadable::TooMany);
    }
    let below: Vec<u32> = rows.range(start.0..=end.0).map(|(row, _)| *row).collect();
    for row in below {
        if let Some(cells) = rows.get_mut(&row) {
            cells.entry(start.1).or_insert_with(|| value.clone());
        }
    }
    Ok(())
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // A phone number that was taken for a number.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(at) => date(at.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Days since the end of 1899, as a date.
fn date(days: f64) -> String {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30);
    let whole = days.clamp(0.0, 3_000_000.0).floor() as u64;
    let date = first.and_then(|first| first.checked_add_days(Days::new(whole)));
    date.map(|date| date.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    /// A workbook of one sheet with these rows.
    fn book(rows: &str, more: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetData>{rows}</sheetData>{more}</worksheet>"
        );
        let parts = [
            (
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"r0\" Target=\"xl/workbook.xml\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>",
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
                 <sheets><sheet name=\"Personen\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/></Relationships>",
            ),
            ("xl/worksheets/sheet1.xml", sheet.as_str()),
        ];
        for (name, text) in parts {
            let _ = archive.start_file(name, SimpleFileOptions::default());
            let _ = archive.write_all(text.as_bytes());
        }
        archive.finish().map(Cursor::into_inner).unwrap_or_default()
    }

    fn said(place: &str, text: &str) -> String {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    #[test]
    fn values_of_formulas_numbers_and_merged_cells_are_read() {
        let rows = format!(
            "<row r=\"1\">{}{}</row><row r=\"2\"><c r=\"A2\" t=\"str\"><f>B1&amp;1</f><v>Anna</v></c>{}</row>\
             <row r=\"3\"><c r=\"A3\"><v>30123456</v></c></row>",
            said("A1", "Name"),
            said("B1", "Stelle"),
            said("B2", "Pankow"),
        );
        let merged = "<mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/></mergeCells>";
        let lines = lines(&book(&rows, merged)).unwrap_or_default();
        let cells: Vec<_> = lines.iter().map(|line| line.cells.clone()).collect();
        assert_eq!(
            cells,
            [
                ["Name", "Stelle"],
                ["Anna", "Pankow"],
                ["30123456", "Pankow"]
            ]
        );
        assert_eq!(lines[2].number, 3);
    }

    #[test]
    fn days_are_dates() {
        assert_eq!(date(46_351.0), "2026-11-25");
    }

    #[test]
    fn a_bomb_is_not_believed() {
        let zeros = "0".repeat(MOST_UNPACKED as usize + 1);
        let rows = format!("<row r=\"1\">{}</row>", said("A1", &zeros));
        let bomb = book(&rows, "");
        assert!(bomb.len() < 1024 * 1024);
        assert_eq!(lines(&bomb), Err(Unreadable::TooLarge));
        let far = format!(
            "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
            said("A1", "x"),
            said("XFD1048576", "y")
        );
        assert_eq!(lines(&book(&far, "")), Err(Unreadable::TooMany));
    }

    #[test]
    fn another_archive_and_a_cut_one_are_told() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let _ = archive.start_file("word/document.xml", SimpleFileOptions::default());
        let other = archive.finish().map(Cursor::into_inner).unwrap_or_default();
        assert!(matches!(
            lines(&other),
            Err(Unreadable::OtherKind | Unreadable::Damaged)
        ));
        let whole = book("", "");
        assert_eq!(lines(&whole[..whole.len() / 2]), Err(Unreadable::Damaged));
    }
}
