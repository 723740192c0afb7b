//! What an answer does besides, in the form of its text block: read from it, put into it, and its fields.

use entities::text_block::{Acts, BlockThen};
use maud::{Markup, html};

use super::form::{self, Faults};
use super::text_block::TextBlockForm;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input, name, named, priority_choices, reason_choices};

/// The most days ahead that a reminder is set by a block.
const MOST_DAYS: u16 = 365;

/// What was typed, or the field at fault and why.
pub fn read(form: &TextBlockForm) -> Result<Acts, (&'static str, &'static str)> {
    let then = match form.then.as_str() {
        "" => None,
        "open" => Some(BlockThen::Open),
        "waiting" => Some(BlockThen::Waiting),
        "vendor" => Some(BlockThen::Vendor),
        _ => Some(BlockThen::Solved(
            named(&form.reason).ok_or(("reason", "rejected-reason-missing"))?,
        )),
    };
    let reminder_days = match form.reminder_days.trim() {
        "" => None,
        typed => Some(
            typed
                .parse()
                .ok()
                .filter(|days| (1..=MOST_DAYS).contains(days))
                .ok_or(("reminder_days", "block-reminder-fault"))?,
        ),
    };
    let lines = form.fields.lines().filter(|line| !line.trim().is_empty());
    let fields = lines.map(|line| {
        let (key, value) = line.split_once('=')?;
        let (key, value) = (key.trim(), value.trim());
        (!key.is_empty() && !value.is_empty()).then(|| (key.to_owned(), value.to_owned()))
    });
    Ok(Acts {
        then,
        reminder_days,
        priority: named(&form.priority),
        mine: !form.mine.is_empty(),
        fields: fields
            .collect::<Option<Vec<_>>>()
            .ok_or(("fields", "block-fields-fault"))?,
    })
}

/// The form with what a block does.
pub fn with(mut form: TextBlockForm, acts: &Acts) -> TextBlockForm {
    let (then, reason) = match acts.then {
        None => ("", None),
        Some(BlockThen::Open) => ("open", None),
        Some(BlockThen::Waiting) => ("waiting", None),
        Some(BlockThen::Vendor) => ("vendor", None),
        Some(BlockThen::Solved(reason)) => ("solved", Some(reason)),
    };
    let days = acts.reminder_days.map(|days| days.to_string());
    let line = |(key, value): &(String, String)| format!("{key} = {value}");
    form.then = then.to_owned();
    form.reason = reason.map(name).unwrap_or_default();
    form.reminder_days = days.unwrap_or_default();
    form.priority = acts.priority.map(name).unwrap_or_default();
    form.mine = if acts.mine { "1" } else { "" }.to_owned();
    form.fields = acts.fields.iter().map(line).collect::<Vec<_>>().join("\n");
    form
}

/// The fields.
pub fn acts_fields(cx: &Cx, form: &TextBlockForm, faults: &Faults) -> Markup {
    let states = [
        ("", "block-state-none"),
        ("waiting", "block-then-waiting"),
        ("open", "block-then-open"),
        ("vendor", "block-then-vendor"),
        ("solved", "block-then-solved"),
    ]
    .map(|(value, words)| Choice::new(value, cx.t(words)));
    let mut priorities = vec![Choice::new("", cx.t("block-priority-none"))];
    priorities.extend(priority_choices(cx.locale));
    html! {
        fieldset class="field formpart" {
            legend class="label" { (cx.t("text-block-acts")) }
            p class="hint" { (cx.t("text-block-acts-hint")) }
            div class="columns" {
                (form::select(cx, Field::new("then", &cx.t("block-state")).fault(faults.of("then")), &states, &form.then))
                (form::select(cx, Field::new("reason", &cx.t("composer-reason")).optional().fault(faults.of("reason")), &reason_choices(cx.locale), &form.reason))
            }
            div class="columns" {
                (form::text(cx, Field::new("reminder_days", &cx.t("block-reminder-days")).optional().fault(faults.of("reminder_days")), "number", &form.reminder_days))
                (form::select(cx, Field::new("priority", &cx.t("fact-priority")).optional().fault(faults.of("priority")), &priorities, &form.priority))
            }
            label class="tick" { input type="checkbox" name="mine" value="1" checked[!form.mine.is_empty()]; span { (cx.t("block-mine")) } }
            (Field::new("fields", &cx.t("block-fields")).optional().hint(&cx.t("block-fields-hint")).fault(faults.of("fields"))
                .render(cx.locale, Input::Area { value: &form.fields, rows: 3 }))
        }
    }
}
