//! A new database of each kind, with what a first start makes.

use entities::blob::Place;
use entities::history::Key;
use entities::ledger::{Command, Done};
use entities::permit::{Desk, Permit};
use entities::{Actor, Db, DeskError, Rule, db, first_start};
use support::postgres::Postgres;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug)]
pub enum On {
    Sqlite,
    Postgres,
}

/// A desk in its own database; it goes away with this value.
pub struct Bench {
    pub db: Db,
    _folder: tempfile::TempDir,
}

impl Bench {
    pub async fn new(on: On) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let url = match on {
            On::Sqlite => format!("sqlite://{}?mode=rwc", folder.path().join("db").display()),
            On::Postgres => Postgres::shared().create_database().await,
        };
        migration::bring_up(&url).await.unwrap();
        let options = db::Options {
            url,
            connections: 4,
            blobs: Place::Folder(folder.path().join("blobs")),
            key: Key::random().unwrap(),
            heard: None,
        };
        let db = Db::open(options).await.unwrap();
        first_start::prepare(&db, "desk@stadt.example")
            .await
            .unwrap();
        Bench {
            db,
            _folder: folder,
        }
    }

    /// Runs a command as the machine's owner.
    pub async fn run<C: Command<On = Desk>>(
        &self,
        command: C,
    ) -> Result<Done<C::Target>, DeskError> {
        let permit = Permit::ask(&OWNER, Desk)?;
        self.db.change(permit, command).await
    }
}

pub const OWNER: Actor = Actor::System(Rule::Console);
