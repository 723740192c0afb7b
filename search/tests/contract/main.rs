//! What both engines do the same, held against the embedded one always and a Meilisearch wherever one is named.

// What a test does not get it may die of.
#![allow(clippy::unwrap_used)]

mod desk;
mod filters;
mod folder;
mod found;
mod recorded;
mod shown;
mod typed;
