//! Where a view is kept, and thereby who finds it and who may change it.

use uuid::Uuid;

use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::permit::Protected;
use crate::policy::{Permission, Place};

/// One person's, a team's, or everybody's views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shelf {
    Person(Uuid),
    Team(Uuid),
    Everybody,
}

impl Shelf {
    /// The form in the database, in forms and in the history.
    pub fn key(self) -> String {
        match self {
            Shelf::Person(id) => format!("person:{id}"),
            Shelf::Team(id) => format!("team:{id}"),
            Shelf::Everybody => "everybody".to_owned(),
        }
    }

    /// Reads what `key` wrote.
    pub fn from_key(key: &str) -> Option<Shelf> {
        let id = |text: &str| Uuid::try_parse(text).ok();
        match key.split_once(':') {
            Some(("person", text)) => id(text).map(Shelf::Person),
            Some(("team", text)) => id(text).map(Shelf::Team),
            _ => (key == "everybody").then_some(Shelf::Everybody),
        }
    }
}

impl Protected for Shelf {
    fn place(&self) -> Place {
        match *self {
            Shelf::Person(person_id) => Place::Own { person_id },
            Shelf::Team(team_id) => Place::Team { team_id },
            Shelf::Everybody => Place::Desk,
        }
    }

    async fn find(_: &Db, actor: &Actor, key: &str) -> Result<Self> {
        if !actor.may_somewhere(Permission::ReadTickets) {
            return Err(DeskError::Hidden);
        }
        Shelf::from_key(key).ok_or(DeskError::Hidden)
    }
}
