//! What visitors and agents see and do in their browsers, one folder for each feature.
#![allow(clippy::unwrap_used)]

mod frame;
mod tickets;
mod upkeep;
