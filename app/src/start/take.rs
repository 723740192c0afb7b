//! Taking the oldest new ticket.

use entities::ticket::take::{Take, oldest};
use entities::{DeskError, Permit, Rejected};
use poem::handler;

use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::swap::Swap;
use crate::web::url;

/// How often somebody else may be quicker before we give up.
const TRIES: usize = 5;

/// `POST /take-oldest`: leads to the ticket taken; when somebody else was quicker, the next one is.
#[handler]
pub async fn create(cx: Cx) -> Result<Swap> {
    for _ in 0..TRIES {
        let ticket = match oldest(&cx.db, &cx.actor).await {
            Ok(ticket) => ticket,
            // Nothing is left to take: the start page says so.
            Err(DeskError::Hidden) => break,
            Err(error) => return Err(error.into()),
        };
        let number = ticket.number.clone();
        let permit = Permit::<Take>::ask(&cx.actor, ticket)?;
        match cx.db.change(permit, Take).await {
            Ok(_) => return Ok(Swap::go_to(cx.asks, url::ticket(number))),
            Err(DeskError::Rejected(Rejected::NothingToDo) | DeskError::Forbidden) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Swap::go_to(cx.asks, url::start()))
}
