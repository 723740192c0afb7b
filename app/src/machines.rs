//! Several machines on one database: a search index in a data folder is read by one of them alone, so that is refused.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use entities::machine::{self, Model};
use entities::{Uuid, new_id};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::config::search::Place;
use crate::desk::Desk;
use crate::jobs::pause;

/// How often a machine says that it is there.
const EVERY: Duration = Duration::from_secs(2);
/// How long one may be silent before it counts as gone.
pub const SILENCE: Duration = Duration::from_secs(8);

/// Says that this machine is there; `silence` is how long others may be silent.
///
/// # Errors
/// When another machine serves the desk, and one of the two keeps an index of its own.
pub async fn join(desk: &Desk, silence: Duration) -> anyhow::Result<()> {
    // A file is on one machine.
    if !desk.db.is_postgres() {
        return Ok(());
    }
    let me = this(desk)?;
    let begun = Instant::now();
    let mut heard: HashMap<Uuid, i64> = HashMap::new();
    loop {
        machine::is_there(&desk.db, &me).await?;
        let others = machine::all(&desk.db).await?.into_iter();
        let others: Vec<Model> = others
            .filter(|other| other.id != me.id && (other.own_index || me.own_index))
            .collect();
        for other in &others {
            if *heard.entry(other.id).or_insert(other.beats) != other.beats {
                machine::is_gone(&desk.db, me.id).await?;
                anyhow::bail!(
                    "the machine {} serves this desk already; a search index in a data folder belongs to one \
                     machine, and several machines need Meilisearch: set search.engine to meilisearch on each of them",
                    other.name
                );
            }
        }
        if others.is_empty() {
            return Ok(());
        }
        if begun.elapsed() >= silence {
            for other in others {
                machine::is_gone(&desk.db, other.id).await?;
            }
            return Ok(());
        }
        sleep(EVERY / 4).await;
    }
}

/// Says so again and again, until `stop` is cancelled.
pub async fn work(desk: Desk, stop: CancellationToken) {
    if !desk.db.is_postgres() {
        return;
    }
    let me = match this(&desk) {
        Ok(me) => me,
        Err(error) => {
            tracing::error!(%error, "this machine cannot say that it is there");
            return;
        }
    };
    while !pause(&stop, EVERY).await {
        if let Err(error) = machine::is_there(&desk.db, &me).await {
            tracing::warn!(%error, "this machine cannot say that it is there");
        }
    }
    // Whoever comes next need not wait.
    if let Err(error) = machine::is_gone(&desk.db, me.id).await {
        tracing::warn!(%error, "this machine could not say that it goes");
    }
}

fn this(desk: &Desk) -> anyhow::Result<Model> {
    let name = rustix::system::uname();
    Ok(Model {
        id: of_folder(&desk.config.data_dir)?,
        name: name.nodename().to_string_lossy().into_owned(),
        own_index: matches!(desk.config.search, Place::Embedded(_)),
        beats: 0,
    })
}

/// The id of a data folder, made when it has none.
fn of_folder(folder: &Path) -> anyhow::Result<Uuid> {
    let file = folder.join("machine");
    let new = OpenOptions::new().write(true).create_new(true).open(&file);
    let written = match new {
        Ok(mut new) => {
            let id = new_id();
            writeln!(new, "{id}").map(|()| id)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let id = std::fs::read_to_string(&file)
                .with_context(|| format!("{}", file.display()))?
                .trim()
                .parse();
            return id.with_context(|| format!("{}: is no id", file.display()));
        }
        Err(error) => Err(error),
    };
    written.with_context(|| format!("{}", file.display()))
}
