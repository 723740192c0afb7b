//! One part of a DOCX with text: what its paragraphs say, however Word has cut it into runs, and what filling makes of it.

use entities::text_block::fill::edits;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use super::flow::{Flow, Holds, Piece, joined};

/// What elements of texts are named in, the usual and the strict way.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Elements within elements.
const DEEPEST: usize = 500;

/// Why a part cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// No XML.
    Damaged,
    /// It declares a type of its own.
    Dtd,
    /// It is made of more than what it may be.
    TooLarge,
}

/// A part as its events, with where its texts stand.
#[derive(Clone, Debug)]
pub struct Part {
    events: Vec<Event<'static>>,
    flows: Vec<Flow>,
    /// What fields compute, each in a line.
    codes: String,
}

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

/// What was read of an element so far; all parts of one part.
struct Walk {
    events: Vec<Event<'static>>,
    open: Vec<Open>,
    flows: Vec<Flow>,
    codes: String,
    prefix: Option<String>,
}

impl Part {
    /// Reads a part that is made of at most so many elements, texts and the like.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(xml: &str, most: usize) -> Result<Part, Unreadable> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut walk = Walk {
            events: Vec::new(),
            open: Vec::new(),
            flows: Vec::new(),
            codes: String::new(),
            prefix: None,
        };
        loop {
            match reader.read_event() {
                Err(_) => return Err(Unreadable::Damaged),
                Ok(Event::DocType(_)) => return Err(Unreadable::Dtd),
                Ok(Event::Decl(says)) if !is_utf8(&says) => return Err(Unreadable::Damaged),
                Ok(Event::Eof) => break,
                Ok(event) => walk.take(event)?,
            }
            if walk.events.len() > most || walk.open.len() > DEEPEST {
                return Err(Unreadable::TooLarge);
            }
        }
        if !walk.open.is_empty() || walk.prefix.is_none() {
            return Err(Unreadable::Damaged);
        }
        Ok(Part {
            events: walk.events,
            flows: walk.flows,
            codes: walk.codes,
        })
    }

    /// Of how many elements, texts and the like it is made.
    pub fn size(&self) -> usize {
        self.events.len()
    }

    /// What stands in it, each as one text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.flows.iter().map(|flow| flow.text.as_str())
    }

    /// What its fields compute, each in a line.
    pub fn codes(&self) -> &str {
        &self.codes
    }

    /// The part with each place filled. `told` hears what filled a place, and of those that nothing fills.
    pub fn filled(
        &self,
        value: &impl Fn(&str) -> Option<String>,
        told: &mut impl FnMut(&str, Option<&str>),
    ) -> Result<Vec<u8>, std::io::Error> {
        let mut gone = vec![false; self.events.len()];
        let mut said: Vec<Option<String>> = vec![None; self.events.len()];
        let mut heard: Vec<(String, Option<String>)> = Vec::new();
        // From outside to inside: what stands in a passage that goes is asked for nothing.
        for flow in self.flows.iter().rev() {
            let first = flow.blocks.first();
            if first.is_none_or(|block| gone[block.events.start]) {
                continue;
            }
            let (found, open) = edits(&flow.text, value);
            for edit in found.iter().rev() {
                if let Some((name, with)) = &edit.fills {
                    heard.push(((*name).to_owned(), Some(with.clone())));
                }
            }
            heard.extend(open.into_iter().rev().map(|name| (name, None)));
            flow.apply(&joined(found), &mut gone, &mut said);
        }
        for (name, with) in heard.iter().rev() {
            told(name, with.as_deref());
        }
        self.write(&gone, &mut said)
    }

    fn write(&self, gone: &[bool], said: &mut [Option<String>]) -> Result<Vec<u8>, std::io::Error> {
        let mut out = Writer::new(Vec::new());
        let mut at = 0;
        while let Some(event) = self.events.get(at) {
            if gone[at] {
                at += 1;
                continue;
            }
            match (said[at].take(), event) {
                (Some(text), Event::Start(begin)) => {
                    write_text(&mut out, begin, &text)?;
                    at = self.end_of(at);
                }
                _ => {
                    out.write_event(event.borrow())?;
                    at += 1;
                }
            }
        }
        Ok(out.into_inner())
    }

    /// Behind the event that ends the element of a text, which holds no other.
    fn end_of(&self, begin: usize) -> usize {
        let rest = self.events.iter().enumerate().skip(begin);
        let mut ends = rest.filter(|(_, event)| matches!(event, Event::End(_)));
        ends.next().map_or(self.events.len(), |(at, _)| at + 1)
    }
}

/// A text with its breaks and tabs, in the element it stood in.
fn write_text(
    out: &mut Writer<Vec<u8>>,
    begin: &BytesStart<'_>,
    text: &str,
) -> Result<(), std::io::Error> {
    let name = begin.name().as_ref().to_owned();
    let beside = |local: &str| match name.rsplit_once(':') {
        Some((prefix, _)) => format!("{prefix}:{local}"),
        None => local.to_owned(),
    };
    let mut start = BytesStart::new(name.as_str());
    start.push_attribute(("xml:space", "preserve"));
    let mut line = String::new();
    let said = |out: &mut Writer<Vec<u8>>, line: &mut String| {
        if !line.is_empty() {
            out.write_event(Event::Start(start.borrow()))?;
            out.write_event(Event::Text(BytesText::new(line)))?;
            out.write_event(Event::End(BytesEnd::new(name.as_str())))?;
            line.clear();
        }
        Ok::<_, std::io::Error>(())
    };
    for letter in text.chars() {
        let between = match letter {
            '\n' => beside("br"),
            '\t' => beside("tab"),
            // No XML holds it.
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => continue,
            other => {
                line.push(other);
                continue;
            }
        };
        said(out, &mut line)?;
        out.write_event(Event::Empty(BytesStart::new(between)))?;
    }
    said(out, &mut line)
}

impl Walk {
    fn take(&mut self, event: Event<'_>) -> Result<(), Unreadable> {
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

/// Whether a part is written as it is read here; otherwise it would say something else to others.
pub fn is_utf8(says: &BytesDecl<'_>) -> bool {
    let of = |name: &str| {
        ["utf-8", "utf8"]
            .iter()
            .any(|one| name.eq_ignore_ascii_case(one))
    };
    match says.encoding() {
        None => true,
        Some(named) => named.is_ok_and(|name| of(&name)),
    }
}
