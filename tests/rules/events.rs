//! Every event has a name of its own and a record without content.

use std::collections::BTreeSet;

use entities::deadline::{Deadlines, Goal, Told, Turn};
use entities::field::Value;
use entities::field::change::FieldChange;
use entities::inbound::MailEvent;
use entities::ledger::Event;
use entities::ticket::event::{Change, NewOutbound, Opened, TicketEvent};
use entities::ticket::message::{Address, Addresses, NewFile, NewMessage, ThreadedBy};
use entities::ticket::vendor_number::VendorNumber;
use entities::ticket::{
    Audience, Channel, ClosingReason, Delivery, Direction, Kind, LinkKind, Priority, State,
};
use entities::{Clock, new_id};

use super::person_events::person_events;
use super::redaction_events::{redaction_events, redaction_place};
use super::share_events::{share_events, share_place};
use super::tied_events::{stood, tied_events, tied_place};
use super::work_events::{
    absence_events, checklist_events, checklist_place, effort_events, export_events,
};

/// Stands in everything a person wrote.
const CANARY: &str = "Kanarienvogel";

pub(super) fn canary(what: &str) -> String {
    format!("{CANARY}-{what}")
}

fn address(what: &str) -> Vec<Address> {
    vec![Address {
        name: Some(canary(what)),
        address: format!("{CANARY}-{what}@pa.example").to_lowercase(),
    }]
}

pub(super) fn message() -> Box<NewMessage> {
    let file = NewFile {
        name: canary("file.pdf"),
        content_type: "application/pdf".to_owned(),
        size_bytes: 4711,
        sha256: canary("digest of a file"),
        inline: false,
        content_id: Some(canary("content id")),
    };
    Box::new(NewMessage {
        addresses: Addresses {
            from: address("from").pop(),
            to: address("to"),
            cc: address("cc"),
            bcc: address("bcc"),
            reply_to: address("reply to"),
        },
        subject: Some(canary("subject")),
        html: Some(canary("html")),
        mail_id: Some(canary("mail id")),
        in_reply_to: Some(canary("in reply to")),
        mail_references: vec![canary("references")],
        raw_sha256: Some(canary("digest of a mail")),
        threaded_by: Some(ThreadedBy::References {
            mail_id: canary("referenced"),
        }),
        notes: vec![canary("warning")],
        delivery: Delivery::Queued,
        files: vec![file],
        ..NewMessage::text(
            Audience::Requester,
            Direction::In,
            Channel::Mail,
            canary("body"),
        )
    })
}

pub(super) fn outbound() -> NewOutbound {
    NewOutbound {
        mailbox_id: None,
        // Made of our own message's id, so no content.
        mail_id: "0192@desk.example".to_owned(),
        recipients: vec![canary("recipient")],
        not_before: Clock::default().now(),
    }
}

/// One of each.
fn ticket_events() -> Vec<TicketEvent> {
    let id = new_id();
    let at = Clock::default().now();
    let ids = || Change {
        from: None,
        to: Some(id),
    };
    let mut events = vec![
        TicketEvent::Opened(Box::new(Opened {
            title: canary("title"),
            kind: Kind::Incident,
            channel: Channel::Mail,
            priority: Priority::Normal,
            team_id: Some(id),
            service_id: Some(id),
            requester_id: Some(id),
            organisation_id: Some(id),
            district_id: Some(id),
            mailbox_id: Some(id),
            follows_id: None,
            salt: entities::history::salt(),
        })),
        TicketEvent::Received {
            message: message(),
            mail_id: id,
        },
        TicketEvent::Replied {
            message: message(),
            outbound: outbound(),
        },
        TicketEvent::NoteWritten { message: message() },
        TicketEvent::CallLogged { message: message() },
        TicketEvent::Assigned(ids()),
        TicketEvent::Moved(ids()),
        TicketEvent::Classified(ids()),
        TicketEvent::KindChanged(Change {
            from: Kind::Incident,
            to: Kind::Question,
        }),
        TicketEvent::DistrictChanged(ids()),
        TicketEvent::Prioritised(Change {
            from: Priority::Normal,
            to: Priority::High,
        }),
        TicketEvent::StateChanged {
            change: Change {
                from: State::Open,
                to: State::Solved,
            },
            waiting_for: None,
            reason: Some(ClosingReason::Data),
            ended: None,
        },
        TicketEvent::ReminderSet(Change {
            from: None,
            to: Some(at),
        }),
        TicketEvent::ReminderReached { at },
        TicketEvent::Renamed {
            title: canary("new title"),
            salt: entities::history::salt(),
        },
        TicketEvent::Withdrawn {
            message_id: id,
            was_first: true,
        },
        TicketEvent::Delivery {
            message_id: id,
            to: Delivery::Failed,
            at,
            error: Some(canary("error of a server")),
        },
        TicketEvent::SentAgain {
            message_id: id,
            not_before: at,
        },
        TicketEvent::ReceiptSent {
            message: message(),
            outbound: outbound(),
        },
        TicketEvent::ReceiptSuppressed {
            by: "precedence".to_owned(),
        },
        TicketEvent::Linked {
            other_id: id,
            kind: LinkKind::CausedBy,
        },
        TicketEvent::Unlinked {
            other_id: id,
            kind: LinkKind::Related,
        },
        TicketEvent::LinkFollowed {
            from_id: id,
            other_id: id,
            kind: LinkKind::Related,
        },
        TicketEvent::MergedInto { target_id: id },
        TicketEvent::MergedFrom {
            source_id: id,
            messages: 2,
            after: 3,
            numbers: 2,
            last_message_at: at,
            stood: Box::new(stood(at)),
        },
        TicketEvent::MessageMovedOut {
            message_id: id,
            to_id: id,
        },
        TicketEvent::MessageMovedIn {
            message_id: id,
            from_id: id,
            written_at: at,
        },
        TicketEvent::SuggestionRefused {
            number: "2026-000001-5".to_owned(),
            other_id: id,
        },
        TicketEvent::VendorNumberSet {
            organisation_id: id,
            number: VendorNumber::parse("KN-4711").ok(),
        },
        TicketEvent::ClosingNoteSent {
            message: message(),
            outbound: outbound(),
        },
        TicketEvent::ClosingNoteSuppressed {
            by: "off".to_owned(),
        },
        TicketEvent::FieldsSet {
            change_id: id,
            changes: vec![FieldChange {
                field_id: id,
                from: Some(Value::Text(canary("old value"))),
                to: Some(Value::Text(canary("new value"))),
                keys: vec![],
            }],
            salt: entities::history::salt(),
        },
        TicketEvent::Watched { person_id: id },
        TicketEvent::Unwatched { person_id: id },
        TicketEvent::DeadlinesSet {
            to: Box::new(Deadlines {
                calendar_id: Some(id),
                due_at: Some(at),
                ..Deadlines::default()
            }),
            turn: Turn::Set,
        },
        TicketEvent::DeadlineTold {
            goal: Goal::Solution,
            told: Told::Near,
            due: at,
        },
        TicketEvent::ReusableSet { to: true },
        TicketEvent::ArticleDrawn { article_id: id },
        TicketEvent::ArticleUsed {
            message_id: id,
            article_id: id,
            version: 2,
        },
    ];
    events.extend(
        share_events()
            .into_iter()
            .map(|e| TicketEvent::Share(Box::new(e))),
    );
    events.push(TicketEvent::Recurred {
        task_id: id,
        day: Default::default(),
    });
    events.extend(
        checklist_events()
            .into_iter()
            .map(|e| TicketEvent::Checklist(Box::new(e))),
    );
    events.extend(tied_events().into_iter().map(TicketEvent::from));
    events.extend(redaction_events().into_iter().map(TicketEvent::from));
    events.push(TicketEvent::Deputised(Change {
        from: None,
        to: Some(id),
    }));
    events
}

/// A new kind of event does not compile here until it has a place, and a sample above.
fn place(event: &TicketEvent) -> usize {
    match event {
        TicketEvent::Opened(_) => 0,
        TicketEvent::Received { .. } => 1,
        TicketEvent::Replied { .. } => 2,
        TicketEvent::NoteWritten { .. } => 3,
        TicketEvent::CallLogged { .. } => 4,
        TicketEvent::Assigned(_) => 5,
        TicketEvent::Moved(_) => 6,
        TicketEvent::Classified(_) => 7,
        TicketEvent::KindChanged(_) => 8,
        TicketEvent::DistrictChanged(_) => 9,
        TicketEvent::Prioritised(_) => 10,
        TicketEvent::StateChanged { .. } => 11,
        TicketEvent::ReminderSet(_) => 12,
        TicketEvent::ReminderReached { .. } => 13,
        TicketEvent::Renamed { .. } => 14,
        TicketEvent::Withdrawn { .. } => 15,
        TicketEvent::Delivery { .. } => 16,
        TicketEvent::SentAgain { .. } => 17,
        TicketEvent::ReceiptSent { .. } => 18,
        TicketEvent::ReceiptSuppressed { .. } => 19,
        TicketEvent::Linked { .. } => 20,
        TicketEvent::Unlinked { .. } => 21,
        TicketEvent::LinkFollowed { .. } => 22,
        TicketEvent::MergedInto { .. } => 23,
        TicketEvent::MergedFrom { .. } => 24,
        TicketEvent::MessageMovedOut { .. } => 25,
        TicketEvent::MessageMovedIn { .. } => 26,
        TicketEvent::SuggestionRefused { .. } => 27,
        TicketEvent::VendorNumberSet { .. } => 28,
        TicketEvent::ClosingNoteSent { .. } => 29,
        TicketEvent::ClosingNoteSuppressed { .. } => 30,
        TicketEvent::FieldsSet { .. } => 31,
        TicketEvent::Watched { .. } => 32,
        TicketEvent::Unwatched { .. } => 33,
        TicketEvent::DeadlinesSet { .. } => 34,
        TicketEvent::DeadlineTold { .. } => 35,
        TicketEvent::ReusableSet { .. } => 36,
        TicketEvent::ArticleDrawn { .. } => 37,
        TicketEvent::ArticleUsed { .. } => 38,
        TicketEvent::Share(event) => 39 + share_place(event),
        TicketEvent::Recurred { .. } => 46,
        TicketEvent::Checklist(event) => 47 + checklist_place(event),
        TicketEvent::Tied(event) => 53 + tied_place(event),
        TicketEvent::Redaction(event) => 61 + redaction_place(event),
        TicketEvent::Deputised(_) => 65,
    }
}

fn mail_events() -> Vec<MailEvent> {
    vec![
        MailEvent::Retried,
        MailEvent::Ignored {
            reason: canary("reason"),
            salt: entities::history::salt(),
        },
        MailEvent::BecameTicket {
            ticket_id: new_id(),
        },
    ]
}

#[test]
fn every_ticket_event_has_a_sample() {
    let places: Vec<usize> = ticket_events().iter().map(place).collect();
    assert_eq!(places, (0..places.len()).collect::<Vec<_>>());
    assert_eq!(places.len(), 66);
}

#[test]
fn every_event_has_a_name_of_its_own() {
    fn distinct<E: Event>(events: &[E]) {
        let names: BTreeSet<&str> = events.iter().map(Event::name).collect();
        assert_eq!(names.len(), events.len());
        for name in names {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        }
    }
    distinct(&ticket_events());
    distinct(&person_events());
    distinct(&absence_events());
    distinct(&mail_events());
    distinct(&export_events());
    distinct(&effort_events());
}

#[test]
fn no_record_holds_what_people_wrote() {
    let tickets = ticket_events();
    let mut people = person_events();
    people.extend(absence_events());
    let tickets = tickets.iter().map(|e| (e.name(), e.record().to_string()));
    let people = people.iter().map(|e| (e.name(), e.record().to_string()));
    let mails = mail_events();
    let mails = mails.iter().map(|e| (e.name(), e.record().to_string()));
    let exports = export_events();
    let exports = exports.iter().map(|e| (e.name(), e.record().to_string()));
    let efforts = effort_events();
    let efforts = efforts.iter().map(|e| (e.name(), e.record().to_string()));
    let all = tickets.chain(people).chain(mails).chain(exports);
    for (name, record) in all.chain(efforts) {
        let found = record.to_lowercase().contains(&CANARY.to_lowercase());
        assert!(!found, "{name}: {record}");
        assert!(record.starts_with('{'), "{name}: {record}");
    }
}

#[test]
fn the_same_content_leaves_another_digest_each_time() {
    let record = || TicketEvent::NoteWritten { message: message() }.record();
    let (one, other) = (record(), record());
    assert_ne!(one["content"], other["content"]);
    assert_ne!(one["files"], other["files"]);
    assert_eq!(one["content"].as_str().unwrap().len(), 64);
}
