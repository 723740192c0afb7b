//! Building an index beside the one that answers, and swapping the two.
//!
//! What is applied meanwhile is noted in a third index and repeated after the swap. Tasks are done in the order they
//! were given: a change is noted before it is applied, so it is either in the new index or in the notes that are read
//! after the swap.

use std::collections::HashMap;
use std::time::Duration;

use meilisearch_sdk::client::SwapIndexes;
use meilisearch_sdk::indexes::Index;
use meilisearch_sdk::settings::Settings;
use serde::{Deserialize, Serialize};

use super::{Meilisearch, wire};
use crate::document::{Document, Key};
use crate::engine::Change;
use crate::error::{Error, Result};

/// How long a server rests before the notes are read again.
const PAUSE: Duration = Duration::from_millis(200);

/// An index that does not answer yet. One that is given up stays until the next rebuild.
#[derive(Debug)]
pub struct Building(Meilisearch);

/// What was applied last to a document while a new index was built.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Note {
    id: String,
    key: Key,
    /// The document as JSON; none when it was deleted.
    document: Option<String>,
}

impl Meilisearch {
    fn next(&self) -> Index {
        self.0.client.index(format!("{}_next", self.0.index))
    }

    /// Notes changes while somebody builds.
    pub(super) async fn note(&self, changes: &[Change]) -> Result<()> {
        let journal = self.journal();
        if !self.exists(&journal).await? {
            return Ok(());
        }
        let mut notes: HashMap<Key, Note> = HashMap::new();
        for change in changes {
            let (key, document) = match change {
                Change::Put(document) => {
                    let text = serde_json::to_string(document);
                    let text = text.map_err(|error| Error::Broken(error.to_string()))?;
                    (document.key, Some(text))
                }
                Change::Delete(key) => (*key, None),
            };
            let id = wire::id(key);
            notes.insert(key, Note { id, key, document });
        }
        let notes: Vec<_> = notes.into_values().collect();
        match self
            .done(journal.add_or_replace(&notes, Some("id")).await)
            .await
        {
            // The rebuild ended in between, and what follows goes into the new index.
            Err(Error::Missing(_)) => Ok(()),
            other => other,
        }
    }

    async fn remove(&self, index: Index) -> Result<()> {
        match self.done(index.delete().await).await {
            Err(Error::Missing(_)) => Ok(()),
            other => other,
        }
    }

    async fn make(&self, index: &Index) -> Result<()> {
        self.done(self.0.client.create_index(&index.uid, Some("id")).await)
            .await
    }
}

impl Building {
    pub(super) async fn begin(of: Meilisearch) -> Result<Self> {
        // What a rebuild that was given up has left.
        of.remove(of.journal()).await?;
        of.remove(of.next()).await?;
        of.make(&of.journal()).await?;
        let plain = Settings::new().with_searchable_attributes(["id"]);
        of.done(of.journal().set_settings(&plain).await).await?;
        of.make(&of.next()).await?;
        of.set_up(&of.next()).await?;
        let synonyms = of
            .main()
            .get_synonyms()
            .await
            .map_err(|fault| of.fault(fault))?;
        of.done(of.next().set_synonyms(&synonyms).await).await?;
        Ok(Self(of))
    }

    pub(crate) async fn put(&mut self, documents: Vec<Document>) -> Result<()> {
        let changes = documents
            .into_iter()
            .map(|document| Change::Put(Box::new(document)))
            .collect();
        self.0.write(&self.0.next(), changes).await
    }

    pub(crate) async fn finish(self) -> Result<()> {
        let of = self.0;
        let swap = SwapIndexes {
            indexes: (of.0.index.clone(), of.next().uid),
            rename: None,
        };
        of.done(of.0.client.swap_indexes([&swap]).await).await?;
        // What is applied while the notes are repeated is noted, too: until nothing is new.
        let mut repeated: HashMap<String, Note> = HashMap::new();
        loop {
            let notes: Vec<Note> = of
                .documents(&of.journal(), &["id", "key", "document"])
                .await?;
            let new: Vec<_> = notes
                .into_iter()
                .filter(|note| repeated.get(&note.id) != Some(note))
                .collect();
            if new.is_empty() {
                break;
            }
            let changes = new.iter().filter_map(change).collect();
            of.write(&of.main(), changes).await?;
            repeated.extend(new.into_iter().map(|note| (note.id.clone(), note)));
            tokio::time::sleep(PAUSE).await;
        }
        of.remove(of.journal()).await?;
        of.remove(of.next()).await
    }
}

fn change(note: &Note) -> Option<Change> {
    match &note.document {
        None => Some(Change::Delete(note.key)),
        Some(text) => serde_json::from_str(text).ok().map(Change::Put),
    }
}
