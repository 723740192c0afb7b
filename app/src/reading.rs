//! The text of files: what kind of file it is, and a process of its own that reads it.
//!
//! Files come from strangers. Whoever reads one works in a process that has no settings, no database and little memory
//! and time, so that a file that is made to do harm, or only broken, ends that process and nothing else.

pub mod apart;
mod office;
mod sheet;

use std::io::Cursor;

use crate::knowledge::import::charset;
use crate::mail::read::html_to_text;

/// The largest file that is read, in bytes.
pub const LARGEST: i64 = 50 * 1024 * 1024;
/// The most bytes of text that are kept of a file.
pub const MOST: usize = 200_000;

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    Text,
    Html,
    Pdf,
    /// Word, PowerPoint, OpenDocument: what is written in the parts of an archive.
    Office,
    /// Excel and OpenDocument tables.
    Sheet,
}

impl Kind {
    /// By the ending of a name, or by its content type when the name says nothing; none for what is not read.
    pub fn of(name: &str, content_type: &str) -> Option<Kind> {
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase());
        let by_name = match ending.as_deref() {
            Some(
                "txt" | "text" | "csv" | "tsv" | "log" | "md" | "xml" | "json" | "ini" | "conf",
            ) => Some(Kind::Text),
            Some("htm" | "html" | "xhtml") => Some(Kind::Html),
            Some("pdf") => Some(Kind::Pdf),
            Some("docx" | "docm" | "dotx" | "pptx" | "pptm" | "odt" | "ott" | "odp" | "odg") => {
                Some(Kind::Office)
            }
            Some("xlsx" | "xlsm" | "xlsb" | "xls" | "ods") => Some(Kind::Sheet),
            _ => None,
        };
        by_name.or_else(|| Kind::of_content_type(content_type))
    }

    fn of_content_type(content_type: &str) -> Option<Kind> {
        let plain = content_type.split(';').next().unwrap_or_default();
        let plain = plain.trim().to_lowercase();
        match plain.as_str() {
            "text/html" | "application/xhtml+xml" => Some(Kind::Html),
            "application/pdf" => Some(Kind::Pdf),
            "application/vnd.oasis.opendocument.text"
            | "application/vnd.oasis.opendocument.presentation" => Some(Kind::Office),
            "application/vnd.oasis.opendocument.spreadsheet" | "application/vnd.ms-excel" => {
                Some(Kind::Sheet)
            }
            "text/calendar" | "text/vcard" => None,
            text if text.starts_with("text/") => Some(Kind::Text),
            open if open.starts_with("application/vnd.openxmlformats-officedocument.") => {
                match open.contains("spreadsheet") {
                    true => Some(Kind::Sheet),
                    false => Some(Kind::Office),
                }
            }
            _ => None,
        }
    }
}

/// What is written in a file; in the process that was started for it.
///
/// # Errors
/// Why nothing could be read.
pub fn text(kind: Kind, bytes: &[u8]) -> anyhow::Result<String> {
    let text = match kind {
        Kind::Text => charset::decode(bytes).0,
        Kind::Html => html_to_text(&charset::decode(bytes).0),
        Kind::Pdf => pdf_extract::extract_text_from_mem(bytes)?,
        Kind::Office => office::text(bytes)?,
        Kind::Sheet => sheet::text(Cursor::new(bytes))?,
    };
    Ok(tidy(&text))
}

/// Without control characters and repeated white space, line by line, up to the most that is kept.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MOST));
    for line in text.lines() {
        let words = line.split(|c: char| c.is_whitespace() || c.is_control());
        let before = out.len();
        for word in words.filter(|word| !word.is_empty()) {
            if out.len() + word.len() > MOST {
                return out;
            }
            if out.len() > before {
                out.push(' ');
            }
            out.push_str(word);
        }
        if out.len() > before {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_file_is_what_its_name_says_and_else_what_its_sender_says() {
        assert_eq!(
            Kind::of("Bescheid.PDF", "application/octet-stream"),
            Some(Kind::Pdf)
        );
        assert_eq!(Kind::of("Bescheid", "application/pdf"), Some(Kind::Pdf));
        assert_eq!(Kind::of("liste.xlsx", "application/zip"), Some(Kind::Sheet));
        assert_eq!(
            Kind::of("protokoll", "text/plain; charset=utf-8"),
            Some(Kind::Text)
        );
        assert_eq!(Kind::of("bild.png", "image/png"), None);
        assert_eq!(Kind::of("termin.ics", "text/calendar"), None);
    }

    #[test]
    fn white_space_and_control_characters_do_not_fill_the_index() {
        assert_eq!(tidy("  a\u{0}b \t c \n\n\r\n d"), "a b c\nd\n");
        assert!(tidy(&"wort ".repeat(100_000)).len() <= MOST);
    }

    #[test]
    fn texts_and_pages_are_read_in_their_own_letters() {
        assert_eq!(text(Kind::Text, b"Gr\xfc\xdfe").unwrap(), "Grüße\n");
        let page = "<title>x</title><p>Grüße <b>aus</b> Kiel</p><script>alert(1)</script>";
        let read = text(Kind::Html, page.as_bytes()).unwrap();
        assert!(read.contains("Grüße aus Kiel"), "{read}");
        assert!(!read.contains("alert"), "{read}");
    }

    #[test]
    fn what_is_broken_is_an_error() {
        for kind in [Kind::Pdf, Kind::Office, Kind::Sheet] {
            assert!(text(kind, b"nothing of that kind").is_err(), "{kind:?}");
        }
    }
}
