//! The words of channels, rules, filters, and of what forbids an automatic answer.

use entities::mail_filter::{Effect, Touch};
use entities::ticket::{Channel, LinkKind};

use crate::locale::Locale;

/// By which way it came.
pub fn channel(locale: Locale, channel: Channel) -> String {
    locale.t(match channel {
        Channel::Mail => "channel-mail",
        Channel::Phone => "channel-phone",
        Channel::Note => "channel-note",
        Channel::Portal => "channel-portal",
    })
}

/// Who acted, when it was the system: the stored name of a rule in words.
pub fn rule(locale: Locale, name: &str) -> String {
    locale.t(match name {
        "mail_intake" => "rule-mail-intake",
        "mail_delivery" => "rule-mail-delivery",
        "receipt" => "rule-receipt",
        "closing_note" => "rule-closing-note",
        "reminder" => "rule-reminder",
        "deadline" => "rule-deadline",
        "imported_deadline" => "rule-imported-deadline",
        "auto_close" => "rule-auto-close",
        "recurring" => "rule-recurring",
        "absence_feed" => "rule-absence-feed",
        "import" => "rule-import",
        "reconciliation" => "rule-reconciliation",
        "sign_on" => "rule-sign-on",
        "own_account" => "rule-own-account",
        "site" => "rule-site",
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
        LinkKind::SplitFrom => "link-split-from",
        LinkKind::SplitInto => "link-split-into",
    })
}

/// The header or rule that forbade an automatic answer.
pub fn suppressed(locale: Locale, by: &str) -> String {
    let key = match by {
        "limit" | "limit-recipient-and-ticket" => "suppressed-limit",
        "limit-recipient" => "suppressed-limit-recipient",
        "limit-all" => "suppressed-limit-all",
        "off" => "suppressed-off",
        "no-mail" => "suppressed-no-mail",
        "unreadable" => "suppressed-unreadable",
        "own-address" => "suppressed-own-address",
        "own-token" => "suppressed-own-token",
        "filter" => "suppressed-filter",
        "reopened" => "suppressed-reopened",
        "many-recipients" => "suppressed-many-recipients",
        "from" | "reply-to" => "suppressed-unread-address",
        "subject" => "suppressed-subject",
        header => {
            let header = as_written(header);
            return locale.t_with("suppressed-header", &[("header", header.into())]);
        }
    };
    locale.t(key)
}

/// A header's name as people write it.
fn as_written(header: &str) -> String {
    let words = header.split('-').map(|word| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        first.to_uppercase() + rest
    });
    words.collect::<Vec<_>>().join("-")
}

/// What a filter did to a mail.
pub fn touch(locale: Locale, touch: &Touch) -> String {
    let did = touch.did.iter().map(|effect| {
        locale.t(match effect {
            Effect::Service => "fact-service",
            Effect::Team => "fact-team",
            Effect::Priority => "fact-priority",
            Effect::Kind => "fact-kind",
            Effect::NoAnswer => "filter-does-no-answer",
        })
    });
    let did: Vec<String> = did.collect();
    locale.t_with(
        "filter-touched",
        &[
            ("name", touch.name.as_str().into()),
            ("did", did.join(", ").into()),
        ],
    )
}
