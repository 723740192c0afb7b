//! Sends what an agent or a rule wrote: composed from the message, tried until it leaves or is given up.
//!
//! A mail leaves at least once: when the process dies between the server's acceptance and our note of it,
//! the mail is sent a second time, with the same Message-ID.

mod letter;
mod receipt;
mod test;

use chrono::Duration;
use entities::outgoing::{self, Begun, Letter};
use entities::ticket::RecordDelivery;
use entities::ticket::deliver::Outcome;
use entities::{Actor, DeskError, Instant, Permit, Rule, Uuid};

use super::post::{Post, Refused};
use crate::desk::Desk;

pub use receipt::receipt;
pub use test::send_test;

/// Minutes before each further attempt: two days in all.
const WAITS_MINUTES: [i64; 13] = [1, 5, 15, 60, 120, 240, 360, 360, 360, 360, 360, 360, 360];

const DELIVERY: Actor = Actor::System(Rule::MailDelivery);

/// What becomes of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// Not before then, because of this error.
    Again {
        at: Instant,
        error: String,
    },
}

/// Sends the mail of a message once; `attempts` is how often that failed before.
pub async fn send(
    desk: &Desk,
    post: &Post,
    message_id: Uuid,
    attempts: i32,
) -> entities::Result<Progress> {
    let Some(letter) = outgoing::letter(&desk.db, message_id).await? else {
        tracing::warn!(message = %message_id, "there is no mail to send");
        return Ok(Progress::Done);
    };
    if outgoing::begin(&desk.db, message_id).await? == Begun::No {
        return Ok(Progress::Done);
    }
    let handed_over = match letter::finish(desk, &letter).await {
        Ok((route, raw)) => post.hand_over(&route, &letter.outbound.mail_id, &raw).await,
        Err(refused) => Err(refused),
    };
    match handed_over {
        Ok(()) => {
            tracing::info!(message = %message_id, "mail sent");
            record(desk, letter, Outcome::Sent).await
        }
        Err(Refused::ForGood(error)) => record(desk, letter, Outcome::Failed(error)).await,
        Err(Refused::ForNow(error)) => match wait(attempts) {
            Some(wait) => {
                let at = desk.db.clock().now() + wait;
                tracing::warn!(message = %message_id, error, %at, "mail waits");
                outgoing::wait(&desk.db, message_id, &error, at).await?;
                Ok(Progress::Again { at, error })
            }
            None => record(desk, letter, Outcome::Failed(error)).await,
        },
    }
}

fn wait(attempts: i32) -> Option<Duration> {
    let at = usize::try_from(attempts).unwrap_or(0);
    WAITS_MINUTES.get(at).copied().map(Duration::minutes)
}

async fn record(desk: &Desk, letter: Letter, outcome: Outcome) -> entities::Result<Progress> {
    if let Outcome::Failed(error) = &outcome {
        tracing::error!(message = %letter.message.id, error, "mail given up");
    }
    let permit = Permit::ask(&DELIVERY, letter.ticket)?;
    let command = RecordDelivery {
        message: letter.message,
        outcome,
    };
    match desk.db.change(permit, command).await {
        // A note of the same fate was there already.
        Ok(_) | Err(DeskError::Rejected(_)) => Ok(Progress::Done),
        Err(error) => Err(error),
    }
}
