//! Takes one mail from a pipe: stored first, then processed, with or without a running server.

use anyhow::Context as _;
use entities::{Uuid, inbound, mailbox};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::intake;
use crate::desk::Desk;

/// EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again.
pub const TRY_LATER: u8 = 75;

const MEGABYTE: u64 = 1024 * 1024;

/// Stores what comes from `source` and processes it. An error means that nothing was stored;
/// what goes wrong afterwards is left to the next look of any process.
pub async fn deliver(
    desk: &Desk,
    mailbox: &str,
    source: impl AsyncRead + Unpin,
) -> anyhow::Result<()> {
    let Some(mailbox) = mailbox::intake::by_name(&desk.db, mailbox).await? else {
        anyhow::bail!("there is no mailbox “{mailbox}”");
    };
    let most_mb = u64::from(desk.config.mail.max_size_mb);
    let mut raw = Vec::new();
    source
        .take(most_mb * MEGABYTE + 1)
        .read_to_end(&mut raw)
        .await
        .context("cannot read the mail")?;
    anyhow::ensure!(
        raw.len() as u64 <= most_mb * MEGABYTE,
        "the mail is larger than mail.max_size_mb = {most_mb}"
    );
    accept(desk, mailbox.id, raw)
        .await
        .context("cannot store the mail")?;
    Ok(())
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
