//! An article as a document of the index: the version it is known by.

use chrono::{DateTime, Datelike as _, Utc};
use chrono_tz::Tz;
use entities::article::State;
use entities::finding::articles::{Source, sources};
use entities::{Db, Uuid, article, service};
use search::document::{Kind, Passage, Scope};
use search::{Document, Key};

use super::plain::of_markdown;
use super::ticket_document::with_those_above;

/// The documents of these articles, as far as there are any.
pub async fn documents(db: &Db, zone: Tz, ids: &[Uuid]) -> entities::Result<Vec<Document>> {
    let parents = service::list::parents(db).await?;
    let mut documents = Vec::with_capacity(ids.len());
    for source in sources(db, ids).await? {
        let services = source.article.service_ids.clone();
        let mut document = document(&source, zone);
        for id in services {
            document.tags.extend(with_those_above(Some(id), &parents));
        }
        document.tags.sort();
        document.tags.dedup();
        documents.push(document);
    }
    Ok(documents)
}

fn document(source: &Source, zone: Tz) -> Document {
    let (row, version) = (&source.article.row, &source.version);
    let passages = article::passages(&version.body);
    let passages = passages.iter().map(|passage| Passage {
        scope: match passage.is_internal {
            true => Scope::Notes,
            false => Scope::Open,
        },
        text: of_markdown(passage.text),
    });
    let files = version.files().into_iter().map(|file| file.name);
    let files = Passage {
        scope: Scope::Files,
        text: files.collect::<Vec<_>>().join("\n"),
    };
    let is_read = row.published.is_some() && row.state != State::Retired;
    let at = row.published_at.unwrap_or(row.changed_at);
    let mut tags = vec![
        ("read".to_owned(), is_read.to_string()),
        ("audience".to_owned(), stored(version.audience)),
        ("standing".to_owned(), stored(row.state)),
        ("year".to_owned(), year(at, zone)),
    ];
    let ids = source.article.service_ids.iter();
    tags.extend(ids.map(|id| ("service".to_owned(), id.to_string())));
    let vendors = version.vendor_ids().into_iter();
    tags.extend(vendors.map(|id| ("vendor".to_owned(), id.to_string())));
    for (attribute, id) in [("owner", row.owner_id), ("category", row.category_id)] {
        tags.extend(id.map(|id| (attribute.to_owned(), id.to_string())));
    }
    Document {
        key: Key {
            kind: Kind::Article,
            id: row.id,
        },
        reference: row.id.to_string(),
        source_id: row.source_id.clone(),
        title: version.title.clone(),
        keywords: version.keywords.lines().map(str::to_owned).collect(),
        summary: version.summary.clone(),
        passages: passages
            .chain([files])
            .filter(|passage| !passage.text.trim().is_empty())
            .collect(),
        tags,
        at: at.timestamp(),
        solved: false,
        stamp: source.stamp.into(),
        language: row.language.code().to_owned(),
    }
}

/// The year in which something lies where the desk is.
pub(super) fn year(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).year().to_string()
}

/// The stored word of a value such as a state.
pub(super) fn stored(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
