//! The columns of a file: what stands about a ticket, and fields the reader may read.

use std::collections::HashMap;

use entities::Uuid;
use entities::field::{Field, Kind, Values, Words};
use entities::ticket::export::Row;
use entities::ticket::share::read::Mark;
use entities::ticket::{State, WaitingFor};
use entities::view::ListColumn;

use super::cell::{self, Cell};
use crate::fields::words::label;
use crate::locale::Locale;
use crate::tickets::shares::words::repair;
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
    Due,
    FirstAnswerDue,
    SolutionDue,
    Vendor,
    Repair,
    VendorDue,
    FirstReply,
    Solved,
    Closed,
}

impl Column {
    pub const ALL: [Column; 27] = [
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
        Column::Due,
        Column::FirstAnswerDue,
        Column::SolutionDue,
        Column::Vendor,
        Column::Repair,
        Column::VendorDue,
        Column::FirstReply,
        Column::Solved,
        Column::Closed,
    ];

    /// The one that a list calls so; fields are no facts.
    fn of(column: &ListColumn) -> Option<Column> {
        Some(match column {
            ListColumn::Number => Column::Number,
            ListColumn::Title => Column::Title,
            ListColumn::State => Column::State,
            ListColumn::Kind => Column::Kind,
            ListColumn::District => Column::District,
            ListColumn::Service => Column::Service,
            ListColumn::Module => Column::Module,
            ListColumn::Team => Column::Team,
            ListColumn::Priority => Column::Priority,
            ListColumn::Due => Column::Due,
            ListColumn::Vendor => Column::Vendor,
            ListColumn::Repair => Column::Repair,
            ListColumn::VendorDue => Column::VendorDue,
            ListColumn::Reminder => Column::Reminder,
            ListColumn::Requester => Column::Requester,
            ListColumn::Channel => Column::Channel,
            ListColumn::Created => Column::Created,
            ListColumn::Changed => Column::Changed,
            ListColumn::Owner => Column::Owner,
            ListColumn::Field(_) => return None,
        })
    }

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
            Column::Due => "deadline",
            Column::FirstAnswerDue => "export-first-answer-due",
            Column::SolutionDue => "export-solution-due",
            Column::Vendor => "share-vendor",
            Column::Repair => "share-repair",
            Column::VendorDue => "list-vendor-due",
            Column::FirstReply => "export-first-reply",
            Column::Solved => "export-solved",
            Column::Closed => "export-closed",
        })
    }

    /// What stands in it.
    pub fn cell(self, locale: Locale, row: &Row) -> Cell {
        // A module stands below its service.
        let (service, module) = match &row.whole_service {
            Some(whole) => (Some(whole), row.service.as_ref()),
            None => (row.service.as_ref(), None),
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
            Column::Service => Cell::from(service.cloned()),
            Column::Module => Cell::from(module.cloned()),
            Column::Team => Cell::from(row.team.clone()),
            Column::Owner => Cell::from(row.owner.clone()),
            Column::Requester => Cell::from(row.requester.clone()),
            Column::Organisation => Cell::from(row.organisation.clone()),
            Column::District => Cell::from(row.district.clone()),
            Column::Created => Cell::Moment(row.created_at),
            Column::Changed => Cell::Moment(row.changed_at),
            Column::Reminder => Cell::from(row.reminder_at),
            Column::Due => Cell::from(row.due_at),
            Column::FirstAnswerDue => Cell::from(row.first_answer_due_at),
            Column::SolutionDue => Cell::from(row.solution_due_at),
            Column::Vendor => shared(row, |mark| mark.vendor.clone()),
            Column::Repair => shared(row, |mark| repair(locale, mark.repair)),
            Column::VendorDue => Cell::from(row.shares.iter().filter_map(Mark::due_at).min()),
            Column::FirstReply => Cell::from(row.first_reply_at),
            Column::Solved => Cell::from(row.solved_at),
            Column::Closed => Cell::from(row.closed_at),
        }
    }
}

/// What each share of a ticket puts into a column, in the order they were made.
fn shared(row: &Row, words: impl Fn(&Mark) -> String) -> Cell {
    let all: Vec<String> = row.shares.iter().map(words).collect();
    match all.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(all.join(", ")),
    }
}

fn waiting(locale: Locale, whom: WaitingFor) -> String {
    locale.t(match whom {
        WaitingFor::Requester => "export-waits-requester",
        WaitingFor::Vendor => "export-waits-vendor",
        WaitingFor::Date => "export-waits-date",
    })
}

/// One column of a file.
#[derive(Clone, Debug)]
pub enum Shown {
    Fact(Column),
    Field(Box<Field>),
}

impl Shown {
    /// Those that were asked for as far as there are such, in their order; without any, all.
    pub fn of(asked: &[ListColumn], fields: Vec<Field>) -> Vec<Shown> {
        let field = |field: Field| Shown::Field(Box::new(field));
        if asked.is_empty() {
            let own = Column::ALL.into_iter().map(Shown::Fact);
            return own.chain(fields.into_iter().map(field)).collect();
        }
        let one = |column: &ListColumn| match column {
            ListColumn::Field(key) => {
                let known = fields.iter().find(|f| f.row.key == *key);
                known.cloned().map(field)
            }
            fact => Column::of(fact).map(Shown::Fact),
        };
        asked.iter().filter_map(one).collect()
    }

    /// Its heading.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Shown::Fact(column) => column.words(locale),
            Shown::Field(field) => label(locale, field),
        }
    }

    /// How wide it is, in characters.
    pub fn width(&self) -> f64 {
        match self {
            Shown::Fact(column) => match column {
                Column::Title => 48.0,
                Column::Number | Column::Created | Column::Changed | Column::Reminder => 17.0,
                Column::Due | Column::FirstAnswerDue | Column::SolutionDue | Column::VendorDue => {
                    17.0
                }
                Column::FirstReply | Column::Solved | Column::Closed => 17.0,
                Column::Priority | Column::Kind | Column::Channel => 13.0,
                _ => 22.0,
            },
            Shown::Field(field) => match field.row.kind {
                Kind::LongText => 48.0,
                Kind::YesNo | Kind::Whole | Kind::Decimal | Kind::Money | Kind::Date => 14.0,
                Kind::Moment => 17.0,
                _ => 24.0,
            },
        }
    }

    /// What stands in it.
    pub fn cell(
        &self,
        locale: Locale,
        row: &Row,
        held: Option<&Values>,
        words: &HashMap<Uuid, Words>,
    ) -> Cell {
        match self {
            Shown::Fact(column) => column.cell(locale, row),
            Shown::Field(field) => {
                let value = held.and_then(|held| held.get(&field.row.id));
                value.map_or(Cell::Empty, |v| cell::of(locale, field.row.kind, v, words))
            }
        }
    }
}
