//! A template of a checklist: steps that are thought out once and put into tickets.

pub mod list;

mod facts;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub use Model as Checklist;
pub use facts::ChecklistFacts;
pub use list::{find, list, offered};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

/// The most steps of a template.
pub const MOST_STEPS: usize = 50;
/// The most letters of a step.
pub const MOST_LETTERS: usize = 300;
/// The most days until a step is due.
pub const MOST_DAYS: i32 = 3650;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checklist")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique.
    pub name: String,
    /// JSON array of the services it is offered for, with what is below them; empty: for all.
    pub service_ids: String,
    /// JSON array of [`Step`].
    pub steps: String,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The services it is offered for; empty: for all.
    pub fn services(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.service_ids).unwrap_or_default()
    }

    /// The steps in their order; none when the stored form is damaged.
    pub fn steps(&self) -> Vec<Step> {
        serde_json::from_str(&self.steps).unwrap_or_default()
    }
}

/// One step of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub text: String,
    /// Days from the day it is put into a ticket until it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i32>,
    #[serde(default)]
    pub responsible: Responsible,
}

/// Who has to do a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    #[default]
    Nobody,
    /// Whoever owns the ticket when the step is put into it.
    Owner,
    Person(Uuid),
}
