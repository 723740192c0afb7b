//! What visitors and agents see and do in their browsers, one folder for each feature.
#![allow(clippy::unwrap_used)]

mod account;
mod demo;
mod fields;
mod frame;
mod people_import;
mod start;
mod tickets;
mod upkeep;
