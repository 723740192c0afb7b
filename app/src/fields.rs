//! Dynamic fields as people see them: their words, and the controls that fill them.

pub mod words;
