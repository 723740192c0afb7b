//! The options of a choice, in the order in which they are offered.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use super::settings::Words;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "field_option")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub field_id: Uuid,
    /// The option it stands below, in a tree.
    pub parent_id: Option<Uuid>,
    pub position: i32,
    pub label_de: String,
    pub label_en: String,
    /// JSON array of ids.
    pub given: String,
    /// No longer offered; values that have it keep it.
    pub retired: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// An option. In a tree it stands somewhere behind its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: Uuid,
    pub parent_id: Option<Uuid>,
    pub label: Words,
    /// Offered only with one of these services or options of the field it depends on; always when empty.
    pub given: Vec<Uuid>,
    pub retired: bool,
}

impl Choice {
    /// A new option that is always offered.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Choice {
        Choice {
            id: crate::new_id(),
            parent_id: None,
            label: Words::new(de, en),
            given: vec![],
            retired: false,
        }
    }

    pub(super) fn of(row: &Model) -> Choice {
        Choice {
            id: row.id,
            parent_id: row.parent_id,
            label: Words::new(&row.label_de, &row.label_en),
            given: serde_json::from_str(&row.given).unwrap_or_default(),
            retired: row.retired,
        }
    }

    pub(super) fn row(&self, field_id: Uuid, position: i32) -> Model {
        Model {
            id: self.id,
            field_id,
            parent_id: self.parent_id,
            position,
            label_de: self.label.de.clone(),
            label_en: self.label.en.clone(),
            given: serde_json::to_string(&self.given).unwrap_or_default(),
            retired: self.retired,
        }
    }
}

/// Options by their ids, for whoever walks up from many of them.
#[derive(Debug)]
pub struct Above<'a>(HashMap<Uuid, &'a Choice>);

impl<'a> Above<'a> {
    /// Of these options.
    pub fn of(options: &'a [Choice]) -> Above<'a> {
        Above(options.iter().map(|o| (o.id, o)).collect())
    }

    /// What [`path`] gives.
    pub fn path(&self, id: Uuid) -> Vec<&'a Choice> {
        walk(id, self.0.len(), |id| self.0.get(&id).copied())
    }
}

/// An option and those above it, from the top; it ends where a parent is missing or a circle begins.
pub fn path(options: &[Choice], id: Uuid) -> Vec<&Choice> {
    walk(id, options.len(), |id| options.iter().find(|o| o.id == id))
}

fn walk<'a>(id: Uuid, most: usize, find: impl Fn(Uuid) -> Option<&'a Choice>) -> Vec<&'a Choice> {
    let mut path = Vec::new();
    let mut next = Some(id);
    while let Some(option) = next.and_then(&find) {
        if path.len() > most || path.iter().any(|o: &&Choice| o.id == option.id) {
            break;
        }
        path.push(option);
        next = option.parent_id;
    }
    path.reverse();
    path
}
