//! The parts of the model that the reader of mail uses.

#[path = "../../../entities/src/ticket/mail_facts.rs"]
pub mod mail_facts;
#[path = "../../../entities/src/text.rs"]
pub mod text;

pub mod ticket {
    pub use crate::mail_facts;
}
