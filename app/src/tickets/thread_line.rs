//! What happened between the messages of a thread, in one small line each time.

use entities::Instant;
use entities::history::Entry;
use maud::{Markup, html};

use super::history_line::{Detail, Names, line};
use super::words;
use crate::web::cx::Cx;
use crate::web::parts::moment;

/// Events that stand between the messages; the others are in the history alone.
const SHOWN: [&str; 33] = [
    "shared",
    "share_withdrawn",
    "repair_moved",
    "vendor_filled",
    "gate_passed",
    "assigned",
    "deputised",
    "moved",
    "classified",
    "prioritised",
    "state_changed",
    "reminder_set",
    "reminder_reached",
    "receipt_suppressed",
    "linked",
    "unlinked",
    "link_followed",
    "merged_from",
    "unmerged",
    "unmerged_from",
    "message_moved_out",
    "message_moved_in",
    "message_copied_out",
    "message_copied_in",
    "redaction_asked",
    "redaction_refused",
    "redaction_withdrawn",
    "redacted",
    "suggestion_refused",
    "vendor_number_set",
    "fields_set",
    "closing_note_suppressed",
    "deadline_told",
];

/// Whether an event has a place in the thread.
pub fn is_shown(entry: &Entry) -> bool {
    SHOWN.contains(&entry.name.as_str())
}

/// Events of one person in one go.
#[derive(Debug)]
pub struct Group<'a> {
    pub at: Instant,
    pub entries: Vec<&'a Entry>,
}

/// Where the thread tells of an event.
pub fn event_anchor(number: i32) -> String {
    format!("event-{number}")
}

/// Gathers what one person did within a minute; entries come oldest first.
pub fn groups(entries: &[Entry]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for entry in entries.iter().filter(|entry| is_shown(entry)) {
        if let Some(last) = groups.last_mut()
            && (entry.at - last.at).num_seconds().abs() < 60
            && last.entries.last().is_some_and(|before| {
                before.actor_name == entry.actor_name && before.rule == entry.rule
            })
        {
            last.entries.push(entry);
            continue;
        }
        groups.push(Group {
            at: entry.at,
            entries: vec![entry],
        });
    }
    groups
}

/// Who acted: a person, a person for whom cases were brought in, or a rule.
pub fn actor_words(cx: &Cx, entry: &Entry) -> String {
    match (&entry.actor_name, &entry.on_behalf_of_name, &entry.rule) {
        (Some(name), Some(absent), _) => {
            let args = [
                ("name", name.as_str().into()),
                ("absent", absent.as_str().into()),
            ];
            cx.locale.t_with("event-on-behalf", &args)
        }
        (Some(name), None, _) => name.clone(),
        (None, Some(name), _) => name.clone(),
        (None, None, Some(rule)) => words::rule(cx.locale, rule),
        (None, None, None) => words::rule(cx.locale, ""),
    }
}

/// A group as one line.
pub fn thread_line(cx: &Cx, group: &Group<'_>, names: &Names) -> Markup {
    let said = |entry: &Entry| {
        let line = line(cx.locale, &cx.now, &entry.name, &entry.payload, names);
        match line.detail {
            Detail::None => line.what,
            Detail::Text(text) => format!("{}: {text}", line.what),
            // Who got it says little without why.
            Detail::Change { to, .. } if entry.name == "deputised" => {
                format!("{}: {to}", line.what)
            }
            Detail::Change { field, to, .. } => format!("{field}: {to}"),
        }
    };
    let who = group.entries.first().map(|entry| actor_words(cx, entry));
    html! {
        li class="entry entry--event" {
            span class="entry__node" {}
            p {
                @for (place, entry) in group.entries.iter().enumerate() {
                    @if place > 0 { " · " }
                    span id=(event_anchor(entry.number)) { (said(entry)) }
                }
                @if let Some(who) = who { " · " (who) } " · " (moment(cx.locale, &cx.now, group.at))
            }
        }
    }
}
