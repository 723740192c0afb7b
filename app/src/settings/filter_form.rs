//! The fields of a mail filter's form, and the facts they stand for.

use entities::mail_filter::{Condition, How, MailFilter, MailFilterFacts, Part};
use entities::ticket::{Kind, Priority};
use serde::Deserialize;
use validator::Validate;

use super::filter_trial::Trial;
use super::form::{self, Faults};
use crate::mail::filter;
use crate::web::cx::Cx;
use crate::web::parts::{name, named};

/// Empty rows for further conditions.
const SPARE_ROWS: usize = 2;

/// The most conditions of a filter.
const MOST_ROWS: usize = 20;

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct FilterForm {
    #[validate(custom(function = "form::needed"))]
    pub name: String,
    #[validate(custom(function = "form::position"))]
    pub position: String,
    pub mailbox: String,
    pub part: Vec<String>,
    pub header: Vec<String>,
    pub how: Vec<String>,
    pub value: Vec<String>,
    pub service: String,
    pub team: String,
    pub priority: String,
    pub kind: String,
    pub ignore: String,
    pub no_answer: String,
    pub once: Option<String>,
    /// What the last mails say to it, when that was asked.
    #[serde(skip)]
    pub trial: Option<Trial>,
}

/// A condition as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub part: String,
    pub header: String,
    pub how: String,
    pub value: String,
}

/// The field at fault, and the sentence about it.
type Fault = (&'static str, &'static str);

impl Row {
    fn of(condition: &Condition) -> Row {
        let bare = |part: &str, value: String| Row {
            part: part.to_owned(),
            value,
            ..Row::default()
        };
        match condition {
            Condition::AtLeast { kb } => bare("at_least", kb.to_string()),
            Condition::AtMost { kb } => bare("at_most", kb.to_string()),
            Condition::Automatic => bare("automatic", String::new()),
            Condition::NotAutomatic => bare("not_automatic", String::new()),
            Condition::Text { part, how, value } => {
                let (part, header) = match part {
                    Part::Header(header) => ("header".to_owned(), header.clone()),
                    other => (name(other), String::new()),
                };
                Row {
                    part,
                    header,
                    how: name(how),
                    value: value.clone(),
                }
            }
        }
    }

    /// The condition; none for an empty row.
    fn condition(&self) -> Result<Option<Condition>, Fault> {
        let value = self.value.trim();
        let part = match self.part.as_str() {
            "" if value.is_empty() => return Ok(None),
            "" => return Err(("part", "filter-fault-part")),
            "automatic" => return Ok(Some(Condition::Automatic)),
            "not_automatic" => return Ok(Some(Condition::NotAutomatic)),
            "at_least" | "at_most" => {
                let kb = value.parse().ok().filter(|kb| (1..=1_000_000).contains(kb));
                let kb = kb.ok_or(("value", "filter-fault-size"))?;
                return Ok(Some(match self.part.as_str() {
                    "at_least" => Condition::AtLeast { kb },
                    _ => Condition::AtMost { kb },
                }));
            }
            "header" => match self.header.trim() {
                "" => return Err(("header", "filter-fault-header")),
                header => Part::Header(header.to_owned()),
            },
            other => named(other).ok_or(("part", "filter-fault-part"))?,
        };
        let how = named(&self.how).unwrap_or(How::Contains);
        if value.is_empty() {
            return Err(("value", "settings-fault-empty"));
        }
        if value.chars().count() > filter::MOST_PATTERN_CHARS {
            return Err(("value", "filter-fault-long"));
        }
        if how == How::Matches && filter::pattern(value).is_err() {
            return Err(("value", "filter-fault-pattern"));
        }
        let value = value.to_owned();
        Ok(Some(Condition::Text { part, how, value }))
    }
}

impl FilterForm {
    /// Fields that can have faults, as they follow on the page.
    pub const ORDER: &'static [&'static str] = &["name", "position"];

    pub fn of_facts(facts: &MailFilterFacts) -> Self {
        let rows: Vec<Row> = facts.conditions.iter().map(Row::of).collect();
        let column = |of: fn(&Row) -> &String| rows.iter().map(|row| of(row).clone()).collect();
        let tick = |on: bool| if on { "1" } else { "" }.to_owned();
        FilterForm {
            name: facts.name.clone(),
            position: facts.position.to_string(),
            mailbox: form::id_text(facts.mailbox_id),
            part: column(|row| &row.part),
            header: column(|row| &row.header),
            how: column(|row| &row.how),
            value: column(|row| &row.value),
            service: form::id_text(facts.service_id),
            team: form::id_text(facts.team_id),
            priority: facts.priority.map(name).unwrap_or_default(),
            kind: facts.kind.map(name).unwrap_or_default(),
            ignore: tick(facts.ignore),
            no_answer: tick(facts.no_answer),
            once: None,
            trial: None,
        }
    }

    /// The rows that were typed, and some for more.
    pub fn rows(&self) -> Vec<Row> {
        let at = |column: &[String], index: usize| column.get(index).cloned().unwrap_or_default();
        let mut rows: Vec<Row> = (0..self.part.len().min(MOST_ROWS))
            .map(|index| Row {
                part: at(&self.part, index),
                header: at(&self.header, index),
                how: at(&self.how, index),
                value: at(&self.value, index),
            })
            .collect();
        rows.retain(|row| !(row.part.is_empty() && row.value.trim().is_empty()));
        let wanted = (rows.len() + SPARE_ROWS).min(MOST_ROWS);
        rows.resize(wanted.max(rows.len()), Row::default());
        rows
    }

    /// The conditions that are without fault.
    pub fn conditions(&self) -> Vec<Condition> {
        let rows = self.rows();
        rows.iter()
            .filter_map(|row| row.condition().ok().flatten())
            .collect()
    }

    /// What is wrong with the conditions, each at its field.
    pub fn check_conditions(&self, cx: &Cx, faults: &mut Faults) {
        let mut any = false;
        for (index, row) in self.rows().iter().enumerate() {
            match row.condition() {
                Ok(condition) => any |= condition.is_some(),
                Err((field, key)) => {
                    any = true;
                    faults.add(&format!("{field}-{index}"), cx.t(key));
                }
            }
        }
        if !any {
            faults.add("part-0", cx.t("filter-fault-conditions"));
        }
    }

    /// A filter that does nothing helps nobody.
    pub fn check_effects(&self, cx: &Cx, faults: &mut Faults) {
        let effects = [
            &self.service,
            &self.team,
            &self.priority,
            &self.kind,
            &self.ignore,
            &self.no_answer,
        ];
        if effects.iter().all(|effect| effect.is_empty()) {
            faults.add("service", cx.t("filter-fault-effects"));
        }
    }

    /// The facts; to be asked after the form was found without faults.
    pub fn facts_after(&self, before: Option<&MailFilter>) -> MailFilterFacts {
        let blank = MailFilterFacts::new(&self.name, self.position.trim().parse().unwrap_or(0));
        MailFilterFacts {
            mailbox_id: form::id(&self.mailbox),
            conditions: self.conditions(),
            service_id: form::id(&self.service),
            team_id: form::id(&self.team),
            priority: named::<Priority>(&self.priority),
            kind: named::<Kind>(&self.kind),
            ignore: !self.ignore.is_empty(),
            no_answer: !self.no_answer.is_empty(),
            salt: before.map_or_else(|| blank.salt.clone(), |before| before.salt.clone()),
            ..blank
        }
    }
}
