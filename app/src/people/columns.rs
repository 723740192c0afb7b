//! What the columns of a table mean: guessed from their headings, changed by whoever imports.

use entities::organisation::OrganisationKind;
use entities::text;
use serde::{Deserialize, Serialize};

use super::sheet::Sheet;

/// What stands in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    #[default]
    Ignored,
    /// First and last name together.
    Name,
    FirstName,
    LastName,
    Salutation,
    Email,
    Phone,
    Organisation,
}

impl Column {
    /// All of them, as a select offers them.
    pub const ALL: [Column; 8] = [
        Column::Ignored,
        Column::Name,
        Column::FirstName,
        Column::LastName,
        Column::Salutation,
        Column::Email,
        Column::Phone,
        Column::Organisation,
    ];
}

/// How a file is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// One for each heading.
    pub columns: Vec<Column>,
    /// What unknown organisations are made as; none: their lines are refused.
    pub create: Option<OrganisationKind>,
}

impl Choices {
    /// What the headings suggest.
    pub fn of(sheet: &Sheet) -> Choices {
        let mut columns: Vec<Column> = Vec::with_capacity(sheet.headings.len());
        for heading in &sheet.headings {
            let guess = guess(heading);
            // The first of two alike is meant.
            let column = match columns.contains(&guess) {
                true => Column::Ignored,
                false => guess,
            };
            columns.push(column);
        }
        Choices {
            columns,
            create: None,
        }
    }

    /// Whether a column of this meaning was chosen.
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }
}

/// Beginnings of folded headings, the longer ones first.
const KNOWN: &[(&str, Column)] = &[
    ("e-mail", Column::Email),
    ("email", Column::Email),
    ("mail", Column::Email),
    ("adresse", Column::Email),
    ("vorname", Column::FirstName),
    ("first", Column::FirstName),
    ("given", Column::FirstName),
    ("forename", Column::FirstName),
    ("nachname", Column::LastName),
    ("familienname", Column::LastName),
    ("zuname", Column::LastName),
    ("last", Column::LastName),
    ("surname", Column::LastName),
    ("family", Column::LastName),
    ("name", Column::Name),
    ("full name", Column::Name),
    ("anzeigename", Column::Name),
    ("display name", Column::Name),
    ("person", Column::Name),
    ("mitarbeite", Column::Name),
    ("anrede", Column::Salutation),
    ("salutation", Column::Salutation),
    ("title", Column::Salutation),
    ("telefon", Column::Phone),
    ("tel", Column::Phone),
    ("phone", Column::Phone),
    ("durchwahl", Column::Phone),
    ("rufnummer", Column::Phone),
    ("stelle", Column::Organisation),
    ("organi", Column::Organisation),
    ("dienststelle", Column::Organisation),
    ("behorde", Column::Organisation),
    ("bezirk", Column::Organisation),
    ("firma", Column::Organisation),
    ("company", Column::Organisation),
    ("amt", Column::Organisation),
    ("office", Column::Organisation),
    ("einrichtung", Column::Organisation),
    ("trager", Column::Organisation),
];

fn guess(heading: &str) -> Column {
    let folded = text::fold(heading);
    // A stelle's number or a person's number is neither.
    if ["nummer", "nr", "number", "id"]
        .iter()
        .any(|end| folded.ends_with(end))
        && !folded.starts_with("telefon")
        && !folded.starts_with("ruf")
        && !folded.starts_with("phone")
    {
        return Column::Ignored;
    }
    let found = KNOWN.iter().find(|(start, _)| folded.starts_with(start));
    found.map_or(Column::Ignored, |(_, column)| *column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_both_languages_are_understood() {
        let all = [
            ("E-Mail-Adresse", Column::Email),
            ("Email", Column::Email),
            ("Vorname", Column::FirstName),
            ("Surname", Column::LastName),
            ("Name", Column::Name),
            ("Anrede", Column::Salutation),
            ("Telefonnummer", Column::Phone),
            ("Dienststelle", Column::Organisation),
            ("Behörde", Column::Organisation),
            ("Organisation", Column::Organisation),
            ("Personalnummer", Column::Ignored),
            ("Bemerkung", Column::Ignored),
        ];
        for (heading, column) in all {
            assert_eq!(guess(heading), column, "{heading}");
        }
    }

    #[test]
    fn a_meaning_is_given_once() {
        let sheet = Sheet {
            headings: vec!["Mail".into(), "E-Mail 2".into()],
            lines: vec![],
        };
        let choices = Choices::of(&sheet);
        assert_eq!(choices.columns, [Column::Email, Column::Ignored]);
    }
}
