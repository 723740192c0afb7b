//! The fields of a filter's form: its conditions, what it does, and the button that tries it.

use entities::mail_filter::{Condition, How, MailFilter, Part};
use entities::setting::Choice as Chosen;
use entities::{service, team};
use maud::{Markup, html};

use super::area::Area;
use super::filter_form::{FilterForm, Row};
use super::filter_trial::filter_trial;
use super::form::{self, Faults};
use crate::error::Result;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, icon_small, kind_choices, priority_choices};

/// A select or an input of a row, with its label.
fn cell(id: &str, class: &str, label: &str, fault: Option<&str>, control: &Markup) -> Markup {
    html! {
        div class={ "field " (class) } {
            label for=(id) { (label) }
            (control)
            @if let Some(fault) = fault { p class="error" id={ (id) "-fault" } { (icon_small("warn")) (fault) } }
        }
    }
}

/// The rows of conditions.
pub fn conditions(cx: &Cx, form: &FilterForm, faults: &Faults) -> Markup {
    html! {
        section class="stack" aria-labelledby="conditions-title" {
            div {
                h2 id="conditions-title" { (cx.t("filter-conditions")) }
                p class="hint" { (cx.t("filter-conditions-hint")) }
            }
            @for (index, row) in form.rows().iter().enumerate() { (condition(cx, index, row, faults)) }
        }
    }
}

fn condition(cx: &Cx, index: usize, row: &Row, faults: &Faults) -> Markup {
    let number = index + 1;
    let id = |name: &str| format!("{name}-{index}");
    let (part, header, how, value) = (id("part"), id("header"), id("how"), id("value"));
    let select = |id: &str, name: &str, choices: &[Choice], value: &str| {
        let fault = faults.of(id);
        html! {
            select class="input" id=(id) name=(name) aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| format!("{id}-fault"))] {
                @for choice in choices { option value=(choice.value) selected[choice.value == value] { (choice.label) } }
            }
        }
    };
    let input = |id: &str, name: &str, value: &str| {
        let fault = faults.of(id);
        html! {
            input class="input" id=(id) name=(name) type="text" value=(value) autocomplete="off"
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| format!("{id}-fault"))];
        }
    };
    html! {
        fieldset class="condition" {
            legend class="sr" { (cx.locale.t_with("filter-condition", &[("number", number.into())])) }
            (cell(&part, "condition__part", &cx.t("filter-part"), faults.of(&part), &select(&part, "part", &parts(cx), &row.part)))
            (cell(&header, "condition__header", &cx.t("filter-header"), faults.of(&header), &input(&header, "header", &row.header)))
            (cell(&how, "condition__how", &cx.t("filter-how"), faults.of(&how), &select(&how, "how", &hows(cx), &row.how)))
            (cell(&value, "condition__value", &cx.t("filter-value"), faults.of(&value), &input(&value, "value", &row.value)))
        }
    }
}

const PARTS: [&str; 10] = [
    "sender",
    "sender_domain",
    "recipient",
    "subject",
    "body",
    "header",
    "at_least",
    "at_most",
    "automatic",
    "not_automatic",
];

fn part_words(cx: &Cx, part: &str) -> String {
    cx.t(match part {
        "sender" => "filter-part-sender",
        "sender_domain" => "filter-part-domain",
        "recipient" => "filter-part-recipient",
        "subject" => "filter-part-subject",
        "body" => "filter-part-body",
        "header" => "filter-part-header",
        "at_least" => "filter-part-at-least",
        "at_most" => "filter-part-at-most",
        "automatic" => "filter-part-automatic",
        "not_automatic" => "filter-part-not-automatic",
        _ => "filter-part-none",
    })
}

fn parts(cx: &Cx) -> Vec<Choice> {
    let none = std::iter::once("");
    none.chain(PARTS)
        .map(|part| Choice::new(part, part_words(cx, part)))
        .collect()
}

fn how_words(cx: &Cx, how: How) -> String {
    cx.t(match how {
        How::Contains => "filter-how-contains",
        How::Is => "filter-how-is",
        How::Matches => "filter-how-matches",
    })
}

fn hows(cx: &Cx) -> Vec<Choice> {
    [How::Contains, How::Is, How::Matches]
        .map(|how| Choice::new(form::stored_name(how), how_words(cx, how)))
        .to_vec()
}

/// A condition as a short sentence.
pub fn condition_words(cx: &Cx, condition: &Condition) -> String {
    match condition {
        Condition::AtLeast { kb } => format!("{} {kb} kB", cx.t("filter-size-from")),
        Condition::AtMost { kb } => format!("{} {kb} kB", cx.t("filter-size-to")),
        Condition::Automatic => part_words(cx, "automatic"),
        Condition::NotAutomatic => part_words(cx, "not_automatic"),
        Condition::Text { part, how, value } => {
            let part = match part {
                Part::Header(name) => name.clone(),
                other => part_words(cx, &form::stored_name(other)),
            };
            format!("{part} {} „{value}“", how_words(cx, *how))
        }
    }
}

/// What it does to a mail that fits.
pub async fn effect_fields(cx: &Cx, form: &FilterForm, faults: &Faults) -> Result<Markup> {
    let services = service::choices(&cx.db).await?;
    let teams = team::choices(&cx.db).await?;
    let unchanged = |choices: Vec<Choice>| {
        let first = std::iter::once(Choice::new("", cx.t("filter-unchanged")));
        first.chain(choices).collect::<Vec<_>>()
    };
    let pick = |id: &str, label: &str, offered: &[Chosen], value: &str| {
        let options = form::options(cx, "filter-unchanged", offered, value);
        let label = cx.t(label);
        let field = Field::new(id, &label).optional().fault(faults.of(id));
        form::select(cx, field, &options, value)
    };
    let plain = |id: &str, label: &str, choices: Vec<Choice>, value: &str| {
        let label = cx.t(label);
        form::select(
            cx,
            Field::new(id, &label).optional(),
            &unchanged(choices),
            value,
        )
    };
    Ok(html! {
        section class="stack" aria-labelledby="effects-title" {
            div {
                h2 id="effects-title" { (cx.t("filter-effects")) }
                p class="hint" { (cx.t("filter-effects-hint")) }
            }
            (pick("service", "fact-service", &services, &form.service))
            (pick("team", "fact-team", &teams, &form.team))
            (plain("priority", "fact-priority", priority_choices(cx.locale), &form.priority))
            (plain("kind", "fact-kind", kind_choices(cx.locale), &form.kind))
            label class="tick" {
                input type="checkbox" name="no_answer" value="1" checked[!form.no_answer.is_empty()];
                span { (cx.t("filter-no-answer")) }
            }
            div class="field" {
                label class="tick" {
                    input type="checkbox" name="ignore" value="1" checked[!form.ignore.is_empty()] aria-describedby="ignore-hint";
                    span { (cx.t("filter-ignore")) }
                }
                p class="hint" id="ignore-hint" { (cx.t("filter-ignore-hint")) }
            }
        }
    })
}

/// The button that tries what stands in the form, and what came of it.
pub fn trying(cx: &Cx, form: &FilterForm, open: Option<&MailFilter>) -> Markup {
    let action = match open {
        Some(filter) => Area::Filters.act(filter.id, "try"),
        None => Area::Filters.new_act("try"),
    };
    html! {
        section class="stack" aria-labelledby="try-title" {
            div {
                h2 id="try-title" { (cx.t("filter-try-title")) }
                p class="hint" { (cx.t("filter-try-hint")) }
            }
            div {
                button class="kern-btn kern-btn--secondary" type="submit" formaction=(action) {
                    span class="kern-label" { (cx.t("filter-try")) }
                }
            }
            @if let Some(trial) = &form.trial { (filter_trial(cx, trial)) }
        }
    }
}
