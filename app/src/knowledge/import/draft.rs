//! A page on its way to an article: read, with its links and images waiting for their addresses.

use std::collections::HashMap;

use entities::Uuid;
use entities::article::{MOST_SUMMARY, MOST_TITLE, outside};
use entities::language::Language;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::de::DeserializeOwned;

use super::block::{Block, one_line, words};
use super::front::Facts;
use super::report::{Remarks, What};
use super::source::{Kind, Page};
use super::{html, write};
use crate::web::markdown::article::addresses::headings;

/// The highest number of a version that anybody gets to.
const MOST_NUMBER: i32 = 1_000_000;

/// What a text is before its addresses are known.
#[derive(Clone, Debug)]
pub enum Text {
    Blocks(Vec<Block>),
    Markdown(String),
}

/// A page as it was read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its path within the source.
    pub page: String,
    /// From where its addresses lead on, seen from itself.
    pub base: Option<String>,
    pub source: String,
    pub source_id: String,
    pub title: String,
    pub summary: String,
    pub facts: Facts,
    pub language: Option<String>,
    pub remarks: Remarks,
    /// The article it becomes.
    pub article: Uuid,
    pub text: Text,
    /// The ids of its headings as readers see them.
    pub headings: Vec<String>,
    /// Under which of them a place lies; none: at the beginning.
    pub anchors: HashMap<String, Option<usize>>,
}

impl Draft {
    /// Reads a page.
    pub fn of(page: Page, source: &str) -> Draft {
        let Page {
            id,
            kind,
            text,
            facts,
            charset,
        } = page;
        let first = |name: &str| facts.get(name).and_then(|values| values.first());
        let said = |name: &str| {
            first(name)
                .map(|text| one_line(text))
                .filter(|text| !text.is_empty())
        };
        let mut facts = facts.clone();
        let (read, text) = match kind {
            Kind::Html => {
                let mut read = html::read(&text, said("title").as_deref());
                let blocks = std::mem::take(&mut read.blocks);
                (read, Text::Blocks(blocks))
            }
            Kind::Markdown => {
                let mut read = html::Read {
                    remarks: raw_html(&text),
                    ..html::Read::default()
                };
                // What a desk wrote out says everything of itself.
                let titled = first("title").is_none().then(|| titled(&text)).flatten();
                let text = match titled {
                    Some((title, rest)) => {
                        read.remarks.count(What::HeadingIsTitle, 1);
                        read.title = Some(title);
                        rest
                    }
                    None => text,
                };
                (read, Text::Markdown(text))
            }
        };
        let mut remarks = read.remarks;
        if let Some(charset) = charset {
            remarks.note(What::Charset, charset);
        }
        if !read.keywords.is_empty() {
            facts.entry("keywords".to_owned()).or_insert(read.keywords);
        }
        let markdown = match &text {
            Text::Blocks(blocks) => write::markdown(blocks),
            Text::Markdown(text) => text.clone(),
        };
        let found = headings(&markdown);
        let named = said("title").or(read.title);
        // A title is read by whoever finds the article.
        let heading = || headings(&outside(&markdown)).into_iter().next();
        let title = named.or_else(|| heading().map(|found| found.text));
        let title = title.unwrap_or_else(|| id.clone());
        let summary = said("summary")
            .or_else(|| said("description"))
            .or(read.summary);
        let mut draft = Draft {
            source: first("source")
                .cloned()
                .unwrap_or_else(|| source.to_owned()),
            source_id: match first("source") {
                Some(_) => first("id").unwrap_or(&id).clone(),
                None => id.clone(),
            },
            page: id,
            base: read.base,
            title: String::new(),
            summary: String::new(),
            language: said("language").or_else(|| said("lang")).or(read.language),
            facts,
            remarks,
            article: Uuid::nil(),
            headings: found.into_iter().map(|heading| heading.id).collect(),
            anchors: read.anchors,
            text,
        };
        draft.title = draft.cut(&title, MOST_TITLE, What::TitleCut);
        let summary = summary.unwrap_or_else(|| draft.beginning());
        draft.summary = draft.cut(&summary, MOST_SUMMARY, What::SummaryCut);
        draft
    }

    fn cut(&mut self, text: &str, most: usize, what: What) -> String {
        if text.chars().count() <= most {
            return text.to_owned();
        }
        self.remarks.count(what, 1);
        let start: String = text.chars().take(most - 1).collect();
        let end = start.rfind(' ').filter(|at| *at > most / 2);
        format!("{}\u{2026}", &start[..end.unwrap_or(start.len())])
    }

    /// The first words of the text: an article is found and listed by them.
    fn beginning(&mut self) -> String {
        let first = match &self.text {
            Text::Blocks(blocks) => blocks.iter().find_map(|block| match block {
                Block::Paragraph(line) => {
                    Some(words(line)).filter(|text| text.chars().count() > 20)
                }
                _ => None,
            }),
            Text::Markdown(_) if self.is_own() => return String::new(),
            Text::Markdown(text) => first_paragraph(&outside(text)),
        };
        self.remarks.count(What::SummaryMade, 1);
        let first = first.unwrap_or_else(|| self.title.clone());
        let end = first
            .match_indices(". ")
            .map(|(at, _)| at + 1)
            .find(|at| *at > 40);
        match end.filter(|end| *end < MOST_SUMMARY) {
            Some(end) => first[..end].to_owned(),
            None => first,
        }
    }

    /// A fact that stands beside the text.
    pub fn fact(&self, names: &[&str]) -> Option<&str> {
        let found = names.iter().find_map(|name| self.facts.get(*name));
        found.and_then(|values| values.first()).map(String::as_str)
    }

    /// All that stands beside the text under one of these names.
    pub fn facts(&self, names: &[&str]) -> Vec<String> {
        let found = names.iter().find_map(|name| self.facts.get(*name));
        found.cloned().unwrap_or_default()
    }

    /// A value of those an article knows; others are remarked.
    pub fn value<T: DeserializeOwned>(&self, name: &str, remarks: &mut Remarks) -> Option<T> {
        let text = self.fact(&[name])?;
        let value = serde_json::from_value(serde_json::Value::from(text));
        if value.is_err() {
            remarks.note(What::UnknownValue, format!("{name}: {text}"));
        }
        value.ok()
    }

    /// Whether a desk like this one wrote it out: then it says everything of itself.
    pub fn is_own(&self) -> bool {
        self.fact(&["source"]).is_some()
    }

    /// What was changed last, in the words of whoever did.
    pub fn note(&self) -> String {
        let note = self.fact(&["note"]).filter(|_| self.is_own());
        note.unwrap_or_default()
            .chars()
            .take(MOST_SUMMARY)
            .collect()
    }

    /// The page that this one is a translation of.
    pub fn original(&self) -> Option<&str> {
        self.fact(&["translation_of"])
            .filter(|page| !page.trim().is_empty())
    }

    /// What a version is called where it comes from.
    pub fn number(&self, name: &str, remarks: &mut Remarks) -> Option<i32> {
        let text = self.fact(&[name]).filter(|_| self.is_own())?;
        let number = text.parse().ok().filter(|n| (1..=MOST_NUMBER).contains(n));
        if number.is_none() {
            remarks.note(What::UnknownValue, format!("{name}: {text}"));
        }
        number
    }

    pub fn language(&self) -> Option<Language> {
        let code = self.language.as_deref()?.get(..2)?.to_ascii_lowercase();
        Language::from_code(&code)
    }
}

/// The title a text begins with, and the rest.
fn titled(text: &str) -> Option<(String, String)> {
    let mut events = Parser::new(text).into_offset_iter();
    let (Event::Start(Tag::Heading { .. }), range) = events.next()? else {
        return None;
    };
    let title = headings(&text[range.clone()]).into_iter().next()?.text;
    let rest = text[range.end..].trim_start_matches('\n').to_owned();
    (!title.is_empty()).then_some((title, rest))
}

fn first_paragraph(text: &str) -> Option<String> {
    let mut words = String::new();
    let mut is_within = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Paragraph) => is_within = true,
            Event::End(TagEnd::Paragraph) if words.chars().count() > 20 => break,
            Event::End(TagEnd::Paragraph) => {
                is_within = false;
                words.clear();
            }
            Event::Text(part) | Event::Code(part) if is_within => words.push_str(&part),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    Some(one_line(&words)).filter(|text| text.chars().count() > 20)
}

fn raw_html(text: &str) -> Remarks {
    let mut remarks = Remarks::default();
    let is_html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    remarks.count(What::RawHtml, Parser::new(text).filter(is_html).count());
    remarks
}
