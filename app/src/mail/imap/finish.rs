//! Tells the server that a mail was taken: moved away, flagged or marked as read, where that is wanted and allowed.

use futures_util::TryStreamExt as _;

use super::Failed;
use super::connect::patiently;
use super::folder::Reading;

/// Only after the commit: the server may forget the mail, or know that it was taken.
pub(super) async fn finish(reading: &mut Reading<'_>, uid: u32) -> Result<(), Failed> {
    if reading.mailbox.imap_read_only || reading.refuses {
        return Ok(());
    }
    let told = match &reading.mailbox.imap_move_to {
        Some(folder) => move_away(reading, uid, folder).await,
        None => {
            let flag = reading.mailbox.imap_flag.as_deref().unwrap_or("\\Seen");
            mark(reading, uid, &format!("+FLAGS.SILENT ({flag})")).await
        }
    };
    match told {
        // The account may only read. What was taken is remembered here.
        Err(Failed::Server(async_imap::error::Error::No(words))) => {
            tracing::warn!(
                mailbox = reading.mailbox.name,
                words,
                "the server lets no mail be marked or moved"
            );
            reading.refuses = true;
            Ok(())
        }
        other => other,
    }
}

async fn move_away(reading: &mut Reading<'_>, uid: u32, folder: &str) -> Result<(), Failed> {
    let moved = transfer(reading, uid, folder).await;
    if let Err(error) = moved {
        // The folder may not be there yet; what is wrong besides shows at the second try.
        if !matches!(error, Failed::Server(async_imap::error::Error::No(_))) {
            return Err(error);
        }
        let _ = patiently(reading.mailbox, reading.session.create(folder)).await?;
        transfer(reading, uid, folder).await?;
    }
    if reading.can.moving {
        return Ok(());
    }
    mark(reading, uid, "+FLAGS.SILENT (\\Seen \\Deleted)").await?;
    if reading.can.uid_plus {
        // Without UIDPLUS, expunging could remove mails that somebody else has deleted.
        let expunge = async {
            let gone = reading.session.uid_expunge(uid.to_string()).await?;
            gone.try_collect::<Vec<_>>().await
        };
        patiently(reading.mailbox, expunge).await??;
    }
    Ok(())
}

async fn transfer(reading: &mut Reading<'_>, uid: u32, folder: &str) -> Result<(), Failed> {
    let (mailbox, uid) = (reading.mailbox, uid.to_string());
    match reading.can.moving {
        true => patiently(mailbox, reading.session.uid_mv(&uid, folder)).await??,
        false => patiently(mailbox, reading.session.uid_copy(&uid, folder)).await??,
    }
    Ok(())
}

async fn mark(reading: &mut Reading<'_>, uid: u32, flags: &str) -> Result<(), Failed> {
    let stored = async {
        let answers = reading.session.uid_store(uid.to_string(), flags).await?;
        answers.try_collect::<Vec<_>>().await
    };
    patiently(reading.mailbox, stored).await??;
    Ok(())
}
