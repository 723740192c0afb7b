//! Each check as a list of tickets with an address, and in words.

use entities::ticket::check::{Check, SILENT_DAYS, UNCLASSIFIED_HOURS};

use crate::tickets::list_query::{LACKING, ListQuery, NONE};

/// The list of a check.
pub fn query(check: Check) -> ListQuery {
    let all = ListQuery::default();
    match check {
        Check::NoService => ListQuery {
            service: vec![NONE.to_owned()],
            age: format!("{UNCLASSIFIED_HOURS}h"),
            ..all
        },
        Check::NoReminder => ListQuery {
            state: vec!["waiting".to_owned(), "vendor".to_owned()],
            reminder: NONE.to_owned(),
            ..all
        },
        Check::FieldEmpty => ListQuery {
            lacking: LACKING.to_owned(),
            ..all
        },
        Check::Silent => ListQuery {
            silent: SILENT_DAYS.to_string(),
            ..all
        },
    }
}

/// The key of its name.
pub fn key(check: Check) -> &'static str {
    match check {
        Check::NoService => "check-no-service",
        Check::NoReminder => "check-no-reminder",
        Check::FieldEmpty => "check-field-empty",
        Check::Silent => "check-silent",
    }
}

/// The key of what it means.
pub fn meaning(check: Check) -> &'static str {
    match check {
        Check::NoService => "check-no-service-more",
        Check::NoReminder => "check-no-reminder-more",
        Check::FieldEmpty => "check-field-empty-more",
        Check::Silent => "check-silent-more",
    }
}
