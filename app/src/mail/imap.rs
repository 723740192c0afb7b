//! Fetches mail from the mailboxes' IMAP servers: one task a mailbox, for as long as the process works.

mod connect;
mod fetch;
mod finish;
mod folder;
mod uids;
mod waiting;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use entities::mailbox::{self, Doing, Mailbox, reader};
use entities::{Uuid, secret};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;
use crate::mail::post::chain;
use folder::Reading;

/// How soon a changed setting counts.
const LOOK_EVERY: Duration = Duration::from_secs(3);

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How often a mailbox that another process reads is asked for.
const CLAIM_EVERY: Duration = Duration::from_secs(5);

/// How often a claim is renewed, and after how long without that it must count as lost; it holds for 40 s.
const RENEW_EVERY: Duration = Duration::from_secs(10);
const MOST_UNRENEWED: Duration = Duration::from_secs(25);

/// Why fetching failed; its words stand on the mailbox's page.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error("cannot connect to {0}: {1}")]
    Connect(String, std::io::Error),
    #[error("the server at {0} did not answer in time")]
    Slow(String),
    #[error("the connection cannot be encrypted: {0}")]
    Tls(String),
    #[error("the server refuses the sign-in: {0}")]
    SignIn(String),
    #[error("the stored password cannot be opened; enter it again")]
    Password,
    #[error("mail server: {0}")]
    Server(#[from] async_imap::error::Error),
    #[error("the server sent no mail for UID {0}")]
    Missing(u32),
    #[error("the folder {0} cannot be opened: {1}")]
    Folder(String, String),
    #[error("the mailbox is read by another process")]
    Claim,
    #[error("{0}")]
    Desk(#[from] entities::DeskError),
}

impl Failed {
    /// What the mailbox's page has words for.
    fn kind(&self) -> &'static str {
        match self {
            Failed::Connect(..) => "connect",
            Failed::Slow(_) => "slow",
            Failed::Tls(_) => "tls",
            Failed::SignIn(_) => "sign_in",
            Failed::Password => "password",
            Failed::Folder(..) => "folder",
            Failed::Server(
                async_imap::error::Error::Io(_) | async_imap::error::Error::ConnectionLost,
            ) => "lost",
            Failed::Server(_) | Failed::Missing(_) => "server",
            Failed::Claim => "claim",
            Failed::Desk(_) => "desk",
        }
    }
}

struct Task {
    mailbox: Mailbox,
    stop: CancellationToken,
    handle: JoinHandle<()>,
}

/// Keeps one task for each mailbox that has a server, and follows the settings.
pub async fn work(desk: Desk, stop: CancellationToken) {
    let mut tasks: HashMap<Uuid, Task> = HashMap::new();
    loop {
        match mailbox::intake::fetched(&desk.db).await {
            Ok(wanted) => follow(&desk, &stop, &mut tasks, wanted),
            Err(error) => tracing::error!(%error, "mailboxes cannot be read"),
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    for (_, task) in tasks {
        // Storing a mail is never cut off between the bytes and the row's commit for long.
        let _ = tokio::time::timeout(Duration::from_secs(5), task.handle).await;
    }
}

fn follow(
    desk: &Desk,
    stop: &CancellationToken,
    tasks: &mut HashMap<Uuid, Task>,
    wanted: Vec<Mailbox>,
) {
    tasks.retain(|id, task| {
        let stays = wanted.iter().any(|m| m.id == *id && *m == task.mailbox);
        if !stays {
            task.stop.cancel();
        }
        stays && !task.handle.is_finished()
    });
    for mailbox in wanted {
        tasks.entry(mailbox.id).or_insert_with(|| {
            let stop = stop.child_token();
            let handle = tokio::spawn(keep(desk.clone(), mailbox.clone(), stop.clone()));
            Task {
                mailbox,
                stop,
                handle,
            }
        });
    }
}

/// Connects again and again, later and later while it fails, as long as no other process reads the mailbox.
async fn keep(desk: Desk, mailbox: Mailbox, stop: CancellationToken) {
    let me = Uuid::new_v4();
    let mut tries = HashMap::new();
    let mut wait = FIRST_WAIT;
    let mut reads = false;
    while !stop.is_cancelled() {
        match reader::claim(&desk.db, mailbox.id, me).await {
            Ok(true) if reads => {}
            Ok(true) => {
                reads = true;
                tracing::info!(mailbox = mailbox.name, "this process reads the mailbox");
            }
            Ok(false) => {
                reads = false;
                pause(&stop, CLAIM_EVERY).await;
                continue;
            }
            Err(error) => {
                tracing::warn!(mailbox = mailbox.name, %error, "a mailbox cannot be claimed");
                pause(&stop, CLAIM_EVERY).await;
                continue;
            }
        }
        let mut looked = false;
        let lost = CancellationToken::new();
        let renewing = tokio::spawn(renew(desk.clone(), mailbox.clone(), me, lost.clone()));
        let ended = tokio::select! {
            ended = session(&desk, &mailbox, me, &stop, &mut tries, &mut looked) => ended,
            // Another process may read it by now.
            () = lost.cancelled() => Err(Failed::Claim),
        };
        if let Err(failed) = &ended {
            note_failure(&desk, &mailbox, me, failed).await;
        }
        if looked {
            wait = FIRST_WAIT;
        }
        // While it waits the mailbox stays claimed, so that its page tells what goes on.
        if ended.is_err() {
            tokio::select! {
                () = pause(&stop, wait) => {}
                () = lost.cancelled() => {}
            }
        }
        renewing.abort();
        wait = (wait * 2).min(LONGEST_WAIT);
    }
    if let Err(error) = reader::release(&desk.db, mailbox.id, me).await {
        tracing::warn!(%error, "a mailbox was not handed back; its claim runs out");
    }
}

/// Renews the claim; `lost` is cancelled when that did not succeed for too long.
async fn renew(desk: Desk, mailbox: Mailbox, me: Uuid, lost: CancellationToken) {
    let mut renewed = Instant::now();
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match reader::claim(&desk.db, mailbox.id, me).await {
            Ok(true) => renewed = Instant::now(),
            Ok(false) => break,
            Err(error) => {
                tracing::warn!(mailbox = mailbox.name, %error, "a claim cannot be renewed");
                if renewed.elapsed() > MOST_UNRENEWED {
                    break;
                }
            }
        }
    }
    lost.cancel();
}

async fn note_failure(desk: &Desk, mailbox: &Mailbox, me: Uuid, failed: &Failed) {
    let mut why = chain(failed);
    if let Failed::Desk(error) = failed {
        why = format!("{}: {why}", desk.config.place_of(error));
    }
    tracing::warn!(mailbox = mailbox.name, why, "mail cannot be fetched");
    let (db, id) = (&desk.db, mailbox.id);
    let noted = async {
        mailbox::intake::look_failed(db, id, failed.kind(), &why).await?;
        reader::does(db, id, me, Doing::Resting).await
    };
    if let Err(error) = noted.await {
        tracing::error!(%error, "the failure cannot be noted");
    }
}

async fn pause(stop: &CancellationToken, time: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(time) => {}
    }
}

/// One connection, from sign-in to its end.
async fn session(
    desk: &Desk,
    mailbox: &Mailbox,
    me: Uuid,
    stop: &CancellationToken,
    tries: &mut HashMap<u32, u32>,
    looked: &mut bool,
) -> Result<(), Failed> {
    let does = async |doing| reader::does(&desk.db, mailbox.id, me, doing).await;
    does(Doing::Connecting).await?;
    let password = match &mailbox.imap_password {
        Some(sealed) => secret::open(desk.db.key(), sealed).ok_or(Failed::Password)?,
        None => String::new(),
    };
    let mut session = connect::sign_in(&desk.config, mailbox, &password).await?;
    let can = connect::abilities(&mut session).await?;
    let (mut first, mut refuses) = (true, false);
    while !stop.is_cancelled() {
        does(Doing::Looking).await?;
        let mut reading = Reading {
            desk,
            mailbox,
            reader: me,
            session: &mut session,
            can,
            stop,
            tries,
            first,
            refuses,
        };
        folder::look(&mut reading).await?;
        (first, refuses) = (reading.first, reading.refuses);
        *looked = true;
        does(Doing::Waiting).await?;
        session = waiting::news(mailbox, session, can, stop).await?;
    }
    let _ = tokio::time::timeout(Duration::from_secs(2), session.logout()).await;
    Ok(())
}
