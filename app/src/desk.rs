//! The running desk: database, configuration and live changes, shared by pages and jobs.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use entities::blob::Answer;
use entities::db::{self, Heard};
use entities::history::Key;
use entities::{Db, first_start};

use crate::config::Config;
use crate::fetch::Fetch;
use crate::finding::index::Index;
use crate::live::Hub;
use crate::sign_on::SignOn;

/// Everything a page or a job needs; cheap to clone.
#[derive(Clone, Debug)]
pub struct Desk {
    pub db: Db,
    pub config: Arc<Config>,
    pub live: Hub,
    pub sign_on: SignOn,
    /// Fetches calendars.
    pub calendars: Fetch,
    pub index: Index,
    /// The program itself, to be started for what must not harm the desk.
    pub program: PathBuf,
    pub mode: Mode,
}

/// What the desk is run for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Work,
    /// To look at: there are pages that play the requesters.
    Demo,
}

/// Tells the log of slow statements; their values are personal and stay out of it.
fn slow(limit_ms: u64) -> Option<Heard> {
    let limit = Duration::from_millis(limit_ms);
    let hear = move |statement: &db::Statement, took: Duration| {
        if took >= limit {
            tracing::warn!(
                took_ms = took.as_millis(),
                sql = statement.sql,
                "slow statement"
            );
        }
    };
    (limit_ms > 0).then(|| Heard::by(hear))
}

impl Desk {
    /// Opens a desk that must be there already: looking at nothing is a mistake in the configuration.
    pub async fn open_existing(config: Config) -> anyhow::Result<Desk> {
        if let Some(file) = config.sqlite_file() {
            anyhow::ensure!(
                file.exists(),
                "{}: there is no database; check data_dir and database.url",
                file.display()
            );
        }
        anyhow::ensure!(
            config.history.key_file.exists(),
            "history.key_file {}: is missing",
            config.history.key_file.display()
        );
        Desk::open(config).await
    }

    /// Opens key, file store and database; the schema is brought up to date first.
    pub async fn open(config: Config) -> anyhow::Result<Desk> {
        std::fs::create_dir_all(&config.data_dir)
            .with_context(|| format!("data_dir {}", config.data_dir.display()))?;
        let key = Key::open(&config.history.key_file).context("history.key_file")?;
        let sign_on = SignOn::new(&config)?;
        let calendars = Fetch::new(
            "calendars",
            &config.calendars.internal_hosts,
            config.calendars.ca_file.as_deref(),
        )?;
        let database = || match config.sqlite_file() {
            Some(file) => format!("database.url: {}", file.display()),
            None => "database.url".to_owned(),
        };
        if let Some(file) = config.database_authority() {
            anyhow::ensure!(
                file.exists(),
                "database.url: sslrootcert {}: is missing",
                file.display()
            );
        }
        let changes = migration::bring_up(&config.database.url)
            .await
            .with_context(database)?;
        if changes > 0 {
            tracing::info!(changes, "schema brought up to date");
        }
        let db = Db::open(db::Options {
            url: config.database.url.clone(),
            connections: config.database.connections,
            blobs: config.files.clone(),
            key,
            heard: slow(config.database.slow_ms),
        })
        .await
        .with_context(database)?;
        // A store that is away comes back, so the desk starts without it; a wrong setting does not mend itself.
        if let Answer::Away(why) = db.blobs().check().await? {
            tracing::error!(
                why,
                "the file store does not answer; what needs files waits"
            );
        }
        first_start::prepare(&db, &format!("desk@{}", config.mail.domain))
            .await
            .context("the first roles and the first mailbox")?;
        Ok(Desk {
            db,
            index: Index::of(config.search.clone()),
            config: Arc::new(config),
            live: Hub::default(),
            program: std::env::current_exe().context("the program itself")?,
            sign_on,
            calendars,
            mode: Mode::default(),
        })
    }
}
