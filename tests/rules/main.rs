//! The rules of the architecture, held by reading the source itself.
#![allow(clippy::unwrap_used)]

mod dependencies;
mod files;
mod locales;
mod tree;
