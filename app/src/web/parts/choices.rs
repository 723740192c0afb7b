//! The closed sets of values a person picks from, as words and as options of a select.

use entities::ticket::{ClosingReason, Kind, Priority};
use serde::Serialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer as _};

use super::badge::priority_words;
use super::field::Choice;
use crate::locale::Locale;

/// All kinds, the commonest first.
pub const KINDS: [Kind; 5] = [
    Kind::Incident,
    Kind::ServiceRequest,
    Kind::Question,
    Kind::Change,
    Kind::Requirement,
];

/// All priorities, lowest first.
pub const PRIORITIES: [Priority; 4] = [
    Priority::Low,
    Priority::Normal,
    Priority::High,
    Priority::VeryHigh,
];

/// All reasons to solve or close a case.
pub const REASONS: [ClosingReason; 8] = [
    ClosingReason::UserError,
    ClosingReason::SoftwareFault,
    ClosingReason::Data,
    ClosingReason::Rights,
    ClosingReason::Interface,
    ClosingReason::LawChange,
    ClosingReason::Duplicate,
    ClosingReason::NoAction,
];

/// The words of a kind of case.
pub fn kind_words(locale: Locale, kind: Kind) -> String {
    locale.t(match kind {
        Kind::Incident => "kind-incident",
        Kind::ServiceRequest => "kind-service-request",
        Kind::Question => "kind-question",
        Kind::Change => "kind-change",
        Kind::Requirement => "kind-requirement",
    })
}

/// The words of a closing reason.
pub fn reason_words(locale: Locale, reason: ClosingReason) -> String {
    locale.t(match reason {
        ClosingReason::UserError => "reason-user-error",
        ClosingReason::SoftwareFault => "reason-software-fault",
        ClosingReason::Data => "reason-data",
        ClosingReason::Rights => "reason-rights",
        ClosingReason::Interface => "reason-interface",
        ClosingReason::LawChange => "reason-law-change",
        ClosingReason::Duplicate => "reason-duplicate",
        ClosingReason::NoAction => "reason-no-action",
    })
}

/// Every kind as an option.
pub fn kind_choices(locale: Locale) -> Vec<Choice> {
    let choice = |kind: Kind| Choice::new(name(kind), kind_words(locale, kind));
    KINDS.into_iter().map(choice).collect()
}

/// Every priority as an option.
pub fn priority_choices(locale: Locale) -> Vec<Choice> {
    let choice = |priority| Choice::new(name(priority), priority_words(locale, priority));
    PRIORITIES.into_iter().map(choice).collect()
}

/// Every closing reason as an option, behind one that asks for a choice.
pub fn reason_choices(locale: Locale) -> Vec<Choice> {
    let choice = |reason| Choice::new(name(reason), reason_words(locale, reason));
    let ask = Choice::new("", locale.t("reason-choose"));
    std::iter::once(ask)
        .chain(REASONS.into_iter().map(choice))
        .collect()
}

/// The name of a value in forms: the one it is stored by.
pub fn name(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The value of a name in a form; none for anything else.
pub fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_option_is_named_is_read_again() {
        for reason in REASONS {
            assert_eq!(named::<ClosingReason>(&name(reason)), Some(reason));
        }
        for kind in KINDS {
            assert_eq!(named::<Kind>(&name(kind)), Some(kind));
        }
        assert_eq!(named::<Priority>("very_high"), Some(Priority::VeryHigh));
        assert_eq!(named::<Kind>(""), None);
    }
}
