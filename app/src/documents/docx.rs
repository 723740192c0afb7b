//! A template of documents as it is taken in, and as it is filled: an archive of parts, those with text among them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use entities::text_block::{self, BlockKind, fill};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;

use super::part::{self, Part, Unreadable};

/// Bytes that are unpacked at most, of all parts together.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// Parts that are looked at.
const MOST_PARTS: usize = 1_000;
/// Elements, texts and the like of all parts with text: each takes far more memory than its letters.
const MOST_EVENTS: usize = 500_000;

/// The type of a DOCX.
pub const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The part that says what the others are.
const TYPES: &str = "[Content_Types].xml";

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
        let types = parts.iter_mut().find(|(name, _)| name == TYPES);
        let (_, types) = types.ok_or(Fault::NotADocx)?;
        let known = declared(types)?;
        if known.iter().any(|(_, kind)| kind.contains("macroEnabled")) {
            return Err(Fault::Macro);
        }
        let mut texts = BTreeMap::new();
        let mut has_main = false;
        let mut left = MOST_EVENTS;
        for (at, (name, bytes)) in parts.iter().enumerate() {
            harmless(name)?;
            let kind = known.iter().find(|(of, _)| of.eq_ignore_ascii_case(name));
            let kind = kind.map(|(_, kind)| kind.as_str()).unwrap_or_default();
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

/// All parts of the archive, by their names.
fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes));
    let mut archive = archive.map_err(|_| Fault::NotADocx)?;
    if archive.len() > MOST_PARTS {
        return Err(Fault::TooLarge);
    }
    let mut left = MOST_UNPACKED;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| Fault::NotADocx)?;
        let name = file.name().map_err(|_| Fault::NotADocx)?.into_owned();
        if name.ends_with('/') {
            continue;
        }
        // Which of two is meant, and what a stroke backwards is, each program says for itself.
        let is_same = |(other, _): &(String, Vec<u8>)| other.eq_ignore_ascii_case(&name);
        if name.contains('\\') || parts.iter().any(is_same) {
            return Err(Fault::Damaged(name));
        }
        let mut bytes = Vec::new();
        // What an archive says of its sizes may be a lie.
        let read = file.take(left + 1).read_to_end(&mut bytes);
        read.map_err(|_| Fault::Damaged(name.clone()))?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or(Fault::TooLarge)?;
        parts.push((name, bytes));
    }
    Ok(parts)
}

/// Whether it is XML, by its name or by how it begins: a part is read as what the types say, whatever it is called.
fn is_xml(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = [".xml", ".rels", ".vml"];
    let begins = matches!(
        bytes.trim_ascii_start(),
        [b'<', b'?' | b'!' | b'_' | b'a'..=b'z' | b'A'..=b'Z', ..]
            | [0xef, 0xbb, 0xbf, b'<', ..]
            | [0xff, 0xfe, b'<', ..]
            | [0xfe, 0xff, 0, ..]
            | [b'<', 0, ..]
            | [0, b'<', ..]
    );
    begins || ends.iter().any(|end| name.ends_with(end))
}

/// Refuses programs, and files of other kinds that are opened by a click.
fn harmless(name: &str) -> Result<(), Fault> {
    let name = name.to_ascii_lowercase();
    let file = name.rsplit('/').next().unwrap_or_default();
    if file.starts_with("vba") {
        return Err(Fault::Macro);
    }
    let is_bound = ["activex/", "embeddings/"]
        .iter()
        .any(|part| name.contains(part));
    if is_bound || file.starts_with("afchunk") {
        return Err(Fault::Embedded);
    }
    Ok(())
}

fn utf8<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Damaged(name.to_owned()))?;
    Ok(text.trim_start_matches('\u{feff}'))
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

/// Calls `seen` with each element of a part.
fn elements(
    name: &str,
    bytes: &[u8],
    mut seen: impl FnMut(&BytesStart<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut reader = Reader::from_str(utf8(name, bytes)?);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => seen(&start)?,
            Ok(Event::DocType(_)) => return Err(Fault::Dtd(name.to_owned())),
            Ok(Event::Decl(says)) if !part::is_utf8(&says) => {
                return Err(Fault::Damaged(name.to_owned()));
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(Fault::Damaged(name.to_owned())),
        }
    }
}

/// The value of an attribute.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    value.ok().map(|value| value.into_owned())
}

/// What each part is, by its name. A template becomes a document by that.
fn declared(types: &mut Vec<u8>) -> Result<Vec<(String, String)>, Fault> {
    let mut known = Vec::new();
    elements(TYPES, types, |start| {
        if start.local_name().as_ref() == "Override"
            && let Some(name) = attribute(start, "PartName")
            && let Some(kind) = attribute(start, "ContentType")
        {
            known.push((name.trim_start_matches('/').to_owned(), kind));
        }
        Ok(())
    })?;
    let text = utf8(TYPES, types)?;
    let text = text.replace(
        "wordprocessingml.template.main+xml",
        "wordprocessingml.document.main+xml",
    );
    *types = text.into_bytes();
    Ok(known)
}

/// A part without text of its own: no types declared, nothing fetched. An address that somebody clicks on may be named.
/// Whether there are fields in it all the same.
fn looked_through(name: &str, bytes: &[u8]) -> Result<bool, Fault> {
    let names_others = name.to_ascii_lowercase().ends_with(".rels");
    let mut has_fields = false;
    elements(name, bytes, |start| {
        let local = start.local_name();
        let local: &str = local.as_ref();
        match local {
            "instrText" | "fldSimple" => has_fields = true,
            // Where the rows of a serial letter come from.
            "connectString" | "udl" => return Err(Fault::External("mailMerge".to_owned())),
            _ => {}
        }
        if !names_others || local != "Relationship" {
            return Ok(());
        }
        let said = |name: &str| attribute(start, name).unwrap_or_default();
        let kind = said("Type");
        if kind.ends_with("/vbaProject") {
            return Err(Fault::Macro);
        }
        let mut bound = ["/aFChunk", "/oleObject", "/package", "/control"].iter();
        if bound.any(|end| kind.ends_with(end)) {
            return Err(Fault::Embedded);
        }
        let target = said("Target");
        let is_outside =
            said("TargetMode").eq_ignore_ascii_case("External") || target.contains("://");
        let starts = ["http://", "https://", "mailto:"];
        let is_click = kind.ends_with("/hyperlink") && starts.iter().any(|s| target.starts_with(s));
        match is_outside && !is_click {
            true => Err(Fault::External(target)),
            false => Ok(()),
        }
    })?;
    Ok(has_fields)
}

#[cfg(test)]
mod tests;
