//! Why a line of a table is refused, and the table of all refused lines.

use entities::Rejected;
use serde::{Deserialize, Serialize};

use super::sheet::Line;
use crate::error;
use crate::export::cell::harmless;
use crate::locale::Locale;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why", content = "line")]
pub enum Refusal {
    /// Without an address a second import could not know the person again.
    NoAddress,
    BadAddress,
    NoName,
    TooLong,
    /// The same person stands on that line already.
    Twice(u64),
    /// That line names the same address but another person.
    Contradicts(u64),
    UnknownOrganisation,
    UnknownSalutation,
    /// The person is out of use.
    Retired,
    /// Somebody else made a person with this address meanwhile.
    Taken,
    /// The database would not have it.
    Failed,
}

impl From<Rejected> for Refusal {
    fn from(why: Rejected) -> Refusal {
        match why {
            Rejected::AddressTaken => Refusal::Taken,
            Rejected::NotAnAddress => Refusal::BadAddress,
            Rejected::EmptyName => Refusal::NoName,
            Rejected::Retired => Refusal::Retired,
            _ => Refusal::Failed,
        }
    }
}

impl Refusal {
    /// What to put right.
    pub fn words(self, locale: Locale) -> String {
        let numbered = |key, line: u64| locale.t_with(key, &[("line", line.into())]);
        match self {
            Refusal::NoAddress => locale.t("import-no-address"),
            Refusal::BadAddress => error::rejected(locale, Rejected::NotAnAddress),
            Refusal::NoName => locale.t("import-no-name"),
            Refusal::TooLong => locale.t("import-too-long"),
            Refusal::Twice(line) => numbered("import-twice", line),
            Refusal::Contradicts(line) => numbered("import-contradicts", line),
            Refusal::UnknownOrganisation => locale.t("import-unknown-organisation"),
            Refusal::UnknownSalutation => locale.t("import-unknown-salutation"),
            Refusal::Retired => locale.t("import-retired"),
            Refusal::Taken => error::rejected(locale, Rejected::AddressTaken),
            Refusal::Failed => locale.t("import-failed"),
        }
    }
}

/// A refused line with its reason, as it is kept for the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub number: u64,
    pub why: Refusal,
    pub cells: Vec<String>,
}

impl Refused {
    pub fn of(line: &Line, why: Refusal) -> Refused {
        Refused {
            number: line.number,
            why,
            cells: line.cells.clone(),
        }
    }
}

/// As they are stored: one JSON value a line.
pub fn stored(all: &[Refused]) -> String {
    let lines = all.iter().filter_map(|one| serde_json::to_string(one).ok());
    lines.map(|line| line + "\n").collect()
}

/// Reads what `stored` wrote.
pub fn read(stored: &str) -> Vec<Refused> {
    let lines = stored.lines().map(serde_json::from_str);
    lines.filter_map(Result::ok).collect()
}

/// The report as CSV that German and English Excel open: the line, why, and its cells.
pub fn report(locale: Locale, all: &[Refused]) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    // Writing into memory cannot fail.
    let _ = table.write_record([locale.t("import-line"), locale.t("import-why")]);
    for one in all {
        let mut cells = vec![one.number.to_string(), one.why.words(locale)];
        cells.extend(one.cells.iter().map(|cell| harmless(cell)));
        let _ = table.write_record(&cells);
    }
    table.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_holds_no_formula() {
        let refused = Refused {
            number: 7,
            why: Refusal::Twice(3),
            cells: ["=cmd|' /C calc'!A0", "+49 30", "-1", "@SUM(A1)", "Anna; B"]
                .map(str::to_owned)
                .to_vec(),
        };
        let again = read(&stored(std::slice::from_ref(&refused)));
        assert_eq!(again, [refused]);
        let report = String::from_utf8(report(Locale::En, &again)).unwrap_or_default();
        let line = report.lines().nth(1).unwrap_or_default();
        assert!(line.starts_with("7;"), "{report}");
        for cell in ["'=cmd", "'+49 30", "'-1", "'@SUM(A1)", "\"Anna; B\""] {
            assert!(line.contains(cell), "{line}");
        }
    }
}
