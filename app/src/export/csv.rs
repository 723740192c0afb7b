//! CSV as Excel opens it by a double click: UTF-8 with a mark, the separator of the reader's language, RFC 4180.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use entities::export::Model;
use tokio::sync::mpsc::Sender;

use super::cell::{self, Cell};
use super::reader::{Reader, Walk};
use crate::locale::{Locale, Now};

/// Says to every program that this is UTF-8.
const MARK: &str = "\u{feff}";

/// What parts columns: Excel takes the comma for a number's where numbers are written with one.
fn separator(locale: Locale) -> u8 {
    match locale {
        Locale::De => b';',
        Locale::En => b',',
    }
}

fn lines(locale: Locale, lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new()
        .delimiter(separator(locale))
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines {
        // Writing into memory cannot fail.
        let _ = table.write_record(&line);
    }
    table.into_inner().unwrap_or_default()
}

/// The first line with the mark before it.
pub fn head(locale: Locale, headings: &[String]) -> Vec<u8> {
    let headings = headings.iter().map(|h| cell::harmless(h)).collect();
    let line = lines(locale, std::iter::once(headings));
    [MARK.as_bytes(), &line].concat()
}

/// Some rows.
pub fn body(locale: Locale, now: &Now, rows: &[Vec<Cell>]) -> Vec<u8> {
    let text = |row: &Vec<Cell>| row.iter().map(|c| cell::csv(locale, now, c)).collect();
    lines(locale, rows.iter().map(text))
}

/// Why a file ended before its last row.
#[derive(Debug)]
pub enum Cut {
    /// Whoever fetched it went away.
    Left,
    /// It was stopped from elsewhere.
    Stopped,
    Desk(entities::DeskError),
}

/// Writes all rows as fast as they are fetched; `written` counts them.
pub async fn write(
    reader: &Reader,
    begun: &Model,
    to: &Sender<std::io::Result<Bytes>>,
    written: &AtomicUsize,
) -> Result<(), Cut> {
    let send = async |bytes: Vec<u8>| to.send(Ok(bytes.into())).await.map_err(|_| Cut::Left);
    send(head(reader.locale, &reader.headings())).await?;
    let mut walk = Walk::new(reader, begun);
    while let Some(rows) = walk.next().await.map_err(Cut::Desk)? {
        send(body(reader.locale, &reader.now, &rows)).await?;
        written.fetch_add(rows.len(), Ordering::Relaxed);
    }
    Ok(())
}
