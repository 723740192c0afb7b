//! What can be set about a text block, and how that becomes its row.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{BlockKind, Entity, Model, Notice, unknown};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::history::SubjectKind;
use crate::ledger::Batch;
use crate::policy::Permission;
use crate::setting::{self, Facts, Field, Noun, SettingEvent};
use crate::ticket::share::Enquiry;

/// The longest text of a part, in characters.
const MOST_CHARS: usize = 4_000;

/// The content of a text block's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlockFacts {
    /// Unique.
    pub name: String,
    pub kind: BlockKind,
    /// Empty of other kinds, as are the others of this one.
    pub enquiry: Enquiry,
    pub notice: Notice,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl Facts for TextBlockFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let tidy = |text: &str| text.trim().replace("\r\n", "\n");
        let (enquiry, notice) = match self.kind {
            BlockKind::VendorEnquiry => (self.enquiry.map(tidy), Notice::default()),
            BlockKind::RequesterNotice => (Enquiry::default(), self.notice.map(tidy)),
        };
        let texts: Vec<&str> = enquiry
            .texts()
            .into_iter()
            .chain(notice.texts())
            .map(|(_, text)| text)
            .collect();
        if texts.iter().all(|text| text.is_empty()) {
            return Err(Rejected::EmptyText);
        }
        if texts.iter().any(|text| text.chars().count() > MOST_CHARS) {
            return Err(Rejected::TooLong);
        }
        if texts.iter().any(|text| unknown(self.kind, text).is_some()) {
            return Err(Rejected::NotAPlaceholder);
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to < from
        {
            return Err(Rejected::EmptyRange);
        }
        Ok(TextBlockFacts {
            name: setting::name(&self.name)?,
            enquiry,
            notice,
            ..self
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::open("name", &self.name),
            Field::open("kind", self.kind),
            // Wording of the desk's own, and what was offered when must be told for ever.
            Field::open("enquiry", &self.enquiry),
            Field::open("notice", &self.notice),
            Field::open("valid_from", self.valid_from),
            Field::open("valid_to", self.valid_to),
        ]
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
            kind: BlockKind::VendorEnquiry,
            content: json!(Enquiry::default()).to_string(),
            valid_from: None,
            valid_to: None,
            created_at: now,
            retired_at: None,
        }
    }

    fn facts(&self) -> TextBlockFacts {
        TextBlockFacts {
            name: self.name.clone(),
            kind: self.kind,
            enquiry: self.enquiry(),
            notice: self.notice(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }

    fn take(&mut self, facts: &TextBlockFacts) {
        self.name.clone_from(&facts.name);
        self.kind = facts.kind;
        self.content = match facts.kind {
            BlockKind::VendorEnquiry => json!(facts.enquiry).to_string(),
            BlockKind::RequesterNotice => json!(facts.notice).to_string(),
        };
        self.valid_from = facts.valid_from;
        self.valid_to = facts.valid_to;
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        setting::rows::<Entity>(tx, ids).await
    }

    fn write(&self, _: &[SettingEvent<TextBlockFacts>], batch: &mut Batch) {
        batch.text_blocks.push(self.clone());
    }
}
