//! Fetches mail from the mailboxes' IMAP servers: one task a mailbox, for as long as the process works.

mod connect;
mod folder;

use std::collections::HashMap;
use std::time::Duration;

use entities::mailbox::{self, Mailbox};
use entities::{Uuid, secret};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;
use crate::mail::post::chain;

/// How soon a changed setting counts.
const LOOK_EVERY: Duration = Duration::from_secs(3);

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

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
    #[error("{0}")]
    Desk(#[from] entities::DeskError),
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

/// Connects again and again, later and later while it fails.
async fn keep(desk: Desk, mailbox: Mailbox, stop: CancellationToken) {
    let mut wait = FIRST_WAIT;
    while !stop.is_cancelled() {
        let mut looked = false;
        match session(&desk, &mailbox, &stop, &mut looked).await {
            Ok(()) => return,
            Err(failed) => {
                let why = chain(&failed);
                tracing::warn!(mailbox = mailbox.name, why, "mail cannot be fetched");
                if let Err(error) = mailbox::intake::look_failed(&desk.db, mailbox.id, &why).await {
                    tracing::error!(%error, "the failure cannot be noted");
                }
            }
        }
        if looked {
            wait = FIRST_WAIT;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(wait) => {}
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// One connection, from sign-in to its end.
async fn session(
    desk: &Desk,
    mailbox: &Mailbox,
    stop: &CancellationToken,
    looked: &mut bool,
) -> Result<(), Failed> {
    let password = match &mailbox.imap_password {
        Some(sealed) => secret::open(desk.db.key(), sealed).ok_or(Failed::Password)?,
        None => String::new(),
    };
    let mut session = connect::sign_in(&desk.config, mailbox, &password).await?;
    let can = connect::abilities(&mut session).await?;
    while !stop.is_cancelled() {
        folder::look(desk, mailbox, &mut session, &can, stop).await?;
        *looked = true;
        session = folder::wait(mailbox, session, &can, stop).await?;
    }
    let _ = tokio::time::timeout(Duration::from_secs(2), session.logout()).await;
    Ok(())
}
