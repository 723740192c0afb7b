//! A time limit: in how much time of which calendar a ticket is answered and solved, by its priority.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as TimeLimit;
pub use facts::{MOST_MINUTES, TimeLimitFacts};
pub use list::{Row, choices, find, list};

use crate::ticket::Priority;

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "time_limit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique.
    pub name: String,
    pub calendar_id: Uuid,
    /// Holds for services that name none, and for tickets without a service; one at most.
    pub standard: bool,
    /// JSON of [`Goals`].
    pub goals: String,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The times by priority; none at all when the stored form is damaged.
    pub fn goals(&self) -> Goals {
        serde_json::from_str(&self.goals).unwrap_or_default()
    }
}

/// Minutes of the calendar until something must be done; none: nothing to keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub first_answer: Option<i32>,
    pub solution: Option<i32>,
}

/// The times for each priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goals {
    pub low: Times,
    pub normal: Times,
    pub high: Times,
    pub very_high: Times,
}

impl Goals {
    pub fn of(&self, priority: Priority) -> Times {
        match priority {
            Priority::Low => self.low,
            Priority::Normal => self.normal,
            Priority::High => self.high,
            Priority::VeryHigh => self.very_high,
        }
    }

    /// Each of them, the lowest priority first.
    pub fn all(&self) -> [Times; 4] {
        [self.low, self.normal, self.high, self.very_high]
    }
}
