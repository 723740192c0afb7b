//! CSV as offices write it: UTF-8 or Windows-1252, with semicolons, commas or tabs.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::sheet::{Line, MOST_COLUMNS, MOST_LINES, Unreadable, cell};

/// The most usual in Germany first; it wins where nothing speaks for another.
const SEPARATORS: [u8; 3] = *b";,\t";

/// How many lines tell the separator.
const SAMPLE: usize = 30;

/// All lines of the file.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let text = decode(bytes)?;
    let separator = separator(&text);
    let mut lines = Vec::new();
    for record in reader(&text, separator).into_records() {
        let record = record.map_err(|_| Unreadable::Damaged)?;
        if lines.len() > MOST_LINES || record.len() > MOST_COLUMNS {
            return Err(Unreadable::TooMany);
        }
        lines.push(Line {
            number: record.position().map_or(0, csv::Position::line),
            cells: record.iter().map(cell).collect(),
        });
    }
    Ok(lines)
}

/// By its mark, else as UTF-8, else as Windows-1252, in which every byte means something.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, _) = encoding.decode(bytes);
        return Ok(text);
    }
    // Old workbooks, PDF, pictures: no table has such bytes.
    if bytes.contains(&0) || bytes.starts_with(b"%PDF") {
        return Err(Unreadable::OtherKind);
    }
    let text = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    Ok(text.unwrap_or_else(|| WINDOWS_1252.decode(bytes).0))
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// The one that parts the first lines into the most columns, the same number in each.
fn separator(text: &str) -> u8 {
    let columns = |separator: &u8| -> usize {
        let counts: Vec<usize> = reader(text, *separator)
            .into_records()
            .take(SAMPLE)
            .filter_map(Result::ok)
            .map(|record| record.len())
            .collect();
        let first = counts.first().copied().unwrap_or(1);
        let alike = counts.iter().filter(|count| **count == first).count();
        (first - 1) * alike
    };
    let best = SEPARATORS.iter().rev().max_by_key(|one| columns(one));
    best.copied().unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let lines = lines(bytes).into_iter().flatten();
        lines.map(|line| line.cells).collect()
    }

    #[test]
    fn separators_and_encodings_are_told_from_the_bytes() {
        let wanted = [["Name", "Stelle"], ["Jörg Müller", "Bezirksamt Köpenick"]];
        for separator in [";", ",", "\t"] {
            let text =
                format!("Name{separator}Stelle\r\nJörg Müller{separator}Bezirksamt Köpenick\r\n");
            let (windows, _, _) = WINDOWS_1252.encode(&text);
            let marked = format!("\u{feff}{text}");
            let utf16: Vec<u8> = std::iter::once(0xfeff)
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect();
            for bytes in [text.as_bytes(), &*windows, marked.as_bytes(), &utf16] {
                assert_eq!(cells(bytes), wanted, "{separator:?}");
            }
        }
    }

    #[test]
    fn quoted_cells_keep_separators_and_lines_keep_their_numbers() {
        let text = "Name;Telefon\n\"Weber; Anna\";\"030\n1\"\nJonas;2\n";
        let all = lines(text.as_bytes()).unwrap_or_default();
        assert_eq!(all[1].cells, ["Weber; Anna", "030 1"]);
        assert_eq!(all[2].number, 4);
    }

    #[test]
    fn what_is_no_text_is_no_table() {
        for bytes in [&b"\xd0\xcf\x11\xe0\0\0"[..], b"%PDF-1.7\n1;2"] {
            assert_eq!(lines(bytes), Err(Unreadable::OtherKind));
        }
    }
}
