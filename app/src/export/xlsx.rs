//! XLSX with real types, written row by row into a temporary file: memory does not grow with the rows.

use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use tokio::sync::mpsc::Receiver;

use super::cell::Cell;
use crate::locale::{Locale, Now};

/// The most characters Excel keeps in a cell.
const MOST_CHARS: usize = 32_767;

/// What a file says about itself, beside its rows.
#[derive(Clone, Debug)]
pub struct About {
    /// The name of the sheet with the rows.
    pub sheet: String,
    pub headings: Vec<String>,
    pub widths: Vec<f64>,
    /// The name of the other sheet, and its lines.
    pub about: String,
    pub lines: Vec<(String, String)>,
    /// What the number of rows is called there.
    pub rows: String,
}

struct Formats {
    head: Format,
    whole: Format,
    decimal: Format,
    money: Format,
    date: Format,
    moment: Format,
}

impl Formats {
    fn new(locale: Locale) -> Formats {
        let day = match locale {
            Locale::De => "dd.mm.yyyy",
            Locale::En => "yyyy-mm-dd",
        };
        let of = |form: &str| Format::new().set_num_format(form);
        Formats {
            head: Format::new().set_bold().set_align(FormatAlign::Top),
            whole: of("#,##0"),
            decimal: of("#,##0.######"),
            money: of("#,##0.00 [$€-407]"),
            date: of(day),
            moment: of(&format!("{day} hh:mm")),
        }
    }
}

/// Writes rows until there are no more, and then the file. Blocks.
///
/// # Errors
/// When the file cannot be written. The library panics where a row does not fit on the disk.
pub fn write(
    mut rows: Receiver<Vec<Vec<Cell>>>,
    about: &About,
    (locale, now): (Locale, Now),
    (folder, file): (&Path, &Path),
) -> Result<(), XlsxError> {
    let formats = Formats::new(locale);
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(&about.sheet)?;
    sheet.set_freeze_panes(1, 1)?;
    for (column, width) in (0u16..).zip(&about.widths) {
        sheet.set_column_width(column, *width)?;
    }
    for (column, heading) in (0u16..).zip(&about.headings) {
        sheet.write_string_with_format(0, column, heading, &formats.head)?;
    }
    let mut line = 0;
    while let Some(some) = rows.blocking_recv() {
        for row in some {
            line += 1;
            for (column, cell) in (0u16..).zip(&row) {
                put(sheet, (line, column), cell, &now, &formats)?;
            }
        }
    }
    let last = u16::try_from(about.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, line, last)?;
    let sheet = book.add_worksheet();
    sheet.set_name(&about.about)?;
    sheet.set_column_width(0, 22)?.set_column_width(1, 70)?;
    for (row, (label, words)) in (0u32..).zip(&about.lines) {
        sheet.write_string_with_format(row, 0, label, &formats.head)?;
        sheet.write_string(row, 1, short(words))?;
    }
    let end = u32::try_from(about.lines.len()).unwrap_or(u32::MAX);
    sheet.write_string_with_format(end, 0, &about.rows, &formats.head)?;
    sheet.write_number_with_format(end, 1, line, &formats.whole)?;
    book.save(file)
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    now: &Now,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let mut number = |n: f64, format: &Format| {
        sheet
            .write_number_with_format(row, column, n, format)
            .map(|_| ())
    };
    match cell {
        Cell::Empty => Ok(()),
        // A number of more digits than Excel keeps stays what it is as text.
        Cell::Number { kept, places } if kept.unsigned_abs() >= 10u64.pow(15) => {
            let text = entities::field::parse::typed_number(
                *kept,
                *places,
                entities::field::parse::Mark::Point,
            );
            sheet.write_string(row, column, text).map(|_| ())
        }
        Cell::Number { kept, places: 0 } => number(*kept as f64, &formats.whole),
        Cell::Number { kept, places } => {
            let scale = 10f64.powi(i32::try_from(*places).unwrap_or(0));
            number(*kept as f64 / scale, &formats.decimal)
        }
        Cell::Money(cents) => number(*cents as f64 / 100.0, &formats.money),
        Cell::Date(date) => number(serial(date.and_time(chrono::NaiveTime::MIN)), &formats.date),
        Cell::Moment(at) => number(serial(now.local(*at).naive_local()), &formats.moment),
        Cell::YesNo(yes) => sheet.write_boolean(row, column, *yes).map(|_| ()),
        Cell::Text(text) => sheet.write_string(row, column, short(text)).map(|_| ()),
    }
}

/// As much of a text as Excel keeps.
fn short(text: &str) -> &str {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MOST_CHARS {
            return &text[..at];
        }
    }
    text
}

/// Days since Excel's beginning of time, to the second.
fn serial(at: NaiveDateTime) -> f64 {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    (at - zero.and_time(chrono::NaiveTime::MIN)).num_seconds() as f64 / 86_400.0
}
