//! The words of channels and rules.

use entities::ticket::{Channel, LinkKind};

use crate::locale::Locale;

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
        "reconciliation" => "rule-reconciliation",
        "console" => "rule-console",
        _ => "rule-system",
    })
}

/// What the other ticket is to this one, as the words before it.
pub fn link(locale: Locale, kind: LinkKind) -> String {
    locale.t(match kind {
        LinkKind::Related => "link-related",
        LinkKind::DuplicateOf => "link-duplicate-of",
        LinkKind::HasDuplicate => "link-has-duplicate",
        LinkKind::CausedBy => "link-caused-by",
        LinkKind::Causes => "link-causes",
        LinkKind::ChildOf => "link-child-of",
        LinkKind::ParentOf => "link-parent-of",
        LinkKind::Follows => "link-follows",
        LinkKind::FollowedBy => "link-followed-by",
    })
}
