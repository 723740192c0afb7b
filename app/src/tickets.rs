//! Tickets: the list, the open ticket with its thread, facts, files and history, and every change to it.

mod article;
mod article_draft;
pub mod bulk;
pub mod call;
pub mod checklist;
pub mod checklist_form;
pub mod composer;
pub mod deadlines;
mod district;
pub mod fact_form;
pub mod facts;
pub mod fault;
pub mod field;
pub mod field_needed;
pub mod field_rows;
pub mod field_same;
pub mod file;
pub mod files;
pub mod forward;
pub mod head;
pub mod history;
pub mod history_line;
mod history_record;
mod history_share;
pub mod kind;
pub mod letter;
pub mod link_article;
pub mod links;
pub mod list;
pub mod list_cell;
pub mod list_chips;
pub mod list_columns;
pub mod list_facets;
pub mod list_few_facets;
pub mod list_field_facets;
pub mod list_fields;
pub mod list_from;
pub mod list_name;
pub mod list_news;
pub mod list_offers;
pub mod list_query;
pub mod list_questions;
pub mod list_selection;
pub mod list_sheet;
pub mod list_table;
pub mod list_thing_facets;
pub mod list_view;
pub mod mail_remarks;
pub mod mention;
pub mod merge;
pub mod message_menu;
pub mod message_text;
pub mod move_message;
pub mod new;
pub mod note;
pub mod original;
pub mod original_frame;
pub mod owner;
pub mod pane;
pub mod panel;
pub mod pass_on;
pub mod pick;
pub mod presence;
pub mod print;
pub mod print_letter;
pub mod priority;
pub mod raw;
pub mod redact;
pub mod redaction;
pub mod reminder;
pub mod reminder_mark;
pub mod reply;
pub mod reusable;
pub mod send_again;
pub mod service;
pub mod shares;
pub mod show;
pub mod similar;
pub mod split;
pub mod state;
pub mod suggestion;
pub mod team;
pub mod thread;
pub mod thread_entry;
pub mod thread_line;
pub mod title;
pub mod unmerge;
pub mod vendor_number;
pub mod watch;
pub mod withdraw;
pub mod words;

use crate::web::routing::Routes;

/// The routes of tickets.
pub fn routes(r: Routes) -> Routes {
    r.get("/tickets", list::show)
        .get("/tickets/news", list_news::show)
        .get("/tickets/pane", pane::show)
        .get("/tickets/presence", presence::list)
        .get("/tickets/:key/presence", presence::show)
        .post("/tickets/:key/presence", presence::create)
        .post("/tickets/:key/presence/leave", presence::leave)
        .get("/tickets/:key", show::show)
        .get("/tickets/:key/thread", thread::show)
        .get("/tickets/:key/facts", panel::show)
        .get("/tickets/:key/similar", similar::of_ticket)
        .get("/tickets/:key/files", files::show)
        .get("/tickets/:key/files/:sub", file::show)
        .get("/tickets/:key/messages/:sub/raw", raw::show)
        .get("/tickets/:key/messages/:sub/original", original::show)
        .post("/tickets/:key/messages/:sub/original", original::update)
        .get("/tickets/:key/messages/:sub/frame", original_frame::show)
        .get("/tickets/:key/messages/:sub/print", print_letter::show)
        .get("/tickets/:key/history", history::show)
        .get("/tickets/:key/print", print::show)
        .get("/tickets/:key/title/edit", title::edit)
        .post("/tickets/:key/title", title::update)
        .get("/tickets/:key/state/edit", state::edit)
        .post("/tickets/:key/state", state::update)
        .get("/tickets/:key/owner/edit", owner::edit)
        .post("/tickets/:key/owner", owner::update)
        .get("/tickets/:key/team/edit", team::edit)
        .post("/tickets/:key/team", team::update)
        .get("/tickets/:key/priority/edit", priority::edit)
        .post("/tickets/:key/priority", priority::update)
        .get("/tickets/:key/reminder/edit", reminder::edit)
        .post("/tickets/:key/reminder", reminder::update)
        .get("/tickets/:key/service/edit", service::edit)
        .post("/tickets/:key/service", service::update)
        .get("/tickets/:key/kind/edit", kind::edit)
        .post("/tickets/:key/kind", kind::update)
        .get("/tickets/:key/district/edit", district::edit)
        .post("/tickets/:key/district", district::update)
        .get("/tickets/:key/vendor-number/edit", vendor_number::edit)
        .post("/tickets/:key/vendor-number", vendor_number::update)
        .get("/tickets/:key/fields/:sub/edit", field::edit)
        .post("/tickets/:key/fields/:sub", field::update)
        .post("/tickets/:key/same", field_same::update)
        .get("/tickets/:key/mentions", mention::list)
        .post("/tickets/:key/watch", watch::create)
        .post("/tickets/:key/unwatch", watch::remove)
        .post("/tickets/:key/reusable", reusable::update)
        .get("/tickets/:key/article", article::new)
        .post("/tickets/:key/article", article::create)
        .post("/tickets/:key/article/preview", article::preview)
        .get("/tickets/:key/letter", letter::show)
        .post("/tickets/:key/letter", letter::create)
        .get("/tickets/:key/letter/file", letter::download)
        .with(checklists)
        .with(bulk::routes)
        .with(ties)
        .with(shares::routes)
        .with(composer::routes)
        .with(new::routes)
}

/// What is to be done in a ticket.
fn checklists(r: Routes) -> Routes {
    r.get("/tickets/:key/checklist/new", checklist_form::new)
        .post("/tickets/:key/checklist", checklist_form::create)
        .post("/tickets/:key/checklist/template", checklist_form::take)
        .get("/tickets/:key/checklist/:sub/edit", checklist_form::edit)
        .post("/tickets/:key/checklist/:sub", checklist_form::update)
        .post("/tickets/:key/checklist/:sub/tick", checklist::update)
}

/// What ties tickets together.
fn ties(r: Routes) -> Routes {
    r.get("/tickets/:key/candidates", pick::list)
        .get("/tickets/:key/links/new", links::new)
        .post("/tickets/:key/links", links::create)
        .post("/tickets/:key/links/remove", links::remove)
        .get("/tickets/:key/fault", fault::show)
        .post("/tickets/:key/fault", fault::add)
        .post("/tickets/:key/fault/tell", fault::tell_ended)
        .get("/tickets/:key/articles/new", link_article::new)
        .post("/tickets/:key/articles", link_article::create)
        .post("/tickets/:key/articles/remove", link_article::remove)
        .post("/tickets/:key/shares/:sub/tell", fault::tell)
        .post("/tickets/:key/suggestions", suggestion::update)
        .get("/tickets/:key/merge", merge::new)
        .post("/tickets/:key/merge", merge::create)
        .post("/tickets/:key/unmerge", unmerge::create)
        .get("/tickets/:key/messages/:sub/split", split::new)
        .post("/tickets/:key/messages/:sub/split", split::create)
        .get("/tickets/:key/messages/:sub/forward", forward::new)
        .post("/tickets/:key/messages/:sub/forward", forward::create)
        .get("/tickets/:key/messages/:sub/pass-on", pass_on::new)
        .post("/tickets/:key/messages/:sub/pass-on", pass_on::create)
        .get("/tickets/:key/messages/:sub/redact", redact::new)
        .post("/tickets/:key/messages/:sub/redact", redact::create)
        .get("/tickets/:key/redactions/:sub", redaction::show)
        .post("/tickets/:key/redactions/:sub", redaction::update)
        .post("/tickets/:key/redactions/:sub/refuse", redaction::refuse)
        .post(
            "/tickets/:key/redactions/:sub/withdraw",
            redaction::withdraw,
        )
        .get("/tickets/:key/messages/:sub/move", move_message::edit)
        .post("/tickets/:key/messages/:sub/move", move_message::update)
}
