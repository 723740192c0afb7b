//! Mail: read, written, taken in and sent; with fixtures, with pipes, and with real servers.
#![allow(clippy::unwrap_used)]

mod answers;
mod both_parts;
mod bounces;
mod clock;
mod composing;
mod digests;
mod filters;
mod fixtures;
mod hostile;
mod html;
mod imap;
mod intake;
mod jumps;
mod oddities;
mod office;
mod outgoing;
mod placing;
mod quoting;
mod reading;
mod receipts;
mod reconciliation;
mod sending;
mod servers;
mod signature;
mod store;
mod stuck;
mod threading;
mod told;
mod vendors;
mod work_items;
