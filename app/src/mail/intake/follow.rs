//! A ticket that continues an old one is linked to it, also when processing died in between.

use entities::inbound::threading;
use entities::ticket::{Link, LinkKind, Ticket};
use entities::{DeskError, Permit, Rejected};

use super::INTAKE;
use crate::desk::Desk;

/// Links a new ticket to the one it follows, once.
pub(super) async fn link(desk: &Desk, new: &Ticket) -> entities::Result<()> {
    let old = match new.follows_id {
        Some(id) => threading::ticket(&desk.db, id).await?,
        None => None,
    };
    let Some(old) = old else { return Ok(()) };
    let old = threading::living(&desk.db, old).await?;
    let command = Link {
        kind: LinkKind::Follows,
    };
    let permit = |ticket| Permit::ask(&INTAKE, ticket);
    match desk
        .db
        .change_pair(permit(new.clone())?, permit(old)?, command)
        .await
    {
        Ok(_) => Ok(()),
        // Done before, or somebody has merged one of them meanwhile.
        Err(DeskError::Rejected(
            Rejected::AlreadyLinked
            | Rejected::AlreadyMerged
            | Rejected::TargetMerged
            | Rejected::SameTicket,
        )) => Ok(()),
        Err(error) => Err(error),
    }
}
