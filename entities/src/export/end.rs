//! Say what became of an export.

use uuid::Uuid;

use super::{ExportEvent, Model, State};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Reach;
use crate::policy::Permission;

/// Ends a running export.
#[derive(Clone, Debug)]
pub struct End {
    pub id: Uuid,
    pub ending: Ending,
    /// So many rows were written.
    pub rows: usize,
}

/// How an export ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    Done,
    Stopped,
    /// It could not be written; why, as a word the pages know.
    Failed(&'static str),
}

impl Command for End {
    type Target = Model;
    type On = Reach;
    const NEEDS: Permission = Permission::ExportTickets;

    fn target(&self, _: &Reach) -> Option<Uuid> {
        Some(self.id)
    }

    fn decide(
        self,
        export: &Model,
        actor: &Actor,
        _: Instant,
    ) -> Result<Vec<ExportEvent>, Rejected> {
        if export.state != State::Running || actor.person_id() != Some(export.person_id) {
            return Err(Rejected::NothingToDo);
        }
        let (state, failure) = match self.ending {
            Ending::Done => (State::Done, None),
            Ending::Stopped => (State::Stopped, None),
            Ending::Failed(why) => (State::Failed, Some(why.to_owned())),
        };
        Ok(vec![ExportEvent::Ended {
            state,
            rows: i32::try_from(self.rows).unwrap_or(i32::MAX),
            failure,
        }])
    }
}
