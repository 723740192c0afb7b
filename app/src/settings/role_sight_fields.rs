//! What a person may do with each dynamic field, on the page of who sees what and why.

use entities::field::Right;
use entities::role::field_reasons::{Bound, FieldReason};
use maud::{Markup, html};

use crate::fields::words::label;
use crate::web::cx::Cx;
use crate::web::parts::{column, glyph};

/// Nothing where there are no fields.
pub fn table(cx: &Cx, fields: &[FieldReason]) -> Markup {
    if fields.is_empty() {
        return html! {};
    }
    html! {
        div class="sheet__body" { h2 id="sight-fields" { (cx.t("sight-fields")) } }
        table class="grid grid--plain reasons" aria-labelledby="sight-fields" {
            thead { tr { (column(&cx.t("sight-field"))) (column(&cx.t("sight-held"))) (column(&cx.t("sight-why"))) } }
            tbody {
                @for reason in fields {
                    tr {
                        th scope="row" {
                            (label(cx.locale, &reason.field))
                            @if reason.field.settings.personal { " " span class="tag tag--line" { (cx.t("field-personal-mark")) } }
                        }
                        td { (held(cx, reason.right)) }
                        td class="words" { (why(cx, reason)) }
                    }
                }
            }
        }
    }
}

fn held(cx: &Cx, right: Right) -> Markup {
    let words = cx.t(word(right));
    html! {
        @match right {
            Right::Hidden => span class="muted" { "– " (words) },
            Right::Read => span class="state" data-state="open" { (glyph("open")) (words) },
            Right::Write => span class="state" data-state="solved" { (glyph("solved")) (words) },
        }
    }
}

fn word(right: Right) -> &'static str {
    match right {
        Right::Hidden => "sight-field-hidden",
        Right::Read => "sight-field-read",
        Right::Write => "sight-field-write",
    }
}

/// The roles that say the most, and what makes it less.
fn why(cx: &Cx, reason: &FieldReason) -> Markup {
    let widest = reason.roles.iter().map(|(_, right)| *right).max();
    let Some(widest) = widest else {
        return html! { span class="muted" { (cx.t("sight-field-no-role")) } };
    };
    let of: Vec<&str> = reason
        .roles
        .iter()
        .filter(|(_, right)| *right == widest)
        .map(|(name, _)| name.as_str())
        .collect();
    html! {
        div { strong { (of.join(", ")) } ": " (cx.t(word(widest))) }
        @if let Some(bound) = reason.bound {
            div class="small muted" {
                (cx.t(match bound {
                    Bound::OutOfSight => "sight-field-out-of-sight",
                    Bound::Nameless => "sight-field-nameless",
                    Bound::NotClassified => "sight-field-not-classified",
                }))
            }
        }
    }
}
