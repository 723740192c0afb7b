//! One look into a folder: what is new is stored, the oldest first, with its progress.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

use entities::inbound::{self, Kept, Uid};
use entities::mailbox::reader::{self, Progress};
use entities::mailbox::{self, Mailbox};
use entities::{DeskError, Uuid};
use tokio_util::sync::CancellationToken;

use super::Failed;
use super::connect::{Abilities, Connection, patiently};
use super::fetch::{self, Taken};
use super::finish::finish;
use super::uids;
use super::waiting::waiting;
use crate::desk::Desk;

/// Sizes of so many mails are asked for at once.
const AT_ONCE: usize = 200;

/// How often progress is noted, and how often it is logged.
const NOTE_EVERY: Duration = Duration::from_secs(1);
const LOG_EVERY: Duration = Duration::from_secs(30);

/// One connection at work on one folder.
pub(super) struct Reading<'a> {
    pub desk: &'a Desk,
    pub mailbox: &'a Mailbox,
    pub reader: Uuid,
    pub session: &'a mut Connection,
    pub can: Abilities,
    pub stop: &'a CancellationToken,
    /// How often each mail was begun; it outlives connections.
    pub tries: &'a mut HashMap<u32, u32>,
    /// Whether this connection has looked before.
    pub first: bool,
    /// The server refuses to mark or move mail.
    pub refuses: bool,
}

/// Stores every mail that was not stored before.
pub(super) async fn look(reading: &mut Reading<'_>) -> Result<(), Failed> {
    let (mailbox, db) = (reading.mailbox, &reading.desk.db);
    let folder = &mailbox.imap_folder;
    let selected = match mailbox.imap_read_only {
        true => patiently(mailbox, reading.session.examine(folder)).await?,
        false => patiently(mailbox, reading.session.select(folder)).await?,
    };
    let selected = selected.map_err(|error| match error {
        async_imap::error::Error::No(words) => Failed::Folder(folder.clone(), words),
        other => Failed::Server(other),
    })?;
    let validity = selected.uid_validity.unwrap_or(0);
    let newest = selected.uid_next.map(|next| next.saturating_sub(1));
    let memory = reader::memory(db, mailbox.id).await?;
    let known = memory.validity == Some(validity);
    let mut wanted = waiting(reading, &memory, known).await?;
    let last = memory.last_uid.filter(|_| known);
    if !known {
        let backlog = uids::write(&wanted);
        reader::begin(db, mailbox.id, validity, newest, &backlog).await?;
    }
    let all: Vec<u32> = wanted.iter().copied().collect();
    let stored = inbound::stored_before(db, mailbox.id, validity, &all).await?;
    let new: Vec<u32> = all
        .iter()
        .copied()
        .filter(|uid| !stored.contains_key(uid))
        .collect();
    if !new.is_empty() {
        inbound::seen::shown(db, mailbox.id, validity, &new).await?;
    }
    let first = std::mem::replace(&mut reading.first, false);
    // What was left on the server is tried again once a connection: a limit may be higher by now.
    wanted.retain(|uid| stored.get(uid) != Some(&Kept::Header));
    if first {
        let most = reading.desk.config.mail.max_size_bytes();
        let left = inbound::left_on_server(db, mailbox.id, validity, most).await?;
        wanted.extend(
            left.into_iter()
                .filter(|uid| !fetch::gave_up(reading, *uid)),
        );
    }
    let done = take_all(reading, validity, wanted, &stored, last).await?;
    if let Done::Whole { newest: taken } = done {
        let upto = last.max(taken).max(newest);
        mailbox::intake::looked(db, mailbox.id, validity, upto).await?;
    }
    Ok(())
}

enum Done {
    Whole { newest: Option<u32> },
    Stopped,
}

async fn take_all(
    reading: &mut Reading<'_>,
    validity: u32,
    wanted: BTreeSet<u32>,
    stored: &HashMap<u32, Kept>,
    last: Option<u32>,
) -> Result<Done, Failed> {
    let new = wanted.iter().filter(|uid| !stored.contains_key(uid));
    let mut progress = Progress {
        taken: 0,
        of: new.count() as u64,
    };
    let mut sizes = BTreeMap::new();
    let mut asked: Option<u32> = None;
    let (mut noted, mut logged) = (Instant::now(), Instant::now());
    let mut newest = last;
    if progress.of > 1 {
        note(reading, progress, None).await?;
        tracing::info!(
            mailbox = reading.mailbox.name,
            mails = progress.of,
            "mails wait"
        );
    }
    for uid in &wanted {
        if reading.stop.is_cancelled() {
            return Ok(Done::Stopped);
        }
        if stored.get(uid) != Some(&Kept::Whole) {
            if asked.is_none_or(|asked| asked < *uid) {
                let next: BTreeSet<u32> = wanted
                    .range(uid..)
                    .filter(|uid| stored.get(uid) != Some(&Kept::Whole))
                    .take(AT_ONCE)
                    .copied()
                    .collect();
                asked = next.last().copied();
                sizes = fetch::sizes(reading, &next).await?;
            }
            let id = Uid {
                validity,
                uid: *uid,
            };
            progress.taken += 1;
            let taken = match sizes.get(uid) {
                Some(size) => fetch::take(reading, id, *size).await?,
                None => Taken::Gone,
            };
            if taken == Taken::Gone {
                inbound::seen::gone(&reading.desk.db, reading.mailbox.id, id).await?;
            }
            if taken != Taken::Stored {
                continue;
            }
        }
        finish(reading, *uid).await?;
        // A backlog is remembered by itself; its UIDs are old.
        newest = newest.max(last.and(Some(*uid)));
        if noted.elapsed() >= NOTE_EVERY {
            noted = Instant::now();
            note(reading, progress, newest).await?;
        }
        if logged.elapsed() >= LOG_EVERY {
            logged = Instant::now();
            let Progress { taken, of } = progress;
            tracing::info!(mailbox = reading.mailbox.name, taken, of, "mails are taken");
        }
    }
    if progress.of > 1 {
        tracing::info!(
            mailbox = reading.mailbox.name,
            taken = progress.taken,
            "mails taken"
        );
    }
    Ok(Done::Whole { newest })
}

async fn note(
    reading: &Reading<'_>,
    progress: Progress,
    newest: Option<u32>,
) -> Result<(), DeskError> {
    let (db, id) = (&reading.desk.db, reading.mailbox.id);
    reader::takes(db, id, reading.reader, progress, newest).await
}
