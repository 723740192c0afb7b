//! The circuit breaker of automatic answers: it stops them all until an administrator lets them go on.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Command, Event, Subject};
use crate::outbox::Effect;
use crate::permit::Desk;
use crate::policy::{Permission, Place};
use crate::setting;

pub use Model as Stop;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_stop")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub stopped_at: DateTimeUtc,
    /// So many answers had left …
    pub most: i32,
    /// … within so many minutes.
    pub minutes: i32,
    /// When an administrator let answers go on.
    pub resumed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What happens to a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopEvent {
    Stopped { most: i32, minutes: i32 },
    Resumed,
}

impl Event for StopEvent {
    fn name(&self) -> &'static str {
        match self {
            StopEvent::Stopped { .. } => "stopped",
            StopEvent::Resumed => "resumed",
        }
    }

    fn record(&self) -> Value {
        match self {
            StopEvent::Stopped { most, minutes } => json!({ "most": most, "minutes": minutes }),
            StopEvent::Resumed => json!({}),
        }
    }

    fn effects(&self) -> Vec<Effect> {
        match self {
            StopEvent::Stopped { .. } | StopEvent::Resumed => vec![],
        }
    }
}

#[allow(private_interfaces)]
impl Subject for Model {
    type Event = StopEvent;

    const KIND: SubjectKind = SubjectKind::AnswerStop;

    fn id(&self) -> Uuid {
        self.id
    }

    fn place(&self) -> Place {
        Place::Desk
    }

    async fn lock(tx: &sea_orm::DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    async fn make(
        _: &sea_orm::DatabaseTransaction,
        ids: Vec<Uuid>,
        now: Instant,
    ) -> Result<Vec<Self>> {
        let blank = |id| Model {
            id,
            stopped_at: now,
            most: 0,
            minutes: 0,
            resumed_at: None,
        };
        Ok(ids.into_iter().map(blank).collect())
    }

    fn apply(&mut self, event: &StopEvent, at: Instant) {
        match event {
            StopEvent::Stopped { most, minutes } => {
                self.stopped_at = at;
                self.most = *most;
                self.minutes = *minutes;
            }
            StopEvent::Resumed => self.resumed_at = Some(at),
        }
    }

    fn write(&self, _: &[StopEvent], _: &Actor, _: Instant, batch: &mut Batch) {
        batch.stops.push(self.clone());
    }
}

/// Stops all automatic answers: so many had left within so many minutes.
#[derive(Clone, Debug)]
pub struct StopAnswers {
    pub most: i32,
    pub minutes: i32,
    /// The same for everybody who wants to stop now, so that one stop is made.
    pub once: String,
}

impl Command for StopAnswers {
    type Target = Model;
    type On = Desk;
    const NEEDS: Permission = Permission::DeliverMail;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        None
    }

    fn once(&self) -> Option<&str> {
        Some(&self.once)
    }

    fn decide(self, _: &Model, _: &Actor, _: Instant) -> Result<Vec<StopEvent>, Rejected> {
        Ok(vec![StopEvent::Stopped {
            most: self.most,
            minutes: self.minutes,
        }])
    }
}

/// Lets automatic answers go on; limits count anew from now.
#[derive(Clone, Copy, Debug)]
pub struct ResumeAnswers {
    pub id: Uuid,
}

impl Command for ResumeAnswers {
    type Target = Model;
    type On = Desk;
    const NEEDS: Permission = Permission::ManageMailboxes;

    fn target(&self, _: &Desk) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(self, stop: &Model, _: &Actor, _: Instant) -> Result<Vec<StopEvent>, Rejected> {
        match stop.resumed_at {
            None => Ok(vec![StopEvent::Resumed]),
            Some(_) => Ok(vec![]),
        }
    }
}

/// The stop that holds now.
pub async fn current(db: &Db) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(COLUMN.resumed_at.is_null())
        .order_by_desc(Column::StoppedAt)
        .limit(1)
        .one(db.reader())
        .await?)
}

/// The newest stop, whether it holds or not.
pub(crate) async fn newest(on: &impl sea_orm::ConnectionTrait) -> Result<Option<Model>> {
    Ok(Entity::find()
        .order_by_desc(Column::Id)
        .limit(1)
        .one(on)
        .await?)
}
