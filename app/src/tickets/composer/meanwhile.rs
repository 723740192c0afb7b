//! Who wrote in a ticket since its composer was drawn.

use entities::text::beginning;
use entities::ticket::{Ticket, thread};

use super::written::Written;
use crate::error::Result;
use crate::web::cx::Cx;

/// How much of a message is shown before it is asked whether to send.
const MOST_CHARS: usize = 600;

/// The last message of others since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meanwhile {
    pub name: String,
    /// How it begins.
    pub text: String,
}

/// What another person added last since; none when the sender wants to send anyway.
pub async fn meanwhile(cx: &Cx, ticket: &Ticket, written: &Written) -> Result<Option<Meanwhile>> {
    let Some(known) = written.count.filter(|_| written.anyway.is_empty()) else {
        return Ok(None);
    };
    if ticket.message_count <= known {
        return Ok(None);
    }
    let entries = thread::after(&cx.db, ticket, known).await?;
    let by_others = entries.into_iter().rfind(|entry| {
        let is_own = entry.message.author_id == cx.actor.person_id();
        let is_automatic = entry.outbound.as_ref().is_some_and(|mail| mail.automatic);
        !is_own && !is_automatic
    });
    Ok(by_others.map(|entry| {
        let from = entry.message.parties().from;
        let text = beginning(&entry.message.body, MOST_CHARS);
        let name = entry
            .author
            .or_else(|| from.map(|from| from.name.unwrap_or(from.address)))
            .unwrap_or_else(|| cx.t("composer-somebody"));
        Meanwhile { name, text }
    }))
}
