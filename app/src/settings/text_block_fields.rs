//! The parts of a text block's form that depend on its kind.

use entities::text_block::{BlockKind, TextBlock, placeholders};
use maud::{Markup, html};

use super::form::Faults;
use super::text_block::TextBlockForm;
use super::text_block_files::file_list;
use super::text_block_words::{language_words, placeholder_words};
use crate::tickets::shares::words::part_words;
use crate::web::cx::Cx;
use crate::web::parts::{Field, Input};

/// The parts of an enquiry.
pub fn parts(cx: &Cx, form: &TextBlockForm, faults: &Faults) -> Markup {
    let parts = form.enquiry();
    html! {
        fieldset class="field formpart" {
            legend class="label" { (cx.t("text-block-kind-enquiry")) }
            p class="hint" { (cx.t("text-block-hint")) }
            dl class="placeholders" {
                (places(cx, BlockKind::VendorEnquiry))
                (place("{{field.release}}", cx.t("text-block-place-field")))
            }
            @for (part, text) in parts.texts() {
                @let label = part_words(cx.locale, part);
                @let rows = match part { "observed" | "expected" | "steps" => 4, _ => 2 };
                (Field::new(part, &label).optional().fault(faults.of(part)).render(cx.locale, Input::Area { value: text, rows }))
            }
        }
    }
}

/// The text in each language; `kind`: of one there is.
pub fn languages(
    cx: &Cx,
    form: &TextBlockForm,
    kind: Option<BlockKind>,
    faults: &Faults,
) -> Markup {
    let notice = form.notice();
    let kind = kind.unwrap_or_default();
    html! {
        fieldset class="field formpart" {
            legend class="label" { (cx.t("text-block-texts")) }
            @if kind == BlockKind::RequesterNotice { p class="hint" { (cx.t("text-block-notice-hint")) } }
            @else { p class="hint" { (cx.t("text-block-answer-hint")) } }
            @for (language, text) in notice.texts() {
                @let label = language_words(cx, language);
                (Field::new(language, &label).optional().fault(faults.of(language)).render(cx.locale, Input::Area { value: text, rows: 8 }))
            }
            details {
                summary { (cx.t("text-block-places")) }
                dl class="placeholders" {
                    (places(cx, kind))
                    @if kind != BlockKind::RequesterNotice {
                        (place("{{workday+3}}", cx.t("text-block-place-workday")))
                        (place("{{today+14}}", cx.t("text-block-place-ahead")))
                        (place("{{field.release}}", cx.t("text-block-place-field")))
                        (place("{{field.release|…}}", cx.t("text-block-place-or")))
                        (place("{{if kind=incident}} … {{else}} … {{end}}", cx.t("text-block-place-if")))
                        (place("{{if service=…}}", cx.t("text-block-place-if-service")))
                    }
                }
            }
        }
    }
}

fn places(cx: &Cx, kind: BlockKind) -> Markup {
    html! {
        @for name in placeholders(kind) { (place(&format!("{{{{{name}}}}}"), placeholder_words(cx, name))) }
    }
}

fn place(written: &str, words: String) -> Markup {
    html! { div { dt { code { (written) } } dd { (words) } } }
}

/// The wording that is offered while a newer one waits.
pub fn offered_now(cx: &Cx, block: &TextBlock) -> Markup {
    let Some(offered) = block.approved() else {
        return html! {};
    };
    let said = |part: &'static str| match block.kind {
        BlockKind::VendorEnquiry => part_words(cx.locale, part),
        _ => language_words(cx, part),
    };
    html! {
        details {
            summary { (cx.t("text-block-offered-now")) }
            dl {
                @for (part, text) in offered.texts(block.kind) {
                    @if !text.is_empty() { dt class="label" { (said(part)) } dd class="prewrap" { (text) } }
                }
            }
            (file_list(cx, block, &offered.files, false))
        }
    }
}
