//! A dynamic field: something an administrator wants known of tickets, without a programmer.

pub mod change;
pub mod defaults;
pub mod filter;
pub mod lacking;
pub mod list;
pub mod option;
pub mod parse;
pub mod pattern;
pub mod read;
pub mod rules;
pub mod settings;
pub mod value;

mod facts;

use sea_orm::entity::prelude::*;

pub use facts::{Field, FieldFacts};
pub use option::Choice;
pub use rules::{Fault, missing};
pub use settings::{Depends, Kind, Limits, Moment, Preset, Right, Settings, Shown, Words};
pub use value::{Value, Values};

pub type Create = crate::setting::Create<Field>;
pub type Update = crate::setting::Update<Field>;
pub type Retire = crate::setting::Retire<Field>;
pub type Restore = crate::setting::Restore<Field>;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "field")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Stands in addresses and exports; unique, and never changed.
    pub key: String,
    /// Never changed either, so that no value loses its meaning.
    pub kind: Kind,
    pub label_de: String,
    pub label_en: String,
    pub position: i32,
    /// JSON of [`Settings`].
    pub settings: String,
    /// Grows with every change of the definition.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
