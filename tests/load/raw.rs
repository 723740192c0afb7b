//! The statements of a page, heard while it is made, and what they take without the program.

use std::fmt::Write as _;
use std::fs::File;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use entities::db::{self, Heard, Statement};
use lotse::desk::Desk;
use lotse::routes;
use poem::endpoint::BoxEndpoint;
use poem::{Endpoint as _, EndpointExt as _, IntoEndpoint as _, Request, Response};
use sea_orm::Value;
use support::postgres::Postgres;
use support::process::package;

use crate::base::{Base, Kind, LOAD_CORE, SERVER_CORE};
use crate::served::Served;
use crate::wrk::CONNECTIONS;

/// How often the statements of a page are repeated in the sqlite3 program.
const TIMES: u32 = 200;
const PGBENCH_SECONDS: u32 = 5;

/// A second desk on the same database that only makes pages and hears its own statements.
pub struct Listener<'a> {
    base: &'a Base,
    cookie: String,
    app: BoxEndpoint<'static, Response>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl<'a> Listener<'a> {
    pub async fn new(base: &'a Base, served: &Served) -> Listener<'a> {
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let (kind, into) = (base.kind, heard.clone());
        let desk = base.open().await;
        let options = db::Options {
            url: base.url.clone(),
            connections: 2,
            blobs: desk.config.files.clone(),
            key: desk.db.key().clone(),
            heard: Some(Heard::by(move |statement, _| {
                into.lock().unwrap().push(with_values(kind, statement));
            })),
        };
        let desk = Desk {
            db: entities::Db::open(options).await.unwrap(),
            ..desk
        };
        let app = routes::app(desk).into_endpoint();
        Listener {
            base,
            cookie: served.cookie.clone(),
            app: app.map_to_response().boxed(),
            heard,
        }
    }

    /// Milliseconds the statements of a page take, one page after the other.
    pub async fn bare_ms(&self, path: &str) -> f64 {
        // The first visit notes that the page was seen.
        self.make(path).await;
        self.bare_ms_of_next(path).await
    }

    /// The same for the next visit, whatever is known from those before.
    pub async fn bare_ms_of_next(&self, path: &str) -> f64 {
        self.heard.lock().unwrap().clear();
        self.make(path).await;
        let statements = std::mem::take(&mut *self.heard.lock().unwrap());
        let statements: Vec<String> = statements
            .into_iter()
            .filter(|sql| sql.starts_with("SELECT") || sql.starts_with("WITH"))
            .collect();
        assert!(!statements.is_empty(), "{path}: no statement was heard");
        match self.base.kind {
            Kind::Sqlite => self.by_sqlite3(&statements),
            Kind::Postgres => self.by_pgbench(&statements),
        }
    }

    async fn make(&self, path: &str) {
        let request = Request::builder()
            .uri_str(path)
            .header("cookie", &self.cookie)
            .finish();
        let answer = self.app.call(request).await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.into_body().into_bytes().await.unwrap();
    }

    fn by_sqlite3(&self, statements: &[String]) -> f64 {
        let page = statements.join("\n");
        let script = self.base.data().join("page.sql");
        std::fs::write(&script, format!("{page}\n").repeat(TIMES as usize)).unwrap();
        let begun = Instant::now();
        let done = Command::new(package("taskset", "util-linux"))
            .args(["-c", SERVER_CORE])
            .arg(package("sqlite3", "sqlite3"))
            .arg("-readonly")
            .arg(self.base.url.trim_start_matches("sqlite://"))
            .stdin(File::open(&script).unwrap())
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(done.success());
        begun.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES)
    }

    fn by_pgbench(&self, statements: &[String]) -> f64 {
        let script = self.base.data().join("page.sql");
        std::fs::write(&script, statements.join("\n")).unwrap();
        let output = Command::new(package("taskset", "util-linux"))
            .args(["-c", LOAD_CORE])
            .arg(Postgres::programs().join("pgbench"))
            .args(["-n", "-M", "prepared", "-j", "1"])
            .args(["-c", &CONNECTIONS.to_string()])
            .args(["-T", &PGBENCH_SECONDS.to_string()])
            .arg("-f")
            .arg(&script)
            .arg(&self.base.url)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        let rate: f64 = rate.split(' ').next().unwrap().parse().unwrap();
        1000.0 / rate
    }
}

/// A statement with its values in place of `?` and `$1`.
fn with_values(kind: Kind, statement: &Statement) -> String {
    let values = statement.values.as_ref().map_or(&[][..], |v| &v.0);
    let mut sql = String::new();
    let mut chars = statement.sql.chars().peekable();
    let (mut in_text, mut next) = (false, 0);
    while let Some(c) = chars.next() {
        let place = match c {
            '\'' => {
                in_text = !in_text;
                None
            }
            '?' if !in_text => {
                next += 1;
                Some(next)
            }
            '$' if !in_text && chars.peek().is_some_and(char::is_ascii_digit) => {
                let mut digits = String::new();
                while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                digits.parse().ok()
            }
            _ => None,
        };
        match place {
            Some(place) => sql.push_str(&literal(kind, &values[place - 1])),
            None if c.is_whitespace() => sql.push(' '),
            None => sql.push(c),
        }
    }
    sql.push(';');
    sql
}

/// A value as the driver stores it.
fn literal(kind: Kind, value: &Value) -> String {
    let text = |text: &str| match kind {
        Kind::Sqlite => format!("'{}'", text.replace('\'', "''")),
        // A colon would begin a variable of pgbench.
        Kind::Postgres => {
            let text = text.replace('\\', "\\\\").replace('\'', "''");
            format!("E'{}'", text.replace(':', "\\072"))
        }
    };
    let bytes = |bytes: &[u8]| {
        let mut hex = String::new();
        for byte in bytes {
            let _ = write!(hex, "{byte:02x}");
        }
        match kind {
            Kind::Sqlite => format!("X'{hex}'"),
            Kind::Postgres => format!("'\\x{hex}'"),
        }
    };
    match value {
        Value::Bool(Some(b)) => b.to_string(),
        Value::TinyInt(Some(n)) => n.to_string(),
        Value::SmallInt(Some(n)) => n.to_string(),
        Value::Int(Some(n)) => n.to_string(),
        Value::BigInt(Some(n)) => n.to_string(),
        Value::Unsigned(Some(n)) => n.to_string(),
        Value::BigUnsigned(Some(n)) => n.to_string(),
        Value::String(Some(s)) => text(s),
        Value::Bytes(Some(b)) => bytes(b),
        Value::Uuid(Some(id)) => match kind {
            Kind::Sqlite => bytes(id.as_bytes()),
            Kind::Postgres => text(&id.to_string()),
        },
        Value::ChronoDateTimeUtc(Some(at)) => {
            text(&at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false))
        }
        _ => "NULL".to_owned(),
    }
}
