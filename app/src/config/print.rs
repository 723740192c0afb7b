//! Writes the configuration: what is in force (`lotse config`) and the example file.

use std::fmt::Write as _;

use super::Config;
use super::field::{FIELDS, Field, Kind};
use super::read::Sources;

const MASK: &str = "********";

/// The configuration in force as TOML, each value with the place it came from, secrets masked.
pub fn effective(config: &Config, sources: &Sources) -> String {
    let mut out = String::new();
    let mut section = None;
    for field in FIELDS {
        begin_section(&mut out, &mut section, field);
        let (text, place) = match sources.get(field) {
            Some((text, place)) if !text.is_empty() => (text.to_owned(), place),
            _ => (
                derived(config, field.key).unwrap_or_else(|| field.default.to_owned()),
                "default",
            ),
        };
        let shown = match field.kind {
            Kind::Secret if !text.is_empty() => MASK.to_owned(),
            Kind::DatabaseUrl => without_password(&text),
            _ => text,
        };
        let _ = writeln!(
            out,
            "{} = {}  # {place}",
            field.name(),
            literal(field, &shown)
        );
    }
    out
}

/// A commented file with every setting at its default: `deploy/lotse.example.toml`.
pub fn example() -> String {
    let mut out = String::from(
        "# Every setting of Lotse with its default. Remove the # in front of what you change.\n\
         # The variable named beside a setting wins over this file.\n",
    );
    let mut section = None;
    for field in FIELDS {
        begin_section(&mut out, &mut section, field);
        let _ = writeln!(out, "\n# {}", field.about);
        let range = match field.kind {
            Kind::Number { min, max } => {
                format!("{min} to {max} {}", field.unit)
                    .trim_end()
                    .to_owned()
                    + "; "
            }
            Kind::Choice(choices) => format!("{}; ", choices.join(", ")),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "# {range}for example {}; variable {}",
            literal(field, field.example),
            field.variable()
        );
        let _ = writeln!(out, "#{} = {}", field.name(), literal(field, field.default));
    }
    out
}

fn begin_section(out: &mut String, current: &mut Option<&'static str>, field: &Field) {
    if field.section() != *current {
        *current = field.section();
        if let Some(name) = *current {
            let _ = writeln!(out, "\n[{name}]");
        }
    }
}

/// Defaults that follow from other settings.
fn derived(config: &Config, key: &str) -> Option<String> {
    match key {
        "public_url" => Some(config.public_url.clone()),
        "database.url" => Some(config.database.url.clone()),
        "history.key_file" => Some(config.history.key_file.display().to_string()),
        "mail.domain" => Some(config.mail.domain.clone()),
        _ => None,
    }
}

fn literal(field: &Field, text: &str) -> String {
    match field.kind {
        Kind::Number { .. } => text.to_owned(),
        Kind::Addresses | Kind::Hosts => {
            let items: Vec<_> = text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(quoted)
                .collect();
            format!("[{}]", items.join(", "))
        }
        _ => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (rest, query) = rest
        .split_once('?')
        .map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let rest = match rest.rsplit_once('@') {
        Some((account, host)) => match account.split_once(':') {
            Some((user, _)) => format!("{user}:{MASK}@{host}"),
            None => format!("{account}@{host}"),
        },
        None => rest.to_owned(),
    };
    let query = query.map(|query| {
        let pairs: Vec<_> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((name, _)) if name.contains("password") => format!("{name}={MASK}"),
                _ => pair.to_owned(),
            })
            .collect();
        format!("?{}", pairs.join("&"))
    });
    format!("{scheme}://{rest}{}", query.unwrap_or_default())
}
