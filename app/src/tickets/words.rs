//! The words of kinds, channels, closing reasons and rules, which are a ticket's own.

use entities::ticket::Channel;

use crate::locale::Locale;
pub use crate::web::parts::{kind_words as kind, reason_words as closing_reason};

/// By which way it came.
pub fn channel(locale: Locale, channel: Channel) -> String {
    locale.t(match channel {
        Channel::Mail => "channel-mail",
        Channel::Phone => "channel-phone",
        Channel::Note => "channel-note",
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
