//! A desk of its own for one test: a fresh database, people as they are spoken of, pages as they are read.

mod articles;
mod blocks;
mod client;
mod database;
mod documents;
mod faults;
mod limits;
mod mail;
mod page;
mod people;
mod post;
mod row;
mod shares;
mod sign_on;
mod sound;
mod tickets;
mod vendors;
mod work;

use std::net::SocketAddr;
use std::ops::Deref;
use std::path::PathBuf;

use entities::history;
use lotse::config::{Config, Sources};
use lotse::desk::{Desk, Mode};
use lotse::{jobs, live, routes, server};
use poem::listener::Acceptor as _;
use tokio_util::sync::CancellationToken;

use crate::postgres::Postgres;
use crate::s3::S3;

pub use articles::content;
pub use blocks::block;
pub use client::{Client, File};
pub use database::Database;
pub use documents::{letter, pages_of_pdf, said_in_pdf, written_in};
pub use faults::Fault;
pub use limits::an_hour_and_a_day;
pub use page::Page;
pub use people::{Persona, PersonaBuilder};
pub use post::ByNumber;
pub use shares::enquiry;
pub use sign_on::Try;
pub use tickets::{TicketBuilder, reply};
pub use vendors::contract;

/// A running desk with roles and one mailbox but nobody in it, on SQLite or as `LOTSE_TEST_DATABASE=postgres`
/// says, with its files in a folder or as `LOTSE_TEST_FILES=s3` says.
pub struct TestDesk {
    desk: Desk,
    address: SocketAddr,
    stop: CancellationToken,
    database: Database,
    // Last, so that everything in it is closed before.
    folder: tempfile::TempDir,
}

impl TestDesk {
    /// A desk with the settings every test can live with.
    pub async fn new() -> TestDesk {
        Self::with(&[]).await
    }

    /// Whatever happened is whole in the history.
    pub async fn must_verify(&self) {
        let found = history::verify(&self.db, None, |_, _| {}).await;
        found.unwrap().unwrap();
    }

    /// A desk with some settings of its own, by the names of the variables: `("LOTSE_MAIL_UNDO_S", "0")`.
    pub async fn with(settings: &[(&str, &str)]) -> TestDesk {
        Self::open(settings, Mode::Work).await
    }

    /// A desk on a database server of its own, whatever the others run on.
    pub async fn on(server: &Postgres, settings: &[(&str, &str)]) -> TestDesk {
        crate::certificates::install_provider();
        let folder = crate::process::scratch_in_memory("desk");
        Self::open_on(Database::on(server).await, folder, settings, Mode::Work).await
    }

    /// A desk with the pages of a demo, but without what a demo begins with.
    pub async fn as_demo() -> TestDesk {
        Self::open(&[], Mode::Demo).await
    }

    async fn open(settings: &[(&str, &str)], mode: Mode) -> TestDesk {
        crate::certificates::install_provider();
        let folder = crate::process::scratch_in_memory("desk");
        let database = Database::create(folder.path()).await;
        Self::open_on(database, folder, settings, mode).await
    }

    async fn open_on(
        database: Database,
        folder: tempfile::TempDir,
        settings: &[(&str, &str)],
        mode: Mode,
    ) -> TestDesk {
        let acceptor = server::bind("127.0.0.1:0").await.unwrap();
        let address = *acceptor.local_addr()[0].as_socket_addr().unwrap();
        let common = [
            ("LOTSE_DATA_DIR", folder.path().display().to_string()),
            ("LOTSE_LISTEN", address.to_string()),
            ("LOTSE_DATABASE_URL", database.url().to_owned()),
            ("LOTSE_DATABASE_CONNECTIONS", "4".to_owned()),
            ("LOTSE_MAIL_DOMAIN", "desk.example".to_owned()),
        ];
        let mut sources = Sources::default();
        sources.add_variables(common.map(|(name, value)| (name.to_owned(), value)));
        if std::env::var_os("LOTSE_TEST_FILES").is_some_and(|place| place == "s3") {
            let prefix = entities::new_id().simple().to_string();
            let s3 = S3::shared().settings(&prefix);
            sources.add_variables(s3.map(|(name, value)| (name.to_owned(), value)));
        }
        let own = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        sources.add_variables(own);
        let config = Config::from_sources(&sources).unwrap();
        let mut desk = Desk::open(config).await.unwrap();
        desk.mode = mode;
        desk.program = program();
        let stop = CancellationToken::new();
        tokio::spawn(server::run(
            acceptor,
            routes::app(desk.clone()),
            stop.clone(),
        ));
        TestDesk {
            desk,
            address,
            stop,
            database,
            folder,
        }
    }

    /// Where the desk answers, without a slash at the end.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The desk's data folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The database beside the desk, for looking and for meddling.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.desk.clone(), self.base())
    }

    /// Moves the desk's clock forward.
    pub fn pass(&self, by: chrono::Duration) {
        self.desk.db.clock().advance(by);
    }

    /// Carries changes to open pages, as a served desk does.
    pub fn go_live(&self) {
        let (desk, stop) = (self.desk.clone(), self.stop.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = live::watch(desk) => {}
                () = stop.cancelled() => {}
            }
        });
    }

    /// Fetches and sends mail and looks at the clock, as a served desk does.
    pub fn go_to_work(&self) {
        tokio::spawn(jobs::run(self.desk.clone(), self.stop.clone()));
    }
}

impl Deref for TestDesk {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl Drop for TestDesk {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The program, which is built beside the tests.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap();
    folder.join("lotse-under-test")
}
