//! A calendar: the hours in which time counts, week by week, without holidays.

pub mod holidays;
pub mod hours;
pub mod list;

mod facts;

use sea_orm::entity::prelude::*;

pub use Model as Calendar;
pub use facts::CalendarFacts;
pub use holidays::{FreeDay, Region};
pub use hours::{Hours, Span, Week};
pub use list::{choices, find, list};

pub type Create = crate::setting::Create<Model>;
pub type Update = crate::setting::Update<Model>;
pub type Retire = crate::setting::Retire<Model>;
pub type Restore = crate::setting::Restore<Model>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique.
    pub name: String,
    /// JSON of [`Week`].
    pub week: String,
    /// Whose public holidays are free.
    pub holidays: Option<Region>,
    /// JSON array of [`FreeDay`].
    pub days: String,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The hours it stands for; none at all when the stored form is damaged.
    pub fn hours(&self) -> Hours {
        let facts = crate::setting::Noun::facts(self);
        Hours::new(facts.week, facts.holidays, &facts.days)
    }
}
