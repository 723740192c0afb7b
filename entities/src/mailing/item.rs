//! One line or person of a mailing: who was meant, and the ticket they were given or why they were given none.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::bulk::Why;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailing_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub mailing_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The number of the line, from 1; none for who came with an organisation.
    pub line: Option<i32>,
    /// The person with their address, or the line as it was typed when nobody was found by it.
    pub said: String,
    /// Unique within a mailing.
    pub person_id: Option<Uuid>,
    /// JSON of [`Refusal`].
    pub refused: Option<String>,
    pub ticket_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Why somebody gets no letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why", content = "of")]
pub enum Refusal {
    /// The line names no mail address.
    NoAddress,
    NotAnAddress,
    /// The line names several, so that it is not known who is meant.
    SeveralAddresses,
    TooLong,
    /// Nobody has that address.
    Unknown,
    /// The person is out of use.
    Retired,
    /// The person belongs to a vendor: vendors are written to through the portal.
    Guest,
    /// The person has no mail address.
    NoMail,
    /// The same person stands on that line already.
    Twice(i32),
    /// There are more people than one mailing takes.
    TooMany,
    /// What became of it when the ticket was to be opened.
    Then(Why),
}

impl Refusal {
    pub(super) fn stored(self) -> String {
        serde_json::to_string(&self).unwrap_or_default()
    }

    /// Reads what `stored` wrote.
    pub(super) fn read(stored: &str) -> Option<Refusal> {
        serde_json::from_str(stored).ok()
    }
}
