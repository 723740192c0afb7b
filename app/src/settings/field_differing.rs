//! Where a form that was too late differs from what is saved by now, so that nobody overwrites unseen.

use maud::{Markup, html};

use super::field_form::FieldForm;
use crate::web::cx::Cx;
use crate::web::parts::{Tone, notice};

/// So many lines of a longer text are shown.
const MOST_LINES: usize = 5;

/// One control in which the two differ.
struct Differing {
    /// The key of its name.
    label: &'static str,
    /// What is saved; of several lines those that the form has not.
    saved: Vec<String>,
}

fn differing(form: &FieldForm, saved: &FieldForm) -> Vec<Differing> {
    let lines = [
        ("field-label-de", &form.label_de, &saved.label_de),
        ("field-label-en", &form.label_en, &saved.label_en),
        ("field-help-de", &form.help_de, &saved.help_de),
        ("field-help-en", &form.help_en, &saved.help_en),
        ("field-group-de", &form.group_de, &saved.group_de),
        ("field-group-en", &form.group_en, &saved.group_en),
        ("field-position", &form.position, &saved.position),
        ("field-min", &form.min, &saved.min),
        ("field-max", &form.max, &saved.max),
        ("field-pattern", &form.pattern, &saved.pattern),
        ("field-link", &form.link, &saved.link),
        ("field-options", &form.options, &saved.options),
        ("field-default", &form.default, &saved.default),
        ("field-by-service", &form.by_service, &saved.by_service),
        ("field-by-mailbox", &form.by_mailbox, &saved.by_mailbox),
    ];
    let lists = [
        ("field-depends", form.depends == saved.depends),
        ("field-required", form.required == saved.required),
        ("field-shown-kinds", form.kinds == saved.kinds),
        ("field-shown-services", form.services == saved.services),
        ("field-shown-teams", form.teams == saved.teams),
        ("field-hidden", form.hidden == saved.hidden),
        ("field-readonly", form.readonly == saved.readonly),
    ];
    let lines = lines.into_iter().filter_map(|(label, typed, saved)| {
        let typed: Vec<&str> = typed.lines().map(str::trim).collect();
        let saved_lines: Vec<&str> = saved.lines().map(str::trim).collect();
        if typed.join("\n").trim() == saved_lines.join("\n").trim() {
            return None;
        }
        let other = saved_lines.iter().filter(|line| !typed.contains(line));
        let saved = other.take(MOST_LINES).map(|line| (*line).to_owned());
        Some(Differing {
            label,
            saved: saved.collect(),
        })
    });
    let lists = lists.into_iter().filter(|(_, same)| !same);
    let lists = lists.map(|(label, _)| Differing {
        label,
        saved: vec![],
    });
    lines.chain(lists).collect()
}

/// The notice above the form.
pub fn told(cx: &Cx, form: &FieldForm, saved: &FieldForm) -> Markup {
    let all = differing(form, saved);
    let more = html! {
        ul class="plainlist" {
            @for one in &all {
                li {
                    b { (cx.t(one.label)) } ": "
                    @if one.saved.is_empty() { (cx.t("field-differs")) }
                    @for (at, line) in one.saved.iter().enumerate() { @if at > 0 { ", " } ins { (line) } }
                }
            }
        }
    };
    notice(Tone::Warn, &cx.t("field-differing"), &more)
}
