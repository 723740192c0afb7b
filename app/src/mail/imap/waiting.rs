//! Which mails of a folder are to be taken, and the wait for news of it.

use std::collections::BTreeSet;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use chrono::NaiveDate;
use entities::mailbox::Mailbox;
use entities::mailbox::reader::{self, Memory};
use tokio_util::sync::CancellationToken;

use super::Failed;
use super::connect::{Abilities, Connection, patiently};
use super::folder::Reading;
use super::uids;

/// Servers end IDLE after half an hour.
const LONGEST_IDLE: Duration = Duration::from_secs(25 * 60);

/// How far before the last look a folder that was numbered anew is read again.
const OVERLAP: chrono::Duration = chrono::Duration::days(2);

/// The mails that are to be taken, those stored before among them as long as the server was not told.
pub(super) async fn waiting(
    reading: &mut Reading<'_>,
    memory: &Memory,
    known: bool,
) -> Result<BTreeSet<u32>, Failed> {
    let mailbox = reading.mailbox;
    let unmarked = unmarked(mailbox);
    let start = mailbox
        .imap_start_on
        .map(|day| format!(" SINCE {}", date(day)));
    let start = start.unwrap_or_default();
    let mut uids = BTreeSet::new();
    match memory.last_uid.filter(|_| known) {
        Some(last) => {
            if !unmarked.is_empty() || mailbox.imap_move_to.is_some() {
                uids.extend(search(reading, format!("UNDELETED{unmarked}{start}")).await?);
            }
            // What came since the last look is taken even if somebody has read it meanwhile.
            let since = format!("UID {}:* UNDELETED{start}", last.saturating_add(1));
            // `*` is the newest mail, even when it is older than the range.
            uids.extend(
                search(reading, since)
                    .await?
                    .into_iter()
                    .filter(|uid| *uid > last),
            );
            uids.extend(
                memory
                    .backlog
                    .as_deref()
                    .map(uids::read)
                    .unwrap_or_default(),
            );
        }
        None => {
            let before = memory.last_success_at.filter(|_| memory.backlog.is_none());
            match before.filter(|_| memory.validity.is_some()) {
                // The server numbered anew: what came about then or later may not have been taken.
                Some(looked) => {
                    let since = date((looked - OVERLAP).date_naive());
                    uids.extend(search(reading, format!("UNDELETED SINCE {since}{start}")).await?);
                    if !unmarked.is_empty() {
                        uids.extend(search(reading, format!("UNDELETED{unmarked}{start}")).await?);
                    }
                }
                None => {
                    uids.extend(search(reading, format!("UNDELETED{unmarked}{start}")).await?);
                }
            }
        }
    }
    if let Some(day) = mailbox.imap_start_on.filter(|_| reading.first) {
        let old = format!("UNDELETED{unmarked} BEFORE {}", date(day));
        let old = search(reading, old).await?.len();
        reader::left_old(&reading.desk.db, mailbox.id, old).await?;
        if old > 0 {
            tracing::info!(
                mailbox = mailbox.name,
                mails = old,
                "older mails are left alone"
            );
        }
    }
    Ok(uids)
}

/// How a mail that was not taken yet is found; empty when the server is not told of it, or it is moved away.
fn unmarked(mailbox: &Mailbox) -> String {
    if mailbox.imap_read_only || mailbox.imap_move_to.is_some() {
        return String::new();
    }
    let Some(flag) = &mailbox.imap_flag else {
        return " UNSEEN".to_owned();
    };
    match flag.strip_prefix('\\') {
        Some(system) => format!(" UN{}", system.to_uppercase()),
        None => format!(" UNKEYWORD {flag}"),
    }
}

fn date(day: NaiveDate) -> String {
    day.format("%-d-%b-%Y").to_string()
}

async fn search(reading: &mut Reading<'_>, query: String) -> Result<BTreeSet<u32>, Failed> {
    let found = patiently(reading.mailbox, reading.session.uid_search(query)).await??;
    Ok(found.into_iter().collect())
}

/// Waits for news of the server, or for the time of the next look.
pub(super) async fn news(
    mailbox: &Mailbox,
    session: Connection,
    can: Abilities,
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
