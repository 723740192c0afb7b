//! What can be set about a field, its options among it, and how that becomes rows.

use std::collections::HashSet;

use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::option::{self, Above, Choice};
use super::pattern::Pattern;
use super::settings::{Depends, Kind, Limits, Moment, Settings, Words};
use super::{Entity, Model};
use crate::clock::Instant;
use crate::error::{Rejected, Result};
use crate::finding::renamed::Renamed;
use crate::history::SubjectKind;
use crate::ledger::{Batch, Table};
use crate::policy::Permission;
use crate::setting::{self, Facts, Noun, SettingEvent};

/// Options that the history names one by one; of more it keeps their number and digest.
const MOST_NAMED: usize = 300;
/// The most options of a field.
pub const MOST_OPTIONS: usize = 20_000;
/// The most characters of an option or a label.
const MOST_CHARS: usize = 200;
/// Steps of a tree.
const MOST_DEPTH: usize = 8;

/// A field with its options, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub row: Model,
    pub settings: Settings,
    /// Empty where they were not read along.
    pub options: Vec<Choice>,
}

/// The content of a field's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFacts {
    /// Counts when the field is created; later it stays as it was, as does the kind.
    pub key: String,
    pub kind: Kind,
    pub label: Words,
    pub position: i32,
    pub settings: Settings,
    pub options: Vec<Choice>,
    /// The version this changes; another one means that somebody was faster. A new field has none.
    pub version: i32,
}

impl FieldFacts {
    /// A field that is always shown and never needed.
    pub fn new(key: &str, kind: Kind, label: Words) -> FieldFacts {
        FieldFacts {
            key: key.to_owned(),
            kind,
            label,
            position: 0,
            settings: Settings::default(),
            options: vec![],
            version: 0,
        }
    }
}

/// A key as it stands in addresses: small letters, digits and dashes, beginning with a letter.
fn key(text: &str) -> Result<String, Rejected> {
    let text = text.trim().to_ascii_lowercase();
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let begins = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    if !begins || !text.bytes().all(fine) || text.len() > 40 {
        return Err(Rejected::NotAKey);
    }
    Ok(text)
}

fn words(words: &Words) -> Result<Words, Rejected> {
    let de = setting::name(&words.de)?;
    // One language is enough to begin with.
    let en = setting::name(&words.en).unwrap_or_else(|_| de.clone());
    let long = |text: &str| text.chars().count() > MOST_CHARS;
    if long(&de) || long(&en) {
        return Err(Rejected::TooLong);
    }
    Ok(Words { de, en })
}

fn limits(kind: Kind, limits: Limits) -> Result<Limits, Rejected> {
    let Limits {
        min,
        max,
        pattern,
        link,
    } = limits;
    let ranged = kind.has_range() || kind.is_text();
    let (min, max) = match ranged {
        true => (min, max),
        false => (None, None),
    };
    if matches!((min, max), (Some(min), Some(max)) if min > max) {
        return Err(Rejected::EmptyRange);
    }
    let pattern = pattern.filter(|p| !p.is_empty() && kind.is_text());
    if pattern
        .as_deref()
        .is_some_and(|p| Pattern::parse(p).is_none())
    {
        return Err(Rejected::NotAPattern);
    }
    let link = setting::optional(link).filter(|_| kind == Kind::External);
    if let Some(link) = &link {
        let web = link.starts_with("https://") || link.starts_with("http://");
        if !web || !link.contains("{value}") || link.contains(char::is_whitespace) {
            return Err(Rejected::NotALink);
        }
    }
    Ok(Limits {
        min,
        max,
        pattern,
        link,
    })
}

fn options(kind: Kind, options: Vec<Choice>) -> Result<Vec<Choice>, Rejected> {
    if !kind.has_options() {
        return Ok(vec![]);
    }
    if options.len() > MOST_OPTIONS {
        return Err(Rejected::TooManyOptions);
    }
    let mut checked: Vec<Choice> = Vec::with_capacity(options.len());
    let mut known = HashSet::with_capacity(options.len());
    let mut names = HashSet::with_capacity(options.len());
    for mut option in options {
        option.label = words(&option.label)?;
        option.parent_id = option.parent_id.filter(|_| kind == Kind::Tree);
        // A parent stands before what is below it, so there are no circles.
        if option.parent_id.is_some_and(|id| !known.contains(&id)) {
            return Err(Rejected::Circular);
        }
        if !known.insert(option.id) {
            return Err(Rejected::OptionTwice);
        }
        let name = (option.parent_id, crate::text::fold(&option.label.de));
        if !option.retired && !names.insert(name) {
            return Err(Rejected::OptionTwice);
        }
        checked.push(option);
    }
    let above = Above::of(&checked);
    if checked.iter().any(|o| above.path(o.id).len() > MOST_DEPTH) {
        return Err(Rejected::Circular);
    }
    Ok(checked)
}

impl Facts for FieldFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let mut settings = self.settings;
        settings.limits = limits(self.kind, settings.limits)?;
        settings.required.sort_by_key(|m| *m as u8);
        settings.required.dedup();
        if !self.kind.has_options() {
            settings.depends = Depends::Nothing;
        }
        let fits = |value: &super::Value| value.fits(self.kind);
        settings.default = settings.default.filter(fits);
        settings.by_mailbox.retain(|p| p.value.fits(self.kind));
        settings.by_service.retain(|p| p.value.fits(self.kind));
        settings.rights.sort_by_key(|(role, _)| *role);
        settings.rights.dedup_by_key(|(role, _)| *role);
        Ok(FieldFacts {
            key: key(&self.key)?,
            label: words(&self.label)?,
            position: self.position.clamp(0, 9999),
            options: options(self.kind, self.options)?,
            settings,
            ..self
        })
    }

    fn fields(&self) -> Vec<setting::Field> {
        let s = &self.settings;
        let required: Vec<Moment> = s.required.clone();
        vec![
            setting::Field::open("key", &self.key),
            setting::Field::open("kind", self.kind),
            setting::Field::open("label", &self.label),
            setting::Field::open("position", self.position),
            setting::Field::open("help", &s.help),
            setting::Field::open("group", &s.group),
            setting::Field::open("shown", &s.shown),
            setting::Field::open("required", required),
            setting::Field::open("limits", &s.limits),
            setting::Field::open("depends", s.depends),
            setting::Field::private("defaults", (&s.default, &s.by_mailbox, &s.by_service)),
            setting::Field::open("rights", &s.rights),
            setting::Field::open("personal", s.personal),
            setting::Field::open("options", told(&self.options)),
        ]
    }
}

fn told(options: &[Choice]) -> Json {
    let all: Vec<Json> = options
        .iter()
        .map(|o| {
            json!({
                "id": o.id, "parent": o.parent_id, "label": o.label, "given": o.given, "retired": o.retired,
            })
        })
        .collect();
    if all.len() <= MOST_NAMED {
        return json!(all);
    }
    let digest = Sha256::digest(json!(all).to_string());
    json!({ "count": all.len(), "digest": hex::encode(digest) })
}

impl Field {
    pub(super) fn of(row: Model, options: Vec<Choice>) -> Field {
        let settings = serde_json::from_str(&row.settings).unwrap_or_default();
        Field {
            row,
            settings,
            options,
        }
    }

    /// What it is called.
    pub fn label(&self) -> Words {
        Words::new(&self.row.label_de, &self.row.label_en)
    }

    /// The option of this id.
    pub fn option(&self, id: Uuid) -> Option<&Choice> {
        self.options.iter().find(|o| o.id == id)
    }
}

#[allow(private_interfaces)]
impl Noun for Field {
    type Facts = FieldFacts;

    const KIND: SubjectKind = SubjectKind::Field;

    const MANAGE: Permission = Permission::ManageFields;

    fn id(&self) -> Uuid {
        self.row.id
    }

    fn retired_at(&mut self) -> &mut Option<Instant> {
        &mut self.row.retired_at
    }

    fn is_retired(&self) -> bool {
        self.row.retired_at.is_some()
    }

    fn blank(id: Uuid, now: Instant) -> Self {
        let row = Model {
            id,
            key: String::new(),
            kind: Kind::Text,
            label_de: String::new(),
            label_en: String::new(),
            position: 0,
            settings: String::new(),
            version: 0,
            created_at: now,
            retired_at: None,
        };
        Field::of(row, vec![])
    }

    fn facts(&self) -> FieldFacts {
        FieldFacts {
            key: self.row.key.clone(),
            kind: self.row.kind,
            label: self.label(),
            position: self.row.position,
            settings: self.settings.clone(),
            options: self.options.clone(),
            version: self.row.version,
        }
    }

    fn take(&mut self, facts: &FieldFacts) {
        self.row.key.clone_from(&facts.key);
        self.row.kind = facts.kind;
        self.change(facts);
    }

    fn change(&mut self, facts: &FieldFacts) {
        self.row.label_de.clone_from(&facts.label.de);
        self.row.label_en.clone_from(&facts.label.en);
        self.row.position = facts.position;
        self.row.settings = serde_json::to_string(&facts.settings).unwrap_or_default();
        self.row.version += 1;
        self.settings = facts.settings.clone();
        self.options.clone_from(&facts.options);
    }

    async fn lock(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<Vec<Self>> {
        let rows = setting::rows::<Entity>(tx, ids.clone()).await?;
        let options = option::Entity::find()
            .filter(option::COLUMN.field_id.is_in(ids))
            .order_by_asc(option::Column::FieldId)
            .order_by_asc(option::Column::Position)
            .all(tx)
            .await?;
        let of = |id: Uuid| {
            let own = options.iter().filter(|o| o.field_id == id);
            own.map(Choice::of).collect()
        };
        Ok(rows
            .into_iter()
            .map(|row| {
                let options = of(row.id);
                Field::of(row, options)
            })
            .collect())
    }

    fn write(&self, events: &[SettingEvent<FieldFacts>], batch: &mut Batch) {
        for event in events {
            let Some(facts) = event.facts() else { continue };
            if let SettingEvent::Updated { from, to } = event {
                if event.changes(|f| (f.options.clone(), f.settings.personal)) {
                    batch.renamed.push(Renamed::Field(self.row.id));
                }
                // Found by the transaction, so that of two who save at once one is told.
                if from.version != to.version {
                    batch.checks.refuse(crate::Rejected::ChangedMeanwhile);
                }
                let kept: HashSet<Uuid> = to.options.iter().map(|o| o.id).collect();
                if from.options.iter().any(|o| !kept.contains(&o.id)) {
                    // Old values would lose their words; an option is retired instead.
                    batch.checks.refuse(crate::Rejected::OptionGone);
                }
            }
            batch
                .checks
                .must_be_active(Table::Role, facts.settings.rights.iter().map(|(id, _)| *id));
            let rows = facts.options.iter().zip(0..);
            let rows: Vec<option::Model> = rows.map(|(o, at)| o.row(self.row.id, at)).collect();
            batch.field_options.push((self.row.id, rows));
        }
        batch.fields.push(self.row.clone());
    }
}
