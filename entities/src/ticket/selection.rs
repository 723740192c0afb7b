//! Which tickets a filter selects for a reader.

use sea_orm::sea_query::{Query, SqliteQueryBuilder};

use super::filter::Filter;
use crate::actor::Actor;
use crate::clock::Instant;
use crate::kept::Parts;
use crate::policy::{self, Permission};

/// What a filter selects for a reader: equal for all who are shown the same, so that numbers of it are counted once
/// for all of them and not for each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Selection {
    filter: Filter,
    /// As a statement of one instant, since an answer is kept for less than a minute.
    condition: String,
}

impl Selection {
    pub fn of(actor: &Actor, filter: &Filter) -> Selection {
        let condition = Query::select()
            .from("ticket")
            .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
            .cond_where(filter.condition(actor, Instant::UNIX_EPOCH))
            .to_string(SqliteQueryBuilder);
        Selection {
            filter: filter.clone(),
            condition,
        }
    }

    /// What of tickets decides which are selected.
    pub(crate) fn parts(&self) -> Parts {
        Parts::read_by(&self.condition)
    }
}
