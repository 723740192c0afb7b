//! What a document is in the index: its fields, and how text becomes their terms.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, JsonObjectOptions, OwnedValue, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use uuid::Uuid;

use crate::document::{Document, Key, Kind, Scope};
use crate::reference;
use crate::words::{self, Word};

/// Raised whenever an index of the version before cannot be read any more.
pub(super) const FORMAT: u32 = 2;

pub(super) const TOKENIZER: &str = "lotse";

/// Before the stem of a word, where it differs from the word.
pub(super) const STEM: char = '\u{1}';
/// Before the stem of a part of a compound.
pub(super) const PART: char = '\u{2}';
/// After the id of the field whose value the word stands in.
pub(super) const OF_FIELD: char = '\u{3}';
/// Around what the tokenizer must know of a text; never part of a word.
const HEAD: char = '\u{4}';
/// Between attribute and value.
const IS: char = '\u{1f}';
/// So far apart are the last word of a text and the first of the next.
const GAP: usize = 16;

#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub key: Field,
    pub kind: Field,
    pub high: Field,
    pub low: Field,
    pub stamp: Field,
    pub at: Field,
    pub solved: Field,
    pub tag: Field,
    pub facets: Field,
    pub reference: Field,
    /// Title, keywords, summary and open passages: whatever whoever sees the document may have searched.
    pub all: Field,
    pub title: Field,
    pub keywords: Field,
    pub summary: Field,
    pub notes: Field,
    pub people: Field,
    pub files: Field,
    pub values: Field,
    pub document: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        key: schema.add_text_field("key", STRING),
        kind: schema.add_u64_field("kind", FAST),
        high: schema.add_u64_field("high", FAST),
        low: schema.add_u64_field("low", FAST),
        stamp: schema.add_i64_field("stamp", FAST),
        at: schema.add_i64_field("at", FAST | INDEXED),
        solved: schema.add_u64_field("solved", FAST),
        tag: schema.add_text_field("tag", STRING),
        facets: schema.add_json_field("facets", JsonObjectOptions::default().set_fast("raw")),
        reference: schema.add_text_field("reference", STRING),
        all: schema.add_text_field("all", text.clone()),
        title: schema.add_text_field("title", text.clone()),
        keywords: schema.add_text_field("keywords", text.clone()),
        summary: schema.add_text_field("summary", text.clone()),
        notes: schema.add_text_field("notes", text.clone()),
        people: schema.add_text_field("people", text.clone()),
        files: schema.add_text_field("files", text.clone()),
        values: schema.add_text_field("values", text),
        document: schema.add_bytes_field("document", STORED),
    };
    (schema.build(), fields)
}

pub(super) fn key_term(key: Key) -> String {
    format!("{}-{}", key.kind.name(), key.id.simple())
}

pub(super) fn tag_term(attribute: &str, value: &str) -> String {
    format!("{attribute}{IS}{value}")
}

/// The column an attribute is counted by; a name without syntax.
pub(super) fn facet_name(attribute: &str) -> String {
    let mut name = String::from("a");
    for byte in attribute.bytes() {
        if byte.is_ascii_alphanumeric() {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("_{byte:02x}"));
        }
    }
    name
}

pub(super) fn of_field(id: Uuid) -> String {
    format!("{}{OF_FIELD}", id.simple())
}

pub(super) fn kind_number(kind: Kind) -> u64 {
    match kind {
        Kind::Ticket => 0,
        Kind::Share => 1,
        Kind::Case => 2,
        Kind::Article => 3,
    }
}

/// The document as the index takes it.
pub(super) fn made(
    fields: &Fields,
    document: &Document,
) -> Result<TantivyDocument, serde_json::Error> {
    let mut out = TantivyDocument::default();
    let (high, low) = document.key.id.as_u64_pair();
    out.add_text(fields.key, key_term(document.key));
    out.add_u64(fields.kind, kind_number(document.key.kind));
    out.add_u64(fields.high, high);
    out.add_u64(fields.low, low);
    out.add_i64(fields.stamp, document.stamp);
    out.add_i64(fields.at, document.at);
    out.add_u64(fields.solved, u64::from(document.solved));
    for form in reference::forms(&document.reference) {
        out.add_text(fields.reference, form);
    }
    let mut columns: BTreeMap<String, Vec<OwnedValue>> = BTreeMap::new();
    for (attribute, value) in document.all_tags() {
        out.add_text(fields.tag, tag_term(&attribute, &value));
        columns
            .entry(facet_name(&attribute))
            .or_default()
            .push(OwnedValue::Str(value));
    }
    out.add_object(
        fields.facets,
        columns
            .into_iter()
            .map(|(name, values)| (name, OwnedValue::Array(values)))
            .collect(),
    );
    let language = match document.language.as_str() {
        "en" => "en",
        _ => "de",
    };
    let headed = |text: &str| format!("{HEAD}{language}{HEAD}{text}");
    for (field, text) in [
        (fields.title, &document.title),
        (fields.summary, &document.summary),
    ] {
        if !text.is_empty() {
            out.add_text(field, headed(text));
            out.add_text(fields.all, headed(text));
        }
    }
    for keyword in &document.keywords {
        out.add_text(fields.keywords, headed(keyword));
        out.add_text(fields.all, headed(keyword));
    }
    for passage in &document.passages {
        let text = &passage.text;
        match passage.scope {
            Scope::Open => out.add_text(fields.all, headed(text)),
            Scope::Notes => out.add_text(fields.notes, headed(text)),
            Scope::People => out.add_text(fields.people, headed(text)),
            Scope::Files => out.add_text(fields.files, headed(text)),
            Scope::Field(id) => out.add_text(
                fields.values,
                format!("{HEAD}{language}{}{HEAD}{text}", of_field(id)),
            ),
        }
    }
    out.add_bytes(fields.document, &serde_json::to_vec(document)?);
    Ok(out)
}

/// Makes terms of text that begins with what `made` puts before it.
#[derive(Clone, Default)]
pub(super) struct Terms;

pub(super) struct TermStream<'a> {
    body: &'a str,
    body_at: usize,
    prefix: &'a str,
    is_english: bool,
    words: Box<dyn Iterator<Item = Range<usize>> + 'a>,
    /// The word at hand, and which of its forms comes next.
    word: Option<(Arc<Word>, usize)>,
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        let (head, body) = text
            .strip_prefix(HEAD)
            .and_then(|rest| rest.split_once(HEAD))
            .unwrap_or(("de", text));
        TermStream {
            body,
            body_at: text.len() - body.len(),
            prefix: head.get(2..).unwrap_or_default(),
            is_english: head.starts_with("en"),
            words: Box::new(words::words(body)),
            word: None,
            token: Token {
                position: GAP - 1,
                ..Token::default()
            },
        }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some((word, next)) = &mut self.word else {
                let Some(range) = self.words.next() else {
                    return false;
                };
                self.word = Some((words::analyse(&self.body[range.clone()]), 0));
                self.token.position = self.token.position.wrapping_add(1);
                self.token.offset_from = self.body_at + range.start;
                self.token.offset_to = self.body_at + range.end;
                continue;
            };
            let stem = match self.is_english {
                true => &word.english,
                false => &word.german,
            };
            let (mark, text) = match *next {
                0 => (None, &word.whole),
                1 => (Some(STEM), stem),
                form => match word.parts.get(form - 2) {
                    Some(part) => (Some(PART), &part.stem),
                    None => {
                        self.word = None;
                        continue;
                    }
                },
            };
            // A stem that is the word itself is found by the word.
            let is_new = !text.is_empty() && (*next != 1 || *text != word.whole);
            if is_new {
                self.token.text.clear();
                self.token.text.push_str(self.prefix);
                self.token.text.extend(mark);
                self.token.text.push_str(text);
            }
            *next += 1;
            if is_new {
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
