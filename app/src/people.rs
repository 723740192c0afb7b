//! People brought in from tables: reading a file, planning line by line, doing it, reporting what was refused.

pub mod columns;
pub mod console;
pub mod csv;
pub mod plan;
pub mod refusal;
pub mod run;
pub mod sheet;
pub mod xlsx;
