//! The table of drafts.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// None for a ticket that is still to be opened, and for articles.
    pub ticket_id: Option<Uuid>,
    /// [`super::Mode::name`], or `article`.
    pub mode: String,
    /// What was typed, as the form itself writes it down: JSON.
    pub content: String,
    pub changed_at: DateTimeUtc,
    /// Since when colleagues see it.
    pub shared_at: Option<DateTimeUtc>,
    /// Who has taken it over.
    pub taken_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
