//! Words about text blocks: kinds, places, days, and what is wrong with one.

use chrono::NaiveDate;
use entities::text_block::{self, BlockKind, Fault, MOST_CHARS, TextBlock, fill, list};

use crate::error::Result;
use crate::web::cx::Cx;

pub fn kind_words(cx: &Cx, kind: BlockKind) -> String {
    cx.t(match kind {
        BlockKind::Answer => "text-block-kind-answer",
        BlockKind::Opening => "text-block-kind-opening",
        BlockKind::Closing => "text-block-kind-closing",
        BlockKind::PhoneScript => "text-block-kind-phone",
        BlockKind::VendorEnquiry => "text-block-kind-enquiry",
        BlockKind::RequesterNotice => "text-block-kind-notice",
    })
}

/// What is wrong with a text by itself, in words.
pub fn text_fault(cx: &Cx, kind: BlockKind, text: &str) -> Option<String> {
    if text.trim().chars().count() > MOST_CHARS {
        let said = [("most", MOST_CHARS.into())];
        return Some(cx.locale.t_with("text-block-text-long", &said));
    }
    let fault = text_block::fault(kind, text)?;
    Some(fault_words(cx, fault))
}

/// That a text names a field there is not, in words.
pub async fn field_fault(cx: &Cx, text: &str) -> Result<Option<String>> {
    let keys: Vec<&str> = fill::fields(text).collect();
    let unknown = list::unknown_fields(&cx.db, &keys).await?;
    let place = unknown.first().map(|key| format!("field.{key}"));
    Ok(place.map(|place| fault_words(cx, Fault::Unknown(&place))))
}

/// What is wrong with a text.
pub fn fault_words(cx: &Cx, fault: Fault<'_>) -> String {
    match fault {
        Fault::Unknown(name) => cx
            .locale
            .t_with("text-block-unknown", &[("name", name.into())]),
        Fault::NeverSo(value) => cx
            .locale
            .t_with("text-block-never-so", &[("value", value.into())]),
        Fault::Unbalanced => cx.t("text-block-unbalanced"),
    }
}

/// What a text is called in a form, by its language.
pub fn language_words(cx: &Cx, language: &str) -> String {
    cx.t(match language {
        "en" => "text-block-text-en",
        _ => "text-block-text-de",
    })
}

/// What fills a place.
pub fn placeholder_words(cx: &Cx, name: &str) -> String {
    cx.t(match name {
        "greeting" => "text-block-place-greeting",
        "dear" => "text-block-place-dear",
        "address" => "text-block-place-address",
        "name" => "text-block-place-name",
        "organisation" => "text-block-place-organisation",
        "release" => "text-block-place-release",
        "title" => "text-block-place-title",
        "number" => "text-block-place-number",
        "service" => "text-block-place-service",
        "module" => "text-block-place-module",
        "district" => "text-block-place-district",
        "today" => "text-block-place-today",
        "due" => "text-block-place-due",
        "reminder" => "text-block-place-reminder",
        "agent" => "text-block-place-agent",
        "agent_email" => "text-block-place-agent-email",
        "agent_phone" => "text-block-place-agent-phone",
        "team" => "text-block-place-team",
        _ => "text-block-place-description",
    })
}

/// On which days it is offered.
pub fn valid_words(cx: &Cx, block: &TextBlock) -> String {
    let date = |day: NaiveDate| cx.locale.date(day);
    let said = |key: &str, name: &'static str, day: NaiveDate| {
        cx.locale.t_with(key, &[(name, date(day).into())])
    };
    match (block.valid_from, block.valid_to) {
        (None, None) => cx.t("text-block-always"),
        (Some(from), None) => said("text-block-from", "from", from),
        (None, Some(to)) => said("text-block-until", "until", to),
        (Some(from), Some(to)) => cx.locale.t_with(
            "text-block-between",
            &[("from", date(from).into()), ("until", date(to).into())],
        ),
    }
}
