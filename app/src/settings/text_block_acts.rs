//! What an answer does besides, in the form of its text block: read from it, put into it, and its fields.

use entities::person::list::agents;
use entities::setting::Choice as Chosen;
use entities::text_block::{Acts, BlockThen, MOST_FIELDS, NewOwner};
use maud::{Markup, html};

use super::form::{self, Faults};
use crate::error::Result;
use crate::text_blocks::fields;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input, name, named, priority_choices, reason_choices};

/// The most days ahead that a reminder is set by a block.
const MOST_DAYS: u16 = 365;
/// What stands for whoever sends the answer.
const SENDER: &str = "sender";
/// What stands for nobody.
const NOBODY: &str = "nobody";

/// This part of a form as it was typed.
#[derive(Clone, Debug, Default)]
pub struct ActsForm {
    pub then: String,
    pub reason: String,
    pub reminder_days: String,
    pub priority: String,
    /// Empty: whoever it is.
    pub owner: String,
    pub fields: String,
}

/// What was typed, or the field at fault and why.
pub fn read(form: &ActsForm) -> Result<Acts, (&'static str, &'static str)> {
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
    let owner = match form.owner.as_str() {
        "" => None,
        SENDER => Some(NewOwner::Sender),
        NOBODY => Some(NewOwner::Nobody),
        id => {
            let id = form::id(id).ok_or(("owner", "rejected-not-an-agent"))?;
            Some(NewOwner::Person(id))
        }
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
        owner,
        fields: fields
            .collect::<Option<Vec<_>>>()
            .ok_or(("fields", "block-fields-fault"))?,
    })
}

/// What was typed; none with the fault at its field.
pub fn check(cx: &Cx, form: &ActsForm, faults: &mut Faults) -> Option<Acts> {
    match read(form) {
        Ok(acts) if acts.fields.len() > MOST_FIELDS => {
            let said = [("most", MOST_FIELDS.into())];
            faults.add("fields", cx.locale.t_with("text-block-many-fields", &said));
            None
        }
        Ok(acts) => Some(acts),
        Err((field, key)) => {
            faults.add(field, cx.t(key));
            None
        }
    }
}

/// What is wrong with what a block does that is seen from elsewhere: nobody is named who works on no tickets, and no field
/// gets what it never takes.
pub async fn known(cx: &Cx, acts: &Acts, faults: &mut Faults) -> Result<()> {
    if let Some(NewOwner::Person(id)) = acts.owner
        && !agents(&cx.db).await?.iter().any(|agent| agent.id == id)
    {
        faults.add("owner", cx.t("rejected-not-an-agent"));
    }
    if let Some(words) = fields::fault(cx, &acts.fields).await? {
        faults.add("fields", words);
    }
    Ok(())
}

/// The form with what a block does.
pub fn form_of(acts: &Acts) -> ActsForm {
    let (then, reason) = match acts.then {
        None => ("", None),
        Some(BlockThen::Open) => ("open", None),
        Some(BlockThen::Waiting) => ("waiting", None),
        Some(BlockThen::Vendor) => ("vendor", None),
        Some(BlockThen::Solved(reason)) => ("solved", Some(reason)),
    };
    let days = acts.reminder_days.map(|days| days.to_string());
    let line = |(key, value): &(String, String)| format!("{key} = {value}");
    ActsForm {
        then: then.to_owned(),
        reason: reason.map(name).unwrap_or_default(),
        reminder_days: days.unwrap_or_default(),
        priority: acts.priority.map(name).unwrap_or_default(),
        owner: match acts.owner {
            None => String::new(),
            Some(NewOwner::Sender) => SENDER.to_owned(),
            Some(NewOwner::Nobody) => NOBODY.to_owned(),
            Some(NewOwner::Person(id)) => id.to_string(),
        },
        fields: acts.fields.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

/// The fields; `people`: who may own tickets.
pub fn acts_fields(cx: &Cx, form: &ActsForm, people: &[Chosen], faults: &Faults) -> Markup {
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
    let mut owners = form::options(cx, "block-owner-none", people, &form.owner);
    owners.retain(|choice| choice.value != SENDER && choice.value != NOBODY);
    owners.insert(1, Choice::new(SENDER, cx.t("block-owner-sender")));
    owners.insert(2, Choice::new(NOBODY, cx.t("block-owner-nobody")));
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
            (form::select(cx, Field::new("owner", &cx.t("fact-owner")).fault(faults.of("owner")), &owners, &form.owner))
            (Field::new("fields", &cx.t("block-fields")).optional().hint(&cx.t("block-fields-hint")).fault(faults.of("fields"))
                .render(cx.locale, Input::Area { value: &form.fields, rows: 3 }))
        }
    }
}
