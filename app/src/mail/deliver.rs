//! Takes one mail from a pipe: stored first, then processed, with or without a running server.

use anyhow::Context as _;
use entities::inbound::refused::{self, Why};
use entities::{Uuid, inbound, mailbox};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{intake, read};
use crate::desk::Desk;

/// EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again.
pub const TRY_LATER: u8 = 75;

const MEGABYTE: u64 = 1024 * 1024;

/// How much of a mail that is turned away is read to know it again.
const HEAD: usize = 64 * 1024;

/// Stores what comes from `source` and processes it. An error means that nothing was stored;
/// what goes wrong afterwards is left to the next look of any process.
pub async fn deliver(
    desk: &Desk,
    mailbox: &str,
    source: impl AsyncRead + Unpin,
) -> anyhow::Result<()> {
    let most_mb = u64::from(desk.config.mail.max_size_mb);
    let mut raw = Vec::new();
    let Some(mailbox) = mailbox::intake::by_name(&desk.db, mailbox).await? else {
        // Without its beginning the mail could not be told from others.
        let _ = source.take(HEAD as u64).read_to_end(&mut raw).await;
        note(desk, mailbox, Why::NoMailbox, &raw).await;
        anyhow::bail!("there is no mailbox “{mailbox}”");
    };
    source
        .take(most_mb * MEGABYTE + 1)
        .read_to_end(&mut raw)
        .await
        .context("cannot read the mail")?;
    if raw.len() as u64 > most_mb * MEGABYTE {
        note(desk, &mailbox.name, Why::TooLarge, &raw).await;
        anyhow::bail!("the mail is larger than mail.max_size_mb = {most_mb}");
    }
    accept(desk, mailbox.id, raw)
        .await
        .context("cannot store the mail")?;
    Ok(())
}

/// Keeps a mail that is turned away findable; the mail server keeps the mail itself.
async fn note(desk: &Desk, mailbox: &str, why: Why, raw: &[u8]) {
    let head = &raw[..raw.len().min(HEAD)];
    let facts = read::read(head).map(|mail| intake::facts(&mail));
    let facts = facts.unwrap_or_default();
    let noted = refused::note(&desk.db, mailbox, why, &facts, head, raw.len() as i64);
    if let Err(error) = noted.await {
        tracing::error!(%error, "a refused mail cannot be noted");
    }
}

/// Stores these bytes as a mail to that mailbox and processes it at once; the id is also that of the
/// message it becomes. An error means that nothing was stored.
pub async fn accept(desk: &Desk, mailbox_id: Uuid, raw: Vec<u8>) -> entities::Result<Uuid> {
    let stored = inbound::store(&desk.db, mailbox_id, None, raw).await?;
    if let Err(error) = process_now(desk, stored.id()).await {
        tracing::warn!(mail = %stored.id(), %error, "stored; processing waits");
    }
    Ok(stored.id())
}

async fn process_now(desk: &Desk, id: Uuid) -> entities::Result<()> {
    // A running server may have been faster.
    match inbound::claim_one(&desk.db, id, intake::HOLD).await? {
        Some(mail) => intake::process(desk, &mail).await,
        None => Ok(()),
    }
}
