//! The list of tickets, the open ticket, writing in it, and every change to it.

mod bulk;
mod bulk_begins;
mod call;
mod case;
mod changes;
mod draft;
mod facets;
mod fault;
mod fields;
mod forward;
mod lesson;
mod links;
mod list;
mod long_fields;
mod note;
mod original;
mod page;
mod pass_on;
mod phone;
mod redact;
mod reply;
mod shares;
mod split;
mod views;
mod watch;
mod withdraw;
