//! What goes wrong between us and a server, by what to do about it.

use std::path::PathBuf;

use meilisearch_sdk::errors::{Error as Fault, ErrorCode};

use crate::error::Error;

/// What an error of the server means for whoever runs it.
pub(super) fn translated(url: &str, index: &str, fault: Fault) -> Error {
    let unreachable = |reason: String| Error::Unreachable {
        url: url.to_owned(),
        reason,
    };
    match fault {
        Fault::Meilisearch(fault) => match fault.error_code {
            ErrorCode::InvalidApiKey | ErrorCode::MissingAuthorizationHeader => {
                Error::Key(url.to_owned())
            }
            ErrorCode::IndexNotFound => {
                Error::Missing(PathBuf::from(format!("{url}/indexes/{index}")))
            }
            ErrorCode::NoSpaceLeftOnDevice => Error::Full(PathBuf::from(url)),
            code => Error::Refused {
                code: serde_json::to_value(&code)
                    .ok()
                    .and_then(|code| code.as_str().map(str::to_owned))
                    .unwrap_or_else(|| "unknown".to_owned()),
                message: fault.error_message,
            },
        },
        // A proxy or something that is no Meilisearch.
        Fault::MeilisearchCommunication(fault) => {
            unreachable(format!("status {}", fault.status_code))
        }
        Fault::HttpError(fault) => unreachable(reasons(&fault)),
        Fault::Timeout => unreachable("a task takes too long".to_owned()),
        Fault::InvalidRequest => Error::Key(url.to_owned()),
        other => unreachable(other.to_string()),
    }
}

/// An error with what caused it, since the outermost says only that something failed.
fn reasons(error: &dyn std::error::Error) -> String {
    let mut out = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        out = format!("{out}: {error}");
        cause = error.source();
    }
    out
}
