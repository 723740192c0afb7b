//! What is shared of a ticket with vendors.

pub mod words;
