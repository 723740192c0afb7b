//! Standard documents: templates that are taken in with care, filled from tickets, and made into PDF where a program for it is named.

pub mod docx;
mod flow;
pub mod made;
pub mod part;
pub mod pdf;
pub mod serial;
pub mod words;
