//! What stands around the words of an answer or a letter, and nobody chooses: that of the ticket's service, its team, or the desk.

use std::sync::Arc;

use chrono::NaiveDate;
use entities::text_block::list::fitting;
use entities::text_block::{BlockKind, Notice, TextBlock};
use entities::ticket::Ticket;
use entities::{Actor, Db, Uuid};

use crate::error::Result;

/// The opening and the closing of answers, and the letterhead; empty where there is none.
pub struct Frame {
    pub opening: Notice,
    pub closing: Notice,
    pub letterhead: Notice,
    /// The text blocks for answers.
    answers: Vec<Uuid>,
}

impl Frame {
    /// What the actor finds for a ticket on that day.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(db: &Db, actor: &Actor, ticket: &Ticket, on: NaiveDate) -> Result<Frame> {
        let kinds = [
            BlockKind::Opening,
            BlockKind::Closing,
            BlockKind::Letterhead,
            BlockKind::Answer,
        ];
        let all = fitting(db, actor, ticket, &kinds, on).await?;
        let first = |kind: BlockKind| {
            let found = all.iter().find(|block| block.kind == kind);
            let wording = found.and_then(|block| block.approved());
            wording.unwrap_or_default().notice
        };
        let is_answer = |block: &&Arc<TextBlock>| block.kind == BlockKind::Answer;
        Ok(Frame {
            opening: first(BlockKind::Opening),
            closing: first(BlockKind::Closing),
            letterhead: first(BlockKind::Letterhead),
            answers: all.iter().filter(is_answer).map(|one| one.id).collect(),
        })
    }

    /// Whether this text block is for answers to the ticket.
    pub fn offers(&self, id: Uuid) -> bool {
        self.answers.contains(&id)
    }
}
