//! Lines that name people, as they are typed or come out of a spreadsheet: a mail address, with whatever else beside it.

use super::item::Refusal;
use crate::setting::mail_address;
use crate::text::{beginning, is_deceptive};

/// The longest line, in characters.
const MOST_CHARS: usize = 500;

/// The most of a line that is kept, in characters.
const MOST_KEPT: usize = 120;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, empty lines counted along.
    pub number: i32,
    /// What it says, on one line.
    pub said: String,
    /// The one address in it, lower case.
    pub address: Result<String, Refusal>,
}

/// Reads every line that is not empty.
pub fn read(text: &str) -> Vec<Line> {
    let lines = text.lines().zip(1..);
    lines
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, number)| Line {
            number,
            said: said(line),
            address: address(line),
        })
        .collect()
}

fn said(line: &str) -> String {
    let plain: String = line
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_deceptive(*c))
        .collect();
    beginning(plain.trim(), MOST_KEPT)
}

fn address(line: &str) -> Result<String, Refusal> {
    if line.chars().count() > MOST_CHARS {
        return Err(Refusal::TooLong);
    }
    let apart = |c: char| c.is_whitespace() || "<>()[]{},;\"|".contains(c);
    let mut found: Vec<String> = line
        .split(apart)
        .map(|part| part.trim_matches(['\'', ':', '.']))
        .map(|part| part.strip_prefix("mailto:").unwrap_or(part))
        .filter(|part| part.contains('@'))
        .map(crate::text::address)
        .collect();
    // Spreadsheets name the same address beside a name that is one.
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [] => Err(Refusal::NoAddress),
        [one] => mail_address(one).map_err(|_| Refusal::NotAnAddress),
        _ => Err(Refusal::SeveralAddresses),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_from_whatever_stands_beside_it() {
        for line in [
            "Sabine@Pankow.example",
            "Sabine Kowalke <sabine@pankow.example>",
            "Sabine Kowalke (sabine@pankow.example)",
            "Kowalke, Sabine; sabine@pankow.example;",
            "Kowalke\tSabine\tsabine@pankow.example",
            "\"sabine@pankow.example\" <sabine@pankow.example>",
            "mailto:sabine@pankow.example",
        ] {
            let read = read(line);
            let expected = Ok("sabine@pankow.example".to_owned());
            assert_eq!(read.len(), 1, "{line}");
            assert_eq!(read[0].address, expected, "{line}");
        }
    }

    #[test]
    fn what_names_nobody_says_why_and_keeps_its_number() {
        let long = "x".repeat(MOST_CHARS + 1);
        let text =
            format!("\nSabine Kowalke\n@pankow.example\r\na@x.example; b@x.example\n\n{long}\n");
        let read = read(&text);
        let told: Vec<(i32, Refusal)> = read
            .iter()
            .filter_map(|line| Some((line.number, line.address.clone().err()?)))
            .collect();
        let expected = [
            (2, Refusal::NoAddress),
            (3, Refusal::NotAnAddress),
            (4, Refusal::SeveralAddresses),
            (6, Refusal::TooLong),
        ];
        assert_eq!(told, expected);
        assert!(read[3].said.chars().count() <= MOST_KEPT + 1);
    }
}
