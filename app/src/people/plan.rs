//! What an import would do, line by line, without doing anything.

use std::collections::HashMap;

use entities::person::{PersonFacts, Salutation, known};
use entities::{Actor, Uuid, organisation, text};
use validator::ValidateEmail as _;

use super::columns::{Choices, Column};
use super::refusal::Refusal;
use super::sheet::{Line, Sheet};
use crate::desk::Desk;

/// The most characters of a name, number or address.
const MOST_CHARS: usize = 200;

/// A line and what would become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub line: Line,
    /// As far as the line says.
    pub name: String,
    pub email: String,
    pub verdict: Verdict,
}

/// What would become of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    New {
        facts: PersonFacts,
        organisation: Option<Place>,
    },
    Updated {
        id: Uuid,
        /// None when only the organisation changes.
        facts: Option<PersonFacts>,
        organisation: Option<Place>,
        fields: Vec<Column>,
    },
    Unchanged,
    Refused(Refusal),
}

/// An organisation a person is to belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Known(Uuid),
    /// To be made with this name.
    New(String),
}

/// The values of a line by their meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Values {
    name: String,
    salutation: String,
    email: String,
    phone: String,
    organisation: String,
}

/// Plans every line.
///
/// # Errors
/// The database's, or `Forbidden`.
pub async fn plan(
    desk: &Desk,
    actor: &Actor,
    sheet: &Sheet,
    choices: &Choices,
) -> entities::Result<Vec<Planned>> {
    let values: Vec<Values> = sheet.lines.iter().map(|l| read(l, choices)).collect();
    let mut emails: Vec<String> = values.iter().map(|v| v.email.clone()).collect();
    emails.retain(|email| !email.is_empty());
    emails.sort_unstable();
    emails.dedup();
    let people = known::by_emails(&desk.db, actor, &emails).await?;
    let organisations = organisation::list::by_folded_names(&desk.db).await?;
    let today = entities::clock::day(desk.db.clock().now());
    let mut of_address: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, values) in values.iter().enumerate() {
        of_address.entry(&values.email).or_default().push(index);
    }
    let verdict = |index: usize| -> Verdict {
        let own = &values[index];
        if let Some(why) = unfit(own) {
            return Verdict::Refused(why);
        }
        let alike = &of_address[own.email.as_str()];
        if let Some(other) = alike.iter().find(|i| values[**i] != *own) {
            return Verdict::Refused(Refusal::Contradicts(sheet.lines[*other].number));
        }
        if let Some(first) = alike.first().filter(|first| **first < index) {
            return Verdict::Refused(Refusal::Twice(sheet.lines[*first].number));
        }
        let organisation = match own.organisation.as_str() {
            "" => None,
            name => match organisations.get(&text::fold(name)) {
                Some(id) => Some(Place::Known(*id)),
                None if choices.create.is_some() => Some(Place::New(name.to_owned())),
                None => return Verdict::Refused(Refusal::UnknownOrganisation),
            },
        };
        match people.get(&own.email) {
            Some(person) if person.row.retired_at.is_some() => Verdict::Refused(Refusal::Retired),
            Some(person) => {
                let belongs = person.organisation_ids(today);
                changed(person, own, organisation, &belongs)
            }
            None if own.name.is_empty() => Verdict::Refused(Refusal::NoName),
            None => Verdict::New {
                facts: PersonFacts {
                    name: own.name.clone(),
                    salutation: salutation(&own.salutation).flatten(),
                    email: Some(own.email.clone()),
                    phone: some(&own.phone),
                },
                organisation,
            },
        }
    };
    let verdicts: Vec<Verdict> = (0..values.len()).map(verdict).collect();
    let lines = sheet.lines.iter().zip(values.iter()).zip(verdicts);
    Ok(lines
        .map(|((line, values), verdict)| Planned {
            line: line.clone(),
            name: values.name.clone(),
            email: values.email.clone(),
            verdict,
        })
        .collect())
}

fn read(line: &Line, choices: &Choices) -> Values {
    let of = |wanted: Column| {
        let index = choices.columns.iter().position(|c| *c == wanted);
        let cell = index.and_then(|i| line.cells.get(i));
        cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let whole = of(Column::Name);
    let parts = format!("{} {}", of(Column::FirstName), of(Column::LastName));
    Values {
        name: match whole.is_empty() || !of(Column::FirstName).is_empty() {
            // A column of names beside one of first names holds last names.
            true if !whole.is_empty() && of(Column::LastName).is_empty() => {
                format!("{} {whole}", of(Column::FirstName))
            }
            true => parts.trim().to_owned(),
            false => whole,
        },
        salutation: of(Column::Salutation),
        email: text::address(&of(Column::Email)),
        phone: of(Column::Phone),
        organisation: of(Column::Organisation),
    }
}

/// What a line itself shows to be wrong.
fn unfit(values: &Values) -> Option<Refusal> {
    let all = [
        &values.name,
        &values.email,
        &values.phone,
        &values.organisation,
    ];
    if all.iter().any(|text| text.chars().count() > MOST_CHARS) {
        return Some(Refusal::TooLong);
    }
    if values.email.is_empty() {
        return Some(Refusal::NoAddress);
    }
    if !values.email.validate_email() {
        return Some(Refusal::BadAddress);
    }
    if salutation(&values.salutation).is_none() {
        return Some(Refusal::UnknownSalutation);
    }
    None
}

/// None when it is something else; an empty cell says nothing.
fn salutation(text: &str) -> Option<Option<Salutation>> {
    match text::fold(text).trim_end_matches('.') {
        "" => Some(None),
        "frau" | "fr" | "mrs" | "ms" | "miss" | "w" | "f" => Some(Some(Salutation::Frau)),
        "herr" | "hr" | "mr" | "m" => Some(Some(Salutation::Herr)),
        "divers" | "d" | "mx" | "keine" | "none" => Some(None),
        _ => None,
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// An empty cell leaves what is there.
fn changed(
    person: &entities::person::Person,
    values: &Values,
    organisation: Option<Place>,
    belongs: &[Uuid],
) -> Verdict {
    let row = &person.row;
    let mut facts = PersonFacts {
        name: row.name.clone(),
        salutation: row.salutation,
        email: row.email.clone(),
        phone: row.phone.clone(),
    };
    let mut fields = Vec::new();
    if !values.name.is_empty() && values.name != facts.name {
        facts.name.clone_from(&values.name);
        fields.push(Column::Name);
    }
    let said = salutation(&values.salutation).flatten();
    if said.is_some() && said != facts.salutation {
        facts.salutation = said;
        fields.push(Column::Salutation);
    }
    if !values.phone.is_empty() && facts.phone.as_deref() != Some(values.phone.as_str()) {
        facts.phone = some(&values.phone);
        fields.push(Column::Phone);
    }
    let facts = (!fields.is_empty()).then_some(facts);
    let organisation = organisation.filter(|place| match place {
        Place::Known(id) => !belongs.contains(id),
        Place::New(_) => true,
    });
    if organisation.is_some() {
        fields.push(Column::Organisation);
    }
    match fields.is_empty() {
        true => Verdict::Unchanged,
        false => Verdict::Updated {
            id: row.id,
            facts,
            organisation,
            fields,
        },
    }
}
