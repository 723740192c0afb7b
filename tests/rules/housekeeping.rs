//! The complete list of tables that are written beside the ledger: state of work, never a subject.

use std::collections::BTreeSet;

use super::tree;

/// As ARCHITECTURE.md names them. A subject's own table does not belong here.
const HOUSEKEEPING: &[&str] = &[
    "absence_feed_state",
    "absence_seen",
    "anchor",
    "api_token",
    "blob",
    "bulk",
    "bulk_item",
    "check_day",
    "draft",
    "draft_file",
    "effort_timer",
    "export",
    "export_part",
    "file_text",
    "head",
    "inbound_mail",
    "known_device",
    "machine",
    "mail_limit",
    "mail_shown",
    "mailbox_day",
    "mailbox_state",
    "mailing",
    "mailing_item",
    "notice",
    "notify_choice",
    "once_key",
    "one_time_link",
    "outbound_mail",
    "outbox",
    "own_search",
    "passkey",
    "people_import",
    "preference",
    "presence",
    "refused_mail",
    "search_miss",
    "seen",
    "service_watch",
    "session",
    "sign_in_counter",
    "sign_in_entry",
    // Given out under a lock of its own; the ticket's history holds the number.
    "ticket_number",
    "text_block_use",
    "told_mail",
    "unindexed",
    "used_state",
    "view_inside",
    "view_look",
    "view_watch",
];

/// The ledger, and what it writes by in its own transaction.
const LEDGER: &[&str] = &["entities/src/ledger", "entities/src/ticket/ties"];

/// The tables that SQL texts outside of the ledger write to.
fn written() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in tree::files("entities/src", &["rs"]) {
        if LEDGER.iter().any(|part| file.path.starts_with(part)) {
            continue;
        }
        let text = file.text.replace("\\\n", " ");
        let words: Vec<&str> = text
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .filter(|w| !w.is_empty())
            .collect();
        for three in words.windows(3) {
            let table = match three {
                ["INSERT", "INTO", table] | ["DELETE", "FROM", table] => table,
                ["UPDATE", table, "SET"] => table,
                _ => continue,
            };
            if *table != "SET" {
                found.insert((*table).to_owned());
            }
        }
    }
    found
}

#[test]
fn only_housekeeping_is_written_beside_the_ledger() {
    let known: BTreeSet<String> = HOUSEKEEPING.iter().map(|t| (*t).to_owned()).collect();
    let written = written();
    assert!(written.len() > 10, "{written:?}");
    let unknown: Vec<_> = written.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
