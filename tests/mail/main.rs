//! Mail read and written without a server: fixtures of common senders, and what any bytes may do.
#![allow(clippy::unwrap_used)]

mod fixtures;
mod oddities;
mod outgoing;
mod reading;
