//! The demo's believable unit: its people, its cases and a generator that is the same for the same seed.

pub mod accounts;
pub mod articles;
pub mod case;
pub mod cases;
pub mod catalogue;
pub mod database;
pub mod documents;
pub mod fields;
pub mod fill;
pub mod generator;
pub mod mails;
pub mod page;
pub mod people;
pub mod sketches;
pub mod start;
mod synonyms;
pub mod timeline;
pub mod unit;
pub mod views;

mod clock;
mod field_definitions;
mod lessons;
mod letters;
mod limits;
mod meanings;
mod messages;
mod orders;
mod partners;
mod shares;
mod slots;
mod text_blocks;
mod thread;
mod words;
mod work;

#[cfg(test)]
mod checks;
