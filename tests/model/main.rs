//! The model on both databases, without the web.
#![allow(clippy::unwrap_used)]

mod anchors;
mod bulk;
mod chain;
mod change;
mod checks;
mod contracts;
mod deadlines;
mod deputies;
mod desk;
mod exports;
mod field_lists;
mod fields;
mod groups;
mod hours;
mod links;
mod lists;
mod meddling;
mod notices;
mod once;
mod people;
mod plan;
mod plans;
mod policy;
mod reach;
mod redaction;
mod refusals;
mod roles;
mod settings;
mod shares;
mod time_limits;
mod told;
mod views;
mod watch;
