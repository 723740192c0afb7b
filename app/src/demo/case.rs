//! A generated case with its thread, before it becomes a ticket.

use super::cases::{Kind, Reason};
use super::sketches::FileSketch;

/// Where a message came from or went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    MailIn,
    Reply,
    Note,
    CallIn,
    CallOut,
    ToVendor,
    FromVendor,
}

/// Who wrote a message, as an index of the matching list in `People`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Agent(usize),
    Requester(usize),
    Vendor(usize),
}

/// A message; `minutes_after` counts from the one before, the first from the case's creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub what: What,
    pub author: Author,
    pub text: String,
    pub minutes_after: i64,
    pub files: Vec<FileSketch>,
}

/// The state a case is in now; `minutes` and `reminder` count from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    New,
    /// A negative reminder has passed.
    Open {
        reminder: Option<i64>,
    },
    WaitingRequester,
    WaitingVendor,
    WaitingDate {
        minutes: i64,
    },
    Solved {
        reason: Reason,
    },
    Closed {
        reason: Reason,
    },
}

/// A case with its thread. Indexes are those of `People`, `TEAMS` and `ORGANISATIONS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub title: String,
    pub kind: Kind,
    pub service: &'static str,
    pub module: Option<&'static str>,
    pub team: usize,
    pub district: usize,
    pub requester: usize,
    /// None only for new cases.
    pub owner: Option<usize>,
    /// The vendor user concerned, if the thread has messages to or from one.
    pub vendor: Option<usize>,
    /// 1 very high, 2 high, 3 normal, 4 low.
    pub priority: u8,
    pub created_minutes_ago: i64,
    pub entries: Vec<Entry>,
    pub fate: Fate,
}
