//! What the tests share: a desk of their own, the real servers and the browser beside it.
#![allow(clippy::unwrap_used)]

pub mod browser;
pub mod certificates;
pub mod desk;
pub mod disk;
pub mod dovecot;
pub mod hold;
pub mod postgres;
pub mod process;
pub mod provider;
pub mod s3;
pub mod smtp;
