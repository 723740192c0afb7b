//! What can be set about a text block, and how that becomes its row.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::fill::fault;
use super::{BlockKind, Entity, Model, NewOwner, Wording};
use crate::actor::Actor;
use crate::article::tidy_files;
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::{Batch, Checks, Table};
use crate::policy::Permission;
use crate::setting::four_eyes::{self, FourEyes};
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The longest text of a part, in characters.
pub const MOST_CHARS: usize = 4_000;
/// The most fields a block sets.
pub const MOST_FIELDS: usize = 20;
/// The most files of a block.
const MOST_FILES: usize = 10;

/// The content of a text block's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextBlockFacts {
    pub name: String,
    pub kind: BlockKind,
    /// Whose alone it is.
    pub owner_id: Option<Uuid>,
    pub wording: Wording,
    /// Who wrote it: whoever changes the wording.
    pub author_id: Option<Uuid>,
    /// The wording that is offered.
    pub approved: Option<Wording>,
    pub approved_by: Option<Uuid>,
    pub category: String,
    pub team_id: Option<Uuid>,
    /// Sorted.
    pub service_ids: Vec<Uuid>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub review_on: Option<NaiveDate>,
}

impl TextBlockFacts {
    /// The same as a change of a block there is: what is approved stays so, and so does who wrote what is not rewritten.
    #[must_use]
    pub fn after(mut self, block: &Model) -> TextBlockFacts {
        self.approved = block.approved();
        self.approved_by = block.approved_by;
        self.wording = self.wording.tidy(block.kind);
        if self.wording == block.wording() {
            self.author_id = block.author_id;
        }
        self
    }
}

impl Facts for TextBlockFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        let kind = self.kind;
        let mut wording = self.wording.tidy(kind);
        wording.files = tidy_files(wording.files)?;
        if wording.files.len() > MOST_FILES {
            return Err(Rejected::TooManyFiles);
        }
        let texts = wording.texts(kind);
        if texts.iter().all(|(_, text)| text.is_empty()) {
            return Err(Rejected::EmptyText);
        }
        if texts
            .iter()
            .any(|(_, text)| text.chars().count() > MOST_CHARS)
            || wording.acts.fields.len() > MOST_FIELDS
        {
            return Err(Rejected::TooLong);
        }
        if texts.iter().any(|(_, text)| fault(kind, text).is_some()) {
            return Err(Rejected::NotAPlaceholder);
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to < from
        {
            return Err(Rejected::EmptyRange);
        }
        self.service_ids.sort_unstable();
        self.service_ids.dedup();
        Ok(TextBlockFacts {
            name: setting::name(&self.name)?,
            category: setting::optional(Some(self.category)).unwrap_or_default(),
            wording,
            approved: self.approved.map(|wording| wording.tidy(kind)),
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        let kind = self.kind;
        let wording = match self.owner_id {
            // Wording of the desk's own, and what was offered when must be told for ever.
            None => Field::open("wording", self.wording.stored(kind)),
            Some(_) => Field::private("wording", self.wording.stored(kind)),
        };
        vec![
            match self.owner_id {
                None => Field::open("name", &self.name),
                Some(_) => Field::private("name", &self.name),
            },
            Field::open("kind", kind),
            Field::open("owner_id", self.owner_id),
            wording,
            Field::open("approved", self.approved.as_ref() == Some(&self.wording)),
            Field::open("approved_by", self.approved_by),
            match self.owner_id {
                None => Field::open("category", &self.category),
                Some(_) => Field::private("category", &self.category),
            },
            Field::open("team_id", self.team_id),
            Field::open("service_ids", &self.service_ids),
            Field::open("valid_from", self.valid_from),
            Field::open("valid_to", self.valid_to),
            Field::open("review_on", self.review_on),
        ]
    }
}

impl FourEyes for TextBlockFacts {
    type Written = Wording;

    fn written(&self) -> &Wording {
        &self.wording
    }

    fn written_by(&self) -> Option<Uuid> {
        self.author_id
    }

    fn approved(&self) -> Option<&Wording> {
        // What is somebody's own is looked at by nobody else.
        self.approved.as_ref().filter(|_| self.owner_id.is_none())
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = TextBlockFacts;

    const KIND: SubjectKind = SubjectKind::TextBlock;

    const MANAGE: Permission = Permission::ManageTextBlocks;

    fn id(&self) -> Uuid {
        self.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.retired_at
    }

    fn is_retired(&self) -> bool {
        self.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        Model {
            id,
            name: String::new(),
            kind: BlockKind::Answer,
            owner_id: None,
            content: String::new(),
            approved: None,
            author_id: None,
            approved_by: None,
            category: String::new(),
            team_id: None,
            services: String::new(),
            valid_from: None,
            valid_to: None,
            review_on: None,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> TextBlockFacts {
        TextBlockFacts {
            name: self.name.clone(),
            kind: self.kind,
            owner_id: self.owner_id,
            wording: self.wording(),
            author_id: self.author_id,
            approved: self.approved(),
            approved_by: self.approved_by,
            category: self.category.clone(),
            team_id: self.team_id,
            service_ids: self.service_ids(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            review_on: self.review_on,
        }
    }

    fn take(&mut self, facts: &TextBlockFacts) {
        let stored = |wording: &Wording| wording.stored(facts.kind);
        self.name.clone_from(&facts.name);
        self.kind = facts.kind;
        self.owner_id = facts.owner_id;
        self.content = stored(&facts.wording);
        self.author_id = facts.author_id;
        self.approved = facts.approved.as_ref().map(stored);
        self.approved_by = facts.approved_by;
        self.category.clone_from(&facts.category);
        self.team_id = facts.team_id;
        self.services = json!(facts.service_ids).to_string();
        self.valid_from = facts.valid_from;
        self.valid_to = facts.valid_to;
        self.review_on = facts.review_on;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    /// Nobody approves what they wrote, and nobody touches what is another's alone.
    fn guard(
        &self,
        events: &[SettingEvent<TextBlockFacts>],
        by: &Actor,
        _: Instant,
        checks: &mut Checks,
    ) {
        // Imports and the demo bring what was looked at elsewhere.
        let Actor::Person(person) = by else {
            return;
        };
        if self.owner_id.is_some_and(|owner| owner != person.id) {
            return checks.refuse(Rejected::ShelfNotYours);
        }
        four_eyes::guard(events, person.id, checks);
    }

    fn write(&self, events: &[SettingEvent<TextBlockFacts>], batch: &mut Batch) {
        for event in events {
            let team = event.sets(|facts| facts.team_id);
            batch.checks.must_be_active(Table::Team, team);
            let new = event.adds(|facts| facts.service_ids.clone());
            batch.checks.must_be_active(Table::Service, new);
            let owner = event.sets(|facts| match facts.wording.acts.owner {
                Some(NewOwner::Person(id)) => Some(id),
                _ => None,
            });
            batch.checks.must_be_active(Table::Person, owner);
        }
        batch.text_blocks.push(self.clone());
    }
}
