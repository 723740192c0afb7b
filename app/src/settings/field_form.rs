//! The fields of the form that defines a dynamic field, and the facts they stand for.

use entities::field::parse::{self, typed_number};
use entities::field::pattern::Pattern;
use entities::field::{
    Depends, Field, FieldFacts, Kind, Limits, Moment, Preset, Right, Settings, Shown, Value, Words,
    read, value,
};
use entities::{Rejected, Uuid, mailbox, service};
use serde::Deserialize;

use super::field_options::{self, Givers};
use super::form::{self, Faults};
use crate::error::Result;
use crate::fields::typed::{self, Entry};
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

    async fn presets(&self, cx: &Cx, facts: &mut FieldFacts, faults: &mut Faults) -> Result<()> {
        let like = like(facts);
        match preset(cx, &like, &self.default).await? {
            Ok(value) => facts.settings.default = value,
            Err(fault) => faults.add("default", fault),
        }
        let lines = [
            ("by_service", &self.by_service, services(cx).await?),
            ("by_mailbox", &self.by_mailbox, mailboxes(cx).await?),
        ];
        for (field, text, known) in lines {
            let mut presets = Vec::new();
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let (of, typed) = line.split_once('=').unwrap_or((line, ""));
                let of = entities::text::fold(of);
                let found = known.iter().find(|(n, _)| entities::text::fold(n) == of);
                let Some((_, of)) = found else {
                    let args = [("line", line.trim().into())];
                    faults.add(field, cx.locale.t_with("field-preset-unknown", &args));
                    break;
                };
                match preset(cx, &like, typed).await? {
                    Ok(Some(value)) => presets.push(Preset { of: *of, value }),
                    Ok(None) => {}
                    Err(fault) => {
                        faults.add(field, format!("{}: {fault}", line.trim()));
                        break;
                    }
                }
            }
            match field {
                "by_service" => facts.settings.by_service = presets,
                _ => facts.settings.by_mailbox = presets,
            }
        }
        Ok(())
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

async fn services(cx: &Cx) -> Result<Givers> {
    let all = service::choices(&cx.db).await?.into_iter();
    Ok(all.map(|c| (c.name, c.id)).collect())
}

async fn mailboxes(cx: &Cx) -> Result<Givers> {
    let all = mailbox::choices(&cx.db).await?.into_iter();
    Ok(all.map(|c| (c.name, c.id)).collect())
}

fn bound(cx: &Cx, kind: Kind, typed: &str) -> Result<Option<i64>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() || !(kind.has_range() || kind.is_text()) {
        return Ok(None);
    }
    if kind == Kind::Date {
        let day = chrono::NaiveDate::parse_from_str(typed, "%Y-%m-%d");
        let day = day.or_else(|_| chrono::NaiveDate::parse_from_str(typed, "%d.%m.%Y"));
        return day
            .map(|d| Some(value::days(d)))
            .map_err(|_| "field-fault-date");
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

/// A value as the form writes it: words of options instead of ids.
fn typed_value(cx: &Cx, field: &Field, value: &Value) -> String {
    match value {
        Value::Options(ids) => {
            let named = ids.iter().map(|id| typed::path(cx, &field.options, *id));
            named.collect::<Vec<_>>().join("; ")
        }
        other => crate::fields::words::typed(cx.locale, &cx.now, field.row.kind, other)
            .pop()
            .unwrap_or_default(),
    }
}

/// Reads what [`typed_value`] wrote.
async fn preset(cx: &Cx, field: &Field, typed: &str) -> Result<Result<Option<Value>, String>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Ok(None));
    }
    let kind = field.row.kind;
    if kind.has_options() {
        let mut ids = Vec::new();
        for part in typed.split(';').map(entities::text::fold) {
            let found = field.options.iter().find(|o| {
                let path = entities::text::fold(&typed::path(cx, &field.options, o.id));
                path == part || entities::text::fold(&o.label.de) == part
            });
            match found {
                Some(option) => ids.push(option.id),
                None => return Ok(Err(cx.t("field-fault-offered"))),
            }
        }
        let value = Value::Options(ids);
        return Ok(match value.fits(kind) {
            true => Ok(Some(value)),
            false => Err(cx.t("field-fault-offered")),
        });
    }
    let typed = match (kind, entities::text::fold(typed).as_str()) {
        (Kind::YesNo, "ja" | "yes") => "yes".to_owned(),
        (Kind::YesNo, "nein" | "no") => "no".to_owned(),
        _ => typed.to_owned(),
    };
    let entry = match kind.is_reference() {
        true => Entry {
            values: vec![],
            text: typed,
        },
        false => Entry {
            values: vec![typed],
            text: String::new(),
        },
    };
    let case = entities::field::rules::Case {
        kind: entities::ticket::Kind::Incident,
        place: Default::default(),
        parent_service_id: None,
    };
    let beside = entities::field::Values::new();
    let read = typed::value(cx, field, &entry, &case, &beside).await?;
    let checked = read.and_then(|value| {
        if let Some(value) = &value {
            field.check(value, None, &case, &beside)?;
        }
        Ok(value)
    });
    Ok(checked.map_err(|fault| crate::fields::words::fault(cx.locale, field, fault)))
}
