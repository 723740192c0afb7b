//! The columns of a file: what stands about a ticket, then every field the reader may read.

use std::collections::HashMap;

use entities::Uuid;
use entities::field::{Field, Values, Words};
use entities::ticket::export::Row;
use entities::ticket::{State, WaitingFor};

use super::cell::{self, Cell};
use crate::fields::words::label;
use crate::locale::Locale;
use crate::tickets::words::channel;
use crate::web::parts::{kind_words, priority_words, reason_words, state_words};

/// What stands about a ticket, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Number,
    Title,
    State,
    Waiting,
    Reason,
    Priority,
    Kind,
    Channel,
    Service,
    Module,
    Team,
    Owner,
    Requester,
    Organisation,
    District,
    Created,
    Changed,
    Reminder,
    FirstAnswerDue,
    SolutionDue,
    FirstReply,
    Solved,
    Closed,
}

impl Column {
    pub const ALL: [Column; 23] = [
        Column::Number,
        Column::Title,
        Column::State,
        Column::Waiting,
        Column::Reason,
        Column::Priority,
        Column::Kind,
        Column::Channel,
        Column::Service,
        Column::Module,
        Column::Team,
        Column::Owner,
        Column::Requester,
        Column::Organisation,
        Column::District,
        Column::Created,
        Column::Changed,
        Column::Reminder,
        Column::FirstAnswerDue,
        Column::SolutionDue,
        Column::FirstReply,
        Column::Solved,
        Column::Closed,
    ];

    /// Its heading.
    pub fn words(self, locale: Locale) -> String {
        locale.t(match self {
            Column::Number => "export-number",
            Column::Title => "export-title",
            Column::State => "fact-state",
            Column::Waiting => "export-waiting",
            Column::Reason => "fact-reason",
            Column::Priority => "fact-priority",
            Column::Kind => "fact-kind",
            Column::Channel => "fact-channel",
            Column::Service => "fact-service",
            Column::Module => "export-module",
            Column::Team => "fact-team",
            Column::Owner => "fact-owner",
            Column::Requester => "facts-requester",
            Column::Organisation => "export-organisation",
            Column::District => "fact-district",
            Column::Created => "export-created",
            Column::Changed => "list-changed",
            Column::Reminder => "fact-reminder",
            Column::FirstAnswerDue => "export-first-answer-due",
            Column::SolutionDue => "export-solution-due",
            Column::FirstReply => "export-first-reply",
            Column::Solved => "export-solved",
            Column::Closed => "export-closed",
        })
    }

    /// What stands in it.
    pub fn cell(self, locale: Locale, row: &Row) -> Cell {
        // A module stands below its service.
        let (service, module) = match &row.whole_service {
            Some(whole) => (Some(whole.clone()), row.service.clone()),
            None => (row.service.clone(), None),
        };
        match self {
            Column::Number => Cell::Text(row.number.clone()),
            Column::Title => Cell::from(row.title.as_str()),
            Column::State => Cell::Text(state_words(locale, row.state, row.waiting_for)),
            Column::Waiting => match (row.state, row.waiting_for) {
                (State::Waiting, Some(whom)) => Cell::Text(waiting(locale, whom)),
                _ => Cell::Empty,
            },
            Column::Reason => Cell::from(row.closing_reason.map(|r| reason_words(locale, r))),
            Column::Priority => Cell::Text(priority_words(locale, row.priority)),
            Column::Kind => Cell::Text(kind_words(locale, row.kind)),
            Column::Channel => Cell::Text(channel(locale, row.channel)),
            Column::Service => Cell::from(service),
            Column::Module => Cell::from(module),
            Column::Team => Cell::from(row.team.clone()),
            Column::Owner => Cell::from(row.owner.clone()),
            Column::Requester => Cell::from(row.requester.clone()),
            Column::Organisation => Cell::from(row.organisation.clone()),
            Column::District => Cell::from(row.district.clone()),
            Column::Created => Cell::Moment(row.created_at),
            Column::Changed => Cell::Moment(row.changed_at),
            Column::Reminder => Cell::from(row.reminder_at),
            Column::FirstAnswerDue => Cell::from(row.first_answer_due_at),
            Column::SolutionDue => Cell::from(row.solution_due_at),
            Column::FirstReply => Cell::from(row.first_reply_at),
            Column::Solved => Cell::from(row.solved_at),
            Column::Closed => Cell::from(row.closed_at),
        }
    }
}

fn waiting(locale: Locale, whom: WaitingFor) -> String {
    locale.t(match whom {
        WaitingFor::Requester => "export-waits-requester",
        WaitingFor::Vendor => "export-waits-vendor",
        WaitingFor::Date => "export-waits-date",
    })
}

/// The headings of all columns.
pub fn headings(locale: Locale, fields: &[Field]) -> Vec<String> {
    let own = Column::ALL.iter().map(|column| column.words(locale));
    own.chain(fields.iter().map(|f| label(locale, f))).collect()
}

/// The cells of a ticket.
pub fn cells(
    locale: Locale,
    row: &Row,
    fields: &[Field],
    held: Option<&Values>,
    words: &HashMap<Uuid, Words>,
) -> Vec<Cell> {
    let own = Column::ALL.iter().map(|column| column.cell(locale, row));
    let values = fields.iter().map(|field| {
        let value = held.and_then(|held| held.get(&field.row.id));
        value.map_or(Cell::Empty, |v| cell::of(locale, field.row.kind, v, words))
    });
    own.chain(values).collect()
}
