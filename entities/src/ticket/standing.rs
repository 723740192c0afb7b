//! How a ticket stands, as a list's filter names it.

use sea_orm::sea_query::{Condition, ExprTrait};

use super::filter::{col, is_active};
use super::state::{State, WaitingFor};

/// A state that tells for whom a ticket waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    New,
    Open,
    WaitingForRequester,
    WaitingForVendor,
    WaitingForDate,
    Solved,
    Closed,
}

impl Standing {
    /// All of them, in the order of a case's life.
    pub const ALL: [Standing; 7] = [
        Standing::New,
        Standing::Open,
        Standing::WaitingForRequester,
        Standing::WaitingForVendor,
        Standing::WaitingForDate,
        Standing::Solved,
        Standing::Closed,
    ];

    /// The standing of a ticket; merged ones count as closed.
    pub fn of(state: State, waiting_for: Option<WaitingFor>) -> Standing {
        match (state, waiting_for) {
            (State::New, _) => Standing::New,
            (State::Open, _) => Standing::Open,
            (State::Waiting, Some(WaitingFor::Vendor)) => Standing::WaitingForVendor,
            (State::Waiting, Some(WaitingFor::Date)) => Standing::WaitingForDate,
            (State::Waiting, _) => Standing::WaitingForRequester,
            (State::Solved, _) => Standing::Solved,
            (State::Closed | State::Merged, _) => Standing::Closed,
        }
    }

    /// The form in an address.
    pub fn name(self) -> &'static str {
        match self {
            Standing::New => "new",
            Standing::Open => "open",
            Standing::WaitingForRequester => "waiting",
            Standing::WaitingForVendor => "vendor",
            Standing::WaitingForDate => "date",
            Standing::Solved => "solved",
            Standing::Closed => "closed",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Whether somebody still has to work on it.
    pub fn is_active(self) -> bool {
        !matches!(self, Standing::Solved | Standing::Closed)
    }

    pub(super) fn condition(self) -> Condition {
        let state = |s: State| Condition::all().add(col("state").eq(s));
        let waits = |w: WaitingFor| state(State::Waiting).add(col("waiting_for").eq(w));
        match self {
            Standing::New => state(State::New),
            Standing::Open => state(State::Open),
            Standing::WaitingForRequester => waits(WaitingFor::Requester),
            Standing::WaitingForVendor => waits(WaitingFor::Vendor),
            Standing::WaitingForDate => waits(WaitingFor::Date),
            Standing::Solved => state(State::Solved),
            // Written so that one index gives them in order, however many there are.
            Standing::Closed => Condition::all()
                .add(is_active(false))
                .add(col("state").ne(State::Solved)),
        }
    }
}
