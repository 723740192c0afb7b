//! Take a list of tickets out of the desk.

use uuid::Uuid;

use super::{ExportEvent, Format, Model, Taken};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::Command;
use crate::permit::Reach;
use crate::policy::Permission;
use crate::view::ListColumn;

/// Begins an export; what it takes is what the actor may see and export.
#[derive(Clone, Debug)]
pub struct Begin {
    pub format: Format,
    /// What the list is called.
    pub name: String,
    /// The list as its address has it.
    pub list: String,
    /// What it is filtered by, in the reader's words.
    pub about: String,
    pub locale: String,
    /// None: all that there are.
    pub columns: Vec<ListColumn>,
    /// All tickets in it, in its order.
    pub taken: Taken,
}

impl Command for Begin {
    type Target = Model;
    type On = Reach;
    const NEEDS: Permission = Permission::ExportTickets;

    fn target(&self, _: &Reach) -> Option<Uuid> {
        None
    }

    fn decide(self, _: &Model, actor: &Actor, _: Instant) -> Result<Vec<ExportEvent>, Rejected> {
        let Some(person_id) = actor.person_id() else {
            return Err(Rejected::NothingToDo);
        };
        Ok(vec![ExportEvent::Begun {
            person_id,
            format: self.format,
            name: self.name,
            list: self.list,
            about: self.about,
            locale: self.locale,
            columns: self.columns,
            taken: self.taken,
            salt: crate::history::salt(),
        }])
    }
}
