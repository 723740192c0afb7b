//! A solved case without names, as a document of the index: made of what its page shows and of nothing else.

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use entities::field::read::definitions;
use entities::field::{Value, Words};
use entities::finding::tickets::Source;
use entities::ticket::nameless::{Reading, readings};
use entities::{Db, Uuid};
use search::document::{Kind, Passage, Scope};
use search::{Document, Key};

use super::article_document::{stored, year};
use super::permission::{case_option_of, option_of};
use super::plain::of_message;
use super::ticket_document::{said, with_those_above};

/// What is known of some tickets as cases.
pub struct Cases {
    readings: HashMap<Uuid, Reading>,
    /// Fields that name nobody.
    nameless: HashSet<Uuid>,
}

impl Cases {
    /// Those of these tickets that have ended.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(db: &Db, ids: &[Uuid]) -> entities::Result<Cases> {
        let fields = definitions(db).await?;
        let nameless = fields.iter().filter(|field| field.is_nameless());
        Ok(Cases {
            nameless: nameless.map(|field| field.row.id).collect(),
            readings: readings(db, ids).await?,
        })
    }

    /// The keys of those of these tickets that are no cases, or not any more.
    pub fn gone(&self, ids: &[Uuid]) -> Vec<Key> {
        let open = ids.iter().filter(|id| !self.readings.contains_key(id));
        open.map(|id| key(*id)).collect()
    }

    /// The document of one, when it is a case.
    pub fn document(
        &self,
        source: &Source,
        zone: Tz,
        words: &HashMap<Uuid, Words>,
        parents: &HashMap<Uuid, Option<Uuid>>,
    ) -> Option<Document> {
        let reading = self.readings.get(&source.row.id)?;
        let line = &reading.line;
        let texts = reading.texts.iter().map(|text| of_message(text));
        let shown = source.values.iter();
        let shown = shown.filter(|(field, _)| self.nameless.contains(field));
        let values = shown.map(|(field, value)| Passage {
            scope: Scope::Field(*field),
            text: said(value, words),
        });
        let names = [&line.whole_service, &line.service, &line.team];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        // Last, since the line of a hit says them anyway: what was written is shown before.
        let names = [Passage::open(names.join(" · "))];
        let passages = texts.map(Passage::open).chain(values).chain(names);
        Some(Document {
            key: key(source.row.id),
            reference: line.number.clone(),
            source_id: None,
            title: line.title.clone(),
            keywords: vec![],
            summary: String::new(),
            passages: passages
                .filter(|passage| !passage.text.trim().is_empty())
                .collect(),
            tags: self.tags(source, zone, parents),
            at: line.changed_at.timestamp(),
            solved: true,
            stamp: source.stamp.into(),
            language: "de".to_owned(),
        })
    }

    /// What it is asked for by, and what scopes know of it; nobody asks for owner and organisation.
    fn tags(
        &self,
        source: &Source,
        zone: Tz,
        parents: &HashMap<Uuid, Option<Uuid>>,
    ) -> Vec<(String, String)> {
        let row = &source.row;
        let team = row.team_id.map_or("none".to_owned(), |id| id.to_string());
        let mut tags = vec![
            ("team".to_owned(), team),
            ("state".to_owned(), stored(row.state)),
            ("year".to_owned(), year(row.created_at, zone)),
        ];
        for (attribute, id) in [
            ("service", row.service_id),
            ("owner", row.owner_id),
            ("organisation", row.organisation_id),
        ] {
            tags.extend(id.map(|id| (attribute.to_owned(), id.to_string())));
        }
        tags.extend(with_those_above(row.service_id, parents));
        for (field, value) in &source.values {
            let Value::Options(ids) = value else { continue };
            for id in ids {
                tags.push((case_option_of(*field), id.to_string()));
                if self.nameless.contains(field) {
                    tags.push((option_of(*field), id.to_string()));
                }
            }
        }
        tags
    }
}

fn key(id: Uuid) -> Key {
    Key {
        kind: Kind::Case,
        id,
    }
}
