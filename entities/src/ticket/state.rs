//! The closed sets of values a ticket and its messages take, with their stored names.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::Rejected;

/// Where a case stands. An agent solves; the system closes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum State {
    #[sea_orm(string_value = "new")]
    New,
    #[sea_orm(string_value = "open")]
    Open,
    #[sea_orm(string_value = "waiting")]
    Waiting,
    #[sea_orm(string_value = "solved")]
    Solved,
    #[sea_orm(string_value = "closed")]
    Closed,
    #[sea_orm(string_value = "merged")]
    Merged,
}

impl State {
    /// Whether somebody still has to work on it.
    pub fn is_active(self) -> bool {
        matches!(self, State::New | State::Open | State::Waiting)
    }

    /// What has ended for good takes nothing new.
    ///
    /// # Errors
    /// `AlreadyMerged` or `TicketClosed`.
    pub(crate) fn require_unended(self) -> Result<(), Rejected> {
        match self {
            State::Merged => Err(Rejected::AlreadyMerged),
            State::Closed => Err(Rejected::TicketClosed),
            State::New | State::Open | State::Waiting | State::Solved => Ok(()),
        }
    }
}

/// What a waiting ticket waits for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum WaitingFor {
    #[sea_orm(string_value = "requester")]
    Requester,
    #[sea_orm(string_value = "vendor")]
    Vendor,
    #[sea_orm(string_value = "date")]
    Date,
}

/// Why a ticket was solved or closed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum ClosingReason {
    #[sea_orm(string_value = "user_error")]
    UserError,
    #[sea_orm(string_value = "software_fault")]
    SoftwareFault,
    #[sea_orm(string_value = "data")]
    Data,
    #[sea_orm(string_value = "rights")]
    Rights,
    #[sea_orm(string_value = "interface")]
    Interface,
    #[sea_orm(string_value = "law_change")]
    LawChange,
    #[sea_orm(string_value = "duplicate")]
    Duplicate,
    #[sea_orm(string_value = "no_action")]
    NoAction,
}

/// What sort of case it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[sea_orm(string_value = "incident")]
    Incident,
    #[sea_orm(string_value = "service_request")]
    ServiceRequest,
    #[sea_orm(string_value = "question")]
    Question,
    #[sea_orm(string_value = "change")]
    Change,
    #[sea_orm(string_value = "requirement")]
    Requirement,
}

/// How urgent it is; the number sorts.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    #[sea_orm(num_value = 1)]
    Low,
    #[sea_orm(num_value = 2)]
    Normal,
    #[sea_orm(num_value = 3)]
    High,
    #[sea_orm(num_value = 4)]
    VeryHigh,
}

/// Who may read a message.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[sea_orm(string_value = "internal")]
    Internal,
    #[sea_orm(string_value = "requester")]
    Requester,
    #[sea_orm(string_value = "vendor")]
    Vendor,
}

/// Which way a message went.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[sea_orm(string_value = "in")]
    In,
    #[sea_orm(string_value = "out")]
    Out,
    #[sea_orm(string_value = "internal")]
    Internal,
}

/// By which way a message came or went.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    #[sea_orm(string_value = "mail")]
    Mail,
    #[sea_orm(string_value = "phone")]
    Phone,
    #[sea_orm(string_value = "note")]
    Note,
    /// Written where vendors sign in.
    #[sea_orm(string_value = "portal")]
    Portal,
}

/// What became of a message that had to be sent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Nothing to send.
    #[sea_orm(string_value = "none")]
    None,
    /// Waiting to be handed to the mail server.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// Handed to the mail server.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// Given up; an agent must decide.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Taken back before it left.
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
    /// The recipient's server sent it back.
    #[sea_orm(string_value = "bounced")]
    Bounced,
}
