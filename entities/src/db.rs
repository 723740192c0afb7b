//! The database behind the model: one writer and several readers on SQLite, one pool on PostgreSQL.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, ExecResult, FromQueryResult, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, Value,
};

pub use sea_orm::Statement;
use uuid::Uuid;

use crate::blob::{self, Blobs};
use crate::clock::Clock;
use crate::deadline::rules::Cache;
use crate::error::Result;
use crate::history::Key;
use crate::kept::Kept;

/// How to open the database.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite://FILE` or `postgres://…`.
    pub url: String,
    /// Connections for reading (SQLite) or in all (PostgreSQL).
    pub connections: u32,
    /// Where the file store is.
    pub blobs: blob::Place,
    /// The key of the history.
    pub key: Key,
    /// Told of every statement once it ended.
    pub heard: Option<Heard>,
}

/// Hears statements with their values and how long each took.
#[derive(Clone)]
pub struct Heard(Arc<Hear>);

type Hear = dyn Fn(&Statement, Duration) + Send + Sync;

impl Heard {
    pub fn by(hear: impl Fn(&Statement, Duration) + Send + Sync + 'static) -> Heard {
        Heard(Arc::new(hear))
    }
}

impl std::fmt::Debug for Heard {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Heard")
    }
}

/// The open database. It never hands out its connection: reads take an actor, changes a permit.
#[derive(Clone, Debug)]
pub struct Db {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    url: String,
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    clock: Clock,
    key: Key,
    blobs: Blobs,
    kept: Kept,
    deadline_rules: Cache,
}

impl Db {
    /// Opens an existing, migrated database.
    ///
    /// # Errors
    /// When it cannot be reached or the file store cannot be opened.
    pub async fn open(options: Options) -> Result<Db> {
        let blobs = Blobs::open(&options.blobs)?;
        let (mut reader, mut writer) = if options.url.starts_with("sqlite") {
            let writer = Database::connect(sqlite(&options.url, 1, Access::Write)).await?;
            let reader = Database::connect(sqlite(
                &options.url,
                options.connections.max(2),
                Access::Read,
            ))
            .await?;
            (reader, writer)
        } else {
            let mut connect = ConnectOptions::new(&options.url);
            connect
                .max_connections(options.connections.max(4))
                .acquire_timeout(Duration::from_secs(10))
                // Else a server that was started anew fails each connection's next use; a busy one is never idle.
                .test_before_acquire_if_idle_for(Duration::from_secs(1))
                .sqlx_logging(false);
            let pool = Database::connect(connect).await?;
            (pool.clone(), pool)
        };
        if let Some(Heard(hear)) = options.heard {
            for connection in [&mut reader, &mut writer] {
                let hear = hear.clone();
                connection.set_metric_callback(move |info| hear(info.statement, info.elapsed));
            }
        }
        let inner = Inner {
            url: options.url,
            reader,
            writer,
            clock: Clock::default(),
            key: options.key,
            blobs,
            kept: Kept::default(),
            deadline_rules: Cache::default(),
        };
        Ok(Db {
            inner: Arc::new(inner),
        })
    }

    /// The desk's clock.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The file store.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// The key of the history.
    pub fn key(&self) -> &Key {
        &self.inner.key
    }

    /// The address this database was opened by, with its password if it has one.
    pub fn url(&self) -> &str {
        &self.inner.url
    }

    /// Whether this is PostgreSQL; otherwise it is SQLite.
    pub fn is_postgres(&self) -> bool {
        self.inner.reader.get_database_backend() == DbBackend::Postgres
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// The database's own, when it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.inner.reader.ping().await?)
    }

    /// Ends all connections.
    pub async fn close(&self) -> Result<()> {
        self.inner.reader.clone().close().await?;
        Ok(self.inner.writer.clone().close().await?)
    }

    pub(crate) fn answers(&self) -> &Kept {
        &self.inner.kept
    }

    pub(crate) fn deadline_rules(&self) -> &Cache {
        &self.inner.deadline_rules
    }

    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.inner.reader
    }

    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.inner.writer
    }

    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction> {
        if self.is_postgres() {
            return Ok(self.inner.writer.begin().await?);
        }
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.inner.writer.begin_with_options(immediate).await?)
    }

    /// Begins a transaction that a crash of the server may undo just after its commit: for notes that work done again
    /// writes anew. PostgreSQL then answers before the disk has it. What commits later is never safe without it.
    pub(crate) async fn begin_note(&self) -> Result<DatabaseTransaction> {
        let tx = self.begin_write().await?;
        if self.is_postgres() {
            tx.execute_unprepared("SET LOCAL synchronous_commit = off")
                .await?;
        }
        Ok(tx)
    }

    /// Runs one such note.
    pub(crate) async fn write_note(&self, sql: &str, values: Vec<Value>) -> Result<()> {
        if !self.is_postgres() {
            self.write_statement(sql, values).await?;
            return Ok(());
        }
        let tx = self.begin_note().await?;
        tx.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            sql,
            values,
        ))
        .await?;
        Ok(tx.commit().await?)
    }

    /// Reads that all see the database as it is at the first of them.
    pub(crate) async fn begin_read(&self) -> Result<DatabaseTransaction> {
        // SQLite does so anyway.
        let postgres = TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        let options = match self.is_postgres() {
            true => postgres,
            false => TransactionOptions::default(),
        };
        Ok(self.inner.reader.begin_with_options(options).await?)
    }

    /// Runs one housekeeping statement.
    pub(crate) async fn write_statement(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<ExecResult> {
        let backend = self.inner.writer.get_database_backend();
        Ok(self
            .inner
            .writer
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?)
    }

    /// Changes one row by a housekeeping statement that returns it; none when there was none to change.
    pub(crate) async fn write_returning<M: FromQueryResult>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Option<M>> {
        let backend = self.inner.writer.get_database_backend();
        let tx = self.begin_write().await?;
        let row = tx
            .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
        tx.commit().await?;
        let row = row.map(|row| M::from_query_result(&row, ""));
        Ok(row.transpose()?)
    }
}

/// Ids for an `IN`, the last one repeated up to a power of two: a statement that has few forms is prepared and planned
/// once instead of for each number of ids.
pub(crate) fn few_forms(ids: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

/// The places of so many values in a statement: `$1, $2`.
pub(crate) fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|n| format!("${n}")).collect();
    places.join(", ")
}

enum Access {
    Read,
    Write,
}

fn sqlite(url: &str, connections: u32, access: Access) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire(false)
        .sqlx_logging(false);
    let query_only = matches!(access, Access::Read);
    // In KiB, for each connection. Mapping the file instead would count it in the memory of each.
    let cache = if query_only { "-8192" } else { "-32768" };
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o
            .create_if_missing(!query_only)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(20))
            .row_buffer_size(1000)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "NORMAL")
            .pragma("cache_size", cache)
            .pragma("temp_store", "MEMORY");
        if query_only {
            o.pragma("query_only", "ON")
        } else {
            o
        }
    });
    options
}
