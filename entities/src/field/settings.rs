//! What a definition says beyond its name: where and when, how far, by whom.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::value::Value;
use crate::ticket;

/// What sort of value it takes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[sea_orm(string_value = "text")]
    Text,
    #[sea_orm(string_value = "long_text")]
    LongText,
    #[sea_orm(string_value = "choice")]
    Choice,
    #[sea_orm(string_value = "choices")]
    Choices,
    /// A choice from options below options.
    #[sea_orm(string_value = "tree")]
    Tree,
    #[sea_orm(string_value = "yes_no")]
    YesNo,
    #[sea_orm(string_value = "whole")]
    Whole,
    /// Kept in millionths.
    #[sea_orm(string_value = "decimal")]
    Decimal,
    /// Euros, kept in cents.
    #[sea_orm(string_value = "money")]
    Money,
    #[sea_orm(string_value = "date")]
    Date,
    #[sea_orm(string_value = "moment")]
    Moment,
    #[sea_orm(string_value = "person")]
    Person,
    #[sea_orm(string_value = "organisation")]
    Organisation,
    #[sea_orm(string_value = "ticket")]
    Ticket,
    /// The number of a case elsewhere.
    #[sea_orm(string_value = "external")]
    External,
}

impl Kind {
    /// All of them, in the order of the editor.
    pub const ALL: [Kind; 15] = [
        Kind::Text,
        Kind::LongText,
        Kind::Choice,
        Kind::Choices,
        Kind::Tree,
        Kind::YesNo,
        Kind::Whole,
        Kind::Decimal,
        Kind::Money,
        Kind::Date,
        Kind::Moment,
        Kind::Person,
        Kind::Organisation,
        Kind::Ticket,
        Kind::External,
    ];

    /// Whether its values are options.
    pub fn has_options(self) -> bool {
        matches!(self, Kind::Choice | Kind::Choices | Kind::Tree)
    }

    /// Whether its values are texts.
    pub fn is_text(self) -> bool {
        matches!(self, Kind::Text | Kind::LongText | Kind::External)
    }

    /// Whether its values are numbers, with so many digits behind the point in what is kept.
    pub fn places(self) -> Option<u32> {
        match self {
            Kind::Whole => Some(0),
            Kind::Decimal => Some(6),
            Kind::Money => Some(2),
            _ => None,
        }
    }

    /// Whether its values point at something else.
    pub fn is_reference(self) -> bool {
        matches!(self, Kind::Person | Kind::Organisation | Kind::Ticket)
    }

    /// Whether its values have smallest and largest ones.
    pub fn has_range(self) -> bool {
        self.places().is_some() || self == Kind::Date
    }

    /// The stored name.
    pub fn name(self) -> String {
        sea_orm::ActiveEnum::to_value(&self)
    }
}

/// When a value must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// When a person opens a ticket.
    Create,
    /// When a person says which service it is about.
    Classify,
    /// Before a person asks the vendor, or waits for them.
    VendorEnquiry,
    /// Before a person solves or closes.
    Close,
}

impl Moment {
    pub const ALL: [Moment; 4] = [
        Moment::Create,
        Moment::Classify,
        Moment::VendorEnquiry,
        Moment::Close,
    ];
}

/// What a role may do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    Hidden,
    Read,
    Write,
}

/// Words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub de: String,
    pub en: String,
}

impl Words {
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Words {
        Words {
            de: de.into(),
            en: en.into(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.de.is_empty() && self.en.is_empty()
    }
}

/// Which tickets show it; an empty list asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    pub kinds: Vec<ticket::Kind>,
    /// These services and their modules.
    pub services: Vec<Uuid>,
    pub teams: Vec<Uuid>,
}

/// How far a value may go: characters of a text, the number as it is kept, days since 1970 of a date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    pub min: Option<i64>,
    pub max: Option<i64>,
    /// A regular expression for the whole text.
    pub pattern: Option<String>,
    /// An address with `{value}` in it.
    pub link: Option<String>,
}

/// What the options offered depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Depends {
    #[default]
    Nothing,
    /// The ticket's service or module.
    Service,
    /// The value of another field of options.
    Field(Uuid),
}

/// A value that stands there from the beginning for one mailbox or service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    pub of: Uuid,
    pub value: Value,
}

/// The rest of a definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub help: Words,
    /// Fields of one group stand together; none is the classification.
    pub group: Words,
    pub shown: Shown,
    pub required: Vec<Moment>,
    pub limits: Limits,
    pub depends: Depends,
    pub default: Option<Value>,
    pub by_mailbox: Vec<Preset>,
    pub by_service: Vec<Preset>,
    /// Roles that may less than write.
    pub rights: Vec<(Uuid, Right)>,
    /// What it holds tells of a person: it stands in no case that is shown without names.
    pub personal: bool,
}
