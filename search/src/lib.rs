//! Finding words in texts the way people type them: without case and without accents.

mod ranges;

pub use ranges::ranges;
