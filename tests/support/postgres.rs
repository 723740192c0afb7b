//! A private PostgreSQL server, one for each test binary.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

use crate::process::{
    Process, Stop, as_service_user, free_port, give_to_service_user, is_executable,
    scratch_in_memory,
};

const USER: &str = "lotse";

const SETTINGS: &str = "
max_connections = 500
shared_buffers = 256MB
listen_addresses = '127.0.0.1'
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
";

/// Durability is worth nothing in a test and would cost most of the time.
const HASTY: &str = "
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 8GB
checkpoint_timeout = 1d
";

/// A running server.
pub struct Postgres {
    port: u16,
    templates: tokio::sync::Mutex<HashSet<String>>,
    unwanted: Mutex<Vec<String>>,
    folder: PathBuf,
    // Before the directory, so that the server ends first.
    process: Mutex<Option<Process>>,
    _directory: Option<tempfile::TempDir>,
}

impl Postgres {
    /// The server of this test process; it starts at the first call.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts one more server, for tests which take it away again.
    pub fn start() -> Self {
        let directory = scratch_in_memory("postgres");
        let settings = format!("{SETTINGS}{HASTY}");
        let server = Self::start_with(directory.path(), &settings);
        Self {
            _directory: Some(directory),
            ..server
        }
    }

    /// Starts a server that keeps what it is told, in a folder that may hold what it was told before.
    pub fn start_in(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        Self::start_with(folder, SETTINGS)
    }

    fn start_with(folder: &Path, settings: &str) -> Self {
        give_to_service_user(folder);
        let data = folder.join("data");
        let binaries = binaries();
        if !data.exists() {
            let output = as_service_user(&binaries.join("initdb"))
                .args(["--no-sync", "--no-instructions", "--auth=trust"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8"])
                .arg(format!("--username={USER}"))
                .arg("--pgdata")
                .arg(&data)
                .current_dir("/")
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "initdb failed:\n{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let port = free_port();
        let sockets = folder.display();
        let configuration =
            format!("{settings}port = {port}\nunix_socket_directories = '{sockets}'\n");
        std::fs::write(data.join("postgresql.auto.conf"), configuration).unwrap();
        let server = Self {
            port,
            templates: tokio::sync::Mutex::default(),
            unwanted: Mutex::default(),
            folder: folder.to_owned(),
            process: Mutex::default(),
            _directory: None,
        };
        server.start_again();
        server
    }

    /// Ends the server and every connection; its databases stay.
    pub fn stop(&self) {
        *self.process.lock().unwrap() = None;
    }

    /// Starts the stopped server on the same port.
    pub fn start_again(&self) {
        let mut running = self.process.lock().unwrap();
        assert!(running.is_none(), "PostgreSQL runs already");
        let data = self.folder.join("data");
        let status = data.join("postmaster.pid");
        let mut command = as_service_user(&binaries().join("postgres"));
        command.arg("-D").arg(&data).current_dir("/");
        let log = self.folder.join("log");
        let process = Process::start("postgres", log, Stop::Quit, &command);
        // Written once the server takes queries, before that it refuses them.
        let port = self.port.to_string();
        process.wait_until(|| {
            // An earlier server that was killed leaves its file, with another port.
            std::fs::read_to_string(&status).is_ok_and(|text| {
                let lines: Vec<&str> = text.lines().map(str::trim).collect();
                lines.get(3) == Some(&port.as_str())
                    && lines.get(7) == Some(&"ready")
                    && lines.first() == Some(&process.pid().to_string().as_str())
            })
        });
        *running = Some(process);
    }

    /// The folder of the server's programs, such as `pgbench`.
    pub fn programs() -> PathBuf {
        binaries()
    }

    /// The URL of a database of this server.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// Creates an empty database and returns its URL.
    pub async fn create_database(&self) -> String {
        self.create_from_template("template1").await
    }

    /// Creates a copy of a database and returns its URL. Nobody may be
    /// connected to the template.
    pub async fn create_from_template(&self, template: &str) -> String {
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        self.create(&name, template).await;
        self.url(&name)
    }

    /// Creates a template once for each server: the first caller fills it,
    /// the others wait. The filling closes its connections at the end.
    pub async fn template<Fill>(&self, name: &str, fill: impl FnOnce(String) -> Fill)
    where
        Fill: Future<Output = ()>,
    {
        let mut templates = self.templates.lock().await;
        if !templates.contains(name) {
            self.create(name, "template1").await;
            fill(self.url(name)).await;
            templates.insert(name.to_owned());
        }
    }

    /// Removes a database and whoever is connected to it.
    pub async fn drop_database(&self, url: &str) {
        self.execute(&[drop_statement(url)]).await;
    }

    /// Removes the database when the next one is created: for `Drop`, which
    /// cannot wait.
    pub fn drop_database_later(&self, url: &str) {
        self.unwanted.lock().unwrap().push(drop_statement(url));
    }

    async fn create(&self, name: &str, template: &str) {
        let mut statements = std::mem::take(&mut *self.unwanted.lock().unwrap());
        // Copying files beats copying page by page where nothing is synced.
        statements.push(format!(
            r#"CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY"#
        ));
        self.execute(&statements).await;
    }

    async fn execute(&self, statements: &[String]) {
        let connection = self.administer().await;
        for statement in statements {
            connection
                .execute_unprepared(statement)
                .await
                .unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        connection.close().await.unwrap();
    }

    // Each test has a runtime of its own, which a shared pool would outlive.
    async fn administer(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(self.url("postgres"));
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }
}

fn drop_statement(url: &str) -> String {
    let name = url.rsplit('/').next().unwrap();
    format!(r#"DROP DATABASE "{name}" WITH (FORCE)"#)
}

/// Debian keeps the server's programs out of `PATH`, by version.
fn binaries() -> PathBuf {
    let version = |path: &Path| -> Option<u32> { path.file_name()?.to_str()?.parse().ok() };
    std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_executable(&path.join("bin/initdb")))
        .max_by_key(|path| version(path))
        .map_or_else(
            || {
                let initdb = crate::process::package("initdb", "postgresql");
                initdb.canonicalize().unwrap().parent().unwrap().to_owned()
            },
            |path| path.join("bin"),
        )
}
