//! One look into a folder: store what is new, then move it or mark it as read; and the wait until the next.

use std::collections::BTreeSet;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use entities::inbound::{self, Uid};
use entities::mailbox::{self, Mailbox};
use futures_util::TryStreamExt as _;
use tokio_util::sync::CancellationToken;

use super::Failed;
use super::connect::{Abilities, Connection, patiently};
use crate::desk::Desk;

/// Servers end IDLE after half an hour.
const LONGEST_IDLE: Duration = Duration::from_secs(25 * 60);

/// How long one mail may take to come over.
const LONGEST_FETCH: Duration = Duration::from_secs(600);

/// Stores every mail that was not stored before, the oldest first.
pub(super) async fn look(
    desk: &Desk,
    mailbox: &Mailbox,
    session: &mut Connection,
    can: &Abilities,
    stop: &CancellationToken,
) -> Result<(), Failed> {
    let selected = patiently(mailbox, session.select(&mailbox.imap_folder)).await??;
    let validity = selected.uid_validity.unwrap_or(0);
    let last = mailbox::intake::last_look(&desk.db, mailbox.id).await?;
    // A server that numbers anew has no memory of what was taken; copies are known by their bytes.
    let last = last
        .filter(|(known, _)| *known == validity)
        .map(|(_, uid)| uid);
    let uids = waiting(mailbox, session, last).await?;
    let all: Vec<u32> = uids.iter().copied().collect();
    let stored = inbound::stored_before(&desk.db, mailbox.id, validity, &all).await?;
    let new: Vec<u32> = all
        .iter()
        .copied()
        .filter(|uid| !stored.contains(uid))
        .collect();
    if !new.is_empty() {
        inbound::seen::shown(&desk.db, mailbox.id, validity, &new).await?;
    }
    let mut newest = last;
    for uid in &all {
        if stop.is_cancelled() {
            return Ok(());
        }
        if !stored.contains(uid) {
            let named = Uid {
                validity,
                uid: *uid,
            };
            if let Some(raw) = fetch(mailbox, session, *uid).await? {
                let uid = named;
                inbound::store(&desk.db, mailbox.id, Some(uid), raw).await?;
            } else {
                // Somebody else removed it in this moment.
                inbound::seen::gone(&desk.db, mailbox.id, named).await?;
                continue;
            }
        }
        finish(mailbox, session, can, *uid).await?;
        newest = newest.max(Some(*uid));
    }
    let before_next = selected.uid_next.map(|next| next.saturating_sub(1));
    mailbox::intake::looked(&desk.db, mailbox.id, validity, newest.max(before_next)).await?;
    Ok(())
}

/// Where mail is moved away, all that lies there; else what is unread, and what came since the last look
/// even if somebody has read it meanwhile.
async fn waiting(
    mailbox: &Mailbox,
    session: &mut Connection,
    last: Option<u32>,
) -> Result<BTreeSet<u32>, Failed> {
    if mailbox.imap_move_to.is_some() {
        let all = patiently(mailbox, session.uid_search("ALL UNDELETED")).await??;
        return Ok(all.into_iter().collect());
    }
    let unread = patiently(mailbox, session.uid_search("UNSEEN UNDELETED")).await??;
    let mut uids: BTreeSet<u32> = unread.into_iter().collect();
    if let Some(last) = last {
        let query = format!("UID {}:* UNDELETED", last.saturating_add(1));
        let since = patiently(mailbox, session.uid_search(query)).await??;
        // `*` is the newest mail, even when it is older than the range.
        uids.extend(since.into_iter().filter(|uid| *uid > last));
    }
    Ok(uids)
}

async fn fetch(
    mailbox: &Mailbox,
    session: &mut Connection,
    uid: u32,
) -> Result<Option<Vec<u8>>, Failed> {
    let all = async {
        let answers = session
            .uid_fetch(uid.to_string(), "(UID BODY.PEEK[])")
            .await?;
        answers.try_collect::<Vec<_>>().await
    };
    let answers = tokio::time::timeout(LONGEST_FETCH, all)
        .await
        .map_err(|_| Failed::Slow(mailbox.name.clone()))??;
    if answers.is_empty() {
        return Ok(None);
    }
    let of_uid = answers.iter().find(|a| a.uid == Some(uid));
    match of_uid.and_then(|answer| answer.body()) {
        Some(raw) => Ok(Some(raw.to_vec())),
        None => Err(Failed::Missing(uid)),
    }
}

/// Only after the commit: the server may forget it, or know that it was taken.
async fn finish(
    mailbox: &Mailbox,
    session: &mut Connection,
    can: &Abilities,
    uid: u32,
) -> Result<(), Failed> {
    let uid = uid.to_string();
    let Some(folder) = &mailbox.imap_move_to else {
        return flag(mailbox, session, &uid, "+FLAGS.SILENT (\\Seen)").await;
    };
    let moved = match can.moving {
        true => patiently(mailbox, session.uid_mv(&uid, folder)).await?,
        false => patiently(mailbox, session.uid_copy(&uid, folder)).await?,
    };
    if let Err(error) = moved {
        // The folder may not be there yet; what is wrong besides shows at the second try.
        if !matches!(error, async_imap::error::Error::No(_)) {
            return Err(error.into());
        }
        let _ = patiently(mailbox, session.create(folder)).await?;
        match can.moving {
            true => patiently(mailbox, session.uid_mv(&uid, folder)).await??,
            false => patiently(mailbox, session.uid_copy(&uid, folder)).await??,
        }
    }
    if can.moving {
        return Ok(());
    }
    flag(mailbox, session, &uid, "+FLAGS.SILENT (\\Seen \\Deleted)").await?;
    if can.uid_plus {
        let gone = async {
            let gone = session.uid_expunge(&uid).await?;
            gone.try_collect::<Vec<_>>().await
        };
        patiently(mailbox, gone).await??;
    }
    Ok(())
}

async fn flag(
    mailbox: &Mailbox,
    session: &mut Connection,
    uid: &str,
    flags: &str,
) -> Result<(), Failed> {
    let stored = async {
        let answers = session.uid_store(uid, flags).await?;
        answers.try_collect::<Vec<_>>().await
    };
    patiently(mailbox, stored).await??;
    Ok(())
}

/// Waits for news of the server, or for the time of the next look.
pub(super) async fn wait(
    mailbox: &Mailbox,
    session: Connection,
    can: &Abilities,
    stop: &CancellationToken,
) -> Result<Connection, Failed> {
    let seconds = u64::try_from(mailbox.poll_seconds).unwrap_or(60).max(1);
    let time = Duration::from_secs(seconds).min(LONGEST_IDLE);
    if !can.idle {
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(time) => {}
        }
        return Ok(session);
    }
    let mut idle = session.idle();
    patiently(mailbox, idle.init()).await??;
    {
        let (news, _ends_it) = idle.wait_with_timeout(time);
        tokio::select! {
            () = stop.cancelled() => {}
            news = news => {
                let _: IdleResponse = news?;
            }
        }
    }
    Ok(patiently(mailbox, idle.done()).await??)
}
