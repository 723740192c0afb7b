//! What ties tickets and articles, full of words that must not get into its record.

use entities::field::Value;
use entities::ticket::event::TiedEvent;
use entities::ticket::take_back::Before;
use entities::ticket::unmerge::{Brought, Rows, Stood};
use entities::ticket::{Priority, State};
use entities::{Clock, Instant, new_id};

use super::events::{canary, message, outbound};

fn before() -> Before {
    Before {
        owner_id: None,
        team_id: None,
        service_id: None,
        state: State::Open,
        waiting_for: None,
        closing_reason: None,
        priority: Priority::Normal,
        reminder_at: None,
        solved_at: None,
        closed_at: None,
        fields: vec![(new_id(), Some(Value::Text(canary("field"))))],
    }
}

/// How two tickets stood before one was merged into the other.
pub fn stood(at: Instant) -> Stood {
    Stood {
        source: before(),
        target: before(),
        target_version: 1,
        last_message_at: at,
    }
}

/// One of each.
pub fn tied_events() -> Vec<TiedEvent> {
    let (id, at) = (new_id(), Clock::default().now());
    vec![
        TiedEvent::Unmerged {
            target_id: id,
            messages: 2,
            before: Box::new(before()),
        },
        TiedEvent::UnmergedFrom {
            source_id: id,
            messages: 2,
            last_message_at: at,
            brought: Box::new(Brought {
                stood: stood(at),
                messages: 2,
                after: 3,
                rows: Rows {
                    new_suggestions: vec![canary("suggestion")],
                    ..Rows::default()
                },
            }),
        },
        TiedEvent::CopiedOut {
            message_id: id,
            to_id: id,
        },
        TiedEvent::CopiedIn {
            message: message(),
            from_id: id,
            copy_of: id,
            written_at: at,
        },
        TiedEvent::ArticleLinked { article_id: id },
        TiedEvent::ArticleUnlinked { article_id: id },
        TiedEvent::Forwarded {
            message: message(),
            outbound: outbound(),
            of: id,
        },
        TiedEvent::PassedOn {
            message: message(),
            outbound: outbound(),
            of: id,
        },
    ]
}

/// A new kind does not compile here until it has a place, and a sample above.
pub fn tied_place(event: &TiedEvent) -> usize {
    match event {
        TiedEvent::Unmerged { .. } => 0,
        TiedEvent::UnmergedFrom { .. } => 1,
        TiedEvent::CopiedOut { .. } => 2,
        TiedEvent::CopiedIn { .. } => 3,
        TiedEvent::ArticleLinked { .. } => 4,
        TiedEvent::ArticleUnlinked { .. } => 5,
        TiedEvent::Forwarded { .. } => 6,
        TiedEvent::PassedOn { .. } => 7,
    }
}
