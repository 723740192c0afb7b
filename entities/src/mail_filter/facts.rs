//! What can be set about a mail filter, and how that becomes its row.

use sea_orm::DatabaseTransaction;
use serde_json::Value;
use uuid::Uuid;

use super::{Condition, Entity, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};
use crate::ticket::{Kind, Priority};

/// The content of a filter's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFilterFacts {
    pub name: String,
    pub position: i32,
    pub mailbox_id: Option<Uuid>,
    pub conditions: Vec<Condition>,
    pub service_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub priority: Option<Priority>,
    pub kind: Option<Kind>,
    pub ignore: bool,
    pub no_answer: bool,
    /// Kept as long as the filter is.
    pub salt: Vec<u8>,
}

impl MailFilterFacts {
    /// A filter that asks nothing and does nothing yet.
    pub fn new(name: &str, position: i32) -> Self {
        MailFilterFacts {
            name: name.to_owned(),
            position,
            mailbox_id: None,
            conditions: vec![],
            service_id: None,
            team_id: None,
            priority: None,
            kind: None,
            ignore: false,
            no_answer: false,
            salt: history::salt(),
        }
    }
}

impl Facts for MailFilterFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let conditions = self.conditions.into_iter();
        let conditions: Vec<_> = conditions.filter_map(Condition::checked).collect();
        let sets = self.service_id.is_some()
            || self.team_id.is_some()
            || self.priority.is_some()
            || self.kind.is_some();
        // Without a condition every mail would be touched; without an effect none.
        if conditions.is_empty() || !(sets || self.ignore || self.no_answer) {
            return Err(Rejected::NothingToDo);
        }
        Ok(MailFilterFacts {
            name: setting::name(&self.name)?,
            position: self.position.clamp(0, 9999),
            conditions,
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        let conditions = self.conditions.iter().map(|c| c.record(&self.salt));
        vec![
            Field::open("name", &self.name),
            Field::open("position", self.position),
            Field::open("mailbox", self.mailbox_id),
            Field::open("conditions", conditions.collect::<Vec<Value>>()),
            Field::open("service", self.service_id),
            Field::open("team", self.team_id),
            Field::open("priority", self.priority),
            Field::open("kind", self.kind),
            Field::open("ignore", self.ignore),
            Field::open("no_answer", self.no_answer),
        ]
    }
}

#[allow(private_interfaces)]
impl Noun for Model {
    type Facts = MailFilterFacts;

    const KIND: SubjectKind = SubjectKind::MailFilter;

    const MANAGE: Permission = Permission::ManageMailboxes;

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
            position: 0,
            mailbox_id: None,
            conditions: String::new(),
            service_id: None,
            team_id: None,
            priority: None,
            kind: None,
            ignore: false,
            no_answer: false,
            salt: Vec::new(),
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> MailFilterFacts {
        MailFilterFacts {
            name: self.name.clone(),
            position: self.position,
            mailbox_id: self.mailbox_id,
            conditions: self.conditions(),
            service_id: self.service_id,
            team_id: self.team_id,
            priority: self.priority,
            kind: self.kind,
            ignore: self.ignore,
            no_answer: self.no_answer,
            salt: self.salt.clone(),
        }
    }

    fn take(&mut self, facts: &MailFilterFacts) {
        self.name.clone_from(&facts.name);
        self.position = facts.position;
        self.mailbox_id = facts.mailbox_id;
        self.conditions = serde_json::to_string(&facts.conditions).unwrap_or_default();
        self.service_id = facts.service_id;
        self.team_id = facts.team_id;
        self.priority = facts.priority;
        self.kind = facts.kind;
        self.ignore = facts.ignore;
        self.no_answer = facts.no_answer;
        self.salt.clone_from(&facts.salt);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, events: &[SettingEvent<MailFilterFacts>], batch: &mut Batch) {
        for event in events {
            let checks = &mut batch.checks;
            checks.must_be_active(Table::Mailbox, event.sets(|f| f.mailbox_id));
            checks.must_be_active(Table::Team, event.sets(|f| f.team_id));
            checks.must_be_active(Table::Service, event.sets(|f| f.service_id));
        }
        batch.mail_filters.push(self.clone());
    }
}
