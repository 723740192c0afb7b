//! What the composer holds besides the text: recipients, the call, and files.

use maud::{Markup, html};

use super::addresses::chips;
use super::fragment::part;
use super::state::Composer;
use super::written::{BCC, CC, MINUTES, SUBJECT, TO, Written};
use crate::web::cx::Cx;
use crate::web::parts::{Field, Input, foreign, icon_small};

/// Recipients and subject: folded to one line until somebody wants to change them.
pub fn address_fields(cx: &Cx, composer: &Composer) -> Markup {
    let written = &composer.written;
    let faulty = [TO, CC, BCC, SUBJECT]
        .into_iter()
        .any(|field| composer.fault(field).is_some());
    let field = |id: &'static str, name: &'static str, words: &str, value: &str| {
        let field = Field::new(id, words).name(name).fault(composer.fault(id));
        let field = match name {
            "cc" | "bcc" => field.optional(),
            _ => field,
        };
        let input = Input::Line {
            kind: "text",
            value,
            autocomplete: Some("off"),
        };
        field.render(cx.locale, input)
    };
    html! {
        details class="composer__head" open[faulty || written.to.trim().is_empty()] {
            summary class="composer__to" { (composer_recipients(cx, written)) span class="more" { (cx.t("composer-recipients-change")) } }
            div class="composer__fields" {
                (field(TO, "to", &cx.t("composer-to"), &written.to))
                (field(CC, "cc", &cx.t("composer-cc"), &written.cc))
                (field(BCC, "bcc", &cx.t("composer-bcc"), &written.bcc))
                (field(SUBJECT, "subject", &cx.t("composer-subject"), &written.subject))
            }
        }
    }
}

/// The names in one line, `#composer-recipients`.
pub fn composer_recipients(cx: &Cx, written: &Written) -> Markup {
    let line = |words: String, typed: &str| {
        html! {
            @if !typed.trim().is_empty() {
                (words) " " @for name in chips(typed) { span class="tag" { (name) } " " }
            }
        }
    };
    html! {
        span id="composer-recipients" class="cluster" {
            (line(cx.t("composer-to"), &written.to))
            (line(cx.t("composer-cc"), &written.cc))
            (line(cx.t("composer-bcc"), &written.bcc))
        }
    }
}

/// Which way the call went, with whom, and how long.
pub fn call_fields(cx: &Cx, composer: &Composer) -> Markup {
    let written = &composer.written;
    let is_out = written.direction == "out";
    let minutes = cx.t("composer-minutes");
    html! {
        div class="composer__fields composer__fields--call" {
            fieldset class="cluster picks" {
                legend class="sr" { (cx.t("composer-direction")) }
                label class="tick" { input type="radio" name="direction" value="in" checked[!is_out]; span { (cx.t("composer-direction-in")) } }
                label class="tick" { input type="radio" name="direction" value="out" checked[is_out]; span { (cx.t("composer-direction-out")) } }
            }
            @if let Some(name) = composer.requester.as_deref().filter(|n| !n.is_empty()) {
                p class="composer__to" { (cx.t("composer-call-with")) " " span class="tag" { (name) } }
            }
            (Field::new(MINUTES, &minutes).name("minutes").optional().fault(composer.fault(MINUTES))
                .render(cx.locale, Input::Line { kind: "text", value: &written.minutes, autocomplete: Some("off") }))
        }
    }
}

/// The files that wait, `#composer-files`.
pub fn file_list(cx: &Cx, composer: &Composer) -> Markup {
    let action = part(&composer.ticket.number, "composer");
    html! {
        ul class="filelist" id="composer-files" aria-label=(cx.t("composer-files")) {
            @for file in &composer.files {
                @let size = cx.locale.size(u64::try_from(file.size_bytes).unwrap_or(0));
                @let remove = cx.locale.t_with("composer-file-remove", &[("name", file.name.as_str().into())]);
                li {
                    (icon_small("clip")) (foreign(&file.name)) " " span class="muted num" { (size) }
                    button type="submit" name="act" value={ "remove:" (file.id) } aria-label=(remove) title=(remove)
                        formaction=(action) formnovalidate data-then="remove" hx-post=(action)
                        hx-target="#composer-files" hx-swap="outerHTML" hx-encoding="application/x-www-form-urlencoded" { (icon_small("x")) }
                }
            }
        }
    }
}
