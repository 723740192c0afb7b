//! Tickets: the list, the open ticket with its thread, facts, files and history, and every change to it.

pub mod call;
pub mod composer;
pub mod facts;
pub mod head;
pub mod list_name;
pub mod list_query;
pub mod message_text;
pub mod new;
pub mod note;
pub mod pane;
pub mod reminder_mark;
pub mod reply;
pub mod send_again;
pub mod show;
pub mod thread;
pub mod thread_entry;
pub mod withdraw;
pub mod words;

use crate::web::routing::Routes;

/// The routes of tickets.
pub fn routes(r: Routes) -> Routes {
    r.get("/tickets/pane", pane::show)
        .get("/tickets/:key", show::show)
        .get("/tickets/:key/thread", thread::show)
        .with(composer::routes)
        .with(new::routes)
}
