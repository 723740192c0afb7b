//! Whether a database fails only for now: its server is away, starts or stops, or its disk is full.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use crate::error::DeskError;

/// PostgreSQL: connection exceptions, insufficient resources, intervention by an operator.
const POSTGRES: [&str; 3] = ["08", "53", "57P"];

/// SQLite, without the details above the lowest byte: busy, locked, read-only, failing disk, full disk, no file.
const SQLITE: [u32; 6] = [5, 6, 8, 10, 13, 14];

impl DeskError {
    /// Whether the same may succeed once the database is back; nothing was written.
    /// Of a commit whose answer was lost even that is unknown, so what is tried again must bear being done twice.
    pub fn is_away(&self) -> bool {
        match self {
            DeskError::Db(DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => true,
            DeskError::Db(
                DbErr::Exec(RuntimeErr::SqlxError(error))
                | DbErr::Query(RuntimeErr::SqlxError(error)),
            ) => passes(error),
            _ => false,
        }
    }
}

fn passes(error: &SqlxError) -> bool {
    match error {
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => true,
        SqlxError::Database(error) => error.code().is_some_and(|code| is_passing(&code)),
        _ => false,
    }
}

/// Codes of PostgreSQL have five characters, those of SQLite are numbers of up to four digits.
fn is_passing(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => SQLITE.contains(&(number & 0xff)),
        _ => POSTGRES.iter().any(|class| code.starts_with(class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_what_is_wrong() {
        // Shutting down, starting, too many connections, full disk; busy, full, failing disk.
        for code in [
            "57P01", "57P03", "53300", "53100", "08006", "5", "13", "778",
        ] {
            assert!(is_passing(code), "{code}");
        }
        // Unique, foreign key, syntax, raised by a trigger; constraint, unique.
        for code in ["23505", "23503", "42601", "P0001", "19", "2067"] {
            assert!(!is_passing(code), "{code}");
        }
    }
}
