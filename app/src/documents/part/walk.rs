//! A part read event by event: which elements are open, and what of a text they hold.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::{Part, Unreadable};
use crate::documents::flow::{Flow, Holds, Piece};

/// What elements of texts are named in, the usual and the strict way.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Paragraph,
    Run,
    /// A table, or what is filled in by hand.
    Table,
    Text,
    Tab,
    Break,
    Picture,
    Section,
    FieldChar,
    Code,
    Other,
}

/// An element that is open.
struct Open {
    begin: usize,
    role: Role,
    text: String,
    pieces: Vec<Piece>,
    holds: Holds,
    /// What it holds of a flow.
    flow: Flow,
}

/// What was read of a part so far.
#[derive(Default)]
pub struct Walk {
    events: Vec<Event<'static>>,
    open: Vec<Open>,
    flows: Vec<Flow>,
    codes: String,
    prefix: Option<String>,
}

impl Walk {
    /// How many events were read.
    pub fn size(&self) -> usize {
        self.events.len()
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// What was read; none when an element is still open, or nothing says how texts are named.
    pub fn part(self) -> Option<Part> {
        let is_whole = self.open.is_empty() && self.prefix.is_some();
        is_whole.then_some(Part {
            events: self.events,
            flows: self.flows,
            codes: self.codes,
        })
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// When it cannot follow.
    pub fn take(&mut self, event: Event<'_>) -> Result<(), Unreadable> {
        let at = self.events.len();
        match &event {
            Event::Start(start) => {
                if self.prefix.is_none() {
                    self.prefix = prefix(start);
                }
                let role = self.role(start.name().as_ref());
                if let Some(paragraph) = self.paragraph() {
                    match role {
                        Role::Picture => paragraph.holds.picture = true,
                        Role::Section => paragraph.holds.section = true,
                        Role::FieldChar => paragraph.holds.fields += field_step(start),
                        _ => {}
                    }
                }
                if let Some(code) = simple_code(start) {
                    self.codes.push('\n');
                    self.codes.push_str(&code);
                    self.codes.push('\n');
                }
                if role == Role::FieldChar {
                    self.codes.push('\n');
                }
                self.open.push(Open {
                    begin: at,
                    role,
                    text: String::new(),
                    pieces: Vec::new(),
                    holds: Holds::default(),
                    flow: Flow::default(),
                });
            }
            Event::End(_) => {
                let open = self.open.pop().ok_or(Unreadable::Damaged)?;
                self.end(open, at + 1);
            }
            Event::Text(text) => self.say(&text.xml10_content()),
            Event::CData(text) => self.say(&text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(letter)) => self.say(letter.encode_utf8(&mut [0; 4])),
                Ok(None) => {
                    let said = resolve_predefined_entity(&name.xml10_content());
                    let said = said.ok_or(Unreadable::Damaged)?.to_owned();
                    self.say(&said);
                }
                Err(_) => return Err(Unreadable::Damaged),
            },
            _ => {}
        }
        self.events.push(event.into_owned());
        Ok(())
    }

    /// Text counts where it stands in an element of text itself.
    fn say(&mut self, text: &str) {
        match self.open.last_mut() {
            Some(open) if open.role == Role::Text => open.text.push_str(text),
            Some(open) if open.role == Role::Code => self.codes.push_str(text),
            _ => {}
        }
    }

    /// The paragraph around.
    fn paragraph(&mut self) -> Option<&mut Open> {
        let mut all = self.open.iter_mut().rev();
        all.find(|open| open.role == Role::Paragraph)
    }

    fn end(&mut self, open: Open, behind: usize) {
        let events = open.begin..behind;
        let around = self.open.last().map(|around| around.role);
        // The stops of a tabulator are called like the tabs themselves.
        let piece = match (open.role, around) {
            (Role::Text, Some(Role::Run)) => Some((open.text.as_str(), true)),
            (Role::Tab, Some(Role::Run)) => Some(("\t", false)),
            (Role::Break, Some(Role::Run)) => Some(("\n", false)),
            _ => None,
        };
        if let (Some((text, is_text)), Some(paragraph)) = (piece, self.paragraph()) {
            let start = paragraph.text.len();
            paragraph.text.push_str(text);
            let at = start..paragraph.text.len();
            paragraph.pieces.push(Piece {
                at,
                events: events.clone(),
                is_text,
            });
        }
        let is_paragraph = open.role == Role::Paragraph;
        if (is_paragraph || open.role == Role::Table)
            && let Some(around) = self.open.last_mut()
        {
            let said = (open.text.as_str(), open.pieces.as_slice());
            around.flow.push(said, events, (is_paragraph, open.holds));
        }
        if open.flow.blocks.iter().any(|block| block.is_paragraph) {
            self.flows.push(open.flow);
        }
    }

    fn role(&self, name: &str) -> Role {
        let local = match (&self.prefix, name.split_once(':')) {
            (Some(prefix), Some((of, local))) if prefix == of => local,
            (Some(prefix), None) if prefix.is_empty() => name,
            // What a field computes counts under whatever name it goes.
            (_, split) => {
                return match split.map_or(name, |(_, local)| local) {
                    "fldChar" => Role::FieldChar,
                    "instrText" => Role::Code,
                    _ => Role::Other,
                };
            }
        };
        match local {
            "p" => Role::Paragraph,
            "r" => Role::Run,
            "tbl" | "sdt" => Role::Table,
            "t" => Role::Text,
            "tab" | "ptab" => Role::Tab,
            "br" | "cr" => Role::Break,
            "drawing" | "pict" | "object" | "sym" => Role::Picture,
            "sectPr" => Role::Section,
            "fldChar" => Role::FieldChar,
            "instrText" => Role::Code,
            _ => Role::Other,
        }
    }
}

/// What elements of texts begin with, as the first element says it; empty where it is what all names mean.
fn prefix(root: &BytesStart<'_>) -> Option<String> {
    root.attributes().flatten().find_map(|attribute| {
        if !NAMESPACES.contains(&attribute.value.as_ref()) {
            return None;
        }
        match attribute.key.as_ref() {
            "xmlns" => Some(String::new()),
            key => key.strip_prefix("xmlns:").map(str::to_owned),
        }
    })
}

/// One more field that is open, or one less.
fn field_step(start: &BytesStart<'_>) -> i32 {
    let kind = start
        .attributes()
        .flatten()
        .find(|one| one.key.local_name().as_ref() == "fldCharType");
    match kind.as_ref().map(|one| &*one.value) {
        Some("begin") => 1,
        Some("end") => -1,
        _ => 0,
    }
}

/// What a field without a run of its own computes.
fn simple_code(start: &BytesStart<'_>) -> Option<String> {
    if start.local_name().as_ref() != "fldSimple" {
        return None;
    }
    let all = start.attributes().flatten();
    let mut codes = all.filter(|one| one.key.local_name().as_ref() == "instr");
    let code = codes.next()?;
    let plain = code.normalized_value(XmlVersion::Implicit1_0);
    Some(plain.unwrap_or(code.value).into_owned())
}
