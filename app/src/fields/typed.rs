//! What a form brought for dynamic fields, and the values it stands for.

use std::collections::HashMap;

use entities::field::rules::Case;
use entities::field::{Choice, Fault, Field, Kind, Value, Values, Words, option, parse};
use entities::person::search::search;
use entities::ticket::show::by_number;
use entities::{DeskError, Uuid, organisation};

use super::words::{mark, said};
use crate::error::Result;
use crate::locale::Locale;
use crate::web::cx::Cx;

/// The fields of a form as they came, names and values.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Typed(pub Vec<(String, String)>);

/// What came for one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// Chosen or typed.
    pub values: Vec<String>,
    /// What stands in the line that finds an option; it counts more than what was chosen before.
    pub text: String,
}

/// Stands before the key of a field in names of controls.
pub const PREFIX: &str = "f-";
/// Stands behind the name of a control in that of its line to find by.
pub const TEXT: &str = "-text";
/// The most options a plain select holds; more of them are found by typing.
pub const MOST_SELECTED: usize = 15;

impl Typed {
    /// The first value of a name; nothing when there is none.
    pub fn first(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(of, _)| of == name);
        found.map_or("", |(_, value)| value)
    }

    /// All values of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        let of = self.0.iter().filter(|(of, _)| of == name);
        of.map(|(_, value)| value.clone()).collect()
    }

    /// What came for the control of that name; none when it was not on the form.
    pub fn entry(&self, name: &str) -> Option<Entry> {
        let line = format!("{name}{TEXT}");
        let here = self.0.iter().any(|(of, _)| of == name || *of == line);
        here.then(|| Entry {
            values: self.all(name),
            text: self.first(&line).to_owned(),
        })
    }
}

/// The name of a field's control in forms with other fields.
pub fn name(field: &Field) -> String {
    format!("{PREFIX}{}", field.row.key)
}

/// Whether a field is filled by typing and choosing what is found.
pub fn is_found(field: &Field, offered: usize) -> bool {
    let kind = field.row.kind;
    kind.is_reference() || (matches!(kind, Kind::Choice | Kind::Tree) && offered > MOST_SELECTED)
}

/// The words of an option with those above it.
pub fn path(cx: &Cx, options: &[Choice], id: Uuid) -> String {
    joined(cx.locale, &option::path(options, id))
}

/// Options from the top down as one.
pub fn joined(locale: Locale, path: &[&Choice]) -> String {
    let parts: Vec<&str> = path.iter().map(|o| said(locale, &o.label)).collect();
    parts.join(" › ")
}

/// The words of many options of a field, each with those above it.
pub fn paths<'a>(cx: &'a Cx, options: &'a [Choice]) -> impl Fn(Uuid) -> String + 'a {
    let above = option::Above::of(options);
    move |id| joined(cx.locale, &above.path(id))
}

/// The options whose words, with those above them, hold every typed word.
pub fn matching<'a>(
    cx: &Cx,
    field: &Field,
    offered: &[&'a Choice],
    typed: &str,
) -> Vec<(&'a Choice, String)> {
    let typed = entities::text::fold(typed).replace('›', " ");
    let wanted: Vec<&str> = typed.split_whitespace().collect();
    let words = paths(cx, &field.options);
    let named = offered.iter().map(|o| (*o, words(o.id)));
    named
        .filter(|(_, words)| {
            let words = entities::text::fold(words);
            wanted.iter().all(|w| words.contains(w))
        })
        .collect()
}

/// The value an entry stands for.
///
/// # Errors
/// The inner one: what is wrong with it, as far as can be told before it is set.
pub async fn value(
    cx: &Cx,
    field: &Field,
    entry: &Entry,
    case: &Case,
    beside: &Values,
) -> Result<Result<Option<Value>, Fault>> {
    let offered = match field.row.kind.has_options() {
        true => field.offered(case, beside),
        false => vec![],
    };
    if is_found(field, offered.len()) || !entry.text.is_empty() {
        return found(cx, field, entry, &offered).await;
    }
    let local = |at: chrono::NaiveDateTime| cx.now.instant(at.date(), at.time());
    Ok(parse::value(
        field.row.kind,
        &entry.values,
        mark(cx.locale),
        local,
    ))
}

async fn found(
    cx: &Cx,
    field: &Field,
    entry: &Entry,
    offered: &[&Choice],
) -> Result<Result<Option<Value>, Fault>> {
    let text = entry.text.trim();
    let chosen = entry.values.iter().find_map(|id| Uuid::try_parse(id).ok());
    if text.is_empty() {
        return Ok(Ok(None));
    }
    if let Some(id) = chosen
        && known(cx, field, id).await?.as_deref() == Some(text)
    {
        return Ok(Ok(Some(of(field, id))));
    }
    let one = |ids: Vec<Uuid>, fault: Fault| match ids.as_slice() {
        [id] => Ok(Some(of(field, *id))),
        _ => Err(fault),
    };
    Ok(match field.row.kind {
        Kind::Person => {
            let people = search(&cx.db, &cx.actor, text, 2).await?;
            one(people.iter().map(|p| p.id).collect(), Fault::NotFound)
        }
        Kind::Organisation => {
            let all = organisations(cx, text).await?;
            let exact = all.iter().find(|(_, name)| name == text);
            match exact {
                Some((id, _)) => Ok(Some(of(field, *id))),
                None => one(all.iter().map(|(id, _)| *id).collect(), Fault::NotFound),
            }
        }
        Kind::Ticket => match by_number(&cx.db, &cx.actor, text).await {
            Ok(ticket) => Ok(Some(of(field, ticket.id))),
            Err(DeskError::Hidden) => Err(Fault::NotFound),
            Err(other) => return Err(other.into()),
        },
        _ => {
            let hits = matching(cx, field, offered, text);
            let folded = entities::text::fold(text);
            let exact = |(o, words): &&(&Choice, String)| {
                entities::text::fold(words) == folded
                    || entities::text::fold(said(cx.locale, &o.label)) == folded
            };
            let exact: Vec<Uuid> = hits.iter().filter(exact).map(|(o, _)| o.id).collect();
            match exact.as_slice() {
                [id] => Ok(Some(of(field, *id))),
                _ => one(hits.iter().map(|(o, _)| o.id).collect(), Fault::NotOffered),
            }
        }
    })
}

fn of(field: &Field, id: Uuid) -> Value {
    match field.row.kind.has_options() {
        true => Value::Options(vec![id]),
        false => Value::Reference(id),
    }
}

/// What stands in the line of a field when this is chosen.
pub async fn known(cx: &Cx, field: &Field, id: Uuid) -> Result<Option<String>> {
    if field.row.kind.has_options() {
        return Ok(Some(path(cx, &field.options, id)).filter(|words| !words.is_empty()));
    }
    let names = entities::history::names(&cx.db, &cx.actor, &[id]).await?;
    Ok(names.get(&id).cloned())
}

/// Organisations in use whose name holds every typed word.
pub async fn organisations(cx: &Cx, typed: &str) -> Result<Vec<(Uuid, String)>> {
    let typed = entities::text::fold(typed);
    let all = organisation::choices(&cx.db).await?;
    let fine = |name: &str| {
        let name = entities::text::fold(name);
        typed.split_whitespace().all(|word| name.contains(word))
    };
    let found = all.into_iter().filter(|o| fine(&o.name));
    Ok(found.map(|o| (o.id, o.name)).collect())
}

/// What a value is as an entry, with the words of what it names.
pub fn entry(cx: &Cx, field: &Field, value: Option<&Value>, words: &HashMap<Uuid, Words>) -> Entry {
    let Some(value) = value else {
        return Entry::default();
    };
    let text = match value.ids().as_slice() {
        [id] => words.get(id).map(|w| said(cx.locale, w).to_owned()),
        _ => None,
    };
    Entry {
        values: super::words::typed(cx.locale, &cx.now, field.row.kind, value),
        text: text.unwrap_or_default(),
    }
}
