//! Tests of the real components on which the other tests stand.
#![allow(clippy::unwrap_used)]

mod browser;
mod mail;
mod office;
mod postgres;
mod process;
