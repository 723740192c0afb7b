//! The fields of the form that defines a dynamic field, and the facts they stand for.

use entities::field::parse::{self, typed_number};
use entities::field::pattern::Pattern;
use entities::field::{
    Depends, Field, FieldFacts, Kind, Limits, Moment, Right, Settings, Shown, Value, Words, read,
    value,
};
use entities::{Rejected, Uuid};
use serde::Deserialize;

use super::field_options::{self, Givers};
use super::field_presets::{mailboxes, services, typed_value};
use super::form::{self, Faults};
use crate::error::Result;
use crate::fields::words::mark;
use crate::web::cx::Cx;
use crate::web::parts::{name, named};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FieldForm {
    pub key: String,
    pub kind: String,
    pub label_de: String,
    pub label_en: String,
    pub help_de: String,
    pub help_en: String,
    pub group_de: String,
    pub group_en: String,
    pub position: String,
    pub min: String,
    pub max: String,
    pub pattern: String,
    /// Texts the pattern is tried against, one a line.
    pub examples: String,
    pub link: String,
    pub options: String,
    /// Nothing, `service`, or the id of another field.
    pub depends: String,
    pub kinds: Vec<String>,
    pub services: Vec<String>,
    pub teams: Vec<String>,
    pub required: Vec<String>,
    pub default: String,
    /// Lines of a service's name, an equals sign and a value.
    pub by_service: String,
    pub by_mailbox: String,
    pub hidden: Vec<String>,
    pub readonly: Vec<String>,
    pub personal: Option<String>,
    pub version: String,
    pub once: Option<String>,
}

/// What was typed, read as far as it can be.
pub struct Read {
    /// The field as it would be.
    pub facts: FieldFacts,
    pub faults: Faults,
}

impl FieldForm {
    /// The form of a new field.
    pub fn empty(position: i32) -> FieldForm {
        FieldForm {
            kind: Kind::Text.name(),
            position: position.to_string(),
            ..FieldForm::default()
        }
    }

    /// The form of one there is.
    pub async fn of(cx: &Cx, field: &Field) -> Result<FieldForm> {
        let s = &field.settings;
        let of = |right: Right| {
            let some = s.rights.iter().filter(|(_, set)| *set == right);
            some.map(|(id, _)| id.to_string()).collect()
        };
        let ids = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect();
        let depends = match s.depends {
            Depends::Nothing => String::new(),
            Depends::Service => "service".to_owned(),
            Depends::Field(id) => id.to_string(),
        };
        let givers = givers(cx, &depends).await?;
        let shown = |value: &Value| typed_value(cx, field, value);
        let mut presets = [String::new(), String::new()];
        let names = [services(cx).await?, mailboxes(cx).await?];
        for (place, all) in [&s.by_service, &s.by_mailbox].into_iter().enumerate() {
            for preset in all {
                let found = names[place].iter().find(|(_, id)| *id == preset.of);
                if let Some((name, _)) = found {
                    presets[place].push_str(&format!("{name} = {}\n", shown(&preset.value)));
                }
            }
        }
        let [by_service, by_mailbox] = presets;
        Ok(FieldForm {
            key: field.row.key.clone(),
            kind: field.row.kind.name(),
            label_de: field.row.label_de.clone(),
            label_en: field.row.label_en.clone(),
            help_de: s.help.de.clone(),
            help_en: s.help.en.clone(),
            group_de: s.group.de.clone(),
            group_en: s.group.en.clone(),
            position: field.row.position.to_string(),
            min: bound_text(cx, field.row.kind, s.limits.min),
            max: bound_text(cx, field.row.kind, s.limits.max),
            pattern: s.limits.pattern.clone().unwrap_or_default(),
            examples: String::new(),
            link: s.limits.link.clone().unwrap_or_default(),
            options: field_options::text(&field.options, &givers),
            depends,
            kinds: s.shown.kinds.iter().map(name).collect(),
            services: ids(&s.shown.services),
            teams: ids(&s.shown.teams),
            required: s.required.iter().map(name).collect(),
            default: s.default.as_ref().map(shown).unwrap_or_default(),
            by_service,
            by_mailbox,
            hidden: of(Right::Hidden),
            readonly: of(Right::Read),
            personal: s.personal.then(|| "1".to_owned()),
            version: field.row.version.to_string(),
            once: None,
        })
    }

    /// The kind that was chosen, or that the field has.
    pub fn kind(&self, before: Option<&Field>) -> Kind {
        match before {
            Some(field) => field.row.kind,
            None => named(&self.kind).unwrap_or(Kind::Text),
        }
    }

    /// Reads everything, with all faults at once.
    pub async fn read(&self, cx: &Cx, before: Option<&Field>) -> Result<Read> {
        let mut faults = Faults::default();
        let kind = self.kind(before);
        if self.label_de.trim().is_empty() {
            faults.add("label_de", cx.t("settings-fault-empty"));
        }
        if before.is_none() && self.key.trim().is_empty() {
            faults.add("key", cx.t("settings-fault-empty"));
        }
        if form::position(&self.position).is_err() {
            faults.add("position", cx.t("filter-fault-position"));
        }
        let limits = self.limits(cx, kind, &mut faults);
        let givers = givers(cx, &self.depends).await?;
        let none = Vec::new();
        let old = before.map_or(&none, |field| &field.options);
        let options = match kind.has_options() {
            true => field_options::read(cx, &self.options, old, &givers),
            false => Ok(vec![]),
        };
        let options = options.unwrap_or_else(|fault| {
            faults.add("options", fault);
            vec![]
        });
        let ids = |all: &[String]| {
            all.iter()
                .filter_map(|id| Uuid::try_parse(id).ok())
                .collect()
        };
        let rights = |all: &[String], right: Right| -> Vec<(Uuid, Right)> {
            let ids = all.iter().filter_map(|id| Uuid::try_parse(id).ok());
            ids.map(|id| (id, right)).collect()
        };
        let mut all_rights = rights(&self.hidden, Right::Hidden);
        all_rights.extend(rights(&self.readonly, Right::Read));
        let settings = Settings {
            help: words(&self.help_de, &self.help_en),
            group: words(&self.group_de, &self.group_en),
            shown: Shown {
                kinds: self.kinds.iter().filter_map(|k| named(k)).collect(),
                services: ids(&self.services),
                teams: ids(&self.teams),
            },
            required: Moment::ALL
                .into_iter()
                .filter(|m| self.required.contains(&name(m)))
                .collect(),
            limits,
            depends: match self.depends.as_str() {
                "" => Depends::Nothing,
                "service" => Depends::Service,
                id => Uuid::try_parse(id).map_or(Depends::Nothing, Depends::Field),
            },
            default: None,
            by_mailbox: vec![],
            by_service: vec![],
            rights: all_rights,
            personal: self.personal.is_some(),
        };
        let mut facts = FieldFacts {
            key: before.map_or_else(|| self.key.clone(), |f| f.row.key.clone()),
            kind,
            label: words(&self.label_de, &self.label_en),
            position: self.position.trim().parse().unwrap_or_default(),
            settings,
            options,
            version: self.version.parse().unwrap_or_default(),
        };
        self.presets(cx, &mut facts, &mut faults).await?;
        Ok(Read { facts, faults })
    }

    fn limits(&self, cx: &Cx, kind: Kind, faults: &mut Faults) -> Limits {
        let mut bound = |field: &str, typed: &str| match bound(cx, kind, typed) {
            Ok(bound) => bound,
            Err(key) => {
                faults.add(field, cx.t(key));
                None
            }
        };
        let (min, max) = (bound("min", &self.min), bound("max", &self.max));
        if kind.is_text() && !self.pattern.is_empty() && Pattern::parse(&self.pattern).is_none() {
            faults.add(
                "pattern",
                crate::error::rejected(cx.locale, Rejected::NotAPattern),
            );
        }
        Limits {
            min,
            max,
            pattern: Some(self.pattern.clone()).filter(|p| !p.is_empty()),
            link: Some(self.link.clone()).filter(|l| !l.trim().is_empty()),
        }
    }
}

/// The control a state of the model is shown at.
pub fn place(why: Rejected) -> &'static str {
    match why {
        Rejected::NotAKey | Rejected::KeyTaken => "key",
        Rejected::EmptyRange => "max",
        Rejected::NotAPattern => "pattern",
        Rejected::NotALink => "link",
        Rejected::TooManyOptions | Rejected::OptionTwice | Rejected::OptionGone => "options",
        Rejected::Circular => "options",
        Rejected::Retired => "hidden",
        _ => "label_de",
    }
}

fn words(de: &str, en: &str) -> Words {
    let (de, en) = (de.trim(), en.trim());
    Words::new(de, if en.is_empty() { de } else { en })
}

/// The field these facts make, for reading values and for the preview.
pub fn like(facts: &FieldFacts) -> Field {
    use entities::setting::Noun as _;
    let mut field = Field::blank(Uuid::nil(), chrono::DateTime::UNIX_EPOCH);
    field.take(facts);
    field
}

/// What options can depend on.
pub async fn givers(cx: &Cx, depends: &str) -> Result<Givers> {
    match depends {
        "" => Ok(vec![]),
        "service" => services(cx).await,
        id => {
            let id = Uuid::try_parse(id).unwrap_or_default();
            let field = read::with_options(&cx.db, &[id]).await?.pop();
            let options = field.map(|f| f.options).unwrap_or_default();
            Ok(field_options::givers_of(cx, &options))
        }
    }
}

fn bound(cx: &Cx, kind: Kind, typed: &str) -> Result<Option<i64>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() || !(kind.has_range() || kind.is_text()) {
        return Ok(None);
    }
    if kind == Kind::Date {
        let day = parse::day(typed).ok_or("field-fault-date")?;
        return Ok(Some(value::days(day)));
    }
    let number = parse::number(typed, kind.places().unwrap_or_default(), mark(cx.locale));
    number.map(Some).ok_or("field-fault-number")
}

fn bound_text(cx: &Cx, kind: Kind, bound: Option<i64>) -> String {
    match (kind, bound) {
        (_, None) => String::new(),
        (Kind::Date, Some(days)) => value::date(days).map_or_else(String::new, |d| d.to_string()),
        (_, Some(n)) => typed_number(n, kind.places().unwrap_or_default(), mark(cx.locale)),
    }
}
