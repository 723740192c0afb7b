//! The rules of the architecture, held by reading the source itself and by trying every route, event and migration.
#![allow(clippy::unwrap_used)]

mod article_events;
mod dependencies;
mod events;
mod files;
mod gates;
mod housekeeping;
mod keys;
mod locales;
mod migrations;
mod person_events;
mod portal;
mod redaction_events;
mod share_events;
mod tied_events;
mod tree;
mod work_events;
