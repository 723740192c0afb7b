//! Standard documents: templates that are taken in with care, filled from tickets, and made into PDF where a program for it is named;
//! and plain letters, which need no such program.

pub mod docx;
mod flow;
pub mod made;
pub mod merged;
mod package;
pub mod part;
pub mod pdf;
pub mod plain;
pub mod serial;
pub mod words;
