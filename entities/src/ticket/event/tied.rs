//! What ties tickets and articles beyond a link: mergers taken back, messages copied, articles linked by hand.

use serde_json::{Value, json};
use uuid::Uuid;

use super::TicketEvent;
use super::parts::{NewOutbound, record_message, with};
use crate::clock::{Instant, micros};
use crate::outbox::Effect;
use crate::ticket::message::NewMessage;
use crate::ticket::take_back::Before;
use crate::ticket::unmerge::Brought;

/// One such thing, of the ticket whose history it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TiedEvent {
    /// Everything it had brought into another ticket is back.
    Unmerged {
        target_id: Uuid,
        messages: i32,
        before: Box<Before>,
    },
    /// What another ticket had brought here is back there.
    UnmergedFrom {
        source_id: Uuid,
        messages: i32,
        last_message_at: Instant,
        brought: Box<Brought>,
    },
    /// The new ticket that was split off begins with a copy of a message that stays.
    CopiedOut {
        message_id: Uuid,
        to_id: Uuid,
    },
    CopiedIn {
        message: Box<NewMessage>,
        from_id: Uuid,
        copy_of: Uuid,
        written_at: Instant,
    },
    /// A message was sent on to somebody outside.
    Forwarded {
        message: Box<NewMessage>,
        outbound: NewOutbound,
        of: Uuid,
    },
    /// A mail was sent on unchanged to whoever is responsible for it.
    PassedOn {
        message: Box<NewMessage>,
        outbound: NewOutbound,
        of: Uuid,
    },
    /// An article was tied to it by hand.
    ArticleLinked {
        article_id: Uuid,
    },
    ArticleUnlinked {
        article_id: Uuid,
    },
}

impl From<TiedEvent> for TicketEvent {
    fn from(event: TiedEvent) -> TicketEvent {
        TicketEvent::Tied(Box::new(event))
    }
}

impl TiedEvent {
    /// The stored name.
    pub fn name(&self) -> &'static str {
        match self {
            TiedEvent::Unmerged { .. } => "unmerged",
            TiedEvent::UnmergedFrom { .. } => "unmerged_from",
            TiedEvent::CopiedOut { .. } => "message_copied_out",
            TiedEvent::CopiedIn { .. } => "message_copied_in",
            TiedEvent::Forwarded { .. } => "forwarded",
            TiedEvent::PassedOn { .. } => "passed_on",
            TiedEvent::ArticleLinked { .. } => "article_linked",
            TiedEvent::ArticleUnlinked { .. } => "article_unlinked",
        }
    }

    /// The stored form, free of personal content.
    pub fn record(&self) -> Value {
        match self {
            TiedEvent::Unmerged {
                target_id,
                messages,
                before,
            } => json!({
                "ticket": target_id, "messages": messages, "state": before.state,
                "waiting_for": before.waiting_for, "reminder": micros(before.reminder_at),
            }),
            TiedEvent::UnmergedFrom {
                source_id,
                messages,
                ..
            } => json!({ "ticket": source_id, "messages": messages }),
            TiedEvent::CopiedOut { message_id, to_id } => {
                json!({ "message": message_id, "ticket": to_id })
            }
            TiedEvent::CopiedIn {
                message,
                from_id,
                copy_of,
                ..
            } => {
                let record = with(record_message(message), "ticket", json!(from_id));
                with(record, "copy_of", json!(copy_of))
            }
            TiedEvent::Forwarded {
                message,
                outbound,
                of,
            }
            | TiedEvent::PassedOn {
                message,
                outbound,
                of,
            } => {
                let record = with(record_message(message), "mail_id", json!(outbound.mail_id));
                let not_before = json!(micros(Some(outbound.not_before)));
                with(with(record, "not_before", not_before), "of", json!(of))
            }
            TiedEvent::ArticleLinked { article_id } | TiedEvent::ArticleUnlinked { article_id } => {
                json!({ "article": article_id })
            }
        }
    }

    /// The mail that leaves by it.
    pub(in crate::ticket) fn outbound(&self) -> Option<(&NewMessage, &NewOutbound)> {
        match self {
            TiedEvent::Forwarded {
                message, outbound, ..
            }
            | TiedEvent::PassedOn {
                message, outbound, ..
            } => Some((message, outbound)),
            _ => None,
        }
    }

    /// What follows from it.
    pub fn effects(&self) -> Vec<Effect> {
        let sent = self.outbound();
        let sent = sent.map(|(message, outbound)| Effect::SendMail {
            message_id: message.id,
            not_before: outbound.not_before,
        });
        sent.into_iter().collect()
    }

    /// The message it adds to the ticket.
    pub(in crate::ticket) fn message(&self) -> Option<&NewMessage> {
        match self {
            TiedEvent::CopiedIn { message, .. }
            | TiedEvent::Forwarded { message, .. }
            | TiedEvent::PassedOn { message, .. } => Some(message),
            _ => None,
        }
    }

    /// When that was written, where it was written before.
    pub(in crate::ticket) fn written_at(&self) -> Option<Instant> {
        match self {
            TiedEvent::CopiedIn { written_at, .. } => Some(*written_at),
            _ => None,
        }
    }
}
