//! A dynamic field as it will be, beside the form that defines it.

use entities::field::pattern::Pattern;
use entities::field::rules::Case;
use entities::field::{Fault, Field, FieldFacts, Kind, Moment, Value, Values};
use maud::{Markup, html};

use super::field_form::{FieldForm, like};
use super::field_options;
use crate::fields::control::{Control, Naming};
use crate::fields::typed::{Entry, path};
use crate::fields::words::{self, label};
use crate::web::cx::Cx;
use crate::web::url;

/// The field as forms and tickets will show it: `#field-preview`.
pub fn preview(cx: &Cx, open: Option<&Field>, form: &FieldForm, facts: &FieldFacts) -> Markup {
    let field = like(facts);
    let case = Case {
        kind: entities::ticket::Kind::Incident,
        place: Default::default(),
        parent_service_id: None,
    };
    // Nothing is hidden from the preview by what other fields would say.
    let mut free = field.clone();
    free.settings.depends = entities::field::Depends::Nothing;
    if free.row.label_de.is_empty() {
        free.row.label_de = cx.t("settings-field-new");
        free.row.label_en.clone_from(&free.row.label_de);
    }
    let beside = Values::new();
    let value = sample(&free);
    let entry = |value: &Option<Value>| match value {
        Some(value) => Entry {
            values: words::typed(cx.locale, &cx.now, free.row.kind, value),
            text: value
                .ids()
                .first()
                .map(|id| path(cx, &free.options, *id))
                .unwrap_or_default(),
        },
        None => Entry::default(),
    };
    let control = |name: &str, entry: &Entry, fault: Option<&str>| {
        Control {
            field: &free,
            name,
            entry,
            fault,
            case: &case,
            beside: &beside,
            hits: url::field_options(free.row.id),
            naming: Naming::Label,
            needed: facts.settings.required.contains(&Moment::Create),
        }
        .render(cx)
    };
    let wrong = words::fault(cx.locale, &free, wrong(&free));
    let known =
        std::collections::HashMap::from_iter(free.options.iter().map(|o| (o.id, o.label.clone())));
    html! {
        aside class="sheet" id="field-preview" aria-labelledby="field-preview-title" {
            div class="sheet__head" { h2 id="field-preview-title" { (cx.t("field-preview")) } span class="muted small right" { (cx.t("field-preview-live")) } }
            div class="scroll previews" tabindex="0" role="region" aria-label=(cx.t("field-preview")) {
                p class="small muted" { (cx.t("field-preview-form")) }
                div class="previewbox" inert { (control("preview-form", &entry(&value), None)) }
                p class="small muted" { (cx.t("field-preview-fault")) }
                div class="previewbox" inert { (control("preview-fault", &Entry::default(), Some(&wrong))) }
                p class="small muted" { (cx.t("field-preview-fact")) }
                div class="previewbox" {
                    dl class="factlist" { div class="fact" {
                        dt { (label(cx.locale, &free)) }
                        dd { @match &value {
                            Some(value) => (words::value(cx.locale, &cx.now, free.row.kind, value, &known)),
                            None => span class="edit--empty" { (cx.t("fact-none")) },
                        } }
                    } }
                }
                (tried(cx, form, &free))
                (options_changed(cx, open, facts))
            }
        }
    }
}

/// What saving would do to the options there are.
fn options_changed(cx: &Cx, open: Option<&Field>, facts: &FieldFacts) -> Markup {
    let none = Vec::new();
    let before = open.map_or(&none, |field| &field.options);
    let renamed = field_options::renamed(before, &facts.options);
    html! {
        @if !before.is_empty() && *before != facts.options {
            p class="small muted" { (cx.t("field-options")) }
            div class="previewbox" {
                p { (field_options::told(cx, before, &facts.options)) }
                @if !renamed.is_empty() {
                    ul class="plainlist" {
                        @for (from, to) in &renamed {
                            li { (cx.t("field-option-renamed")) " " del { (words::said(cx.locale, from)) } " → " ins { (words::said(cx.locale, to)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The pattern against the examples.
fn tried(cx: &Cx, form: &FieldForm, field: &Field) -> Markup {
    let examples: Vec<&str> = form
        .examples
        .lines()
        .map(str::trim)
        .filter(|e| !e.is_empty())
        .collect();
    let pattern = Pattern::parse(&form.pattern);
    html! {
        @if field.row.kind.is_text() && !form.pattern.is_empty() {
            p class="small muted" { (cx.t("field-preview-pattern")) }
            div class="previewbox" {
                @match &pattern {
                    None => p class="error" { (crate::error::rejected(cx.locale, entities::Rejected::NotAPattern)) },
                    Some(pattern) => {
                        @if examples.is_empty() { p class="muted small" { (cx.t("field-examples-none")) } }
                        ul class="plainlist" {
                            @for example in examples.iter().take(20) {
                                @let fits = pattern.fits(example);
                                li { code { (example) } " " span class="badge" data-state=(if fits { "ok" } else { "error" }) { (cx.t(if fits { "field-example-fits" } else { "field-example-fails" })) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A value such a field could have.
fn sample(field: &Field) -> Option<Value> {
    let s = &field.settings;
    if s.default.is_some() {
        return s.default.clone();
    }
    let number = |of: i64| {
        let low = s
            .limits
            .min
            .unwrap_or(of)
            .max(of.min(s.limits.max.unwrap_or(of)));
        Value::Number(low)
    };
    Some(match field.row.kind {
        Kind::Choice | Kind::Choices | Kind::Tree => {
            let mut open = field.options.iter().filter(|o| !o.retired);
            Value::Options(vec![open.next_back()?.id])
        }
        Kind::YesNo => Value::YesNo(true),
        Kind::Whole => number(12),
        Kind::Decimal => number(2_500_000),
        Kind::Money => number(12_50),
        _ => return None,
    })
}

/// What is easily wrong with a value of such a field.
fn wrong(field: &Field) -> Fault {
    let limits = &field.settings.limits;
    match field.row.kind {
        kind if kind.is_text() && limits.pattern.is_some() => Fault::Pattern,
        kind if kind.is_text() && limits.max.is_some() => Fault::TooLong,
        Kind::Whole | Kind::Decimal | Kind::Money if limits.min.is_some() => Fault::TooSmall,
        Kind::Whole | Kind::Decimal | Kind::Money if limits.max.is_some() => Fault::TooLarge,
        Kind::Whole | Kind::Decimal | Kind::Money => Fault::NotANumber,
        Kind::Date | Kind::Moment => Fault::NotADate,
        Kind::Person | Kind::Organisation | Kind::Ticket => Fault::NotFound,
        _ => Fault::Missing,
    }
}
