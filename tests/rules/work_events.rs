//! Samples of what happens to checklists, to effort, to absences and to exports.

use chrono::NaiveDate;
use entities::absence::{Absence, AbsenceEvent, AbsenceFacts, Source, feed, service};
use entities::effort::{EffortEvent, Entry};
use entities::export::{ExportEvent, Format, State as ExportState, Taken};
use entities::person::PersonEvent;
use entities::ticket::checklist::{ChecklistEvent, LineFacts, NewLine};
use entities::{Clock, absence, new_id};

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

pub fn absence_events() -> Vec<PersonEvent> {
    let day = NaiveDate::default();
    let absence = Absence {
        row: absence::Model {
            id: new_id(),
            person_id: new_id(),
            from_on: day,
            to_on: day,
            deputy_id: Some(new_id()),
            names_deputy: true,
            source: Source::Oneself,
            entered_by_id: Some(new_id()),
            created_at: Clock::default().now(),
            cancelled_at: None,
            feed_key: Some("5f".to_owned()),
            feed_from_on: Some(day),
            feed_to_on: Some(day),
        },
        services: vec![service::Model {
            absence_id: new_id(),
            service_id: new_id(),
            deputy_id: new_id(),
        }],
    };
    let id = absence.row.id;
    let events = [
        AbsenceEvent::Entered(absence.clone()),
        AbsenceEvent::Changed {
            from: AbsenceFacts::days(day, day),
            to: absence,
        },
        AbsenceEvent::Ended {
            id,
            last_on: None,
            is_gone: true,
        },
        AbsenceEvent::FeedSet(feed::Model {
            id,
            person_id: new_id(),
            address: canary("address of a calendar"),
            words: canary("word of a calendar"),
            set_at: Clock::default().now(),
        }),
        AbsenceEvent::FeedEnded,
    ];
    let events = events.map(|event| PersonEvent::Absence(Box::new(event)));
    events.into()
}
