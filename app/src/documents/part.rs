//! One part of a DOCX with text: what its paragraphs say, however Word has cut it into runs, and what filling makes of it.

mod walk;

use entities::text_block::fill::edits;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use self::walk::Walk;
use super::flow::{Flow, joined};

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

impl Part {
    /// Reads a part that is made of at most so many elements, texts and the like.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(xml: &str, most: usize) -> Result<Part, Unreadable> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut walk = Walk::default();
        loop {
            match reader.read_event() {
                Err(_) => return Err(Unreadable::Damaged),
                Ok(Event::DocType(_)) => return Err(Unreadable::Dtd),
                Ok(Event::Decl(says)) if !is_utf8(&says) => return Err(Unreadable::Damaged),
                Ok(Event::Eof) => break,
                Ok(event) => walk.take(event)?,
            }
            if walk.size() > most || walk.depth() > DEEPEST {
                return Err(Unreadable::TooLarge);
            }
        }
        walk.part().ok_or(Unreadable::Damaged)
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
