//! What is measured: a filled database and the released program on it, on one core.

use std::path::{Path, PathBuf};
use std::process::Command;

use lotse::config::{Config, Sources};
use lotse::desk::Desk;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use support::postgres::Postgres;
use support::process::package;

use crate::table::Table;

/// The program's core; the load comes from the other one, where PostgreSQL runs too.
pub const SERVER_CORE: &str = "0";
pub const LOAD_CORE: &str = "1";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub fn from_name(name: &str) -> Option<Kind> {
        match name {
            "sqlite" => Some(Kind::Sqlite),
            "postgres" => Some(Kind::Postgres),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Sqlite => "SQLite",
            Kind::Postgres => "PostgreSQL",
        }
    }
}

/// A filled database and how to reach it.
pub struct Base {
    pub kind: Kind,
    pub url: String,
    _postgres: Option<Postgres>,
    data: PathBuf,
    pub log: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl Base {
    /// Fills a database, unless a kept one is there.
    pub fn prepare(kind: Kind, tickets: usize, keep: Option<&Path>, table: &mut Table) -> Base {
        let folder = keep.is_none().then(|| tempfile::tempdir().unwrap());
        let root = keep
            .or(folder.as_ref().map(tempfile::TempDir::path))
            .unwrap()
            .join(kind.name().to_lowercase());
        let data = root.join("data");
        std::fs::create_dir_all(&data).unwrap();
        let postgres = (kind == Kind::Postgres).then(|| Postgres::start_in(&root.join("cluster")));
        let url = match &postgres {
            Some(server) => server.url("postgres"),
            None => format!("sqlite://{}", data.join("lotse.sqlite").display()),
        };
        let base = Base {
            kind,
            url,
            _postgres: postgres,
            log: root.join("log"),
            data,
            _folder: folder,
        };
        let filled = root.join("filled");
        if !filled.exists() {
            let output = base
                .lotse()
                .args(["demo", "fill", "--seed", "1", "--tickets"])
                .arg(tickets.to_string())
                .output()
                .unwrap();
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            std::fs::write(&filled, output.stdout).unwrap();
        }
        let said = std::fs::read_to_string(&filled).unwrap();
        table.note(format!("fill: {}", said.trim()));
        base
    }

    /// The released program with this base's settings.
    pub fn lotse(&self) -> Command {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/lotse");
        let mut command = Command::new(program);
        command
            .env("LOTSE_DATA_DIR", &self.data)
            .env("LOTSE_DATABASE_URL", &self.url)
            .env("LOTSE_MAIL_DOMAIN", "servicedesk.example")
            .env("LOTSE_LOG_LEVEL", "warn");
        command
    }

    /// The same, held to the server's core.
    pub fn pinned(&self, arguments: &[&str]) -> Command {
        let plain = self.lotse();
        let mut command = Command::new(package("taskset", "util-linux"));
        command
            .args(["-c", SERVER_CORE])
            .arg(plain.get_program())
            .args(arguments)
            .envs(plain.get_envs().filter_map(|(k, v)| Some((k, v?))));
        command
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    pub async fn connect(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.url);
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }

    /// The first column of the first row, as text.
    pub async fn text(&self, sql: &str) -> String {
        let on = self.connect().await;
        let statement = Statement::from_string(on.get_database_backend(), sql);
        let row = on.query_one_raw(statement).await.unwrap().unwrap();
        let text = row
            .try_get_by_index::<String>(0)
            .unwrap_or_else(|_| row.try_get_by_index::<i64>(0).unwrap().to_string());
        on.close().await.unwrap();
        text
    }

    pub async fn number(&self, sql: &str) -> i64 {
        self.text(sql).await.parse().unwrap()
    }
}

impl Base {
    /// A desk of this process on the same data.
    pub async fn open(&self) -> Desk {
        let mut sources = Sources::default();
        sources.add_variables([
            ("LOTSE_DATA_DIR".to_owned(), self.data.display().to_string()),
            ("LOTSE_DATABASE_URL".to_owned(), self.url.clone()),
        ]);
        let config = Config::from_sources(&sources).unwrap();
        Desk::open(config).await.unwrap()
    }

    /// How much is in it.
    pub fn size(&self) -> String {
        let output = Command::new("du")
            .arg("-sm")
            .arg(&self.data)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        format!("{} MB", said.split_whitespace().next().unwrap_or("?"))
    }
}
