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
    saved: Saved,
}

/// What is saved in a control.
enum Saved {
    Nothing,
    /// The lines that the form has not.
    Lines(Vec<String>),
    Otherwise,
}

fn differing(form: &FieldForm, saved: &FieldForm) -> Vec<Differing> {
    // English that is left empty is saved as the German is.
    let english = |de: &str, en: &str| match en.trim() {
        "" => de.to_owned(),
        en => en.to_owned(),
    };
    let label_en = english(&form.label_de, &form.label_en);
    let help_en = english(&form.help_de, &form.help_en);
    let group_en = english(&form.group_de, &form.group_en);
    let lines = [
        ("field-label-de", &form.label_de, &saved.label_de),
        ("field-label-en", &label_en, &saved.label_en),
        ("field-help-de", &form.help_de, &saved.help_de),
        ("field-help-en", &help_en, &saved.help_en),
        ("field-group-de", &form.group_de, &saved.group_de),
        ("field-group-en", &group_en, &saved.group_en),
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
        (
            "field-personal",
            form.personal.is_some() == saved.personal.is_some(),
        ),
    ];
    let lines = lines.into_iter().filter_map(|(label, typed, saved)| {
        let typed: Vec<&str> = typed.lines().map(str::trim).collect();
        let saved_lines: Vec<&str> = saved.lines().map(str::trim).collect();
        if typed.join("\n").trim() == saved_lines.join("\n").trim() {
            return None;
        }
        let other = saved_lines.iter().filter(|line| !typed.contains(line));
        let other = other.take(MOST_LINES).map(|line| (*line).to_owned());
        let other: Vec<String> = other.collect();
        let saved = match other.is_empty() {
            _ if saved.trim().is_empty() => Saved::Nothing,
            true => Saved::Otherwise,
            false => Saved::Lines(other),
        };
        Some(Differing { label, saved })
    });
    let lists = lists.into_iter().filter(|(_, same)| !same);
    let lists = lists.map(|(label, _)| Differing {
        label,
        saved: Saved::Otherwise,
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
                    @match &one.saved {
                        Saved::Nothing => (cx.t("fact-none")),
                        Saved::Otherwise => (cx.t("field-differs")),
                        Saved::Lines(lines) => { @for (at, line) in lines.iter().enumerate() { @if at > 0 { ", " } ins { (line) } } }
                    }
                }
            }
        }
    };
    notice(Tone::Warn, &cx.t("field-differing"), &more)
}
