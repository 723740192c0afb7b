//! Markdown as the paragraphs, lists and tables of a letter: data, as the source of letters reads it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::Serialize;

use super::glyphs::{breakable, fit};
use crate::web::markdown::kept;

/// Lists and quotations within each other; what lies deeper stands at this depth.
const DEEPEST: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    Paragraph { runs: Vec<Run> },
    Heading { level: usize, runs: Vec<Run> },
    Bullets { items: Vec<Vec<Block>> },
    Numbers { start: u64, items: Vec<Vec<Block>> },
    Quote { blocks: Vec<Block> },
    Code { text: String },
    Rule,
    Table(Table),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    columns: usize,
    head: Vec<Vec<Run>>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    runs: Vec<Run>,
}

/// Text of one look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Run {
    Text {
        text: String,
        bold: bool,
        italic: bool,
        struck: bool,
    },
    Break,
}

/// What is open around the place that is read.
enum Open {
    /// The letter itself, or a quotation.
    Blocks(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
}

#[derive(Default)]
struct Reader {
    around: Vec<Open>,
    /// Lists, items and quotations that are not opened because they lie too deep.
    flat: usize,
    line: Vec<Run>,
    bold: usize,
    italic: usize,
    struck: usize,
    /// Where links lead, and where their words begin in the line.
    links: Vec<(String, usize)>,
    code: Option<String>,
    table: Option<Table>,
}

/// The blocks of a text, in their order, with every word that its page shows.
pub fn blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut reader = Reader {
        around: vec![Open::Blocks(vec![])],
        ..Reader::default()
    };
    let text = kept(text);
    for event in Parser::new_ext(&text, options) {
        reader.take(event);
    }
    reader.end_paragraph();
    while reader.around.len() > 1 {
        reader.close();
    }
    match reader.around.pop() {
        Some(Open::Blocks(blocks)) => blocks,
        _ => vec![],
    }
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => match &mut self.code
            {
                Some(code) => code.push_str(&text),
                None => self.say(&text),
            },
            Event::Code(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.line.push(Run::Break),
            Event::Rule => self.push(Block::Rule),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.open(Open::Blocks(vec![])),
            Tag::List(start) => self.open(Open::List(start, vec![])),
            Tag::Item => self.open(Open::Item(vec![])),
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.code = Some(String::new());
            }
            Tag::Table(columns) => {
                self.end_paragraph();
                self.table = Some(Table {
                    columns: columns.len(),
                    ..Table::default()
                });
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(vec![]);
                }
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((dest_url.into_string(), self.line.len()));
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock => self.end_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_paragraph(),
            TagEnd::Heading(level) => {
                let runs = self.taken();
                let level = match level {
                    HeadingLevel::H1 | HeadingLevel::H2 => 2,
                    _ => 3,
                };
                // Within a list it would break the order of headings.
                match (runs.is_empty(), self.around.len()) {
                    (true, _) => {}
                    (false, 1) => self.push(Block::Heading { level, runs }),
                    (false, _) => self.push(Block::Paragraph { runs }),
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.end_paragraph();
                match self.flat {
                    0 => self.close(),
                    _ => self.flat -= 1,
                }
            }
            TagEnd::CodeBlock => {
                let text = self.code.take().unwrap_or_default();
                let lines = text.lines().map(|line| breakable(&fit(line)));
                let text = lines.collect::<Vec<_>>().join("\n");
                self.push(Block::Code { text });
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take().filter(|table| table.columns > 0) {
                    self.push(Block::Table(table));
                }
            }
            TagEnd::TableCell => {
                let runs = self.taken();
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some(row) => row.push(Cell { runs }),
                        None => table.head.push(runs),
                    }
                }
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    /// On paper nobody can follow a link that does not say where it leads.
    fn end_link(&mut self) {
        let Some((to, from)) = self.links.pop() else {
            return;
        };
        let words: String = self.line[from.min(self.line.len())..]
            .iter()
            .map(|run| match run {
                Run::Text { text, .. } => text.replace('\u{200b}', ""),
                Run::Break => String::new(),
            })
            .collect();
        let bare = to.trim_start_matches("mailto:");
        if !bare.is_empty() && words != bare && words != to {
            self.say(&format!(" ({bare})"));
        }
    }

    fn say(&mut self, text: &str) {
        let said = breakable(&fit(text));
        let look = (self.bold > 0, self.italic > 0, self.struck > 0);
        let begins = self
            .links
            .last()
            .is_some_and(|(_, at)| *at == self.line.len());
        // The parser cuts text at characters that might be marks.
        if let Some(Run::Text {
            text,
            bold,
            italic,
            struck,
        }) = self.line.last_mut()
            && !begins
            && (*bold, *italic, *struck) == look
        {
            text.push_str(&said);
        } else if !said.is_empty() {
            let (bold, italic, struck) = look;
            self.line.push(Run::Text {
                text: said,
                bold,
                italic,
                struck,
            });
        }
    }

    fn taken(&mut self) -> Vec<Run> {
        let mut runs = std::mem::take(&mut self.line);
        while runs.last() == Some(&Run::Break) {
            runs.pop();
        }
        runs
    }

    fn end_paragraph(&mut self) {
        let runs = self.taken();
        if !runs.is_empty() {
            self.push(Block::Paragraph { runs });
        }
    }

    fn open(&mut self, open: Open) {
        self.end_paragraph();
        match self.around.len() > 2 * DEEPEST {
            true => self.flat += 1,
            false => self.around.push(open),
        }
    }

    /// Puts what was open last into what is around it.
    fn close(&mut self) {
        if self.around.len() < 2 {
            return;
        }
        match self.around.pop() {
            Some(Open::Blocks(blocks)) => self.push(Block::Quote { blocks }),
            Some(Open::List(None, items)) => self.push(Block::Bullets { items }),
            Some(Open::List(Some(start), items)) => self.push(Block::Numbers { start, items }),
            Some(Open::Item(blocks)) => match self.around.last_mut() {
                Some(Open::List(_, items)) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            None => {}
        }
    }

    fn push(&mut self, block: Block) {
        match self.around.last_mut() {
            Some(Open::Blocks(blocks) | Open::Item(blocks)) => blocks.push(block),
            Some(Open::List(_, items)) => items.push(vec![block]),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests;
