//! Bringing the index in step with the database: what waits, all of it anew, and what differs.

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use entities::finding::{self, Kind, file_text, queue};
use entities::ticket::nameless;
use entities::{Db, Uuid, synonym};
use search::document::Kind as Found;
use search::{Change, Document, Engine, Key};

use super::article_document;
use super::ticket_document::{self, Documents};

/// Subjects that are taken in at once.
pub const AT_ONCE: u32 = 200;
/// How long a claim holds.
const HOLD: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

/// Why the index was not brought in step.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Desk(#[from] entities::DeskError),
    #[error(transparent)]
    Index(#[from] search::Error),
}

/// What stands for a kind of subject in the index.
pub fn found(kind: Kind) -> Found {
    match kind {
        Kind::Ticket => Found::Ticket,
        Kind::Article => Found::Article,
    }
}

/// The documents of these subjects, and the keys of what of them is gone. Files whose text is not known are noted to
/// be read; when they are, their tickets wait again.
async fn documents(
    db: &Db,
    zone: Tz,
    kind: Kind,
    ids: &[Uuid],
) -> entities::Result<(Vec<Document>, Vec<Key>)> {
    let Documents {
        all,
        mut gone,
        unread,
    } = match kind {
        Kind::Ticket => ticket_document::documents(db, zone, ids).await?,
        Kind::Article => Documents {
            all: article_document::documents(db, zone, ids).await?,
            ..Documents::default()
        },
    };
    file_text::expect(db, unread).await?;
    let kind = found(kind);
    let there: HashSet<Key> = all.iter().map(|one| one.key).collect();
    let keys = ids.iter().map(|id| Key { kind, id: *id });
    gone.extend(keys.filter(|key| !there.contains(key)));
    Ok((all, gone))
}

/// Takes in some of what waits, with days as they are counted in `zone`; how much it was.
///
/// # Errors
/// The database's and the engine's; what was claimed waits on.
pub async fn take_in(db: &Db, engine: &Engine, zone: Tz) -> Result<usize, Failure> {
    if !queue::is_due(db).await? {
        return Ok(0);
    }
    let waiting = queue::claim(db, AT_ONCE, HOLD).await?;
    match apply(db, engine, zone, &waiting).await {
        Ok(()) => {
            queue::done(db, &waiting).await?;
            Ok(waiting.len())
        }
        Err(error) => {
            queue::hand_back(db, &waiting).await?;
            Err(error)
        }
    }
}

async fn apply(
    db: &Db,
    engine: &Engine,
    zone: Tz,
    waiting: &[queue::Waiting],
) -> Result<(), Failure> {
    let mut changes = Vec::with_capacity(waiting.len());
    for kind in Kind::ALL {
        let of_kind = waiting.iter().filter(|one| one.kind == kind);
        let ids: Vec<Uuid> = of_kind.map(|one| one.subject_id).collect();
        let (documents, gone) = documents(db, zone, kind, &ids).await?;
        changes.extend(gone.into_iter().map(Change::Delete));
        changes.extend(documents.into_iter().map(|one| Change::Put(Box::new(one))));
    }
    Ok(engine.apply(changes).await?)
}

/// Builds the index anew beside the one that answers, and lets it answer. `through` hears how many of how many
/// subjects are taken in. What changed meanwhile waits to be taken in.
///
/// # Errors
/// The database's and the engine's; the old index answers on.
pub async fn anew(
    db: &Db,
    engine: &Engine,
    zone: Tz,
    mut through: impl FnMut(u64, u64),
) -> Result<u64, Failure> {
    let mut all = 0;
    for kind in Kind::ALL {
        all += finding::count(db, kind).await?;
    }
    let mut building = engine.rebuild().await?;
    let mut done = 0;
    for kind in Kind::ALL {
        let mut after = None;
        loop {
            let some = finding::all_stamps(db, kind, after, AT_ONCE.into()).await?;
            let Some((last, _)) = some.last() else { break };
            after = Some(*last);
            let ids: Vec<Uuid> = some.into_iter().map(|(id, _)| id).collect();
            building
                .put(documents(db, zone, kind, &ids).await?.0)
                .await?;
            done += ids.len() as u64;
            through(done, all.max(done));
        }
    }
    building.finish().await?;
    engine.set_synonyms(synonym::groups(db).await?).await?;
    Ok(done)
}

/// How index and database differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub subjects: u64,
    /// Not in the index.
    pub missing: u64,
    /// In the index as they were before.
    pub behind: u64,
    /// In the index and not in the database.
    pub gone: u64,
}

impl Difference {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        self.missing + self.behind + self.gone == 0
    }
}

/// Compares the index with the database; what differs is noted to be taken in.
///
/// # Errors
/// The database's and the engine's.
pub async fn compare(db: &Db, engine: &Engine) -> Result<Difference, Failure> {
    let mut indexed: HashMap<Key, i64> = engine.stamps().await?.into_iter().collect();
    let mut difference = Difference::default();
    for kind in Kind::ALL {
        let mut after = None;
        loop {
            let some = finding::all_stamps(db, kind, after, 5_000).await?;
            let Some((last, _)) = some.last() else { break };
            after = Some(*last);
            let mut differ = Vec::new();
            for (id, stamp) in some {
                difference.subjects += 1;
                let key = Key {
                    kind: found(kind),
                    id,
                };
                match indexed.remove(&key) {
                    Some(held) if held == i64::from(stamp) => continue,
                    Some(_) => difference.behind += 1,
                    None => difference.missing += 1,
                }
                differ.push(id);
            }
            queue::note(db, kind, &differ).await?;
        }
        if kind == Kind::Ticket {
            compare_cases(db, &mut indexed, &mut difference).await?;
        }
        let gone = indexed.keys().filter(|key| key.kind == found(kind));
        let gone: Vec<Uuid> = gone.map(|key| key.id).collect();
        difference.gone += gone.len() as u64;
        queue::note(db, kind, &gone).await?;
    }
    Ok(difference)
}

/// Whether each case without names is there, and no other; they are as old as their tickets.
async fn compare_cases(
    db: &Db,
    indexed: &mut HashMap<Key, i64>,
    difference: &mut Difference,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let some = nameless::all_ended(db, after, 5_000).await?;
        let Some(last) = some.last() else { break };
        after = Some(*last);
        let key = |id: &Uuid| Key {
            kind: Found::Case,
            id: *id,
        };
        let mut missing = some;
        missing.retain(|id| indexed.remove(&key(id)).is_none());
        difference.missing += missing.len() as u64;
        queue::note(db, Kind::Ticket, &missing).await?;
    }
    let over = indexed.keys().filter(|key| key.kind == Found::Case);
    let over: Vec<Uuid> = over.map(|key| key.id).collect();
    difference.gone += over.len() as u64;
    queue::note(db, Kind::Ticket, &over).await?;
    Ok(())
}
