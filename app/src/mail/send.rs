//! Sends what an agent or a rule wrote: composed from the message, tried until it leaves or is given up.
//!
//! A mail leaves at least once: when the process dies between the server's acceptance and our note of it,
//! the mail is sent a second time, with the same Message-ID.

mod automatic;
mod letter;
mod notices;
mod resent;
mod test;
mod told;

use chrono::Duration;
use entities::mailbox::Mailbox;
use entities::outgoing::{self, Begun, Letter};
use entities::ticket::RecordDelivery;
use entities::ticket::deliver::Outcome;
use entities::{Actor, DeskError, Instant, Permit, Rule, Uuid};

use super::noting::noted;
use super::post::Refused;
use super::posts::{self, Posts};
use crate::desk::Desk;

pub use automatic::{closing_note, receipt};
pub use test::{send_test, send_test_from};
pub use told::told;

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
    /// Not before then, though nothing is wrong.
    Later {
        at: Instant,
    },
    /// Never again, because of this error; it stays visible.
    GivenUp {
        error: String,
    },
}

/// Sends the mail of a message once; `attempts` is how often that failed before.
pub async fn send(
    desk: &Desk,
    posts: &Posts,
    message_id: Uuid,
    attempts: i32,
) -> entities::Result<Progress> {
    let Some(letter) = outgoing::letter(&desk.db, message_id).await? else {
        tracing::warn!(message = %message_id, "there is no mail to send");
        return Ok(Progress::Done);
    };
    let Some(mailbox) = letter::speaker(desk, &letter).await? else {
        let error = Refused::ForNow("no mailbox is in use".to_owned());
        return refused(desk, letter, error, attempts).await;
    };
    match outgoing::begin(&desk.db, message_id, &mailbox).await? {
        Begun::Yes => {}
        Begun::No => return Ok(Progress::Done),
        Begun::Limited(at) => {
            tracing::info!(message = %message_id, %at, "mail waits for the hour");
            return Ok(Progress::Later { at });
        }
    }
    match hand_over(desk, posts, &letter, &mailbox).await {
        Ok(()) => {
            tracing::info!(message = %message_id, "mail sent");
            record(desk, letter, Outcome::Sent).await
        }
        Err(error) => refused(desk, letter, error, attempts).await,
    }
}

async fn hand_over(
    desk: &Desk,
    posts: &Posts,
    letter: &Letter,
    mailbox: &Mailbox,
) -> Result<(), Refused> {
    let (route, raw) = letter::finish(desk, letter, mailbox).await?;
    let raw = posts::signed(desk, mailbox, raw)?;
    let post = posts.of(desk, mailbox)?;
    post.hand_over(&route, &letter.outbound.mail_id, &raw).await
}

async fn refused(
    desk: &Desk,
    letter: Letter,
    refused: Refused,
    attempts: i32,
) -> entities::Result<Progress> {
    let message_id = letter.message.id;
    match refused {
        Refused::ForGood(error) => record(desk, letter, Outcome::Failed(error)).await,
        Refused::ForNow(error) => match wait(attempts) {
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
    // What has left must not leave again because the database was away.
    let recorded = noted(|| async {
        let permit = Permit::ask(&DELIVERY, letter.ticket.clone())?;
        let command = RecordDelivery {
            message: letter.message.clone(),
            outcome: outcome.clone(),
        };
        desk.db.change(permit, command).await
    });
    match recorded.await {
        // A note of the same fate was there already.
        Ok(_) | Err(DeskError::Rejected(_)) => Ok(Progress::Done),
        Err(error) => Err(error),
    }
}
