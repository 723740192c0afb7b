//! Delivery status notifications (RFC 3464): which message did not reach whom, and why.

use mail_parser::{MimeHeaders, PartType};
use serde::Serialize;

use super::{Mail, Source, bodies, files, headers, informal};

/// What a mail server reports about a message of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounce {
    pub recipient: Option<String>,
    /// As reported: `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
    pub action: Option<String>,
    /// The enhanced status code, for example `5.1.1`.
    pub status: Option<String>,
    pub diagnostic: Option<String>,
    pub reporting_mta: Option<String>,
    pub original_message_id: Option<String>,
    /// Others the same report names.
    pub further_recipients: Vec<String>,
}

impl Bounce {
    /// The message was given up, not merely delayed or delivered.
    #[must_use]
    pub fn failed(&self) -> bool {
        match (self.action.as_deref(), self.status.as_deref()) {
            (Some(action), _) => action == "failed",
            (None, status) => status.is_none_or(|status| status.starts_with('5')),
        }
    }
}

type Fields = Vec<(String, String)>;

/// What a mail server reports, as RFC 3464 has it or in words only. Receipts of readers and complaints
/// about spam come as reports too, but say nothing about the delivery.
pub(super) fn bounce(source: &Source<'_>, mail: &Mail) -> Option<Bounce> {
    match report_type(source).as_deref() {
        Some("disposition-notification" | "feedback-report") => None,
        report => formal(source, mail, report.is_some()).or_else(|| informal::bounce(source, mail)),
    }
}

/// What kind of report a mail is, when it is one.
pub(super) fn report_type(source: &Source<'_>) -> Option<String> {
    let message = &source.message;
    let named = message.content_type().and_then(|kind| {
        kind.subtype()
            .filter(|subtype| subtype.eq_ignore_ascii_case("report"))?;
        Some(kind.attribute("report-type").unwrap_or("delivery-status"))
    })?;
    let has = |subtype| {
        let parts = &message.parts;
        parts
            .iter()
            .any(|part| part.is_content_type("message", subtype))
    };
    // Some servers name the wrong type; the part itself decides.
    let found = ["disposition-notification", "feedback-report"]
        .into_iter()
        .find(|kind| has(kind))
        .unwrap_or(named);
    Some(found.to_ascii_lowercase())
}

/// A person may pass on a report as a file, so the mail itself must be one or come from a machine.
fn formal(source: &Source<'_>, mail: &Mail, is_report: bool) -> Option<Bounce> {
    let message = &source.message;
    let report = message
        .parts
        .iter()
        .filter(|_| is_report || informal::from_machine(source, mail))
        .find(|part| {
            part.is_content_type("message", "delivery-status")
                || part.is_content_type("message", "global-delivery-status")
        })?;
    let bytes = bodies::bytes(report, source.raw, &mut Vec::new());
    let groups = groups(&String::from_utf8_lossy(&bytes));
    let reporting_mta = groups
        .iter()
        .find_map(|group| field(group, "reporting-mta"))
        .map(without_type);
    let recipients: Vec<&Fields> = groups
        .iter()
        .filter(|group| recipient(group).is_some())
        .collect();
    let worst = recipients
        .iter()
        .find(|group| field(group, "action").is_some_and(|action| is_failed(&action)))
        .or(recipients.first());
    let of_worst = |name| worst.and_then(|group| field(group, name));
    let address = worst.and_then(|group| recipient(group));
    Some(Bounce {
        action: of_worst("action").map(|action| action.to_ascii_lowercase()),
        status: of_worst("status")
            .and_then(|status| status.split_whitespace().next().map(str::to_owned)),
        diagnostic: of_worst("diagnostic-code").map(without_type),
        reporting_mta,
        original_message_id: original_id(source)
            .or_else(|| informal::id_in(&mail.text))
            .or_else(|| mail.answered_ids().next().map(str::to_owned)),
        further_recipients: recipients
            .iter()
            .filter_map(|group| recipient(group))
            .filter(|other| Some(other) != address.as_ref())
            .collect(),
        recipient: address,
    })
}

fn is_failed(action: &str) -> bool {
    action.eq_ignore_ascii_case("failed")
}

/// The address we wrote to stands in Original-Recipient; a forwarder changes the final one.
fn recipient(group: &Fields) -> Option<String> {
    field(group, "original-recipient")
        .or_else(|| field(group, "final-recipient"))
        .map(without_type)
        .filter(|address| !address.is_empty())
}

/// The Message-ID in the returned message or in its header lines.
pub(super) fn original_id(source: &Source<'_>) -> Option<String> {
    let message = &source.message;
    let boundaries = files::boundaries(message);
    (0..).zip(&message.parts).skip(1).find_map(|(id, part)| {
        // Some servers return the header lines as a text of another name.
        let is_headers = part.is_content_type("text", "rfc822-headers")
            || part.is_content_type("message", "rfc822-headers");
        match &part.body {
            PartType::Message(nested) if part.encoding != mail_parser::Encoding::None => {
                headers::of_nested(&nested.raw_message).1
            }
            PartType::Message(_) => {
                let bytes = files::nested_bytes(source.raw, part, boundaries.get(&id));
                headers::of_nested(bytes).1
            }
            _ if is_headers => {
                let bytes = bodies::bytes(part, source.raw, &mut Vec::new());
                headers::of_nested(&bytes).1
            }
            _ => None,
        }
    })
}

fn groups(report: &str) -> Vec<Fields> {
    let mut groups: Vec<Fields> = vec![Vec::new()];
    for line in report.lines() {
        let Some(group) = groups.last_mut() else {
            break;
        };
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

fn field(group: &Fields, wanted: &str) -> Option<String> {
    group
        .iter()
        .find(|(name, _)| name == wanted)
        .map(|(_, value)| value.clone())
}

/// Takes the `rfc822;`, `smtp;` or `dns;` before a value off.
fn without_type(value: String) -> String {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.contains(char::is_whitespace) => rest.trim().to_owned(),
        _ => value,
    }
}
