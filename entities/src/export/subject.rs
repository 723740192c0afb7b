//! An export as something with a history of its own.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{Entity, ExportEvent, Format, Model, State};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Result;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Subject};
use crate::policy::Place;
use crate::setting;
use crate::view::column;

#[allow(private_interfaces)]
impl Subject for Model {
    type Event = ExportEvent;

    const KIND: SubjectKind = SubjectKind::Export;

    fn id(&self) -> Uuid {
        self.id
    }

    fn place(&self) -> Place {
        Place::Reach
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        let blank = |id| Model {
            id,
            person_id: Uuid::nil(),
            format: Format::Csv,
            name: String::new(),
            list: String::new(),
            about: String::new(),
            list_id: None,
            columns: String::new(),
            locale: String::new(),
            state: State::Running,
            failure: None,
            rows_all: 0,
            rows_done: 0,
            begun_at: now,
            ended_at: None,
            claimed_until: None,
            salt: vec![],
        };
        Ok(ids.into_iter().map(blank).collect())
    }

    fn apply(&mut self, event: &ExportEvent, at: Instant) {
        match event {
            ExportEvent::Begun {
                person_id,
                format,
                name,
                list,
                about,
                locale,
                columns,
                taken,
                salt,
            } => {
                self.person_id = *person_id;
                self.format = *format;
                self.name.clone_from(name);
                self.list.clone_from(list);
                self.locale.clone_from(locale);
                self.about.clone_from(about);
                self.columns = column::write(columns);
                self.rows_all = i32::try_from(taken.rows).unwrap_or(i32::MAX);
                self.list_id = Some(taken.list_id);
                self.salt.clone_from(salt);
                self.begun_at = at;
            }
            ExportEvent::Ended {
                state,
                rows,
                failure,
            } => {
                self.state = *state;
                self.rows_done = *rows;
                self.failure.clone_from(failure);
                self.ended_at = Some(at);
                self.claimed_until = None;
                self.list_id = None;
            }
        }
    }

    fn write(&self, events: &[ExportEvent], _: &Actor, _: Instant, batch: &mut Batch) {
        if !events.is_empty() {
            batch.exports.push(self.clone());
        }
    }
}
