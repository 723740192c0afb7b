//! What visitors and agents see and do in their browsers, one folder for each feature.
#![allow(clippy::unwrap_used)]

mod account;
mod accounts;
mod around_article;
mod article_drafts;
mod article_files;
mod article_uses;
mod canary;
mod cases;
mod checks;
mod contracts;
mod deadlines;
mod demo;
mod deputy;
mod export;
mod export_file;
mod field_values;
mod fields;
mod frame;
mod guests;
mod knowledge;
mod knowledge_import;
mod language;
mod notices;
mod people_import;
mod portal;
mod remarks;
mod roles;
mod sign_on;
mod site;
mod start;
mod text_blocks;
mod tickets;
mod translations;
mod upkeep;
mod validity;
