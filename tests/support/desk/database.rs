//! Databases for tests: schema, roles and mailbox are made once and then copied.

use std::path::{Path, PathBuf};

use entities::blob::Place;
use entities::history::Key;
use entities::{Db, db, first_start};

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, FromQueryResult, Statement, Value,
};
use tokio::sync::OnceCell;

use crate::postgres::Postgres;
use crate::process::scratch_in_memory;

/// One test's database, and a way to it beside the desk's.
pub struct Database {
    url: String,
    /// On the server that all tests share, not on one that ends with its test.
    shared: bool,
    beside: OnceCell<DatabaseConnection>,
}

/// Whether the tests run on PostgreSQL this time.
fn on_postgres() -> bool {
    match std::env::var("LOTSE_TEST_DATABASE").as_deref() {
        Err(_) | Ok("" | "sqlite") => false,
        Ok("postgres") => true,
        Ok(other) => panic!("LOTSE_TEST_DATABASE is sqlite or postgres, not {other}"),
    }
}

impl Database {
    /// A database of a desk that has just been started, with its key in `folder`, where an SQLite file lies too.
    pub async fn create(folder: &Path) -> Database {
        let template = Template::shared().await;
        std::fs::copy(template.key(), folder.join("history.key")).unwrap();
        let url = if on_postgres() {
            Postgres::shared().create_from_template("desk").await
        } else {
            let file = folder.join("lotse.sqlite");
            std::fs::copy(template.file(), &file).unwrap();
            format!("sqlite://{}", file.display())
        };
        Database::at(url)
    }

    /// A database without a schema.
    pub async fn empty(folder: &Path) -> Database {
        Database::at(if on_postgres() {
            Postgres::shared().create_database().await
        } else {
            format!("sqlite://{}", folder.join("empty.sqlite").display())
        })
    }

    /// An empty database on a server of the test's own.
    pub async fn on(server: &Postgres) -> Database {
        Database::beside(server.create_database().await)
    }

    /// A way to a database that somebody else made and removes.
    pub fn beside(url: String) -> Database {
        let mut database = Database::at(url);
        database.shared = false;
        database
    }

    fn at(url: String) -> Database {
        Database {
            url,
            shared: true,
            beside: OnceCell::new(),
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// A connection that is not the desk's.
    pub async fn connection(&self) -> &DatabaseConnection {
        let open = async || {
            let mut options = ConnectOptions::new(&self.url);
            options.max_connections(1).sqlx_logging(false);
            options.map_sqlx_sqlite_opts(|o| {
                o.create_if_missing(true)
                    .busy_timeout(std::time::Duration::from_secs(20))
            });
            sea_orm::Database::connect(options).await.unwrap()
        };
        self.beside.get_or_init(open).await
    }

    /// Runs one statement with values for `$1`, `$2`, …; how many rows it changed.
    pub async fn execute(&self, sql: &str, values: Vec<Value>) -> u64 {
        let connection = self.connection().await;
        let backend = connection.get_database_backend();
        connection
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
            .rows_affected()
    }

    /// The rows a statement gives.
    pub async fn rows<R: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Vec<R> {
        let connection = self.connection().await;
        let backend = connection.get_database_backend();
        R::find_by_statement(Statement::from_sql_and_values(backend, sql, values))
            .all(connection)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The one number a statement gives, for example a count.
    pub async fn number(&self, sql: &str, values: Vec<Value>) -> i64 {
        let connection = self.connection().await;
        let backend = connection.get_database_backend();
        connection
            .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
            .unwrap_or_else(|| panic!("{sql}: no row"))
            .try_get_by_index(0)
            .unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.shared && self.is_postgres() {
            Postgres::shared().drop_database_later(&self.url);
        }
    }
}

/// What all databases of this process are copied from.
struct Template {
    folder: tempfile::TempDir,
}

impl Template {
    async fn shared() -> &'static Template {
        static SHARED: OnceCell<Template> = OnceCell::const_new();
        SHARED.get_or_init(Template::make).await
    }

    async fn make() -> Template {
        let folder = scratch_in_memory("template");
        let template = Template { folder };
        if on_postgres() {
            let fill = |url| template.fill(url);
            Postgres::shared().template("desk", fill).await;
        } else {
            let url = format!("sqlite://{}", template.file().display());
            template.fill(url).await;
        }
        template
    }

    async fn fill(&self, url: String) {
        migration::bring_up(&url).await.unwrap();
        let options = db::Options {
            url,
            connections: 2,
            blobs: Place::Folder(self.folder.path().join("blobs")),
            key: Key::open(&self.key()).unwrap(),
            heard: None,
        };
        let db = Db::open(options).await.unwrap();
        first_start::prepare(&db, "hilfe@desk.example")
            .await
            .unwrap();
        db.close().await.unwrap();
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("history.key")
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("template.sqlite")
    }
}
