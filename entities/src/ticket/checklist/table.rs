//! The table of lines of checklists.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checklist_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Where it was written; it shows where that was merged into.
    pub ticket_id: Uuid,
    pub position: i32,
    pub text: String,
    pub salt: Vec<u8>,
    pub responsible_id: Option<Uuid>,
    pub due_on: Option<Date>,
    pub done_at: Option<DateTimeUtc>,
    pub done_by: Option<Uuid>,
    /// Removed lines are kept, so that the history can name them.
    pub removed_at: Option<DateTimeUtc>,
    /// Counts the changes of text, responsible person and day.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
