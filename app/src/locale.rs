//! Every word for people: two languages from `locales/`, and numbers, sizes and times written their way.

mod number;
pub mod time;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{LazyLock, PoisonError, RwLock};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid, static_loader};
use serde::{Deserialize, Serialize};

pub use time::Now;

static_loader! {
    static WORDS = {
        locales: "locales",
        fallback_language: "de",
        customise: |bundle| {
            // The marks would end up in attributes, mails and subjects.
            bundle.set_use_isolating(false);
            let english = bundle.locales.first().is_some_and(|id| id.language == "en");
            bundle.set_formatter(Some(if english {
                |value, _| number::format_value(value, Locale::En)
            } else {
                |value, _| number::format_value(value, Locale::De)
            }));
        },
    };
}

static GERMAN: LanguageIdentifier = langid!("de");
static ENGLISH: LanguageIdentifier = langid!("en");

/// Sentences without values as they came out, in the order of [`Locale::ALL`]: a page has hundreds of them.
static PLAIN: [LazyLock<RwLock<HashMap<String, String>>>; 2] =
    [const { LazyLock::new(RwLock::default) }; 2];

/// The languages people can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    De,
    En,
}

/// A named value for [`Locale::t_with`]; numbers choose plural forms and are written with separators.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::De, Locale::En];

    /// The value of `lang` attributes and of the stored preference.
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The language a browser prefers, if it is one of ours.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';').map(str::trim);
            let code = pieces
                .next()
                .unwrap_or_default()
                .get(..2)
                .unwrap_or_default()
                .to_ascii_lowercase();
            let weight = pieces
                .find_map(|piece| piece.strip_prefix("q="))
                .map_or(1.0, |text| text.parse().unwrap_or(0.0));
            if let Some(locale) = Self::from_code(&code)
                && weight > best.map_or(0.0, |(weight, _)| weight)
            {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }

    /// The sentence of a key without values.
    pub fn t(self, key: &str) -> String {
        let plain = &PLAIN[self as usize];
        let known = plain.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(words) = known.get(key) {
            return words.clone();
        }
        drop(known);
        match WORDS.lookup_single_language::<&str>(self.id(), key, None) {
            Ok(words) => {
                let mut known = plain.write().unwrap_or_else(PoisonError::into_inner);
                known.insert(key.to_owned(), words.clone());
                words
            }
            Err(error) => self.missing(key, &error),
        }
    }

    /// The sentence of a key with values.
    pub fn t_with(self, key: &str, args: &[Arg<'_>]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        let words = WORDS.lookup_single_language(self.id(), key, Some(&args));
        words.unwrap_or_else(|error| self.missing(key, &error))
    }

    fn missing(self, key: &str, error: &dyn Display) -> String {
        tracing::error!(key, language = self.code(), %error, "a sentence is missing");
        key.to_owned()
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::De => &GERMAN,
            Self::En => &ENGLISH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_it_prefers() {
        assert_eq!(
            Locale::from_accept_language("en-GB,en;q=0.9,de;q=0.8"),
            Some(Locale::En)
        );
        assert_eq!(
            Locale::from_accept_language("fr,de-AT;q=0.5,en;q=0.3"),
            Some(Locale::De)
        );
        assert_eq!(Locale::from_accept_language("fr, *;q=0.1"), None);
        assert_eq!(Locale::from_accept_language("ü"), None);
    }

    #[test]
    fn numbers_in_sentences_choose_forms_and_carry_separators() {
        assert_eq!(
            Locale::De.t_with("duration-hours", &[("count", 1234.into())]),
            "1.234 Std."
        );
        assert_eq!(
            Locale::En.t_with("duration-hours", &[("count", 1234.into())]),
            "1,234 hr"
        );
        assert_eq!(
            Locale::De.t_with("form-faults", &[("count", 1.into())]),
            "Bitte prüfen Sie eine Angabe."
        );
        assert_eq!(
            Locale::De.t_with("form-faults", &[("count", 2.into())]),
            "Bitte prüfen Sie 2 Angaben."
        );
    }

    #[test]
    fn a_value_is_not_wrapped_in_marks() {
        let text = Locale::De.t_with("nav-signed-in-as", &[("name", "Annika Brandt".into())]);
        assert_eq!(text, "Angemeldet als Annika Brandt");
    }
}
