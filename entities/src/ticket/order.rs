//! The orders of a list, and where a page of one goes on.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::filter::col;
use super::list::Row;
use crate::clock::Instant;
use crate::field::filter::FieldOrder;
use crate::page::Cursor;

/// What a list is sorted by; ties are broken by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    #[default]
    Changed,
    Created,
    Priority,
    /// Tickets without a reminder come last, whichever way.
    Reminder,
    /// Tickets without a deadline that runs come last, whichever way.
    Due,
    /// Tickets with nothing in the field come last, by their last change.
    Field(FieldOrder),
}

/// Which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    #[default]
    Descending,
}

/// An order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub by: SortBy,
    pub direction: Direction,
}

impl Sort {
    pub(super) fn column(self) -> Expr {
        col(match self.by {
            SortBy::Changed => "changed_at",
            SortBy::Created => "created_at",
            SortBy::Priority => "priority",
            SortBy::Reminder => "reminder_at",
            SortBy::Due => "due_at",
            // Those that hold nothing.
            SortBy::Field(_) => "changed_at",
        })
    }

    pub(super) fn nulls_last(self) -> bool {
        matches!(self.by, SortBy::Reminder | SortBy::Due)
    }

    /// Where a list goes on behind a row.
    pub(super) fn cursor(self, row: &Row) -> Cursor {
        Cursor {
            key: self.key(row),
            id: row.id,
        }
    }

    fn key(self, row: &Row) -> String {
        match self.by {
            SortBy::Changed => stamp(row.changed_at),
            SortBy::Created => stamp(row.created_at),
            SortBy::Priority => sea_orm::ActiveEnum::to_value(&row.priority).to_string(),
            SortBy::Reminder => row.reminder_at.map(stamp).unwrap_or_default(),
            SortBy::Due => row.due_at.map(stamp).unwrap_or_default(),
            SortBy::Field(order) => match (order.by_number, row.order_number, &row.order_folded) {
                (true, Some(number), _) => format!("{HELD}{number}"),
                (false, _, Some(folded)) => format!("{HELD}{folded}"),
                _ => stamp(row.changed_at),
            },
        }
    }

    /// Rows after the cursor in this order.
    pub(super) fn after(self, cursor: &Cursor) -> Condition {
        let beyond = |e: Expr, v: Expr| match self.direction {
            Direction::Ascending => e.gt(v),
            Direction::Descending => e.lt(v),
        };
        let id = || beyond(col("id"), Expr::val(cursor.id));
        let value: Option<Expr> = match self.by {
            SortBy::Priority => cursor.key.parse::<i16>().ok().map(Expr::val),
            _ => cursor.key.parse::<DateTime<Utc>>().ok().map(Expr::val),
        };
        let Some(value) = value else {
            return Condition::all().add(self.column().is_null()).add(id());
        };
        let place = Expr::tuple([self.column(), col("id")]);
        let mut any =
            Condition::any().add(beyond(place, Expr::tuple([value, Expr::val(cursor.id)])));
        if self.nulls_last() {
            any = any.add(self.column().is_null());
        }
        any
    }
}

/// Begins the cursor of a row that holds something in the field the list is ordered by.
pub(super) const HELD: char = '=';

fn stamp(at: Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}
