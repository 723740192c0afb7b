//! A ticket as a document of the index.

use std::collections::HashMap;

use chrono_tz::Tz;
use entities::field::{Value, Words};
use entities::finding::file_text::Unread;
use entities::finding::tickets::{File, Source, sources, words};
use entities::ticket::{State, WaitingFor};
use entities::{Db, Uuid, service};
use search::document::{Kind, Passage, Scope};
use search::{Document, Key};

use super::article_document::{stored, year};
use super::plain::of_message;
use super::{case_document, share_document};
use crate::reading;

/// What an index takes in of some tickets.
#[derive(Debug, Default)]
pub struct Documents {
    /// Of the tickets, as far as there are any, of what vendors see of them, and of solved cases without names.
    pub all: Vec<Document>,
    /// What is no longer seen so.
    pub gone: Vec<Key>,
    /// Files whose text is not known yet.
    pub unread: Vec<Unread>,
}

/// The documents of these tickets.
///
/// # Errors
/// The database's.
pub async fn documents(db: &Db, zone: Tz, ids: &[Uuid]) -> entities::Result<Documents> {
    let sources = sources(db, ids).await?;
    let values: Vec<&Value> = sources.iter().flat_map(|s| s.values.values()).collect();
    let words = words(db, &values).await?;
    let parents = service::list::parents(db).await?;
    let cases = case_document::Cases::read(db, ids).await?;
    let mut documents = Documents {
        gone: cases.gone(ids),
        ..Documents::default()
    };
    for source in &sources {
        documents
            .all
            .extend(cases.document(source, zone, &words, &parents));
        documents.all.push(document(source, zone, &words, &parents));
        let (shared, ended) = share_document::documents(db, source).await?;
        documents.all.extend(shared);
        documents.gone.extend(ended);
        documents
            .unread
            .extend(source.files.iter().filter_map(unread));
    }
    Ok(documents)
}

fn unread(file: &File) -> Option<Unread> {
    let is_readable = file.text.is_none()
        && file.size_bytes <= reading::LARGEST
        && reading::Kind::of(&file.name, &file.content_type).is_some();
    is_readable.then(|| Unread {
        sha256: file.sha256.clone(),
        name: file.name.clone(),
        content_type: file.content_type.clone(),
    })
}

/// The name of a file and what is written in it.
pub(super) fn of_file(file: &File) -> String {
    match file.text.as_deref() {
        None | Some("") => file.name.clone(),
        Some(text) => format!("{}\n{text}", file.name),
    }
}

fn document(
    source: &Source,
    zone: Tz,
    words: &HashMap<Uuid, Words>,
    parents: &HashMap<Uuid, Option<Uuid>>,
) -> Document {
    let row = &source.row;
    let mut passages: Vec<Passage> = source
        .texts
        .iter()
        .map(|text| Passage::open(of_message(&text.body)))
        .filter(|passage| !passage.text.trim().is_empty())
        .collect();
    let mut more = |scope, text: String| {
        if !text.trim().is_empty() {
            passages.push(Passage { scope, text });
        }
    };
    more(Scope::People, source.people.join("\n"));
    for file in &source.files {
        more(Scope::Files, of_file(file));
    }
    for (field, value) in &source.values {
        more(Scope::Field(*field), said(value, words));
    }
    Document {
        key: Key {
            kind: Kind::Ticket,
            id: row.id,
        },
        reference: row.number.clone(),
        source_id: None,
        title: row.title.clone(),
        keywords: vec![],
        summary: String::new(),
        passages,
        tags: tags(source, zone, parents),
        at: row.changed_at.timestamp(),
        solved: row.solved_at.is_some() && !row.active,
        stamp: source.stamp.into(),
        language: "de".to_owned(),
    }
}

/// What a field holds, in words.
pub(super) fn said(value: &Value, words: &HashMap<Uuid, Words>) -> String {
    let both = |id: &Uuid| {
        let words = words.get(id)?;
        Some(match words.de == words.en {
            true => words.de.clone(),
            false => format!("{}\n{}", words.de, words.en),
        })
    };
    match value {
        Value::Text(text) => text.clone(),
        Value::Options(ids) => ids.iter().filter_map(both).collect::<Vec<_>>().join("\n"),
        Value::Reference(id) => both(id).unwrap_or_default(),
        Value::Number(_) | Value::Date(_) | Value::Moment(_) | Value::YesNo(_) => String::new(),
    }
}

/// A state as it is asked for: what waits for a vendor or a date is told apart.
pub(super) fn state_tag(state: State, waiting_for: Option<WaitingFor>) -> String {
    match (state, waiting_for) {
        (State::Waiting, Some(WaitingFor::Vendor | WaitingFor::Date)) => stored(waiting_for),
        _ => stored(state),
    }
}

fn tags(source: &Source, zone: Tz, parents: &HashMap<Uuid, Option<Uuid>>) -> Vec<(String, String)> {
    let row = &source.row;
    let mut tags = vec![
        (
            "team".to_owned(),
            row.team_id.map_or("none".to_owned(), |id| id.to_string()),
        ),
        ("state".to_owned(), state_tag(row.state, row.waiting_for)),
        ("year".to_owned(), year(row.created_at, zone)),
    ];
    for (attribute, id) in [
        ("service", row.service_id),
        ("owner", row.owner_id),
        ("requester", row.requester_id),
        ("organisation", row.organisation_id),
        ("district", row.district_id),
    ] {
        tags.extend(id.map(|id| (attribute.to_owned(), id.to_string())));
    }
    tags.extend(with_those_above(row.service_id, parents));
    for (field, value) in &source.values {
        if let Value::Options(ids) = value {
            let of = |id: &Uuid| (super::permission::option_of(*field), id.to_string());
            tags.extend(ids.iter().map(of));
        }
    }
    tags
}

/// A service and those above it, so that who looks for a procedure finds its modules.
pub(super) fn with_those_above(
    service: Option<Uuid>,
    parents: &HashMap<Uuid, Option<Uuid>>,
) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut next = service;
    while let Some(id) = next {
        if all.contains(&id) {
            break;
        }
        all.push(id);
        next = parents.get(&id).copied().flatten();
    }
    all.into_iter()
        .map(|id| ("about".to_owned(), id.to_string()))
        .collect()
}
