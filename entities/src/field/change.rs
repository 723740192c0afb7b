//! What is to be set, made from what was asked for: with definitions, old values and names read along.

mod each;

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::{EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use each::{Asked, prepare_each};

use super::facts::Field;
use super::read;
use super::rules::{Case, Fault};
use super::settings::{Kind, Right};
use super::value::{self, Key, Value, Values, folded};
use crate::actor::Actor;
use crate::db::Db;
use crate::error::{DeskError, Rejected, Result};
use crate::{organisation, person, service, ticket};

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field_id: Uuid,
    pub from: Option<Value>,
    pub to: Option<Value>,
    /// What the rows of `to` are found and sorted by, one for each.
    #[serde(skip)]
    pub keys: Vec<Key>,
}

/// Values to be set, with everything a command needs to decide about them. Made by [`prepare`] only.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    wanted: Vec<Wanted>,
    before: Values,
    parents: HashMap<Uuid, Option<Uuid>>,
    /// Nobody chose them: what a ticket does not take is left out.
    optional: bool,
}

#[derive(Clone, Debug)]
struct Wanted {
    field: Arc<Field>,
    to: Option<Value>,
    keys: Vec<Key>,
    /// Whether what it points at is there for the actor.
    found: bool,
}

/// Reads what is needed to set these values of a ticket, or of one to be opened.
///
/// # Errors
/// `Hidden` for a field there is not, or that the actor may not see.
pub async fn prepare(
    db: &Db,
    actor: &Actor,
    ticket_id: Option<Uuid>,
    wanted: Vec<(Uuid, Option<Value>)>,
) -> Result<Sets> {
    if wanted.is_empty() {
        return Ok(Sets::default());
    }
    let before = match ticket_id {
        Some(id) => read::values(db, id).await?,
        None => Values::new(),
    };
    let ids: Vec<Uuid> = wanted.iter().map(|(id, _)| *id).collect();
    let mut fields: HashMap<Uuid, Field> = read::with_options(db, &ids)
        .await?
        .into_iter()
        .map(|field| (field.row.id, field))
        .collect();
    let mut all = Vec::with_capacity(wanted.len());
    for (id, to) in wanted {
        let field = fields.remove(&id).ok_or(DeskError::Hidden)?;
        all.push(wanted_of(db, actor, Arc::new(field), to).await?);
    }
    Ok(Sets {
        wanted: all,
        before,
        parents: service::list::parents(db).await?,
        optional: false,
    })
}

/// What is wanted of a field the actor sees, with the words it is found by.
async fn wanted_of(db: &Db, actor: &Actor, field: Arc<Field>, to: Option<Value>) -> Result<Wanted> {
    if !field.is_visible(actor) {
        return Err(DeskError::Hidden);
    }
    let name = match &to {
        Some(Value::Reference(id)) => named(db, actor, field.row.kind, *id).await?,
        _ => None,
    };
    let keys = to.as_ref().map(|to| keys(&field, to, name.as_deref()));
    Ok(Wanted {
        keys: keys.unwrap_or_default(),
        found: !matches!(to, Some(Value::Reference(_))) || name.is_some(),
        field,
        to,
    })
}

/// Definitions read once, for bringing in many tickets that nobody has set a value of yet.
#[derive(Clone, Debug)]
pub struct Catalogue {
    fields: HashMap<Uuid, Arc<Field>>,
    parents: HashMap<Uuid, Option<Uuid>>,
}

impl Catalogue {
    /// Reads all definitions with their options.
    pub async fn read(db: &Db) -> Result<Catalogue> {
        Ok(Catalogue {
            fields: read::every(db)
                .await?
                .into_iter()
                .map(|field| (field.row.id, Arc::new(field)))
                .collect(),
            parents: service::list::parents(db).await?,
        })
    }

    /// The field of this key.
    pub fn by_key(&self, key: &str) -> Option<&Field> {
        let found = self.fields.values().find(|f| f.row.key == key);
        found.map(Arc::as_ref)
    }

    /// Values of a new ticket, each with the name of what it points at. Unknown fields are left out.
    pub fn sets(&self, values: Vec<(Uuid, Value, Option<String>)>) -> Sets {
        let wanted = values.into_iter().filter_map(|(id, to, name)| {
            let field = self.fields.get(&id)?.clone();
            Some(Wanted {
                keys: keys(&field, &to, name.as_deref()),
                found: true,
                field,
                to: Some(to),
            })
        });
        Sets {
            wanted: wanted.collect(),
            before: Values::new(),
            parents: self.parents.clone(),
            optional: false,
        }
    }
}

/// What the rows of a value are found and sorted by; `name` is that of what it points at.
pub(crate) fn keys(field: &Field, value: &Value, name: Option<&str>) -> Vec<Key> {
    let parts = value.parts().into_iter();
    parts
        .map(|(id, _, key)| match value {
            Value::Options(_) => Key {
                number: id.and_then(|id| {
                    let at = field.options.iter().position(|o| o.id == id)?;
                    i64::try_from(at).ok()
                }),
                folded: None,
            },
            Value::Reference(_) => Key {
                folded: Some(name.map(folded).unwrap_or_default()),
                number: None,
            },
            _ => key,
        })
        .collect()
}

/// The name behind a reference that the actor may set.
async fn named(db: &Db, actor: &Actor, kind: Kind, id: Uuid) -> Result<Option<String>> {
    Ok(match kind {
        Kind::Person => {
            let found = person::Entity::find_by_id(id)
                .filter(person::COLUMN.retired_at.is_null())
                .one(db.reader())
                .await?;
            found.map(|p| p.name)
        }
        Kind::Organisation => {
            let found = organisation::Entity::find_by_id(id)
                .filter(organisation::COLUMN.retired_at.is_null())
                .one(db.reader())
                .await?;
            found.map(|o| o.name)
        }
        _ => match ticket::show::by_id(db, actor, id).await {
            Ok(ticket) => Some(ticket.number),
            Err(DeskError::Hidden) => None,
            Err(other) => return Err(other),
        },
    })
}

impl Sets {
    /// Whether nothing is to be set.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The fields that are to be set.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.wanted.iter().map(|wanted| wanted.field.as_ref())
    }

    /// The same for values that nobody chose: what a ticket does not take, or its reader may not set, is left out.
    #[must_use]
    pub fn optional(mut self) -> Sets {
        self.optional = true;
        self
    }

    /// The changes on such a ticket; those that change nothing are left out.
    ///
    /// # Errors
    /// `Field` names the first field that does not take its value.
    pub fn changes(
        self,
        ticket: &ticket::Ticket,
        actor: &Actor,
    ) -> Result<Vec<FieldChange>, Rejected> {
        if self.optional {
            return Ok(self.fitting(ticket, actor));
        }
        let parent = ticket.service_id.and_then(|id| *self.parents.get(&id)?);
        let case = Case::of(ticket, parent);
        let mut beside = self.before.clone();
        for wanted in &self.wanted {
            match &wanted.to {
                Some(to) => beside.insert(wanted.field.row.id, to.clone()),
                None => beside.remove(&wanted.field.row.id),
            };
        }
        let mut changes = Vec::with_capacity(self.wanted.len());
        for wanted in self.wanted {
            let field = &wanted.field;
            let id = field.row.id;
            let from = self.before.get(&id).cloned();
            if from == wanted.to {
                continue;
            }
            if field.row.retired_at.is_some() {
                return Err(Rejected::Retired);
            }
            if field.right(actor) != Right::Write {
                return Err(Rejected::FieldNotYours);
            }
            let refuse = |fault: Fault| Rejected::Field { id, fault };
            if let Some(to) = &wanted.to {
                if !field.is_shown(&case) {
                    return Err(Rejected::FieldNotShown);
                }
                if !wanted.found {
                    return Err(refuse(Fault::NotFound));
                }
                field
                    .check(to, from.as_ref(), &case, &beside)
                    .map_err(refuse)?;
            }
            changes.push(FieldChange {
                field_id: id,
                from,
                to: wanted.to,
                keys: wanted.keys,
            });
        }
        Ok(changes)
    }

    /// The same without what such a ticket does not take: for values that nobody chose.
    pub fn fitting(self, ticket: &ticket::Ticket, actor: &Actor) -> Vec<FieldChange> {
        let taken = self.taken(ticket, actor);
        taken.changes(ticket, actor).unwrap_or_default()
    }

    /// Without the values that such a ticket does not take.
    #[must_use]
    pub fn taken(mut self, ticket: &ticket::Ticket, actor: &Actor) -> Sets {
        self.optional = false;
        let parent = ticket.service_id.and_then(|id| *self.parents.get(&id)?);
        let case = Case::of(ticket, parent);
        self.wanted
            .retain(|w| w.field.is_shown(&case) && w.field.right(actor) == Right::Write);
        loop {
            match self.clone().changes(ticket, actor) {
                Ok(_) => return self,
                Err(Rejected::Field { id, .. }) => {
                    self.wanted.retain(|w| w.field.row.id != id);
                }
                Err(_) => return Sets::default(),
            }
        }
    }
}

/// What a ticket holds in fields that are empty in another one, where it goes along when the two are merged.
pub async fn carried(
    db: &Db,
    actor: &Actor,
    source: &ticket::Ticket,
    target: &ticket::Ticket,
) -> Result<Sets> {
    let held = read::sheet(db, actor, target).await?.values;
    let own = read::sheet(db, actor, source).await?.values;
    let missing = own.into_iter().filter(|(id, _)| !held.contains_key(id));
    let wanted = missing.map(|(id, value)| (id, Some(value))).collect();
    let sets = prepare(db, actor, Some(target.id), wanted).await?;
    Ok(sets.taken(target, actor).optional())
}

/// The rows a value becomes.
pub(crate) fn rows(ticket: &ticket::Ticket, change: &FieldChange) -> Vec<value::Model> {
    let Some(to) = &change.to else { return vec![] };
    let parts = to.parts().into_iter().zip(0i16..);
    parts
        .map(|((ref_id, text, own), part)| {
            let key = change.keys.get(part as usize).cloned().unwrap_or(own);
            value::Model {
                ticket_id: ticket.id,
                field_id: change.field_id,
                part,
                active: ticket.active,
                folded: key.folded,
                number: key.number,
                ref_id,
                text,
            }
        })
        .collect()
}

/// What a change was, kept beside the history so that it can be erased.
#[derive(Clone, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Kept {
    pub id: Uuid,
    /// JSON of the changes.
    pub content: String,
}

/// The changes of these ids that are still kept, without those of fields the actor may not see.
pub async fn told(db: &Db, actor: &Actor, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<FieldChange>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = sea_orm::sea_query::Query::select()
        .columns(["id", "content"])
        .from("field_change")
        .and_where(sea_orm::sea_query::ExprTrait::is_in(
            sea_orm::sea_query::Expr::col("id"),
            ids.iter().copied(),
        ))
        .to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let kept = <Kept as sea_orm::FromQueryResult>::find_by_statement(statement)
        .all(db.reader())
        .await?;
    let visible: HashMap<Uuid, bool> = read::definitions(db)
        .await?
        .iter()
        .map(|field| (field.row.id, field.is_visible(actor)))
        .collect();
    Ok(kept
        .into_iter()
        .map(|kept| {
            let mut changes: Vec<FieldChange> =
                serde_json::from_str(&kept.content).unwrap_or_default();
            changes.retain(|c| visible.get(&c.field_id).copied().unwrap_or(false));
            (kept.id, changes)
        })
        .collect())
}
