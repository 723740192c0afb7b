//! The words of kinds, channels, closing reasons and rules, which are a ticket's own.

use entities::ticket::{Channel, ClosingReason, Kind};

use crate::locale::Locale;

/// What sort of case it is.
pub fn kind(locale: Locale, kind: Kind) -> String {
    locale.t(match kind {
        Kind::Incident => "kind-incident",
        Kind::ServiceRequest => "kind-service-request",
        Kind::Question => "kind-question",
        Kind::Change => "kind-change",
        Kind::Requirement => "kind-requirement",
    })
}

/// By which way it came.
pub fn channel(locale: Locale, channel: Channel) -> String {
    locale.t(match channel {
        Channel::Mail => "channel-mail",
        Channel::Phone => "channel-phone",
        Channel::Note => "channel-note",
    })
}

/// Why it ended.
pub fn closing_reason(locale: Locale, reason: ClosingReason) -> String {
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

/// Who acted, when it was the system: the stored name of a rule in words.
pub fn rule(locale: Locale, name: &str) -> String {
    locale.t(match name {
        "mail_intake" => "rule-mail-intake",
        "mail_delivery" => "rule-mail-delivery",
        "receipt" => "rule-receipt",
        "reminder" => "rule-reminder",
        "auto_close" => "rule-auto-close",
        "import" => "rule-import",
        "console" => "rule-console",
        _ => "rule-system",
    })
}
