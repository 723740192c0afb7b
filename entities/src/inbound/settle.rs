//! Writing down what became of a mail.

use sea_orm::ActiveEnum;
use uuid::Uuid;

use super::Fate;
use crate::db::Db;
use crate::error::Result;

/// What reading told about a mail, for lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub subject: Option<String>,
    pub sender: Option<String>,
    pub mail_id: Option<String>,
}

/// How processing ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It became the message of the same id in this ticket.
    Message { ticket_id: Uuid },
    /// It became a new ticket; its message has the mail's id.
    Ticket { ticket_id: Uuid },
    /// The same mail came before.
    Copy {
        ticket_id: Option<Uuid>,
        message_id: Option<Uuid>,
    },
    /// Left alone by the filter of this id and name.
    Ignored { filter_id: Uuid, rule: String },
    /// A person must decide.
    Failed { reason: String },
}

/// Settles a stored mail; one that is settled already keeps its fate.
pub async fn settle(db: &Db, id: Uuid, facts: &Facts, outcome: Outcome) -> Result<()> {
    let filter = match &outcome {
        Outcome::Ignored { filter_id, .. } => Some(*filter_id),
        _ => None,
    };
    let (fate, reason, ticket_id, message_id) = match outcome {
        Outcome::Message { ticket_id } => (Fate::Message, None, Some(ticket_id), Some(id)),
        Outcome::Ticket { ticket_id } => (Fate::Ticket, None, Some(ticket_id), Some(id)),
        Outcome::Copy {
            ticket_id,
            message_id,
        } => (Fate::Copy, None, ticket_id, message_id),
        Outcome::Ignored { rule, .. } => (Fate::Ignored, Some(rule), None, None),
        Outcome::Failed { reason } => (Fate::Failed, Some(reason), None, None),
    };
    // Processing it again finds what became of it.
    db.write_note(
        "UPDATE inbound_mail SET fate = $1, reason = $2, ticket_id = $3, message_id = $4, subject = $5, \
         sender = $6, mail_id = $7, filter_id = $8, claimed_until = NULL WHERE id = $9 AND fate = 'stored'",
        vec![
            fate.to_value().into(),
            reason.into(),
            ticket_id.into(),
            message_id.into(),
            facts.subject.clone().into(),
            facts.sender.clone().into(),
            facts.mail_id.clone().into(),
            filter.into(),
            id.into(),
        ],
    )
    .await
}
