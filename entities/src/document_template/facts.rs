//! What can be set about a template of documents, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{Entity, Model};
use crate::actor::Actor;
use crate::article::{File, tidy_files};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::language::Language;
use crate::ledger::{Batch, Checks, Table};
use crate::policy::Permission;
use crate::setting::four_eyes::{self, FourEyes};
use crate::setting::{self, Facts, Field, Noun, SettingEvent};

/// The content of a template's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentTemplateFacts {
    /// Unique.
    pub name: String,
    pub language: Language,
    /// What is in it was checked when it was taken in.
    pub file: Option<File>,
    /// Who brought it: whoever changes the file.
    pub author_id: Option<Uuid>,
    /// The file that is used.
    pub approved: Option<File>,
    pub approved_by: Option<Uuid>,
    pub team_id: Option<Uuid>,
    /// Sorted.
    pub service_ids: Vec<Uuid>,
}

impl DocumentTemplateFacts {
    /// The same as a change of a template there is: what is approved stays so, and so does who brought what is not replaced.
    #[must_use]
    pub fn after(mut self, template: &Model) -> DocumentTemplateFacts {
        self.approved = template.approved();
        self.approved_by = template.approved_by;
        let before = template.file();
        if self.file.is_none() || self.file == before {
            self.file = before;
            self.author_id = template.author_id;
        }
        self
    }
}

impl Facts for DocumentTemplateFacts {
    fn checked(mut self) -> Result<Self, Rejected> {
        let Some(file) = self.file else {
            return Err(Rejected::NoFile);
        };
        self.file = tidy_files(vec![file])?.pop();
        self.service_ids.sort_unstable();
        self.service_ids.dedup();
        self.name = setting::name(&self.name)?;
        Ok(self)
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("language", self.language),
            // Which file was used when must be told for ever.
            Field::open("file", &self.file),
            Field::open("approved", self.approved == self.file),
            Field::open("approved_by", self.approved_by),
            Field::open("team_id", self.team_id),
            Field::open("service_ids", &self.service_ids),
        ]
    }
}

impl FourEyes for DocumentTemplateFacts {
    type Written = Option<File>;

    fn written(&self) -> &Option<File> {
        &self.file
    }

    fn written_by(&self) -> Option<Uuid> {
        self.author_id
    }

    fn approved(&self) -> Option<&Option<File>> {
        self.approved.is_some().then_some(&self.approved)
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = DocumentTemplateFacts;

    const KIND: SubjectKind = SubjectKind::DocumentTemplate;

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
            language: Language::De,
            content: String::new(),
            approved: None,
            author_id: None,
            approved_by: None,
            team_id: None,
            services: "[]".to_owned(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> DocumentTemplateFacts {
        DocumentTemplateFacts {
            name: self.name.clone(),
            language: self.language,
            file: self.file(),
            author_id: self.author_id,
            approved: self.approved(),
            approved_by: self.approved_by,
            team_id: self.team_id,
            service_ids: self.service_ids(),
        }
    }

    fn take(&mut self, facts: &DocumentTemplateFacts) {
        let stored = |file: &File| json!(file).to_string();
        self.name.clone_from(&facts.name);
        self.language = facts.language;
        self.content = facts.file.as_ref().map(stored).unwrap_or_default();
        self.author_id = facts.author_id;
        self.approved = facts.approved.as_ref().map(stored);
        self.approved_by = facts.approved_by;
        self.team_id = facts.team_id;
        self.services = json!(facts.service_ids).to_string();
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    /// Nobody approves what they brought.
    fn guard(
        &self,
        events: &[SettingEvent<DocumentTemplateFacts>],
        by: &Actor,
        _: Instant,
        checks: &mut Checks,
    ) {
        // Imports and the demo bring what was looked at elsewhere.
        if let Actor::Person(person) = by {
            four_eyes::guard(events, person.id, checks);
        }
    }

    fn write(&self, events: &[SettingEvent<DocumentTemplateFacts>], batch: &mut Batch) {
        for event in events {
            let team = event.sets(|facts| facts.team_id);
            batch.checks.must_be_active(Table::Team, team);
            let new = event.adds(|facts| facts.service_ids.clone());
            batch.checks.must_be_active(Table::Service, new);
        }
        batch.document_templates.push(self.clone());
    }
}
