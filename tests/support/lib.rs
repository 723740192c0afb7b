//! What the tests share: the real servers and the browser beside the desk.
#![allow(clippy::unwrap_used)]

pub mod browser;
pub mod certificates;
pub mod dovecot;
pub mod postgres;
pub mod process;
pub mod smtp;
