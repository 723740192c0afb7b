//! Deadlines: until when a ticket must be answered and solved, reckoned at each of its events.

pub mod outlook;
pub mod reckon;
pub mod rules;
pub mod told;

pub use outlook::{Outlook, Standing};
pub use reckon::{Deadlines, Goal, Turn};
pub use rules::{Aim, Rules};
pub use told::Told;
