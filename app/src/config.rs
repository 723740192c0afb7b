//! The effective configuration: one TOML file, environment variables that win over it, every mistake reported together.

mod field;
mod files;
mod print;
mod read;
pub mod search;

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use entities::blob;
use entities::ticket::gap;

use crate::locale::Locale;
use read::Reader;

pub use field::{FIELDS, Field, Kind};
pub use print::{effective, example};
pub use read::{Mistake, Mistakes, Sources};

/// Everything an administrator can set without the web pages. Units are in the names.
#[derive(Debug, Clone)]
pub struct Config {
    pub data_dir: PathBuf,
    pub listen: String,
    /// Without a trailing slash.
    pub public_url: String,
    pub trusted_proxies: Vec<IpAddr>,
    pub locale: Locale,
    pub time_zone: Tz,
    pub organisation: Organisation,
    pub database: Database,
    pub history: History,
    /// Where attachments and raw mails are kept.
    pub files: blob::Place,
    pub search: search::Place,
    pub smtp: Smtp,
    pub mail: Mail,
    pub sessions: Sessions,
    pub sign_in: SignIn,
    pub calendars: Calendars,
    pub knowledge: Knowledge,
    pub documents: Documents,
    pub tickets: Tickets,
    pub log: Log,
}

#[derive(Debug, Clone)]
pub struct Organisation {
    pub name: String,
    pub subtitle: String,
    /// Lines parted by commas.
    pub address: String,
}

#[derive(Debug, Clone)]
pub struct Database {
    pub url: String,
    pub connections: u32,
    /// Statements that take longer are logged; 0 logs none.
    pub slow_ms: u64,
}

#[derive(Debug, Clone)]
pub struct History {
    pub key_file: PathBuf,
    pub anchor_log: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct Smtp {
    /// `None`: outgoing mail is written as files into [`Config::outgoing_dir`].
    pub host: Option<String>,
    pub port: u16,
    pub tls: SmtpTls,
    pub user: String,
    pub password: String,
    pub hello_name: Option<String>,
    pub ca_file: Option<PathBuf>,
    pub timeout_s: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    Starttls,
    Implicit,
    None,
}

#[derive(Debug, Clone)]
pub struct Mail {
    pub undo_s: u32,
    pub max_size_mb: u32,
    /// Right side of our Message-IDs.
    pub domain: String,
    pub ca_file: Option<PathBuf>,
}

impl Mail {
    /// The largest mail that is taken, in bytes.
    pub fn max_size_bytes(&self) -> i64 {
        i64::from(self.max_size_mb) * 1024 * 1024
    }
}

#[derive(Debug, Clone)]
pub struct Sessions {
    pub idle_minutes: u32,
    pub absolute_hours: u32,
}

#[derive(Debug, Clone)]
pub struct SignIn {
    pub attempts_per_account: u32,
    pub attempts_per_address: u32,
    pub window_minutes: u32,
    /// Whether accounts with a password must have a second factor.
    pub second_factor_required: bool,
    /// Hosts of identity providers that may lie in a private network and be spoken to without TLS.
    pub internal_hosts: Vec<String>,
    pub ca_file: Option<PathBuf>,
}

/// Servers of calendars that absences are read from.
#[derive(Debug, Clone)]
pub struct Calendars {
    /// Hosts that may lie in a private network and be spoken to without TLS.
    pub internal_hosts: Vec<String>,
    pub ca_file: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct Knowledge {
    /// When many cases without an article are a gap.
    pub gap: gap::Least,
}

#[derive(Debug, Clone)]
pub struct Documents {
    /// The program that makes PDF of them; none: nothing does.
    pub libreoffice: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct Tickets {
    /// Whether colleagues see who else is in one.
    pub presence: bool,
}

#[derive(Debug, Clone)]
pub struct Log {
    pub level: String,
}

/// The name of the file that is read when `--config` is not given and it lies in the working directory.
pub const DEFAULT_FILE: &str = "lotse.toml";

impl Config {
    /// Reads `file` (or `lotse.toml` if it exists) and the process's `LOTSE_…` variables.
    pub fn load(file: Option<&Path>) -> Result<Self, Mistakes> {
        Self::from_sources(&Sources::read(file))
    }

    /// Checks every field; `Err` carries all mistakes at once.
    pub fn from_sources(sources: &Sources) -> Result<Self, Mistakes> {
        let mut read = Reader::new(sources);
        let data_dir = PathBuf::from(read.text("data_dir"));
        let listen = read.text("listen");
        let public_url = match read.optional("public_url") {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{listen}"),
        };
        let config = Self {
            locale: if read.text("locale") == "en" {
                Locale::En
            } else {
                Locale::De
            },
            time_zone: read.zone("time_zone"),
            trusted_proxies: read.addresses("trusted_proxies"),
            organisation: Organisation {
                name: read.text("organisation.name"),
                subtitle: read.text("organisation.subtitle"),
                address: read.text("organisation.address"),
            },
            database: Database {
                url: read
                    .optional("database.url")
                    .unwrap_or_else(|| sqlite_url(&data_dir)),
                connections: read.number("database.connections"),
                slow_ms: read.number("database.slow_ms"),
            },
            history: History {
                key_file: read
                    .path("history.key_file")
                    .unwrap_or_else(|| data_dir.join("history.key")),
                anchor_log: read.path("history.anchor_log"),
            },
            files: files::place(&mut read, &data_dir),
            search: search::place(&mut read, &data_dir),
            smtp: Smtp {
                host: read.optional("smtp.host"),
                port: read.number("smtp.port"),
                tls: match read.text("smtp.tls").as_str() {
                    "implicit" => SmtpTls::Implicit,
                    "none" => SmtpTls::None,
                    _ => SmtpTls::Starttls,
                },
                user: read.text("smtp.user"),
                password: read.text("smtp.password"),
                hello_name: read.optional("smtp.hello_name"),
                ca_file: read.path("smtp.ca_file"),
                timeout_s: read.number("smtp.timeout_s"),
            },
            mail: Mail {
                undo_s: read.number("mail.undo_s"),
                max_size_mb: read.number("mail.max_size_mb"),
                domain: read
                    .optional("mail.domain")
                    .unwrap_or_else(|| host_of(&public_url)),
                ca_file: read.path("mail.ca_file"),
            },
            sessions: Sessions {
                idle_minutes: read.number("sessions.idle_minutes"),
                absolute_hours: read.number("sessions.absolute_hours"),
            },
            sign_in: SignIn {
                attempts_per_account: read.number("sign_in.attempts_per_account"),
                attempts_per_address: read.number("sign_in.attempts_per_address"),
                window_minutes: read.number("sign_in.window_minutes"),
                second_factor_required: read.text("sign_in.second_factor") == "required",
                internal_hosts: read.hosts("sign_in.internal_hosts"),
                ca_file: read.path("sign_in.ca_file"),
            },
            calendars: Calendars {
                internal_hosts: read.hosts("calendars.internal_hosts"),
                ca_file: read.path("calendars.ca_file"),
            },
            knowledge: Knowledge {
                gap: gap::Least {
                    cases: read.number("knowledge.gap_cases"),
                    days: read.number("knowledge.gap_days"),
                },
            },
            documents: Documents {
                libreoffice: read.path("documents.libreoffice"),
            },
            tickets: Tickets {
                presence: read.text("tickets.presence") != "off",
            },
            log: Log {
                level: read.text("log.level"),
            },
            data_dir,
            listen,
            public_url,
        };
        read.finish()?;
        Ok(config)
    }

    /// Where outgoing mail is written as files when no SMTP server is set.
    pub fn outgoing_dir(&self) -> PathBuf {
        self.data_dir.join("outgoing")
    }

    /// The file, folder or server that an error of the desk is about, for those who run it.
    pub fn place_of(&self, error: &entities::DeskError) -> String {
        match error {
            entities::DeskError::Blob(_) | entities::DeskError::StoreAway(_) => match &self.files {
                blob::Place::Folder(folder) => folder.display().to_string(),
                blob::Place::S3(_) => "files.s3".to_owned(),
            },
            entities::DeskError::Db(_) => match self.sqlite_file() {
                Some(file) => file.display().to_string(),
                None => "database.url".to_owned(),
            },
            _ => "data_dir ".to_owned() + &self.data_dir.display().to_string(),
        }
    }

    /// Whether the database is a file rather than a server.
    pub fn is_sqlite(&self) -> bool {
        self.database.url.starts_with("sqlite:")
    }

    /// The certificates of one's own that the address of a PostgreSQL server names.
    pub fn database_authority(&self) -> Option<PathBuf> {
        let (_, settings) = self.database.url.split_once('?')?;
        let mut settings = settings.split('&');
        let file = settings.find_map(|setting| setting.strip_prefix("sslrootcert="))?;
        Some(PathBuf::from(file))
    }

    /// The file of an SQLite database.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.database.url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
    }

    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn sqlite_url(data_dir: &Path) -> String {
    format!("sqlite://{}", data_dir.join("lotse.sqlite").display())
}

fn host_of(url: &str) -> String {
    url.parse::<poem::http::Uri>()
        .ok()
        .and_then(|uri| uri.host().map(str::to_owned))
        .unwrap_or_else(|| "localhost".into())
}

#[cfg(test)]
#[path = "config/tests.rs"]
mod tests;
