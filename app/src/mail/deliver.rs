//! Takes one mail from a pipe: stored first, then processed, with or without a running server.

use anyhow::Context as _;
use entities::inbound::refused::{self, Why};
use entities::{Uuid, inbound, mailbox};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{intake, read};
use crate::desk::Desk;

/// EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again.
pub const TRY_LATER: u8 = 75;

/// EX_DATAERR: the mail server tells the sender; trying again would never help.
pub const REFUSED: u8 = 65;

const PIECE_BYTES: usize = 64 * 1024;

/// The mail cannot be taken, now or later.
#[derive(Debug, thiserror::Error)]
#[error("the mail is larger than mail.max_size_mb = {0}")]
pub struct TooLarge(pub u32);

/// The exit code that tells the mail server what to do with a mail that was not stored.
pub fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<TooLarge>() {
        Some(_) => REFUSED,
        None => TRY_LATER,
    }
}

/// How much of a mail that is turned away is read to know it again.
const HEAD: usize = 64 * 1024;

/// Stores what comes from `source` and processes it. An error means that nothing was stored;
/// what goes wrong afterwards is left to the next look of any process.
pub async fn deliver(
    desk: &Desk,
    mailbox: &str,
    source: impl AsyncRead + Unpin,
) -> anyhow::Result<()> {
    let id = store(desk, mailbox, source).await?;
    process(desk, id).await;
    Ok(())
}

/// Stores what comes from `source`, which is never held whole. An error means that nothing was stored.
pub async fn store(
    desk: &Desk,
    mailbox: &str,
    mut source: impl AsyncRead + Unpin,
) -> anyhow::Result<Uuid> {
    let broken = |error: entities::DeskError| {
        let place = desk.config.place_of(&error);
        anyhow::Error::new(error).context(format!("cannot store the mail: {place}"))
    };
    let found = mailbox::intake::by_name(&desk.db, mailbox).await;
    let Some(mailbox) = found.map_err(broken)? else {
        // Without its beginning the mail could not be told from others.
        let mut head = Vec::new();
        let _ = source.take(HEAD as u64).read_to_end(&mut head).await;
        note(desk, mailbox, Why::NoMailbox, &head, head.len() as i64).await;
        anyhow::bail!("there is no mailbox “{mailbox}”");
    };
    let mut arriving = desk.db.arriving();
    let mut head = Vec::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let length = source
            .read(&mut piece)
            .await
            .context("cannot read the mail")?;
        if length == 0 {
            break;
        }
        let new = &piece[..length];
        head.extend_from_slice(&new[..length.min(HEAD - head.len())]);
        arriving.write(new).await.map_err(broken)?;
        if arriving.size_bytes() > desk.config.mail.max_size_bytes() {
            let read = arriving.size_bytes();
            note(desk, &mailbox.name, Why::TooLarge, &head, read).await;
            return Err(TooLarge(desk.config.mail.max_size_mb).into());
        }
    }
    let stored = desk.db.put_arrived(arriving).await.map_err(broken)?;
    let row = inbound::keep(&desk.db, mailbox.id, None, &stored).await;
    Ok(row.map_err(broken)?.id())
}

/// Keeps a mail that is turned away findable; the mail server keeps the mail itself.
async fn note(desk: &Desk, mailbox: &str, why: Why, head: &[u8], read_bytes: i64) {
    let facts = read::read(head).map(|mail| intake::facts(&mail));
    let facts = facts.unwrap_or_default();
    let noted = refused::note(&desk.db, mailbox, why, &facts, head, read_bytes);
    if let Err(error) = noted.await {
        tracing::error!(%error, "a refused mail cannot be noted");
    }
}

/// Stores these bytes as a mail to that mailbox and processes it at once; the id is also that of the
/// message it becomes. An error means that nothing was stored.
pub async fn accept(desk: &Desk, mailbox_id: Uuid, raw: Vec<u8>) -> entities::Result<Uuid> {
    let stored = inbound::store(&desk.db, mailbox_id, None, raw).await?;
    process(desk, stored.id()).await;
    Ok(stored.id())
}

/// Processes a stored mail, unless a running server was faster. Whatever happens, the mail stays stored.
pub async fn process(desk: &Desk, id: Uuid) {
    let desk = desk.clone();
    // In a task of its own, so that not even a panic becomes an exit code that gives the mail back.
    let processed = tokio::spawn(async move {
        match inbound::claim_one(&desk.db, id, intake::HOLD).await? {
            Some(mail) => intake::process(&desk, &mail).await,
            None => Ok(()),
        }
    });
    match processed.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(mail = %id, %error, "stored; processing waits"),
        Err(error) => tracing::error!(mail = %id, %error, "stored; processing broke off"),
    }
}
