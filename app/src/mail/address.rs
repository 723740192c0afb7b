//! Recipient lists as people type them: names, angle brackets, commas and semicolons.

use lettre::Address;

pub use super::read::Mailbox;

/// A part of a typed list that is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address: {part}")]
pub struct BadAddress {
    pub part: String,
}

/// Parses `Name <a@b.de>, c@d.de; e@f.de`; an empty text is an empty list.
pub fn parse_list(typed: &str) -> Result<Vec<Mailbox>, BadAddress> {
    split(typed)
        .into_iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .map(|part| parse(&part))
        .collect()
}

/// Parses one address with or without a name.
pub fn parse(part: &str) -> Result<Mailbox, BadAddress> {
    let bad = || BadAddress {
        part: part.trim().to_owned(),
    };
    let part = part.trim();
    if part.chars().any(char::is_control) {
        return Err(bad());
    }
    let (name, address) = match part.rsplit_once('<') {
        Some((name, rest)) => (name.trim(), rest.strip_suffix('>').ok_or_else(bad)?),
        None => ("", part),
    };
    let name = name.strip_prefix('"').unwrap_or(name);
    let name = name.strip_suffix('"').unwrap_or(name).replace("\\\"", "\"");
    let address = address.trim().trim_start_matches("mailto:");
    let parsed: Address = address.parse().map_err(|_| bad())?;
    if parsed.user().starts_with('"') {
        return Err(bad());
    }
    Ok(Mailbox {
        name: Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        address: parsed.to_string(),
    })
}

/// Splits at commas, semicolons and line ends outside of quotes and angle brackets.
fn split(typed: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for letter in typed.chars() {
        let ends = matches!(letter, ',' | ';' | '\n' | '\r') && !quoted;
        if ends {
            parts.push(String::new());
            continue;
        }
        if letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = letter == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}
