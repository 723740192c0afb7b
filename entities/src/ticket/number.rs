//! Ticket numbers: year, running number, check digit (Damm over all digits), such as `2026-011418-3`.

/// The quasigroup of H. Michael Damm's check digit (2004), order 10, totally anti-symmetric.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn damm(digits: &str) -> u8 {
    digits
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0, |check, digit| {
            DAMM[usize::from(check)][usize::from(digit - b'0')]
        })
}

/// Writes a number.
pub fn format(year: i32, running: i64) -> String {
    let body = format!("{year:04}-{running:06}");
    let check = damm(&body);
    format!("{body}-{check}")
}

/// Reads a number as a person types it, with or without its dashes; none when the check digit is wrong.
pub fn parse(text: &str) -> Option<String> {
    let digits: String = text
        .trim()
        .trim_start_matches('#')
        .chars()
        .filter(|c| *c != '-')
        .collect();
    if digits.len() < 11 || !digits.bytes().all(|b| b.is_ascii_digit()) || damm(&digits) != 0 {
        return None;
    }
    let (year, rest) = digits.split_at(4);
    let (running, check) = rest.split_at(rest.len() - 1);
    Some(format!("{year}-{running}-{check}"))
}

/// The valid numbers in a subject line, in their order, written as `#2026-011418-3` or `2026-011418-3`.
pub fn all(subject: &str) -> impl Iterator<Item = String> {
    subject
        .split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .filter(|word| word.matches('-').count() == 2)
        .filter_map(parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back() {
        let number = format(2026, 11418);
        assert_eq!(parse(&number), Some(number.clone()));
        assert_eq!(parse(&number.replace('-', "")), Some(number));
    }

    #[test]
    fn every_single_mistyped_digit_is_noticed() {
        let number = format(2026, 11418);
        for (i, c) in number.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            for other in ('0'..='9').filter(|o| *o != c) {
                let mut wrong = number.clone();
                wrong.replace_range(i..=i, &other.to_string());
                assert_eq!(parse(&wrong), None, "{wrong}");
            }
        }
    }

    #[test]
    fn a_number_is_found_in_a_subject() {
        let number = format(2026, 7);
        let subject = format!("AW: [#{number}] Kita-Gutschein");
        assert_eq!(all(&subject).collect::<Vec<_>>(), [number]);
        let other = "Rechnung 2026-000007-1 vom 01-02-2026";
        assert_eq!(all(other).count(), 0);
    }
}
