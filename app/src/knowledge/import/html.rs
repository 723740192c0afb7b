//! A page of HTML as blocks: headings, lists, tables, code and notes stay what they are; navigation, scripts and forms go,
//! and what goes is remarked.

use std::collections::HashMap;

use scraper::{ElementRef, Html, Node};

use super::block::{Block, Inline, is_blank, words};
use super::element::{NAVIGATION, holds_blocks, is_block, is_hidden, language};
use super::head::Head;
use super::report::{Remarks, What};
use super::xhtml;

/// Elements within each other; a browser ends before the text does, too.
const MOST_DEPTH: usize = 100;
/// Lists and quotations within each other; an article shows no more of them.
const MOST_NESTED: usize = 15;

/// A page as it was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub keywords: Vec<String>,
    pub language: Option<String>,
    pub base: Option<String>,
    pub blocks: Vec<Block>,
    /// Under which heading a place lies, by its name; none: at the beginning.
    pub anchors: HashMap<String, Option<usize>>,
    pub remarks: Remarks,
}

/// Reads a page; `title` is what it is called when it does not say so itself.
pub fn read(text: &str, title: Option<&str>) -> Read {
    let text = xhtml::closed(text);
    let page = Html::parse_document(&text);
    let root = page.root_element();
    let head = Head::of(root);
    let mut walker = Walker {
        title: title.map(str::to_owned).or_else(|| head.title.clone()),
        ..Walker::default()
    };
    let mut blocks = walker.blocks(root, 0);
    walker.settle(walker.last_heading());
    levelled(&mut blocks);
    Read {
        title: walker.title.or(walker.first_heading),
        summary: head.summary,
        keywords: head.keywords,
        language: head.language,
        base: head.base,
        blocks,
        anchors: walker.anchors,
        remarks: walker.remarks,
    }
}

/// Headings one step below the one they lie under, beginning below the title.
fn levelled(blocks: &mut [Block]) {
    let mut above: Vec<u8> = Vec::new();
    each_heading(blocks, &mut |level| {
        while above.last().is_some_and(|last| *last >= *level) {
            above.pop();
        }
        above.push(*level);
        *level = u8::try_from(above.len() + 1).unwrap_or(6).min(6);
    });
}

fn each_heading(blocks: &mut [Block], act: &mut impl FnMut(&mut u8)) {
    for block in blocks {
        match block {
            Block::Heading(level, _) => act(level),
            Block::List(_, items) => items.iter_mut().for_each(|item| each_heading(item, act)),
            Block::Quote(_, inner) => each_heading(inner, act),
            Block::Paragraph(_) | Block::Code(..) | Block::Table(_) | Block::Rule => {}
        }
    }
}

/// Blocks, and the line that is being gathered after them.
#[derive(Default)]
pub(super) struct Flow {
    pub blocks: Vec<Block>,
    pub line: Vec<Inline>,
}

/// Walks through a page.
#[derive(Default)]
pub(super) struct Walker {
    pub remarks: Remarks,
    pub title: Option<String>,
    first_heading: Option<String>,
    /// How many headings there are so far.
    headings: usize,
    /// Whether the title stood as a heading; it is none of them.
    title_seen: bool,
    anchors: HashMap<String, Option<usize>>,
    /// Names of places before which nothing was seen since.
    waiting: Vec<String>,
    pub nested: usize,
}

impl Walker {
    /// What an element holds.
    pub fn blocks(&mut self, of: ElementRef<'_>, depth: usize) -> Vec<Block> {
        let mut flow = Flow::default();
        self.flow(of, depth, &mut flow);
        self.end_line(&mut flow);
        flow.blocks
    }

    pub fn flow(&mut self, of: ElementRef<'_>, depth: usize, flow: &mut Flow) {
        if depth > MOST_DEPTH {
            self.remarks.count(What::TooDeep, 1);
            flow.line.push(Inline::Text(of.text().collect()));
            return;
        }
        for node in of.children() {
            match node.value() {
                Node::Text(text) => flow.line.push(Inline::Text(text.to_string())),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(node) {
                        self.element(element, depth + 1, flow);
                    }
                }
                _ => {}
            }
        }
    }

    pub fn element(&mut self, element: ElementRef<'_>, depth: usize, flow: &mut Flow) {
        let name = element.value().name();
        if name == "head" {
            let parts = element.children().filter_map(ElementRef::wrap);
            let scripts = parts.filter(|part| part.value().name() == "script");
            scripts.for_each(|_| self.remarks.note(What::Scripts, "script"));
            return;
        }
        if self.is_dropped(element) {
            return;
        }
        if is_block(name) {
            self.end_line(flow);
        }
        self.note_place(element);
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, depth, flow),
            "p" | "summary" | "legend" | "caption" | "figcaption" => {
                self.flow(element, depth, flow);
                self.end_line(flow);
            }
            "hr" => self.push(flow, Block::Rule),
            "pre" | "listing" | "xmp" | "plaintext" => self.code(element, flow),
            "ul" | "ol" | "menu" | "dir" | "dl" | "blockquote" if self.nested >= MOST_NESTED => {
                self.remarks.count(What::TooDeep, 1);
                let mut line = vec![];
                self.inline(element, depth, &mut line);
                flow.line.extend(line);
                self.end_line(flow);
            }
            "ul" | "ol" | "menu" | "dir" => self.list(element, depth, flow),
            "dl" => self.definitions(element, depth, flow),
            "blockquote" => {
                self.nested += 1;
                let inner = self.blocks(element, depth);
                self.nested -= 1;
                if !inner.is_empty() {
                    self.push(flow, Block::Quote(None, inner));
                }
            }
            "table" => self.table(element, depth, flow),
            _ if is_block(name) => {
                if !self.callout(element, depth, flow) {
                    self.flow(element, depth, flow);
                }
                self.end_line(flow);
            }
            _ if holds_blocks(element) => {
                if let ("a", Some(to)) = (name, element.attr("href")) {
                    self.remarks.note(What::LinksLost, to);
                }
                self.flow(element, depth, flow);
            }
            _ => self.inline_element(element, depth, &mut flow.line),
        }
    }

    /// What is gathered so far is a paragraph, unless nothing is seen of it.
    pub fn end_line(&mut self, flow: &mut Flow) {
        let line = std::mem::take(&mut flow.line);
        if !is_blank(&line) {
            self.push(flow, Block::Paragraph(line));
        }
    }

    pub fn push(&mut self, flow: &mut Flow, block: Block) {
        self.settle(self.last_heading());
        flow.blocks.push(block);
    }

    fn heading(&mut self, element: ElementRef<'_>, depth: usize, flow: &mut Flow) {
        let level = element.value().name().as_bytes()[1] - b'0';
        let mut line = Vec::new();
        self.inline(element, depth, &mut line);
        if is_blank(&line) {
            self.remarks.count(What::EmptyHeadings, 1);
            return;
        }
        let said = words(&line);
        let is_title = self.title.as_deref().is_none_or(|title| title == said);
        if self.first_heading.is_none() {
            self.first_heading = Some(said);
            if is_title {
                self.remarks.count(What::HeadingIsTitle, 1);
                self.title_seen = true;
                self.settle(None);
                return;
            }
        }
        self.headings += 1;
        self.settle(self.last_heading());
        flow.blocks.push(Block::Heading(level, line));
    }

    fn code(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        self.look_into_code(element);
        let text: String = element.text().collect();
        let text = text.replace('\r', "");
        let text = text.trim_matches('\n').trim_end();
        if !text.trim().is_empty() {
            self.push(flow, Block::Code(language(element), text.to_owned()));
        }
    }

    /// Code is its letters alone; what else lies in it is remarked.
    pub fn look_into_code(&mut self, element: ElementRef<'_>) {
        for part in element.descendants().skip(1).filter_map(ElementRef::wrap) {
            self.note_place(part);
            match part.value().name() {
                "a" if part.attr("href").is_some() => self.remarks.count(What::LinksInCode, 1),
                "img" => {
                    let from = part.attr("src").unwrap_or_default();
                    self.remarks.note(What::ImagesLost, from);
                }
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    self.remarks.count(What::HeadingsInCells, 1);
                }
                "li" => self.remarks.count(What::ListsInCells, 1),
                "td" | "th" => self.remarks.count(What::TablesInCells, 1),
                _ => {}
            }
        }
    }

    fn list(&mut self, element: ElementRef<'_>, depth: usize, flow: &mut Flow) {
        self.nested += 1;
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in element.children().filter_map(ElementRef::wrap) {
            if self.is_dropped(child) {
                continue;
            }
            self.note_place(child);
            let mut part = Flow::default();
            match child.value().name() {
                "li" => self.flow(child, depth + 1, &mut part),
                _ => self.element(child, depth + 1, &mut part),
            }
            self.end_line(&mut part);
            let is_item = child.value().name() == "li";
            match (part.blocks.is_empty(), items.last_mut()) {
                (true, _) if is_item => self.remarks.count(What::EmptyListParts, 1),
                (true, _) => {}
                // A list that lies in a list belongs to the item before it.
                (false, Some(last)) if !is_item => last.extend(part.blocks),
                (false, _) => items.push(part.blocks),
            }
        }
        self.nested -= 1;
        if !items.is_empty() {
            let start = element
                .attr("start")
                .and_then(|text| text.trim().parse().ok());
            let start = (element.value().name() == "ol").then_some(start.unwrap_or(1));
            self.push(flow, Block::List(start, items));
        }
    }

    /// The heading under which stands what comes next.
    fn last_heading(&self) -> Option<usize> {
        self.headings.checked_sub(1)
    }

    /// Something is seen here, so places named before it are here.
    fn settle(&mut self, heading: Option<usize>) {
        for name in self.waiting.drain(..) {
            self.anchors.entry(name).or_insert(heading);
        }
    }

    pub fn note_place(&mut self, element: ElementRef<'_>) {
        let name = match element.value().name() {
            "a" => element.attr("name"),
            _ => None,
        };
        let names = element.attr("id").into_iter().chain(name);
        self.waiting.extend(names.map(str::to_owned));
    }

    /// Whether nothing of the element belongs to the text.
    pub fn is_dropped(&mut self, element: ElementRef<'_>) -> bool {
        let name = element.value().name();
        let classes = || element.value().classes();
        let what = match name {
            "script" | "style" | "template" | "noscript" | "iframe" | "frameset" | "object"
            | "embed" | "applet" | "video" | "audio" | "canvas" | "svg" | "math" => What::Scripts,
            "link" | "meta" | "base" | "title" => return true,
            "input" | "select" | "textarea" | "button" | "progress" | "meter" | "datalist" => {
                What::Forms
            }
            "nav" => What::Navigation,
            _ if element.attr("role") == Some("navigation") => What::Navigation,
            _ if classes().any(|class| NAVIGATION.contains(&class)) => What::Navigation,
            _ if is_hidden(element) => What::Hidden,
            _ => return false,
        };
        let class = classes().find(|class| NAVIGATION.contains(class));
        self.remarks.note(what, class.unwrap_or(name));
        true
    }
}
