//! Who is away from when until when, and who stands in meanwhile. Why is nobody's business and stands nowhere.

pub mod feed;
pub mod list;
pub mod meanwhile;
pub mod presence;
pub mod receipt;
pub mod stand_in;

mod absentee;
mod cancel;
mod change;
mod enter;
mod event;
mod facts;
mod leads;

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

pub use absentee::Absentee;
pub use cancel::CancelAbsence;
pub use change::ChangeAbsence;
pub use enter::EnterAbsence;
pub use event::AbsenceEvent;
pub use facts::AbsenceFacts;
pub use presence::Presence;

use crate::error::Result;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub from_on: Date,
    /// The last day of it.
    pub to_on: Date,
    /// None: whoever stands in for the person anyway, else their team.
    pub deputy_id: Option<Uuid>,
    /// Whether the receipt of a mail may say who stands in.
    pub names_deputy: bool,
    pub source: Source,
    /// None: a command of the machine's owner.
    pub entered_by_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    /// The digest of the event of a calendar it was read from.
    pub feed_key: Option<String>,
    /// The days that event had when it was read last; whoever enters others for the absence is not overruled by it. None
    /// once the calendar does not hold it any more.
    pub feed_from_on: Option<Date>,
    pub feed_to_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Where an absence is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The person said so.
    #[sea_orm(string_value = "oneself")]
    Oneself,
    /// Somebody said so for them.
    #[sea_orm(string_value = "other")]
    Other,
    /// It stands in a calendar that the person named.
    #[sea_orm(string_value = "feed")]
    Feed,
}

/// Somebody else for one service and what lies below it.
pub mod service {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "absence_service")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub absence_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub service_id: Uuid,
        pub deputy_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An absence with who stands in for single services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    pub row: Model,
    pub services: Vec<service::Model>,
}

impl Absence {
    /// Whether somebody is away by it on that day.
    pub fn holds(&self, on: Date) -> bool {
        self.row.cancelled_at.is_none() && self.row.from_on <= on && on <= self.row.to_on
    }

    /// What can be said anew of it.
    pub fn facts(&self) -> AbsenceFacts {
        let services = self.services.iter();
        AbsenceFacts {
            from_on: self.row.from_on,
            to_on: self.row.to_on,
            deputy_id: self.row.deputy_id,
            by_service: services.map(|s| (s.service_id, s.deputy_id)).collect(),
            names_deputy: self.row.names_deputy,
        }
    }

    /// Whether it counts and is not over on that day.
    pub(crate) fn is_open(&self, on: Date) -> bool {
        self.row.cancelled_at.is_none() && on <= self.row.to_on
    }

    /// Everybody whom it names.
    pub(crate) fn deputies(&self) -> impl Iterator<Item = Uuid> {
        let of_services = self.services.iter().map(|s| s.deputy_id);
        self.row.deputy_id.into_iter().chain(of_services)
    }
}

/// Those of these people that were not cancelled, and what was read from a calendar even if it was; the first first.
pub(crate) async fn of(c: &impl ConnectionTrait, people: Vec<Uuid>) -> Result<Vec<Absence>> {
    let rows = Entity::find()
        .filter(COLUMN.person_id.is_in(people))
        .filter(
            Condition::any()
                .add(Column::CancelledAt.is_null())
                .add(Column::FeedKey.is_not_null()),
        )
        .order_by_asc(Column::FromOn)
        .order_by_asc(Column::Id)
        .all(c)
        .await?;
    whole(c, rows).await
}

async fn whole(c: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<Absence>> {
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let ids = rows.iter().map(|row| row.id);
    let services = service::Entity::find()
        .filter(service::COLUMN.absence_id.is_in(ids))
        .order_by_asc(service::Column::ServiceId)
        .all(c)
        .await?;
    let absence = |row: Model| Absence {
        services: services
            .iter()
            .filter(|s| s.absence_id == row.id)
            .cloned()
            .collect(),
        row,
    };
    Ok(rows.into_iter().map(absence).collect())
}
