//! The archive that a DOCX is: its parts, what each is said to be, and what none of them may be or reach for.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::docx::Fault;
use super::part;

/// Bytes that are unpacked at most, of all parts together.
pub const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// Parts that are looked at.
const MOST_PARTS: usize = 1_000;
/// The part that says what the others are.
pub const TYPES: &str = "[Content_Types].xml";

/// What the parts are, as the archive says it: each by its name, or all of one ending.
#[derive(Debug, Default)]
pub struct Kinds {
    by_name: Vec<(String, String)>,
    by_ending: Vec<(String, String)>,
}

impl Kinds {
    /// Reads it from these parts. A template becomes a document by that.
    ///
    /// # Errors
    /// When no part says it, or none can be made of it.
    pub fn read(parts: &mut [(String, Vec<u8>)]) -> Result<Kinds, Fault> {
        let types = parts.iter_mut().find(|(name, _)| name == TYPES);
        let (_, types) = types.ok_or(Fault::NotADocx)?;
        let mut kinds = Kinds::default();
        elements(TYPES, types, |start| {
            let Some(kind) = attribute(start, "ContentType") else {
                return Ok(());
            };
            let local = start.local_name();
            let local: &str = local.as_ref();
            match local {
                "Override" => {
                    if let Some(name) = attribute(start, "PartName") {
                        let name = name.trim_start_matches('/').to_owned();
                        kinds.by_name.push((name, kind));
                    }
                }
                "Default" => {
                    if let Some(ending) = attribute(start, "Extension") {
                        kinds.by_ending.push((ending, kind));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        let text = utf8(TYPES, types)?;
        let text = text.replace(
            "wordprocessingml.template.main+xml",
            "wordprocessingml.document.main+xml",
        );
        *types = text.into_bytes();
        Ok(kinds)
    }

    /// What a part is; empty where nothing says it. What is said of its name goes before what is said of its ending.
    pub fn of(&self, name: &str) -> &str {
        // It is no part itself.
        if name == TYPES {
            return "";
        }
        let file = name.rsplit('/').next().unwrap_or_default();
        let ending = file.rsplit_once('.').map(|(_, ending)| ending);
        let mut named = self.by_name.iter();
        let named = named.find(|(of, _)| of.eq_ignore_ascii_case(name));
        let mut ended = self.by_ending.iter();
        let kind = named.or_else(|| {
            ended.find(|(of, _)| ending.is_some_and(|ending| of.eq_ignore_ascii_case(ending)))
        });
        kind.map(|(_, kind)| kind.as_str()).unwrap_or_default()
    }

    /// Whether anything is said to be such.
    pub fn any(&self, is_such: impl Fn(&str) -> bool) -> bool {
        let mut all = self.by_name.iter().chain(&self.by_ending);
        all.any(|(_, kind)| is_such(kind))
    }
}

/// All parts of the archive, by their names.
pub fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Fault> {
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
pub fn is_xml(name: &str, bytes: &[u8]) -> bool {
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
pub fn harmless(name: &str) -> Result<(), Fault> {
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

/// A part as text.
pub fn utf8<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Damaged(name.to_owned()))?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// A part without text of its own: no types declared, nothing fetched. An address that somebody clicks on may be named.
/// Whether there are fields in it all the same.
pub fn looked_through(name: &str, bytes: &[u8]) -> Result<bool, Fault> {
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
