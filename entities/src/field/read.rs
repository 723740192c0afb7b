//! Reading definitions, and what a ticket the actor already sees holds in its fields.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::sea_query::{Query, UnionType};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryTrait, Select,
};
use uuid::Uuid;

use super::facts::Field;
use super::option::{self, Choice};
use super::rules::Case;
use super::settings::{Moment, Words};
use super::value::{self, Value, Values};
use super::{COLUMN, Column, Entity, rules};
use crate::actor::Actor;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::history;
use crate::service;
use crate::ticket::Ticket;

/// The question that [`definitions`] answers.
#[derive(PartialEq, Eq, Hash)]
struct EveryDefinition;

/// Every definition, retired ones too, in order and without options.
pub async fn definitions(db: &Db) -> Result<Vec<Field>> {
    db.kept_setting(EveryDefinition, async || definitions_on(db.reader()).await)
        .await
}

pub(crate) async fn definitions_on(c: &impl ConnectionTrait) -> Result<Vec<Field>> {
    let rows = Entity::find()
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(c)
        .await?;
    Ok(rows.into_iter().map(|row| Field::of(row, vec![])).collect())
}

/// The fields of these ids with their options.
pub async fn with_options(db: &Db, ids: &[Uuid]) -> Result<Vec<Field>> {
    with_first_options(db, ids, i32::MAX).await
}

/// Every definition with its options.
pub async fn every(db: &Db) -> Result<Vec<Field>> {
    filled(db, Entity::find(), i32::MAX).await
}

/// The fields of these ids, each with up to so many of its options.
pub async fn with_first_options(db: &Db, ids: &[Uuid], most: i32) -> Result<Vec<Field>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let some = Entity::find().filter(COLUMN.id.is_in(ids.iter().copied()));
    filled(db, some, most).await
}

async fn filled(db: &Db, some: Select<Entity>, most: i32) -> Result<Vec<Field>> {
    let rows = some
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(db.reader())
        .await?;
    let mut options: HashMap<Uuid, Vec<Choice>> = HashMap::new();
    let chosen = rows.iter().filter(|r| r.kind.has_options()).map(|r| r.id);
    let chosen: Vec<Uuid> = chosen.collect();
    if !chosen.is_empty() {
        let all = option::Entity::find()
            .filter(option::COLUMN.field_id.is_in(chosen))
            .filter(option::COLUMN.position.lt(most))
            .order_by_asc(option::Column::FieldId)
            .order_by_asc(option::Column::Position)
            .all(db.reader())
            .await?;
        for row in &all {
            options
                .entry(row.field_id)
                .or_default()
                .push(Choice::of(row));
        }
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let options = options.remove(&row.id).unwrap_or_default();
            Field::of(row, options)
        })
        .collect())
}

/// What a ticket holds, hidden fields included: for rules, never for pages.
pub(crate) async fn values(db: &Db, ticket_id: Uuid) -> Result<Values> {
    let fields = definitions(db).await?;
    values_on(db.reader(), ticket_id, &fields).await
}

pub(crate) async fn values_on(
    c: &impl ConnectionTrait,
    ticket_id: Uuid,
    fields: &[Field],
) -> Result<Values> {
    let rows = value::Entity::find()
        .filter(value::COLUMN.ticket_id.eq(ticket_id))
        .order_by_asc(value::Column::FieldId)
        .order_by_asc(value::Column::Part)
        .all(c)
        .await?;
    let mut by_field: BTreeMap<Uuid, Vec<&value::Model>> = BTreeMap::new();
    for row in &rows {
        by_field.entry(row.field_id).or_default().push(row);
    }
    let mut values = Values::with_capacity(by_field.len());
    for field in fields {
        if let Some(rows) = by_field.get(&field.row.id)
            && let Some(value) = Value::of(field.row.kind, rows)
        {
            values.insert(field.row.id, value);
        }
    }
    Ok(values)
}

/// What these tickets hold in these fields, which the reader knows.
pub async fn of_tickets(db: &Db, ids: &[Uuid], fields: &[&Field]) -> Result<HashMap<Uuid, Values>> {
    if ids.is_empty() || fields.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = value::Entity::find()
        .filter(value::COLUMN.ticket_id.is_in(ids.iter().copied()))
        .filter(
            value::COLUMN
                .field_id
                .is_in(fields.iter().map(|f| f.row.id)),
        )
        .order_by_asc(value::Column::TicketId)
        .order_by_asc(value::Column::FieldId)
        .order_by_asc(value::Column::Part)
        .all(db.reader())
        .await?;
    let mut all: HashMap<Uuid, Values> = HashMap::new();
    for some in rows.chunk_by(|a, b| (a.ticket_id, a.field_id) == (b.ticket_id, b.field_id)) {
        let (ticket_id, field_id) = (some[0].ticket_id, some[0].field_id);
        let some: Vec<&value::Model> = some.iter().collect();
        let field = fields.iter().find(|f| f.row.id == field_id);
        if let Some(value) = field.and_then(|f| Value::of(f.row.kind, &some)) {
            all.entry(ticket_id).or_default().insert(field_id, value);
        }
    }
    Ok(all)
}

/// The fields of a ticket as a reader may know them.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Shown or filled, and visible to the reader; in order, without options.
    pub fields: Vec<Field>,
    pub values: Values,
    pub case: Case,
    /// Words of the options, with those above them, and names of what values point at.
    pub words: HashMap<Uuid, Words>,
}

impl Sheet {
    /// The ids of the fields that hold something.
    pub fn filled(&self) -> HashSet<Uuid> {
        self.values.keys().copied().collect()
    }

    /// The fields that are needed at a moment, empty, and the actor's to fill.
    pub fn missing(&self, moment: Moment, actor: &Actor) -> Vec<&Field> {
        rules::missing(&self.fields, &self.case, &self.filled(), moment, actor)
    }
}

/// The fields of a ticket the actor has already found.
pub async fn sheet(db: &Db, actor: &Actor, ticket: &Ticket) -> Result<Sheet> {
    let case = case(db, ticket).await?;
    sheet_for(db, actor, ticket.id, case).await
}

/// The same for the ticket as it would be with another service, kind or team.
pub async fn sheet_for(db: &Db, actor: &Actor, ticket_id: Uuid, case: Case) -> Result<Sheet> {
    let mut fields = definitions(db).await?;
    if fields.is_empty() {
        return Ok(Sheet {
            fields,
            values: Values::new(),
            case,
            words: HashMap::new(),
        });
    }
    let mut values = values_on(db.reader(), ticket_id, &fields).await?;
    fields.retain(|f| f.is_visible(actor));
    values.retain(|id, _| fields.iter().any(|f| f.row.id == *id));
    fields.retain(|f| f.is_shown(&case) || values.contains_key(&f.row.id));
    let all: Vec<&Value> = values.values().collect();
    let words = words(db, actor, &all).await?;
    Ok(Sheet {
        fields,
        values,
        case,
        words,
    })
}

/// What decides about showing fields on a ticket.
pub async fn case(db: &Db, ticket: &Ticket) -> Result<Case> {
    let parent = match ticket.service_id {
        Some(id) => service::list::parents(db)
            .await?
            .get(&id)
            .copied()
            .flatten(),
        None => None,
    };
    Ok(Case::of(ticket, parent))
}

/// What a new ticket of such a sort shows and takes, with options.
pub async fn blank(db: &Db, actor: &Actor, case: Case) -> Result<Sheet> {
    let fields = definitions(db).await?;
    let shown = fields
        .iter()
        .filter(|f| f.is_shown(&case) && f.right(actor) == super::Right::Write);
    let ids: Vec<Uuid> = shown.map(|f| f.row.id).collect();
    Ok(Sheet {
        fields: with_options(db, &ids).await?,
        values: Values::new(),
        case,
        words: HashMap::new(),
    })
}

/// These options and those above them: most have one above or none, which one statement finds.
async fn with_those_above(db: &Db, ids: Vec<Uuid>) -> Result<Vec<Choice>> {
    let mut rows: HashMap<Uuid, option::Model> = HashMap::new();
    let mut next = ids;
    while !next.is_empty() {
        next.sort_unstable();
        next.dedup();
        let here = option::COLUMN.id.is_in(few_forms(next));
        let above = option::Entity::find()
            .filter(
                option::COLUMN.id.in_subquery(
                    Query::select()
                        .column(option::Column::ParentId)
                        .from(option::Entity)
                        .and_where(here.clone())
                        .to_owned(),
                ),
            )
            .into_query();
        let both = option::Entity::find()
            .filter(here)
            .into_query()
            .union(UnionType::Distinct, above)
            .to_owned();
        let found =
            option::Model::find_by_statement(db.reader().get_database_backend().build(&both))
                .all(db.reader())
                .await?;
        let before = rows.len();
        rows.extend(found.into_iter().map(|o| (o.id, o)));
        if rows.len() == before {
            // What is above them is gone.
            break;
        }
        let parents = rows.values().filter_map(|o| o.parent_id);
        next = parents.filter(|id| !rows.contains_key(id)).collect();
    }
    Ok(rows.values().map(Choice::of).collect())
}

/// The words of everything values name: options with those above them, people, organisations, tickets the actor sees.
pub async fn words(db: &Db, actor: &Actor, values: &[&Value]) -> Result<HashMap<Uuid, Words>> {
    let mut options = Vec::new();
    let mut others = Vec::new();
    for value in values {
        match value {
            Value::Options(ids) => options.extend(ids.iter().copied()),
            Value::Reference(id) => others.push(*id),
            _ => {}
        }
    }
    let mut words = HashMap::new();
    let all = with_those_above(db, options.clone()).await?;
    for id in options {
        let path = option::path(&all, id);
        if path.is_empty() {
            continue;
        }
        let joined = |of: fn(&Words) -> &str| {
            let parts: Vec<&str> = path.iter().map(|o| of(&o.label)).collect();
            parts.join(" › ")
        };
        words.insert(id, Words::new(joined(|w| &w.de), joined(|w| &w.en)));
    }
    for (id, name) in history::names(db, actor, &others).await? {
        words.insert(id, Words::new(name.clone(), name));
    }
    Ok(words)
}
