//! What can be set about a view, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::column::{self, Column};
use super::{Entity, Grouping, Model, Shelf};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Subject, Table};
use crate::permit::Protected;
use crate::policy::Place;
use crate::setting::{self, Facts, Field, SettingEvent};
use crate::text;

/// The most characters of a name: it stands in the navigation.
const MOST_NAME: usize = 80;
/// The most bytes of a filter, as browsers keep addresses.
const MOST_QUERY: usize = 4_000;

/// The content of a view's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewFacts {
    pub name: String,
    pub shelf: Shelf,
    pub query: String,
    /// None chosen: the usual ones.
    pub columns: Vec<Column>,
    pub sort: String,
    pub grouping: Option<Grouping>,
    pub position: i32,
}

impl Facts for ViewFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let name = setting::name(&self.name)?;
        let is_long = name.chars().count() > MOST_NAME || self.query.len() > MOST_QUERY;
        if is_long || self.sort.len() > MOST_NAME {
            return Err(Rejected::TooLong);
        }
        Ok(ViewFacts { name, ..self })
    }

    // A name and a filter can hold what somebody looks for: the name of a person, words of a case.
    fn fields(&self) -> Vec<Field> {
        vec![
            Field::private("name", &self.name),
            Field::open("shelf", self.shelf.key()),
            Field::private("filter", &self.query),
            Field::open("columns", column::write(&self.columns)),
            Field::open("sort", &self.sort),
            Field::open("grouping", self.grouping.map(Grouping::name)),
            Field::open("position", self.position),
        ]
    }
}

impl Model {
    fn take(&mut self, facts: &ViewFacts) {
        self.name.clone_from(&facts.name);
        self.folded_name = text::fold(&facts.name);
        self.shelf = facts.shelf.key();
        (self.person_id, self.team_id) = match facts.shelf {
            Shelf::Person(id) => (Some(id), None),
            Shelf::Team(id) => (None, Some(id)),
            Shelf::Everybody => (None, None),
        };
        self.query.clone_from(&facts.query);
        self.columns = column::write(&facts.columns);
        self.sort.clone_from(&facts.sort);
        self.grouping = facts.grouping.map_or("", Grouping::name).to_owned();
        self.position = facts.position;
    }
}

#[allow(private_interfaces)]
impl Subject for Model {
    type Event = SettingEvent<ViewFacts>;

    const KIND: SubjectKind = SubjectKind::View;

    fn id(&self) -> Uuid {
        self.id
    }

    fn place(&self) -> Place {
        self.shelf().place()
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    async fn make(_: &DatabaseTransaction, ids: Vec<Uuid>, now: Instant) -> Result<Vec<Self>> {
        let blank = |id| Model {
            id,
            name: String::new(),
            folded_name: String::new(),
            shelf: String::new(),
            person_id: None,
            team_id: None,
            query: String::new(),
            columns: String::new(),
            sort: String::new(),
            grouping: String::new(),
            position: 0,
            created_at: now,
            retired_at: None,
        };
        Ok(ids.into_iter().map(blank).collect())
    }

    fn apply(&mut self, event: &Self::Event, at: Instant) {
        match event {
            SettingEvent::Created(facts) | SettingEvent::Updated { to: facts, .. } => {
                self.take(facts);
            }
            SettingEvent::Retired => self.retired_at = Some(at),
            SettingEvent::Restored => self.retired_at = None,
        }
    }

    fn write(&self, events: &[Self::Event], _: &Actor, _: Instant, batch: &mut Batch) {
        for event in events {
            let team = event.sets(|facts| match facts.shelf {
                Shelf::Team(id) => Some(id),
                Shelf::Person(_) | Shelf::Everybody => None,
            });
            batch.checks.must_be_active(Table::Team, team);
        }
        batch.views.push(self.clone());
    }
}

impl Protected for Model {
    fn place(&self) -> Place {
        Subject::place(self)
    }

    async fn find(db: &Db, actor: &Actor, key: &str) -> Result<Self> {
        let id = Uuid::try_parse(key).map_err(|_| crate::DeskError::Hidden)?;
        super::find(db, actor, id).await
    }
}
