//! The model on both databases, without the web.
#![allow(clippy::unwrap_used)]

mod desk;
mod people;
mod settings;
