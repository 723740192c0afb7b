//! Documents that are archives of XML: Word, PowerPoint, OpenDocument.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

/// Bytes that are unpacked at most, of all parts together.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// Parts that are looked at.
const MOST_PARTS: usize = 5_000;

/// What is written in the parts that hold texts, in the order of their names.
pub fn text(bytes: &[u8]) -> anyhow::Result<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    anyhow::ensure!(archive.len() <= MOST_PARTS, "too many parts");
    let mut parts: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .filter(|name| holds_text(name))
        .collect();
    anyhow::ensure!(!parts.is_empty(), "no part with text");
    parts.sort_by_key(|name| (name.len(), name.clone()));
    let mut left = MOST_UNPACKED;
    let mut out = String::new();
    for name in parts {
        let part = archive.by_name(&name)?;
        let mut xml = Vec::new();
        // What an archive says of its sizes may be a lie.
        left -= part.take(left).read_to_end(&mut xml)? as u64;
        words(&xml, &mut out);
        if left == 0 || out.len() > super::MOST {
            break;
        }
    }
    Ok(out)
}

fn holds_text(name: &str) -> bool {
    let is_xml = name.ends_with(".xml");
    let of_word = [
        "document",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
    ];
    let word = |rest: &str| of_word.iter().any(|part| rest.starts_with(part));
    is_xml
        && (name == "content.xml"
            || name.strip_prefix("word/").is_some_and(word)
            || name.starts_with("ppt/slides/slide")
            || name.starts_with("ppt/notesSlides/notesSlide"))
}

/// All text of a part as far as it can be read; a paragraph, a heading and a cell end a line.
fn words(xml: &[u8], out: &mut String) {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut held = Vec::new();
    loop {
        match reader.read_event_into(&mut held) {
            Ok(Event::Text(text)) => out.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) => {
                if let Ok(Some(letter)) = name.resolve_char_ref() {
                    out.push(letter);
                } else {
                    out.push_str(resolve_predefined_entity(&name.xml10_content()).unwrap_or(" "));
                }
            }
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                "p" | "h" | "tc" | "table-cell" => out.push('\n'),
                _ => {}
            },
            Ok(Event::Empty(tag)) => match tag.local_name().as_ref() {
                "tab" | "br" | "s" | "line-break" => out.push(' '),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
        if out.len() > super::MOST {
            return;
        }
        held.clear();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write as _;

    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let mut zip = zip::ZipWriter::new(&mut out);
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        out.into_inner()
    }

    #[test]
    fn a_letter_is_read_with_its_head_and_without_its_styles() {
        let letter = archive(&[
            (
                "word/document.xml",
                "<w:document><w:p><w:r><w:t>Zahl</w:t></w:r><w:r><w:t>lauf &amp; Frist</w:t></w:r></w:p>\
                 <w:p><w:r><w:t>f&#252;r</w:t><w:tab/><w:t>alle</w:t></w:r></w:p></w:document>",
            ),
            (
                "word/header1.xml",
                "<w:hdr><w:p><w:t>Landesamt</w:t></w:p></w:hdr>",
            ),
            ("word/styles.xml", "<w:styles><w:t>nichts</w:t></w:styles>"),
        ]);
        assert_eq!(
            text(&letter).unwrap(),
            "Landesamt\nZahllauf & Frist\nfür alle\n"
        );
    }

    #[test]
    fn an_open_document_is_read() {
        let text_document = archive(&[(
            "content.xml",
            "<office:text><text:h>Ablauf</text:h><text:p>erst<text:s/>dann</text:p></office:text>",
        )]);
        assert_eq!(text(&text_document).unwrap(), "Ablauf\nerst dann\n");
    }

    #[test]
    fn a_part_that_breaks_off_is_read_up_to_there() {
        let broken = archive(&[("content.xml", "<text:p>vorher</text:p><text:p")]);
        assert_eq!(text(&broken).unwrap(), "vorher\n");
    }

    #[test]
    fn an_archive_that_grows_without_end_is_not_unpacked() {
        let much = format!("<text:p>{}</text:p>", "wort ".repeat(2_000_000));
        let read = text(&archive(&[("content.xml", &much)])).unwrap();
        assert!(read.len() <= much.len());
    }
}
