//! One mail from the server into the file store, piece by piece; what is too large or cannot be had stays there.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_imap::types::Fetch;
use entities::inbound::{self, Facts, Header, Stored, Uid};
use futures_util::{StreamExt as _, TryStreamExt as _};

use super::Failed;
use super::connect::{PATIENCE, patiently};
use super::folder::Reading;
use super::uids;
use crate::mail::intake::{self, NOT_FETCHED, TOO_LARGE};
use crate::mail::read;

/// A mail comes over in pieces of this size, so that none is held whole.
const PIECE_BYTES: usize = 1024 * 1024;

/// How long one piece may take to come over.
const LONGEST_PIECE: Duration = Duration::from_secs(120);

/// How often a mail may break off before the others go on without it.
const MOST_TRIES: u32 = 3;

/// What became of a mail of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Stored,
    /// Left where it is, with a work item.
    Left,
    /// Somebody else removed it in this moment.
    Gone,
}

/// The sizes of mails, as the server says; those that are gone are not among them.
pub(super) async fn sizes(
    reading: &mut Reading<'_>,
    of: &BTreeSet<u32>,
) -> Result<BTreeMap<u32, i64>, Failed> {
    let set = uids::write(of);
    let asked = async {
        let answers = reading.session.uid_fetch(set, "(UID RFC822.SIZE)").await?;
        answers.try_collect::<Vec<_>>().await
    };
    let answers = patiently(reading.mailbox, asked).await??;
    let size = |answer: &Fetch| Some((answer.uid?, i64::from(answer.size?)));
    Ok(answers.iter().filter_map(size).collect())
}

/// Takes one mail, unless it is too large or broke off too often.
pub(super) async fn take(
    reading: &mut Reading<'_>,
    uid: Uid,
    size_bytes: i64,
) -> Result<Taken, Failed> {
    let tries = reading.tries.entry(uid.uid).or_default();
    *tries += 1;
    let tries = *tries;
    if size_bytes > reading.desk.config.mail.max_size_bytes() {
        return leave(reading, uid, size_bytes, TOO_LARGE).await;
    }
    if tries > MOST_TRIES {
        return leave(reading, uid, size_bytes, NOT_FETCHED).await;
    }
    let taken = whole(reading, uid, size_bytes).await;
    // Neither a full disk nor a database that is away is the mail's fault.
    if matches!(taken, Ok(_) | Err(Failed::Desk(_))) {
        reading.tries.remove(&uid.uid);
    }
    taken
}

/// Whether this process has given up on a mail of the server.
pub(super) fn gave_up(reading: &Reading<'_>, uid: u32) -> bool {
    reading
        .tries
        .get(&uid)
        .is_some_and(|tries| *tries > MOST_TRIES)
}

async fn whole(reading: &mut Reading<'_>, uid: Uid, size_bytes: i64) -> Result<Taken, Failed> {
    let most = reading.desk.config.mail.max_size_bytes();
    let mut arriving = reading.desk.db.arriving();
    loop {
        let from = arriving.size_bytes();
        let Some(answer) = piece(reading, uid.uid, from).await? else {
            return Ok(Taken::Gone);
        };
        let bytes = answer.body().ok_or(Failed::Missing(uid.uid))?;
        arriving.write(bytes).await?;
        if arriving.size_bytes() > most {
            drop(arriving);
            return leave(reading, uid, size_bytes, TOO_LARGE).await;
        }
        // Servers that count wrongly are believed by what they send.
        if bytes.len() < PIECE_BYTES {
            break;
        }
    }
    let db = &reading.desk.db;
    let stored = db.put_arrived(arriving).await?;
    let stored = inbound::keep(db, reading.mailbox.id, Some(uid), &stored).await?;
    tracing::debug!(mail = %stored.id(), uid = uid.uid, "mail stored");
    Ok(Taken::Stored)
}

async fn piece(reading: &mut Reading<'_>, uid: u32, from: i64) -> Result<Option<Fetch>, Failed> {
    let what = format!("(UID BODY.PEEK[]<{from}.{PIECE_BYTES}>)");
    one(reading, uid, &what, LONGEST_PIECE).await
}

/// The answer that concerns this mail; none when the server knows it no more.
async fn one(
    reading: &mut Reading<'_>,
    uid: u32,
    what: &str,
    patience: Duration,
) -> Result<Option<Fetch>, Failed> {
    let asked = async {
        let mut answers = reading.session.uid_fetch(uid.to_string(), what).await?;
        let mut found = None;
        while let Some(answer) = answers.next().await {
            let answer = answer?;
            if answer.uid == Some(uid) && (found.is_none() || answer.body().is_some()) {
                found = Some(answer);
            }
        }
        Ok(found)
    };
    tokio::time::timeout(patience, asked)
        .await
        .map_err(|_| Failed::Slow(reading.mailbox.name.clone()))?
        .map_err(Failed::Server)
}

/// Makes a work item of a mail that stays on the server.
async fn leave(
    reading: &mut Reading<'_>,
    uid: Uid,
    size_bytes: i64,
    reason: &str,
) -> Result<Taken, Failed> {
    let header = match one(reading, uid.uid, "(UID BODY.PEEK[HEADER])", PATIENCE).await {
        Ok(answer) => answer.and_then(|a| a.header().map(<[u8]>::to_vec)),
        // Then even its header is not to be had; that it exists must be seen all the same.
        Err(Failed::Server(async_imap::error::Error::No(_))) if reason == NOT_FETCHED => None,
        Err(error) => return Err(error),
    };
    let header = header.unwrap_or_default();
    let facts = match read::read(&header) {
        Ok(mail) => intake::facts(&mail),
        Err(_) => Facts::default(),
    };
    let header = Header {
        bytes: header,
        of_size_bytes: size_bytes,
    };
    let (db, id) = (&reading.desk.db, reading.mailbox.id);
    let left = inbound::leave(db, id, uid, header, &facts, reason).await?;
    if let Stored::New(mail) = left {
        tracing::warn!(%mail, uid = uid.uid, reason, "a mail stays on its server");
    }
    Ok(Taken::Left)
}
