//! Words about templates of documents: what is wrong with one, and what its places are called.

use super::docx::Fault;
use crate::settings::text_block_words::{fault_words as text_fault, placeholder_words};
use crate::web::cx::Cx;

/// What is wrong with a template, and what to do about it.
pub fn fault_words(cx: &Cx, fault: &Fault) -> String {
    use entities::text_block::Fault as Text;
    let named = |key: &str, name: &'static str, said: &str| {
        let short: String = said.chars().take(MOST_CHARS).collect();
        cx.locale.t_with(key, &[(name, short.into())])
    };
    match fault {
        Fault::NotADocx => cx.t("document-not-docx"),
        Fault::TooLarge => cx.t("document-too-large"),
        Fault::Damaged(part) => named("document-damaged", "part", part),
        Fault::Dtd(part) => named("document-dtd", "part", part),
        Fault::Macro => cx.t("document-macro"),
        Fault::Embedded => cx.t("document-embedded"),
        Fault::External(target) => named("document-external", "target", target),
        Fault::Code(code) => named("document-code", "code", code),
        Fault::Unknown(name) => text_fault(cx, Text::Unknown(name)),
        Fault::NeverSo(value) => text_fault(cx, Text::NeverSo(value)),
        Fault::Unbalanced => cx.t("document-unbalanced"),
    }
}

/// The most letters of what a file says of itself.
const MOST_CHARS: usize = 120;

/// What a place is called; a field by its place itself.
pub fn place_words(cx: &Cx, name: &str) -> String {
    let is_own = name.starts_with("field.") || name.contains('+');
    match is_own {
        true => name.to_owned(),
        false => placeholder_words(cx, name),
    }
}
