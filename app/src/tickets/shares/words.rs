//! The words of an enquiry, of a repair, and of what is personal.

use entities::redaction::Kind;
use entities::ticket::share::{Assessment, Enquiry, Repair};

use crate::locale::Locale;

/// A part of an enquiry, by its name in forms.
pub fn part_words(locale: Locale, part: &str) -> String {
    locale.t(match part {
        "product" => "share-product",
        "release" => "share-release",
        "environment" => "share-environment",
        "expected" => "share-expected",
        "steps" => "share-steps",
        "frequency" => "share-frequency",
        "effect" => "share-effect",
        _ => "share-observed",
    })
}

/// The enquiry as a text, part by part, for the thread and for mails. Markdown.
pub fn body(locale: Locale, enquiry: &Enquiry) -> String {
    let parts = enquiry.texts().into_iter();
    let mut lines: Vec<String> = parts
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(part, text)| format!("**{}:** {}", part_words(locale, part), text.trim()))
        .collect();
    if let Some(day) = enquiry.deadline {
        lines.push(format!(
            "**{}:** {}",
            locale.t("share-deadline"),
            locale.date(day)
        ));
    }
    lines.join("\n\n")
}

/// A step of a repair.
pub fn repair(locale: Locale, repair: Repair) -> String {
    locale.t(match repair {
        Repair::Reported => "repair-reported",
        Repair::Accepted => "repair-accepted",
        Repair::InWork => "repair-in-work",
        Repair::Delivered => "repair-delivered",
        Repair::Installed => "repair-installed",
        Repair::Tested => "repair-tested",
        Repair::Approved => "repair-approved",
        Repair::Live => "repair-live",
        Repair::Confirmed => "repair-confirmed",
    })
}

/// What the vendor thinks of a fault.
pub fn assessment(locale: Locale, assessment: Assessment) -> String {
    locale.t(match assessment {
        Assessment::FaultConfirmed => "assessment-fault-confirmed",
        Assessment::NotReproduced => "assessment-not-reproduced",
        Assessment::AsDesigned => "assessment-as-designed",
        Assessment::Configuration => "assessment-configuration",
        Assessment::ChangeRequest => "assessment-change-request",
    })
}

/// Hours with up to two places behind the comma.
pub fn hours(locale: Locale, hundredths: i32) -> String {
    let hours = f64::from(hundredths) / 100.0;
    locale.t_with("share-hours", &[("hours", hours.into())])
}

/// So many findings of a sort.
pub fn findings(locale: Locale, kind: Kind, count: i64) -> String {
    let key = match kind {
        Kind::Name => "found-names",
        Kind::MailAddress => "found-mail-addresses",
        Kind::Phone => "found-phones",
        Kind::PostalAddress => "found-postal-addresses",
        Kind::CaseNumber => "found-case-numbers",
        Kind::BirthDate => "found-birth-dates",
        Kind::Iban => "found-ibans",
    };
    locale.t_with(key, &[("count", count.into())])
}

/// A sort of finding.
pub fn kind_words(locale: Locale, kind: Kind) -> String {
    locale.t(match kind {
        Kind::Name => "found-name",
        Kind::MailAddress => "found-mail-address",
        Kind::Phone => "found-phone",
        Kind::PostalAddress => "found-postal-address",
        Kind::CaseNumber => "found-case-number",
        Kind::BirthDate => "found-birth-date",
        Kind::Iban => "found-iban",
    })
}
