//! A template of documents as it is taken in, and as it is filled: the parts of its archive, those with text among them.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use entities::text_block::{self, BlockKind, fill};
use zip::write::SimpleFileOptions;

use super::package::{Kinds, harmless, is_xml, looked_through, unpacked, utf8};
use super::part::{Part, Unreadable};

/// Elements, texts and the like of all parts with text: each takes far more memory than its letters.
const MOST_EVENTS: usize = 500_000;

/// The type of a DOCX.
pub const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The ends of the types of parts with text.
const TEXTS: [&str; 7] = [
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "wordprocessingml.header+xml",
    "wordprocessingml.footer+xml",
    "wordprocessingml.footnotes+xml",
    "wordprocessingml.endnotes+xml",
    "wordprocessingml.comments+xml",
];

/// Fields that fetch something or run something when a document is opened.
const CODES: [&str; 14] = [
    "INCLUDEPICTURE",
    "IMPORT",
    "INCLUDETEXT",
    "INCLUDE",
    "RD",
    "DDE",
    "DDEAUTO",
    "LINK",
    "EMBED",
    "CONTROL",
    "HTMLACTIVEX",
    "DATABASE",
    "MACROBUTTON",
    "PRINT",
];

/// Why a file is no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not the archive that a DOCX is.
    NotADocx,
    /// It unpacks to more than the bound.
    TooLarge,
    /// This part cannot be read.
    Damaged(String),
    /// This part declares types of its own.
    Dtd(String),
    Macro,
    /// It carries a program or a file of another kind.
    Embedded,
    /// It fetches this when it is opened.
    External(String),
    /// A field that fetches or runs something.
    Code(String),
    /// Nothing can fill this place.
    Unknown(String),
    /// A value that this condition never has.
    NeverSo(String),
    /// A passage that does not end where it began.
    Unbalanced,
}

/// A template, read.
#[derive(Clone, Debug)]
pub struct Docx {
    parts: Vec<(String, Vec<u8>)>,
    /// Those with text, by their place among the parts.
    texts: BTreeMap<usize, Part>,
}

/// A filled document.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub bytes: Vec<u8>,
    /// Each place with what fills it, once.
    pub places: Vec<(String, String)>,
    /// Places that nothing fills; then it is no letter yet.
    pub open: Vec<String>,
}

impl Docx {
    /// Reads a template and refuses what is none, what reaches for anything, and what nothing can fill.
    ///
    /// # Errors
    /// The first fault.
    pub fn read(bytes: &[u8]) -> Result<Docx, Fault> {
        let mut parts = unpacked(bytes)?;
        let kinds = Kinds::read(&mut parts)?;
        if kinds.any(|kind| kind.contains("macroEnabled")) {
            return Err(Fault::Macro);
        }
        let mut texts = BTreeMap::new();
        let mut has_main = false;
        let mut left = MOST_EVENTS;
        for (at, (name, bytes)) in parts.iter().enumerate() {
            harmless(name)?;
            let kind = kinds.of(name);
            let holds_text = TEXTS.iter().any(|end| kind.ends_with(end));
            if holds_text {
                has_main |= kind.ends_with("main+xml");
                let part = part(name, bytes, &mut left)?;
                checked(&part)?;
                texts.insert(at, part);
            } else if is_xml(name, bytes) && looked_through(name, bytes)? {
                harmless_codes(&part(name, bytes, &mut left)?)?;
            }
        }
        match has_main {
            true => Ok(Docx { parts, texts }),
            false => Err(Fault::NotADocx),
        }
    }

    /// The keys of dynamic fields that it names.
    pub fn fields(&self) -> Vec<&str> {
        let texts = self.texts.values().flat_map(Part::texts);
        texts.flat_map(fill::fields).collect()
    }

    /// What fills each place, without the document.
    ///
    /// # Errors
    /// When a part cannot be written.
    pub fn tried(&self, value: impl Fn(&str) -> Option<String>) -> anyhow::Result<Filled> {
        let mut filled = Filled::default();
        for part in self.texts.values() {
            part.filled(&value, &mut |name: &str, with: Option<&str>| {
                filled.note(name, with);
            })?;
        }
        Ok(filled)
    }

    /// The document with each place filled.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn filled(&self, value: impl Fn(&str) -> Option<String>) -> anyhow::Result<Filled> {
        let mut filled = Filled::default();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for (at, (name, bytes)) in self.parts.iter().enumerate() {
            zip.start_file(name.as_str(), options)?;
            match self.texts.get(&at) {
                None => zip.write_all(bytes)?,
                Some(part) => {
                    let mut told = |name: &str, with: Option<&str>| filled.note(name, with);
                    zip.write_all(&part.filled(&value, &mut told)?)?;
                }
            }
        }
        filled.bytes = zip.finish()?.into_inner();
        Ok(filled)
    }
}

impl Filled {
    fn note(&mut self, name: &str, with: Option<&str>) {
        match with {
            None if !self.open.iter().any(|one| one == name) => self.open.push(name.to_owned()),
            Some(with) if !self.places.iter().any(|(of, _)| of == name) => {
                self.places.push((name.to_owned(), with.to_owned()));
            }
            _ => {}
        }
    }
}

/// Reads a part, and takes what it is made of from `left`.
fn part(name: &str, bytes: &[u8], left: &mut usize) -> Result<Part, Fault> {
    let part = Part::read(utf8(name, bytes)?, *left).map_err(|why| match why {
        Unreadable::Damaged => Fault::Damaged(name.to_owned()),
        Unreadable::Dtd => Fault::Dtd(name.to_owned()),
        Unreadable::TooLarge => Fault::TooLarge,
    })?;
    *left -= part.size().min(*left);
    Ok(part)
}

/// What is wrong with the places of a part, and with what its fields compute.
fn checked(part: &Part) -> Result<(), Fault> {
    for text in part.texts() {
        match text_block::fault(BlockKind::Answer, text) {
            None => {}
            Some(text_block::Fault::Unknown(name)) => return Err(Fault::Unknown(name.to_owned())),
            Some(text_block::Fault::NeverSo(is)) => return Err(Fault::NeverSo(is.to_owned())),
            Some(text_block::Fault::Unbalanced) => return Err(Fault::Unbalanced),
        }
    }
    harmless_codes(part)
}

/// Refuses fields by what each begins with; nothing need stand between that and what it is about.
fn harmless_codes(part: &Part) -> Result<(), Fault> {
    let first = part.codes().lines().filter_map(|line| {
        let mut words = line
            .trim_start()
            .split(|c: char| !c.is_ascii_alphanumeric());
        words.next()
    });
    let mut words = first.map(str::to_ascii_uppercase);
    match words.find(|word| CODES.contains(&word.as_str())) {
        Some(code) => Err(Fault::Code(code)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
