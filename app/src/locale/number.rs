//! Numbers and sizes as each language writes them: "1.234" and "1,234", "184 KB", "2,4 MB".

use fluent_templates::fluent_bundle::FluentValue;

use super::Locale;

impl Locale {
    /// A whole number with separators for thousands.
    pub fn number(self, number: impl Into<i64>) -> String {
        let number = number.into();
        let digits = number.unsigned_abs().to_string();
        let mut out = String::from(if number < 0 { "-" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(self.thousands());
            }
            out.push(digit);
        }
        out
    }

    /// The size of a file: bytes below 1 KB, then whole KB, then MB and GB with one decimal below ten.
    pub fn size(self, bytes: u64) -> String {
        const STEPS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
        let Some((step, unit)) = STEPS.into_iter().find(|(step, _)| bytes >= *step) else {
            return format!("{bytes} B");
        };
        let tenths = (u128::from(bytes) * 10 + u128::from(step) / 2) / u128::from(step);
        if unit == "KB" || tenths >= 100 || tenths.is_multiple_of(10) {
            return format!("{} {unit}", (tenths + 5) / 10);
        }
        format!("{}{}{} {unit}", tenths / 10, self.decimal(), tenths % 10)
    }

    fn thousands(self) -> char {
        match self {
            Self::De => '.',
            Self::En => ',',
        }
    }

    fn decimal(self) -> char {
        match self {
            Self::De => ',',
            Self::En => '.',
        }
    }
}

/// How Fluent writes a number inside a sentence; texts are left to Fluent.
pub(super) fn format_value(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    if number.value.fract() != 0.0 {
        return Some(
            number
                .as_string()
                .replace('.', &locale.decimal().to_string()),
        );
    }
    number
        .as_string()
        .parse::<i64>()
        .ok()
        .map(|whole| locale.number(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(Locale::De.number(999), "999");
        assert_eq!(Locale::De.number(120_000), "120.000");
        assert_eq!(Locale::En.number(-1_234_567), "-1,234,567");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(Locale::De.size(0), "0 B");
        assert_eq!(Locale::De.size(188_416), "184 KB");
        assert_eq!(Locale::De.size(2_516_582), "2,4 MB");
        assert_eq!(Locale::En.size(2_516_582), "2.4 MB");
        assert_eq!(Locale::En.size(52_428_800), "50 MB");
        assert_eq!(Locale::En.size(u64::MAX), "17179869184 GB");
    }
}
