//! Real processes of the desk are killed, doubled and starved; nothing is lost and nothing comes twice.
#![allow(clippy::unwrap_used)]

mod clock;
mod compare;
mod deliver;
mod digests;
mod indexing;
mod jobs;
mod kit;
mod notices;
mod outages;
mod random;
mod reviews;
mod shared;
mod starved;
mod steps;
