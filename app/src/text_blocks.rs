//! Text blocks where people write: offered by typing, filled from the ticket, done along when the answer is sent.

pub mod acts;
pub mod fields;
pub mod frame;
pub mod grammar;
pub mod insert;
pub mod letterhead;
mod marked;
pub mod offer;
pub mod opening;
pub mod reserved;
pub mod values;
