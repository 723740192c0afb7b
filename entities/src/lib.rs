//! The model: tables, rules, reads and commands of the desk. No HTTP, no HTML, no words for users.

pub mod absence;
pub mod activity;
pub mod actor;
mod amount;
pub mod anchor;
pub mod api_token;
pub mod article;
mod away;
pub mod backup;
pub mod blob;
pub mod bulk;
pub mod calendar;
pub mod category;
pub mod checklist;
pub mod claim_rule;
pub mod clock;
pub mod contract;
pub mod db;
pub mod deadline;
pub mod document_template;
pub mod draft;
pub mod effort;
pub mod error;
pub mod export;
pub mod field;
pub mod finding;
pub mod first_start;
pub mod guest;
pub mod history;
pub mod identity;
pub mod inbound;
mod kept;
pub mod language;
pub mod ledger;
pub mod live;
pub mod machine;
pub mod mail_filter;
pub mod mailbox;
pub mod mailing;
pub mod notice;
pub mod one_time;
pub mod organisation;
pub mod outbox;
pub mod outgoing;
pub mod own_search;
pub mod page;
pub mod passkey;
pub mod permit;
pub mod person;
pub mod policy;
pub mod portal;
pub mod presence;
pub mod provider;
mod queue;
mod random;
pub mod recurring;
pub mod redaction;
pub mod release;
pub mod role;
pub mod search_miss;
pub mod second_factor;
pub mod secret;
pub mod service;
pub mod session;
pub mod setting;
pub mod sign_in;
pub mod site;
pub mod statistics;
pub mod synonym;
pub mod team;
pub mod text;
pub mod text_block;
pub mod ticket;
pub mod time_limit;
pub mod view;
pub mod watching;

pub use actor::{Actor, Rule};
pub use clock::{Clock, Instant};
pub use db::Db;
pub use error::{DeskError, Rejected, Result};
pub use permit::Permit;
pub use policy::Permission;
pub use uuid::Uuid;

/// A new identifier, ordered by time of making (UUID version 7).
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// An identifier made of bytes that were computed (UUID version 8).
pub fn custom_id(bytes: [u8; 16]) -> Uuid {
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
