//! Reads file and variables into texts by key, and parses each by its kind, keeping every mistake.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use figment::Provider;
use figment::providers::{Format, Toml};
use figment::value::Value;

use super::field::{FIELDS, Field, Kind};

/// Variables with these beginnings belong to the test suite, to the build, and to commands that call other desks.
const FOREIGN_VARIABLES: &[&str] = &["LOTSE_TEST_", "LOTSE_BUILD_", "LOTSE_CLIENT_"];

/// The raw texts by key, each with the place it came from, and what was wrong already while reading.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    values: BTreeMap<&'static str, (String, String)>,
    mistakes: Vec<Mistake>,
}

/// What is wrong, and in which file or variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub place: String,
    pub problem: String,
}

/// All mistakes of one configuration; printed one a line.
#[derive(Debug, thiserror::Error)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(out, "the configuration has a mistake:")?,
            count => write!(out, "the configuration has {count} mistakes:")?,
        }
        for mistake in &self.0 {
            write!(out, "\n  {}: {}", mistake.place, mistake.problem)?;
        }
        Ok(())
    }
}

impl Sources {
    /// Reads `file`, or `lotse.toml` when it exists, and the process's environment. What cannot be read is a mistake
    /// that [`super::Config::from_sources`] reports with all others.
    pub fn read(file: Option<&Path>) -> Self {
        let file = match file {
            Some(named) => Some(named),
            None => Some(Path::new(super::DEFAULT_FILE)).filter(|path| path.exists()),
        };
        let mut sources = Self::default();
        if let Some(path) = file {
            match std::fs::read_to_string(path) {
                Ok(text) => sources.add_file(&path.display().to_string(), &text),
                Err(error) => sources.add_mistake(
                    path.display().to_string(),
                    format!("cannot be read: {error}"),
                ),
            }
        }
        let mut variables = Vec::new();
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().filter(|name| name.starts_with("LOTSE_")) else {
                continue;
            };
            match value.into_string() {
                Ok(value) => variables.push((name.to_owned(), value)),
                Err(_) => sources.add_mistake(name.to_owned(), "is not valid UTF-8".into()),
            }
        }
        sources.add_variables(variables);
        sources
    }

    /// Adds the text of a TOML file; `place` names it in messages.
    pub fn add_file(&mut self, place: &str, text: &str) {
        match Toml::string(text).data() {
            Ok(profiles) => {
                for (_, dict) in profiles {
                    self.add_table(place, "", dict);
                }
            }
            Err(error) => self.add_mistake(
                place.to_owned(),
                format!("is not valid TOML: {}", one_line(&error.to_string())),
            ),
        }
    }

    fn add_table(&mut self, place: &str, prefix: &str, table: BTreeMap<String, Value>) {
        for (name, value) in table {
            let key = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}.{name}")
            };
            let is_section = FIELDS
                .iter()
                .any(|field| field.section() == Some(key.as_str()));
            match (Field::find(&key), value) {
                (None, Value::Dict(_, inner)) if is_section => self.add_table(place, &key, inner),
                (None, _) if is_section => self.add_mistake(
                    format!("{place}, {key}"),
                    "is a section, write it as [section]".into(),
                ),
                (None, _) => self.add_mistake(format!("{place}, {key}"), "is not a setting".into()),
                (Some(field), value) => match text_of(field.kind, value) {
                    Ok(text) => self.set(field, text, format!("{place}, {key}")),
                    Err(problem) => self.add_mistake(format!("{place}, {key}"), problem),
                },
            }
        }
    }

    /// Adds environment variables; they win over what was added before.
    pub fn add_variables(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        for (name, value) in variables {
            if FOREIGN_VARIABLES
                .iter()
                .any(|prefix| name.starts_with(prefix))
            {
                continue;
            }
            match FIELDS.iter().find(|field| field.variable() == name) {
                Some(field) => self.set(field, value, name),
                None => self.add_mistake(name, "is not a setting".into()),
            }
        }
    }

    /// The raw text and its place, or `None` when the default holds.
    pub fn get(&self, field: &Field) -> Option<(&str, &str)> {
        self.values
            .get(field.key)
            .map(|(text, place)| (text.as_str(), place.as_str()))
    }

    /// Sets what neither file nor variable has set.
    pub fn set_default(&mut self, key: &str, text: &str) {
        if let Some(field) = Field::find(key)
            && !self.values.contains_key(field.key)
        {
            self.set(field, text.to_owned(), key.to_owned());
        }
    }

    fn set(&mut self, field: &'static Field, text: String, place: String) {
        self.values
            .insert(field.key, (text.trim().to_owned(), place));
    }

    fn add_mistake(&mut self, place: String, problem: String) {
        self.mistakes.push(Mistake { place, problem });
    }
}

/// A TOML value as the text a variable would hold, if its type fits the kind.
fn text_of(kind: Kind, value: Value) -> Result<String, String> {
    match (kind, value) {
        (Kind::Number { .. }, Value::Num(_, number)) => {
            match (number.to_i128(), number.to_u128()) {
                (Some(number), _) => Ok(number.to_string()),
                (None, Some(number)) => Ok(number.to_string()),
                (None, None) => Err("must be a whole number".into()),
            }
        }
        (Kind::Number { .. }, _) => Err("must be a whole number".into()),
        (Kind::Addresses | Kind::Hosts, Value::Array(_, items)) => {
            let texts: Option<Vec<_>> = items.into_iter().map(Value::into_string).collect();
            texts
                .map(|texts| texts.join(","))
                .ok_or_else(|| "must be a list of texts".into())
        }
        (_, Value::String(_, text)) => Ok(text),
        _ => Err("must be a text in quotes".into()),
    }
}

/// Hands out parsed values; a value with a mistake is replaced by the field's default until [`Reader::finish`].
pub(super) struct Reader<'a> {
    sources: &'a Sources,
    mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            mistakes: sources.mistakes.clone(),
        }
    }

    pub(super) fn text(&mut self, key: &'static str) -> String {
        let Some(field) = Field::find(key) else {
            self.mistakes.push(Mistake {
                place: key.into(),
                problem: "is missing in the table of settings".into(),
            });
            return String::new();
        };
        let Some((text, place)) = self.sources.get(field) else {
            return field.default.into();
        };
        match check(field, text) {
            Ok(()) => text.to_owned(),
            Err(problem) => {
                self.mistakes.push(Mistake {
                    place: place.to_owned(),
                    problem,
                });
                field.default.into()
            }
        }
    }

    /// `None` when empty.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    pub(super) fn path(&mut self, key: &'static str) -> Option<PathBuf> {
        self.optional(key).map(PathBuf::from)
    }

    pub(super) fn number<N: TryFrom<i64> + Default>(&mut self, key: &'static str) -> N {
        self.text(key)
            .parse::<i64>()
            .ok()
            .and_then(|number| N::try_from(number).ok())
            .unwrap_or_default()
    }

    pub(super) fn zone(&mut self, key: &'static str) -> Tz {
        self.text(key).parse().unwrap_or(Tz::Europe__Berlin)
    }

    pub(super) fn addresses(&mut self, key: &'static str) -> Vec<IpAddr> {
        split_list(&self.text(key))
            .filter_map(|text| text.parse().ok())
            .collect()
    }

    pub(super) fn hosts(&mut self, key: &'static str) -> Vec<String> {
        split_list(&self.text(key)).map(str::to_owned).collect()
    }

    /// Adds a mistake that shows only beside other settings.
    pub(super) fn refuse(&mut self, key: &'static str, problem: &str) {
        let place = Field::find(key).and_then(|field| self.sources.get(field));
        self.mistakes.push(Mistake {
            place: place.map_or(key, |(_, place)| place).to_owned(),
            problem: problem.to_owned(),
        });
    }

    pub(super) fn finish(self) -> Result<(), Mistakes> {
        if self.mistakes.is_empty() {
            Ok(())
        } else {
            Err(Mistakes(self.mistakes))
        }
    }
}

fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

/// Values are quoted in messages only where they cannot hold a secret.
fn check(field: &Field, text: &str) -> Result<(), String> {
    if text.is_empty() && field.default.is_empty() {
        return Ok(());
    }
    match field.kind {
        Kind::Text | Kind::Secret => Ok(()),
        Kind::Path if text.is_empty() => Err("must name a path".into()),
        Kind::Path => Ok(()),
        Kind::Listen => match text.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(()),
            _ => Err(format!(
                "“{text}” is not an address with a port, for example {}",
                field.default
            )),
        },
        Kind::Url => match text.parse::<poem::http::Uri>() {
            Ok(uri)
                if matches!(uri.scheme_str(), Some("http" | "https"))
                    && uri.host().is_some()
                    && uri.query().is_none() =>
            {
                Ok(())
            }
            _ => Err(format!(
                "“{text}” is not an http or https address, for example {}",
                field.example
            )),
        },
        Kind::DatabaseUrl
            if ["sqlite:", "postgres://", "postgresql://"]
                .iter()
                .any(|scheme| text.starts_with(scheme)) =>
        {
            Ok(())
        }
        Kind::DatabaseUrl => Err("must begin with sqlite: or postgres://".into()),
        Kind::Number { min, max } => match text.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => Ok(()),
            Ok(number) => Err(format!(
                "{number} is out of range, allowed is {min} to {max}"
            )),
            Err(_) => Err(format!(
                "“{text}” is not a whole number from {min} to {max}"
            )),
        },
        Kind::Choice(choices) if choices.contains(&text) => Ok(()),
        Kind::Choice(choices) => Err(format!("“{text}” is none of {}", choices.join(", "))),
        Kind::Addresses => match split_list(text).find(|item| item.parse::<IpAddr>().is_err()) {
            None => Ok(()),
            Some(item) => Err(format!("“{item}” is not an IP address")),
        },
        Kind::Hosts => match split_list(text).find(|item| !is_host(item)) {
            None => Ok(()),
            Some(item) => Err(format!(
                "“{item}” is not the name of a host, for example {}",
                field.example
            )),
        },
        Kind::Zone => match text.parse::<Tz>() {
            Ok(_) => Ok(()),
            Err(_) => Err(format!(
                "“{text}” is not a time zone, for example {}",
                field.default
            )),
        },
        Kind::LogLevel => match text.parse::<tracing_subscriber::filter::targets::Targets>() {
            Ok(_) => Ok(()),
            Err(_) => Err(format!(
                "“{text}” is not a log level, for example {}",
                field.default
            )),
        },
    }
}

/// A name or an IP address, without scheme and port.
fn is_host(text: &str) -> bool {
    let named = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    text.chars().all(named) || text.parse::<IpAddr>().is_ok()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
