//! Mail: reading raw messages, building outgoing ones, taking in, sending.

pub mod address;
pub mod answer;
pub mod compose;
pub mod deliver;
pub mod dkim;
pub mod filter;
pub mod html;
pub mod imap;
pub mod inline;
pub mod inspect;
pub mod intake;
pub mod noting;
pub mod page;
pub mod post;
pub mod posts;
pub mod quote;
pub mod read;
pub mod remaining;
pub mod send;
pub mod token;
