//! The engine of a Meilisearch server: for services of several machines.

mod ask;
mod fault;
mod read;
mod rebuild;
mod settings;
mod wire;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use meilisearch_sdk::client::Client;
use meilisearch_sdk::documents::DocumentsQuery;
use meilisearch_sdk::errors::{Error as Fault, ErrorCode};
use meilisearch_sdk::indexes::Index;
use meilisearch_sdk::task_info::TaskInfo;
use meilisearch_sdk::tasks::Task;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::answer::Answer;
use crate::document::Key;
use crate::engine::{Change, Stats};
use crate::error::{Error, Result};
use crate::request::Request;
use fault::translated;
pub use rebuild::Building;
use settings::settings;

/// The oldest version that knows everything that is asked of it.
const WANTED: (u32, u32) = (1, 15);
const WANTED_NAME: &str = "1.15";
/// How long a task may take before the server counts as away; it goes on with it nevertheless.
const PATIENCE: Duration = Duration::from_secs(600);
const POLL: Duration = Duration::from_millis(40);
const PAGE: usize = 1_000;

/// An index of a Meilisearch server. Cheap to clone; clones are one engine.
#[derive(Clone)]
pub struct Meilisearch(Arc<Inner>);

struct Inner {
    client: Client,
    url: String,
    index: String,
    ready: OnceCell<()>,
    /// Attributes of fields that some may not read, which the index knows.
    fields: Mutex<BTreeSet<String>>,
}

impl std::fmt::Debug for Meilisearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The client's own form shows the key.
        f.debug_struct("Meilisearch")
            .field("url", &self.0.url)
            .field("index", &self.0.index)
            .finish()
    }
}

/// As much of a stored document as is compared with the database.
#[derive(Deserialize)]
struct Stamped {
    id: String,
    stamp: i64,
}

impl Meilisearch {
    /// Does not connect: the server may be away when we start. `health` asks it. `index` is the name of the index,
    /// made of letters, digits, `-` and `_`; those with `_next` and `_journal` behind it are taken, too.
    ///
    /// Fails when the address is none.
    pub fn new(url: &str, key: Option<&str>, index: &str) -> Result<Self> {
        let url = url.trim_end_matches('/').to_owned();
        let client = Client::new(&url, key).map_err(|fault| translated(&url, index, fault))?;
        Ok(Self(Arc::new(Inner {
            client,
            url,
            index: index.to_owned(),
            ready: OnceCell::new(),
            fields: Mutex::default(),
        })))
    }

    pub(crate) async fn search(&self, request: Request) -> Result<Answer> {
        self.ready().await?;
        let fields = self.fields_of(&request).await?;
        let answer = ask::ask(&self.0.client, &self.main(), &request, &fields).await;
        answer.map_err(|fault| self.fault(fault))
    }

    pub(crate) async fn apply(&self, changes: Vec<Change>) -> Result<()> {
        self.ready().await?;
        // In this order: what a rebuild must repeat is noted before it may be overtaken.
        self.note(&changes).await?;
        self.write(&self.main(), changes).await
    }

    pub(crate) async fn rebuild(&self) -> Result<Building> {
        self.ready().await?;
        Building::begin(self.clone()).await
    }

    pub(crate) async fn stamps(&self) -> Result<Vec<(Key, i64)>> {
        self.ready().await?;
        let stamped: Vec<Stamped> = self.documents(&self.main(), &["id", "stamp"]).await?;
        let mut stamps: Vec<_> = stamped
            .into_iter()
            .filter_map(|one| Some((wire::key(&one.id)?, one.stamp)))
            .collect();
        stamps.sort_unstable();
        Ok(stamps)
    }

    pub(crate) async fn set_synonyms(&self, groups: Vec<Vec<String>>) -> Result<()> {
        self.ready().await?;
        let mut synonyms: HashMap<String, Vec<String>> = HashMap::new();
        for group in groups {
            for word in &group {
                let others = group.iter().filter(|other| *other != word).cloned();
                synonyms.entry(word.clone()).or_default().extend(others);
            }
        }
        let task = self.main().set_synonyms(&synonyms).await;
        self.done(task).await
    }

    pub(crate) async fn stats(&self) -> Result<Stats> {
        self.ready().await?;
        let stats = self
            .main()
            .get_stats()
            .await
            .map_err(|fault| self.fault(fault))?;
        Ok(Stats {
            documents: stats.number_of_documents as u64,
            bytes: stats.raw_document_db_size as u64,
            index: self.0.index.clone(),
            rebuilding: self.exists(&self.journal()).await?,
        })
    }

    pub(crate) async fn health(&self) -> Result<()> {
        self.check_version().await?;
        self.ready().await
    }

    fn main(&self) -> Index {
        self.0.client.index(&self.0.index)
    }

    fn journal(&self) -> Index {
        self.0.client.index(format!("{}_journal", self.0.index))
    }

    async fn check_version(&self) -> Result<()> {
        let version = self
            .0
            .client
            .get_version()
            .await
            .map_err(|fault| self.fault(fault))?;
        let mut numbers = version
            .pkg_version
            .split('.')
            .map_while(|part| part.parse::<u32>().ok());
        let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if found < WANTED {
            return Err(Error::Version {
                url: self.0.url.clone(),
                found: version.pkg_version,
                wanted: WANTED_NAME,
            });
        }
        Ok(())
    }

    /// Makes the index and its settings, once.
    async fn ready(&self) -> Result<()> {
        self.0
            .ready
            .get_or_try_init(|| async {
                self.check_version().await?;
                if !self.exists(&self.main()).await? {
                    let made = self.0.client.create_index(&self.0.index, Some("id")).await;
                    match self.done(made).await {
                        // Another process was as fast.
                        Err(Error::Refused { code, .. }) if code == "index_already_exists" => {}
                        other => other?,
                    }
                }
                self.learn_fields().await?;
                self.set_up(&self.main()).await
            })
            .await
            .map(drop)
    }

    async fn set_up(&self, index: &Index) -> Result<()> {
        let task = index.set_settings(&settings(&self.fields())).await;
        self.done(task).await
    }

    fn fields(&self) -> BTreeSet<String> {
        self.0
            .fields
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn learn_fields(&self) -> Result<()> {
        let known = self
            .main()
            .get_searchable_attributes()
            .await
            .map_err(|fault| self.fault(fault))?;
        let known = known.into_iter().filter(|name| name.starts_with("field_"));
        self.0
            .fields
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(known);
        Ok(())
    }

    /// The fields a request may have searched that the index knows; another process may have brought it some.
    async fn fields_of(&self, request: &Request) -> Result<Vec<String>> {
        let wanted: Vec<_> = request
            .scopes
            .iter()
            .map(|scope| wire::scope_name(*scope))
            .filter(|name| name.starts_with("field_"))
            .collect();
        if !wanted.iter().all(|name| self.fields().contains(name)) {
            self.learn_fields().await?;
        }
        let known = self.fields();
        Ok(wanted
            .into_iter()
            .filter(|name| known.contains(name))
            .collect())
    }

    /// Puts and deletes in the order of the changes, and waits until it is done.
    async fn write(&self, index: &Index, changes: Vec<Change>) -> Result<()> {
        let mut new = BTreeSet::new();
        for change in &changes {
            if let Change::Put(document) = change {
                new.extend(wire::field_scopes(document));
            }
        }
        if !new.is_subset(&self.fields()) {
            self.0
                .fields
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(new);
            self.set_up(&self.main()).await?;
            if index.uid != self.0.index {
                self.set_up(index).await?;
            }
        }
        // The last change of each is all that counts.
        let mut last: HashMap<String, Option<Value>> = HashMap::new();
        for change in &changes {
            match change {
                Change::Put(document) => {
                    last.insert(wire::id(document.key), Some(wire::document(document)))
                }
                Change::Delete(key) => last.insert(wire::id(*key), None),
            };
        }
        let (puts, deletes): (Vec<_>, Vec<_>) = last
            .into_iter()
            .partition(|(_, document)| document.is_some());
        let puts: Vec<Value> = puts
            .into_iter()
            .filter_map(|(_, document)| document)
            .collect();
        let deletes: Vec<String> = deletes.into_iter().map(|(id, _)| id).collect();
        if !puts.is_empty() {
            let task = index.add_or_replace(&puts, Some("id")).await;
            self.done(task).await?;
        }
        if !deletes.is_empty() {
            let task = index.delete_documents(&deletes).await;
            self.done(task).await?;
        }
        Ok(())
    }

    async fn documents<T: serde::de::DeserializeOwned + Send + Sync + 'static>(
        &self,
        index: &Index,
        fields: &[&str],
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        loop {
            let mut query = DocumentsQuery::new(index);
            query
                .with_offset(all.len())
                .with_limit(PAGE)
                .with_fields(fields.iter().copied());
            let page = index
                .get_documents_with::<T>(&query)
                .await
                .map_err(|fault| self.fault(fault))?;
            let is_last = page.results.len() < PAGE;
            all.extend(page.results);
            if is_last {
                return Ok(all);
            }
        }
    }

    async fn exists(&self, index: &Index) -> Result<bool> {
        match self.0.client.get_raw_index(&index.uid).await {
            Ok(_) => Ok(true),
            Err(Fault::Meilisearch(fault)) if fault.error_code == ErrorCode::IndexNotFound => {
                Ok(false)
            }
            Err(fault) => Err(self.fault(fault)),
        }
    }

    /// Waits for a task; a task that failed is an error.
    async fn done(&self, task: std::result::Result<TaskInfo, Fault>) -> Result<()> {
        let task = task.map_err(|fault| self.fault(fault))?;
        let task = task
            .wait_for_completion(&self.0.client, Some(POLL), Some(PATIENCE))
            .await;
        match task.map_err(|fault| self.fault(fault))? {
            Task::Failed { content } => Err(self.fault(Fault::Meilisearch(content.error))),
            _ => Ok(()),
        }
    }

    fn fault(&self, fault: Fault) -> Error {
        translated(&self.0.url, &self.0.index, fault)
    }
}
