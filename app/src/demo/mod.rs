//! The demo's believable unit: its people, its cases and a generator that is the same for the same seed.

pub mod case;
pub mod cases;
pub mod generator;
pub mod mails;
pub mod people;
pub mod services;
pub mod sketches;
pub mod unit;

mod clock;
mod messages;
mod orders;
mod slots;
mod thread;
mod words;

#[cfg(test)]
mod checks;
