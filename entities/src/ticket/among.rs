//! What a column of a ticket may hold: one of some things, or nothing.

use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use uuid::Uuid;

use super::filter::col;

/// Any of these, and nothing among them where that is asked for too; the empty one asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Among {
    pub ids: Vec<Uuid>,
    pub or_none: bool,
}

impl Among {
    /// This thing alone.
    pub fn one(id: Uuid) -> Among {
        Among {
            ids: vec![id],
            or_none: false,
        }
    }

    /// Nothing at all.
    pub fn none() -> Among {
        Among {
            ids: Vec::new(),
            or_none: true,
        }
    }

    /// What a ticket must fulfil; `of` says which ones have one of these things there.
    pub(super) fn condition(
        &self,
        column: &'static str,
        of: impl FnOnce(&[Uuid]) -> Condition,
    ) -> Option<Condition> {
        let nothing = self.or_none.then(|| col(column).is_null());
        let any = match self.ids.as_slice() {
            [] => Condition::any().add(nothing?),
            some => Condition::any().add(of(some)).add_option(nothing),
        };
        Some(any)
    }

    /// The same for a column that holds the thing itself.
    pub(super) fn held(&self, column: &'static str) -> Option<Condition> {
        self.condition(column, |ids| {
            Condition::all().add(is_one_of(col(column), ids))
        })
    }
}

/// Whether it is one of these; a single one is named plainly, so that an index gives what follows it in order.
pub(super) fn is_one_of(column: Expr, ids: &[Uuid]) -> Expr {
    match ids {
        [one] => column.eq(*one),
        some => column.is_in(some.iter().copied()),
    }
}
