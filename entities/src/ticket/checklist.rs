//! The checklist of a ticket: lines to be done, by whom and by when; adding, changing, ticking, moving, removing.

pub mod commands;
pub mod event;
pub mod read;
pub mod table;

pub use commands::{AddLines, ChangeLine, LineFacts, MoveLine, RemoveLine, TickLine};
pub use event::{ChecklistEvent, NewLine};
pub use read::{Due, Line, due, of, open_count, sees};

/// The most lines of a ticket.
pub const MOST_LINES: i64 = 200;

/// A ticket and all that were merged into it, whose lines and efforts stay where they were written; `$1` is its id.
pub(crate) const HERE: &str = "(WITH RECURSIVE here(id) AS (SELECT id FROM ticket WHERE id = $1 UNION \
     SELECT t.id FROM ticket t JOIN here h ON t.merged_into = h.id) SELECT id FROM here)";
