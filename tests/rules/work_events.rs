//! Samples of what happens to checklists, to effort and to exports.

use chrono::NaiveDate;
use entities::effort::{EffortEvent, Entry};
use entities::export::{ExportEvent, Format, State as ExportState, Taken};
use entities::new_id;
use entities::ticket::checklist::{ChecklistEvent, LineFacts, NewLine};

use super::events::canary;

fn line() -> NewLine {
    let facts = LineFacts {
        text: canary("line of a checklist"),
        responsible_id: Some(new_id()),
        due_on: Some(NaiveDate::default()),
    };
    NewLine::new(new_id(), facts)
}

/// One of each.
pub fn checklist_events() -> Vec<ChecklistEvent> {
    let line_id = new_id();
    vec![
        ChecklistEvent::Added {
            template_id: Some(new_id()),
            lines: vec![line(), line()],
        },
        ChecklistEvent::Changed {
            line: line(),
            seen: 1,
        },
        ChecklistEvent::Ticked {
            line_id,
            by: Some(new_id()),
        },
        ChecklistEvent::Unticked { line_id },
        ChecklistEvent::Moved {
            line_id,
            over_id: new_id(),
        },
        ChecklistEvent::Removed { line_id },
    ]
}

/// A new kind of event does not compile here until it has a place, and a sample above.
pub fn checklist_place(event: &ChecklistEvent) -> usize {
    match event {
        ChecklistEvent::Added { .. } => 0,
        ChecklistEvent::Changed { .. } => 1,
        ChecklistEvent::Ticked { .. } => 2,
        ChecklistEvent::Unticked { .. } => 3,
        ChecklistEvent::Moved { .. } => 4,
        ChecklistEvent::Removed { .. } => 5,
    }
}

pub fn effort_events() -> Vec<EffortEvent> {
    let entry = |minutes| Entry {
        minutes,
        day: NaiveDate::default(),
        activity_id: new_id(),
        remark: Some(canary("remark")),
        salt: entities::history::salt(),
    };
    vec![
        EffortEvent::Booked {
            person_id: new_id(),
            ticket_id: Some(new_id()),
            entry: entry(25),
            timer_id: Some(new_id()),
        },
        EffortEvent::Corrected {
            from: entry(25),
            to: entry(0),
        },
    ]
}

pub fn export_events() -> Vec<ExportEvent> {
    vec![
        ExportEvent::Begun {
            person_id: new_id(),
            format: Format::Csv,
            name: canary("list"),
            list: canary("words searched for"),
            about: canary("filter"),
            locale: "de".to_owned(),
            columns: vec![],
            taken: Taken {
                list_id: new_id(),
                rows: 1,
            },
            salt: entities::history::salt(),
        },
        ExportEvent::Ended {
            state: ExportState::Failed,
            rows: 1,
            failure: Some(canary("failure")),
        },
    ]
}
