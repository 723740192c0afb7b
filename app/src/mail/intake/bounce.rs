//! A delivery report: marks the message it is about as undelivered.

use entities::inbound::threading;
use entities::ticket::Bounce;
use entities::ticket::message::Model as Message;
use entities::{DeskError, Permit, Rejected};

use super::INTAKE;
use crate::desk::Desk;
use crate::mail::read;

/// Records a failure; a report about a delay or a success only joins the thread.
pub(super) async fn mark(
    desk: &Desk,
    report: &read::Bounce,
    about: &Message,
) -> entities::Result<()> {
    if !report.failed() {
        return Ok(());
    }
    let Some(ticket) = threading::ticket(&desk.db, about.ticket_id).await? else {
        return Ok(());
    };
    let words = [&report.recipient, &report.status, &report.diagnostic];
    let error: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
    let command = Bounce {
        message: about.clone(),
        error: error.join(" "),
    };
    match desk.db.change(Permit::ask(&INTAKE, ticket)?, command).await {
        // A second report, or the same one processed again.
        Ok(_) | Err(DeskError::Rejected(Rejected::NothingToDo)) => Ok(()),
        Err(error) => Err(error),
    }
}
