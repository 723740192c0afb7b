//! What a ticket holds in a field: the value, and the rows it is kept, found and sorted by.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::settings::Kind;
use crate::clock::Instant;
use crate::text;

/// How much of a text lists sort and find by.
pub const FOLDED_CHARS: usize = 80;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "field_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field_id: Uuid,
    /// Counts the options of a multiple choice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: i16,
    /// Whether somebody still works on the ticket, as the ticket itself has it, so that indexes of open work stay small.
    pub active: bool,
    /// The beginning of a text, or of the name behind a reference, folded.
    pub folded: Option<String>,
    /// The number as it is kept; days or microseconds since 1970; the place of an option.
    pub number: Option<i64>,
    /// An option, person, organisation or ticket.
    pub ref_id: Option<Uuid>,
    pub text: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    /// Options: one, or several of a multiple choice.
    Options(Vec<Uuid>),
    YesNo(bool),
    /// As it is kept: see [`Kind::places`].
    Number(i64),
    Date(NaiveDate),
    Moment(Instant),
    Reference(Uuid),
}

/// What a ticket holds, by field.
pub type Values = HashMap<Uuid, Value>;

/// What a row is found and sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    pub folded: Option<String>,
    pub number: Option<i64>,
}

/// The folded beginning of a text.
pub fn folded(text: &str) -> String {
    text::fold(text).chars().take(FOLDED_CHARS).collect()
}

/// The number a date is kept as.
pub fn days(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce() - NaiveDate::default().num_days_from_ce())
}

/// The date of a number of days.
pub fn date(days: i64) -> Option<NaiveDate> {
    let from_ce = i64::from(NaiveDate::default().num_days_from_ce()).checked_add(days)?;
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(from_ce).ok()?)
}

impl Value {
    /// The rows without their keys' outside parts: reference, text, and what follows from the value alone.
    pub(crate) fn parts(&self) -> Vec<(Option<Uuid>, Option<String>, Key)> {
        let number = |n| Key {
            number: Some(n),
            folded: None,
        };
        match self {
            Value::Text(text) => {
                let key = Key {
                    folded: Some(folded(text)),
                    number: None,
                };
                vec![(None, Some(text.clone()), key)]
            }
            Value::Options(ids) => ids
                .iter()
                .map(|id| (Some(*id), None, Key::default()))
                .collect(),
            Value::YesNo(yes) => vec![(None, None, number(i64::from(*yes)))],
            Value::Number(n) => vec![(None, None, number(*n))],
            Value::Date(date) => vec![(None, None, number(days(*date)))],
            Value::Moment(at) => vec![(None, None, number(at.timestamp_micros()))],
            Value::Reference(id) => vec![(Some(*id), None, Key::default())],
        }
    }

    /// Reads the rows of one field of one ticket, in the order of their parts; none when they make no value.
    pub fn of(kind: Kind, rows: &[&Model]) -> Option<Value> {
        let first = rows.first()?;
        match kind {
            Kind::Text | Kind::LongText | Kind::External => first.text.clone().map(Value::Text),
            Kind::Choice | Kind::Choices | Kind::Tree => {
                let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.ref_id).collect();
                (!ids.is_empty()).then_some(Value::Options(ids))
            }
            Kind::YesNo => first.number.map(|n| Value::YesNo(n != 0)),
            Kind::Whole | Kind::Decimal | Kind::Money => first.number.map(Value::Number),
            Kind::Date => first.number.and_then(date).map(Value::Date),
            Kind::Moment => {
                let at = first.number.and_then(DateTime::from_timestamp_micros);
                at.map(Value::Moment)
            }
            Kind::Person | Kind::Organisation | Kind::Ticket => first.ref_id.map(Value::Reference),
        }
    }

    /// Whether a field of this kind takes it at all.
    pub fn fits(&self, kind: Kind) -> bool {
        match self {
            Value::Text(_) => kind.is_text(),
            Value::Options(ids) => kind == Kind::Choices || (kind.has_options() && ids.len() == 1),
            Value::YesNo(_) => kind == Kind::YesNo,
            Value::Number(_) => kind.places().is_some(),
            Value::Date(_) => kind == Kind::Date,
            Value::Moment(_) => kind == Kind::Moment,
            Value::Reference(_) => kind.is_reference(),
        }
    }

    /// The options, or the one thing, it names.
    pub fn ids(&self) -> Vec<Uuid> {
        match self {
            Value::Options(ids) => ids.clone(),
            Value::Reference(id) => vec![*id],
            _ => vec![],
        }
    }
}
