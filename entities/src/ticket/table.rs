//! The table of tickets.

use sea_orm::entity::prelude::*;

use super::state::{Channel, ClosingReason, Kind, Priority, State, WaitingFor};
use crate::deadline::Told;
use crate::policy::{Place, TicketPlace};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Year, running number and check digit: `2026-011418-3`.
    pub number: String,
    pub title: String,
    pub kind: Kind,
    /// The way it first came in.
    pub channel: Channel,
    pub state: State,
    /// [`State::is_active`], kept as a column so that indexes of open work stay small.
    pub active: bool,
    pub waiting_for: Option<WaitingFor>,
    pub closing_reason: Option<ClosingReason>,
    pub priority: Priority,
    pub team_id: Option<Uuid>,
    pub service_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    pub requester_id: Option<Uuid>,
    pub organisation_id: Option<Uuid>,
    /// The district office it counts for; kept when the requester moves.
    pub district_id: Option<Uuid>,
    /// Where its mail is answered from.
    pub mailbox_id: Option<Uuid>,
    pub reminder_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub last_message_at: DateTimeUtc,
    pub first_reply_at: Option<DateTimeUtc>,
    pub solved_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    pub merged_into: Option<Uuid>,
    /// The older ticket this one continues.
    pub follows_id: Option<Uuid>,
    pub message_count: i32,
    /// The highest number a message of it ever had; messages that move away leave gaps.
    pub numbers_given: i32,
    /// Grows with every change.
    pub version: i32,
    /// Salt of the digest of its title in the history.
    pub salt: Vec<u8>,
    /// These twelve are [`crate::deadline::Deadlines`], which tells what each means.
    pub calendar_id: Option<Uuid>,
    pub first_answer_minutes: Option<i32>,
    pub solution_minutes: Option<i32>,
    pub first_answer_due_at: Option<DateTimeUtc>,
    pub solution_due_at: Option<DateTimeUtc>,
    pub due_at: Option<DateTimeUtc>,
    pub warn_at: Option<DateTimeUtc>,
    pub notice_at: Option<DateTimeUtc>,
    pub first_answer_told: Option<Told>,
    pub solution_told: Option<Told>,
    pub held_since: Option<DateTimeUtc>,
    pub held_us: i64,
    /// Fields and the options chosen in them, as far as [`super::held`] was asked for them.
    #[sea_orm(ignore)]
    pub held: Vec<(Uuid, Uuid)>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Where it stands for the policy.
    pub fn place(&self) -> Place {
        Place::Ticket(TicketPlace {
            team_id: self.team_id,
            owner_id: self.owner_id,
            service_id: self.service_id,
            organisation_id: self.organisation_id,
            held: self.held.clone(),
        })
    }
}
