//! A task by date: work that comes back by a rule of the calendar, for which a ticket is opened each time.

pub mod due;
pub mod list;
pub mod presence;
pub mod schedule;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as RecurringTask;
pub use due::{Due, Worker, away, due, next_days};
pub use facts::TaskFacts;
pub use list::{find, list, opened};
pub use presence::present;
pub use schedule::{Nth, Repeat, Schedule};

use crate::ticket::{Kind, Priority};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

/// The most days a ticket is opened ahead.
pub const MOST_AHEAD: i32 = 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recurring_task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique; the titles of its tickets begin with it.
    pub name: String,
    /// What is to be done.
    pub text: String,
    pub service_id: Option<Uuid>,
    pub team_id: Uuid,
    pub kind: Kind,
    pub priority: Priority,
    /// The template of a checklist that is put into its tickets.
    pub checklist_id: Option<Uuid>,
    /// JSON of [`Schedule`].
    pub schedule: String,
    /// Says which days are working days.
    pub calendar_id: Uuid,
    /// So many days before the day itself the ticket is opened.
    pub ahead_days: i32,
    pub main_id: Uuid,
    pub deputy_id: Option<Uuid>,
    /// Days before are none of it, so that a new rule does not call up the past.
    pub since_on: Date,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// When it comes back; never, when the stored form is damaged.
    pub fn schedule(&self) -> Option<Schedule> {
        serde_json::from_str(&self.schedule).ok()
    }
}

/// The tickets that were opened for tasks: one a task and day.
pub(crate) mod run {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recurring_run")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub task_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        pub ticket_id: Uuid,
        pub opened_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
