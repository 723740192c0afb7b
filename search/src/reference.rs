//! The forms in which a ticket's number may be typed.

/// Every form a reference is found by: as it stands and without leading letters, check digit, zeros and year.
pub(crate) fn forms(reference: &str) -> Vec<String> {
    let whole = reference.trim().to_lowercase();
    if whole.is_empty() {
        return Vec::new();
    }
    let mut forms = vec![whole.clone()];
    if let Some(number) = Number::read(&whole) {
        let serial = number.serial.trim_start_matches('0');
        let year = number.year;
        forms.extend([
            format!("{year}-{serial}"),
            format!("{year}-{serial}-{}", number.check.unwrap_or_default()),
            serial.to_owned(),
        ]);
    }
    forms.retain(|form| !form.is_empty() && !form.ends_with('-'));
    forms.sort();
    forms.dedup();
    forms
}

/// The forms to look for when this was typed: none when it does not look like a reference.
pub(crate) fn typed(typed: &str) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let typed = typed.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(number) = Number::read(typed) {
        let serial = number.serial.trim_start_matches('0');
        let check = number
            .check
            .map(|check| format!("-{check}"))
            .unwrap_or_default();
        return vec![format!("{}-{serial}{check}", number.year)];
    }
    let is_serial = !typed.is_empty() && typed.chars().all(|c| c.is_ascii_digit());
    if is_serial {
        let serial = typed.trim_start_matches('0');
        return if serial.is_empty() {
            Vec::new()
        } else {
            vec![serial.to_owned()]
        };
    }
    if typed.chars().any(|c| c.is_ascii_digit() || c == '-') {
        vec![typed.to_owned()]
    } else {
        Vec::new()
    }
}

struct Number<'a> {
    year: &'a str,
    serial: &'a str,
    check: Option<&'a str>,
}

impl<'a> Number<'a> {
    /// Reads `2026-011418-3`, with or without letters before it and the check digit after it.
    fn read(text: &'a str) -> Option<Self> {
        let digits =
            text.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, '-' | '#' | ' '));
        let mut groups = digits.split('-');
        let (year, serial, check) = (groups.next()?, groups.next()?, groups.next());
        let all = [Some(year), Some(serial), check];
        let are_digits = all
            .into_iter()
            .flatten()
            .all(|group| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit()));
        let fits = are_digits && year.len() == 4 && check.is_none_or(|check| check.len() == 1);
        (fits && groups.next().is_none()).then_some(Self {
            year,
            serial,
            check,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_typed() {
        let forms = forms("2026-011418-3");
        for way in [
            "2026-011418-3",
            "#2026-011418-3",
            "2026-011418",
            "LO-2026-011418-3",
            "2026-11418",
            "11418",
            "011418",
            "#11418",
        ] {
            assert!(typed(way).iter().any(|form| forms.contains(form)), "{way}");
        }
        for other in ["2025-011418", "11419", "2026-011418-4", "418"] {
            assert!(
                !typed(other).iter().any(|form| forms.contains(form)),
                "{other}"
            );
        }
    }

    #[test]
    fn slugs_are_found_as_they_stand() {
        assert_eq!(forms("kita-gutschein-drucken"), ["kita-gutschein-drucken"]);
        assert_eq!(typed("kita-gutschein-drucken"), ["kita-gutschein-drucken"]);
        assert!(typed("kita").is_empty());
        assert!(typed("---").is_empty() && typed("0").is_empty());
    }
}
