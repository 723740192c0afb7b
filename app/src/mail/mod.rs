//! Mail without storage: reading raw messages, building outgoing ones, addresses, tokens and quotations.

pub mod address;
pub mod compose;
pub mod inspect;
pub mod quote;
pub mod read;
pub mod token;
