//! What the forms of the settings share: faults by field, and checks that need nothing but the form.

use entities::ledger::{Done, Subject};
use entities::setting::Choice as Chosen;
use entities::{DeskError, Rejected, Uuid};
use maud::{Markup, html};
use serde::Serialize;
use serde::de::DeserializeOwned;
use validator::{Validate, ValidationError};

use crate::error::{self, Error};
use crate::web::cx::Cx;
pub use crate::web::form::date;
use crate::web::parts::{Choice, Field, Input, error_summary};

/// The most characters of a line.
const MOST_CHARS: usize = 200;

/// More boxes than that are found by typing, where there are scripts.
const MOST_TICKS: usize = 12;

/// Where the sheet begins, for faults of the form as a whole.
pub const TITLE: &str = "settings-title";

/// Faults of a form: field and sentence.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// The faults a form shows by itself, in the order of its fields.
    pub fn check(cx: &Cx, form: &impl Validate, order: &[&str]) -> Result<(), Faults> {
        Faults::of_fields(cx, form, order).none()
    }

    /// The faults of single fields, in their order.
    pub fn of_fields(cx: &Cx, form: &impl Validate, order: &[&str]) -> Faults {
        let Err(errors) = form.validate() else {
            return Faults::default();
        };
        let errors = errors.field_errors();
        let faults = order.iter().filter_map(|field| {
            let first = errors.get(*field)?.first()?;
            Some(((*field).to_owned(), cx.t(&first.code)))
        });
        Faults(faults.collect())
    }

    /// One more.
    pub fn add(&mut self, field: &str, words: String) {
        self.0.push((field.to_owned(), words));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Themselves, when there are any.
    pub fn none(self) -> Result<(), Faults> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// A state of the model as the fault of a field. That somebody was faster is no field's fault.
    pub fn rejected(cx: &Cx, field: &str, why: Rejected) -> Faults {
        let field = match why {
            Rejected::ChangedMeanwhile => TITLE,
            _ => field,
        };
        Faults(vec![(field.to_owned(), error::rejected(cx.locale, why))])
    }

    /// One fault that only the form as a whole shows.
    pub fn of_field(field: &str, sentence: String) -> Faults {
        Faults(vec![(field.to_owned(), sentence)])
    }

    /// The sentence of a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name == field)?;
        Some(&found.1)
    }

    /// All of them, with links to their fields.
    pub fn summary(&self, cx: &Cx) -> Markup {
        error_summary(cx.locale, &self.0)
    }
}

/// The field a rejection is about, where it is not the name.
pub fn place(why: Rejected, address: &'static str, reference: &'static str) -> &'static str {
    match why {
        Rejected::AddressTaken | Rejected::NotAnAddress => address,
        Rejected::Circular | Rejected::Retired => reference,
        _ => "name",
    }
}

/// What became of a form the model has seen.
pub enum Outcome {
    Done(Uuid),
    /// The state that forbids it; it belongs beside a field.
    Rejected(Rejected),
}

/// Sorts what `Db::change` answered; a form sent twice was done once.
pub fn outcome<S: Subject>(result: Result<Done<S>, DeskError>) -> Result<Outcome, Error> {
    match result {
        Ok(done) => Ok(Outcome::Done(done.subject.id())),
        Err(DeskError::AlreadyDone(id)) => Ok(Outcome::Done(id)),
        Err(DeskError::Rejected(why)) => Ok(Outcome::Rejected(why)),
        Err(other) => Err(other.into()),
    }
}

fn fault(key: &'static str) -> Result<(), ValidationError> {
    Err(ValidationError::new(key))
}

/// A line that must not be empty.
pub fn needed(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() {
        return fault("settings-fault-empty");
    }
    line(text)
}

/// A line that may be empty.
pub fn line(text: &str) -> Result<(), ValidationError> {
    if text.chars().count() > MOST_CHARS {
        return fault("settings-fault-long");
    }
    Ok(())
}

/// A mail address that must not be empty.
pub fn needed_address(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() {
        return fault("settings-fault-empty");
    }
    address(text)
}

/// A mail address, or nothing.
pub fn address(text: &str) -> Result<(), ValidationError> {
    use validator::ValidateEmail as _;
    let text = text.trim();
    if text.is_empty() || text.validate_email() {
        return Ok(());
    }
    fault("settings-fault-address")
}

/// A mail domain, or nothing.
pub fn domain(text: &str) -> Result<(), ValidationError> {
    let text = text.trim().trim_start_matches('@');
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    if text.is_empty() || (text.contains('.') && text.chars().all(fine)) {
        return line(text);
    }
    fault("settings-fault-domain")
}

/// A number of days.
pub fn days(text: &str) -> Result<(), ValidationError> {
    number(text, 0, 3650, "settings-fault-days")
}

/// A day, or nothing.
pub fn day(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() || date(text).is_some() {
        return Ok(());
    }
    fault("settings-fault-day")
}

/// A day that must not be empty.
pub fn needed_day(text: &str) -> Result<(), ValidationError> {
    match date(text) {
        Some(_) => Ok(()),
        None => fault("settings-fault-day"),
    }
}

/// A place in an order.
pub fn position(text: &str) -> Result<(), ValidationError> {
    number(text, 0, 9999, "filter-fault-position")
}

/// A network port, or nothing.
pub fn port(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() {
        return Ok(());
    }
    number(text, 1, 65_535, "settings-fault-port")
}

/// How many mails may leave in an hour, or nothing.
pub fn hourly_limit(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() {
        return Ok(());
    }
    number(text, 1, 1_000_000, "sending-fault-limit")
}

/// The name of a DKIM key, or nothing.
pub fn selector(text: &str) -> Result<(), ValidationError> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if text.trim().chars().all(fine) {
        return line(text);
    }
    fault("sending-fault-selector")
}

/// A number of seconds between looks.
pub fn seconds(text: &str) -> Result<(), ValidationError> {
    number(text, 10, 86_400, "settings-fault-seconds")
}

fn number(text: &str, from: i32, to: i32, key: &'static str) -> Result<(), ValidationError> {
    match text.trim().parse::<i32>() {
        Ok(n) if (from..=to).contains(&n) => Ok(()),
        _ => fault(key),
    }
}

/// The id that stands in a field; none when it is empty or something else.
pub fn id(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok()
}

/// An id as the value of a field.
pub fn id_text(id: Option<Uuid>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// A value of a closed set by its stored name.
pub fn stored<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

/// The stored name of a value of a closed set.
pub fn stored_name(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Options of a select with an empty one first; one that is set but no longer offered stays.
pub fn options(cx: &Cx, empty: &str, offered: &[Chosen], value: &str) -> Vec<Choice> {
    let mut all = vec![Choice::new("", cx.t(empty))];
    all.extend(offered.iter().map(|c| Choice::new(c.id, c.name.clone())));
    if !value.is_empty() && !all.iter().any(|c| c.value == value) {
        all.push(Choice::new(value, cx.t("settings-retired-choice")));
    }
    all
}

/// A field of one line.
pub fn text(cx: &Cx, field: Field<'_>, kind: &str, value: &str) -> Markup {
    let input = Input::Line {
        kind,
        value,
        autocomplete: Some("off"),
    };
    field.render(cx.locale, input)
}

/// A field to choose one from.
pub fn select(cx: &Cx, field: Field<'_>, choices: &[Choice], value: &str) -> Markup {
    field.render(cx.locale, Input::Select { choices, value })
}

/// Boxes to tick; `name` is their common name and the group's id.
pub fn ticks(
    cx: &Cx,
    name: &str,
    legend: &str,
    offered: &[Chosen],
    ticked: &[String],
    faults: &Faults,
) -> Markup {
    let is_ticked = |choice: &Chosen| ticked.contains(&choice.id.to_string());
    let mut order: Vec<&Chosen> = offered.iter().collect();
    // In a long box, what is ticked would stand out of sight.
    if offered.len() > MOST_TICKS {
        order.sort_by_key(|choice| !is_ticked(choice));
    }
    let boxes = html! {
        @for choice in order {
            label class="tick" {
                input type="checkbox" name=(name) value=(choice.id) checked[is_ticked(choice)];
                span { (choice.name) }
            }
        }
    };
    html! {
        fieldset id=(name) class="field" tabindex="-1" {
            legend class="label" { (legend) }
            @if let Some(fault) = faults.of(name) { p class="error" { (fault) } }
            // Only what stands in such a box is found by typing.
            @if offered.len() > MOST_TICKS { div class="boxes" { (boxes) } } @else { (boxes) }
            @if offered.is_empty() { p class="muted" { (cx.t("settings-nothing-to-tick")) } }
        }
    }
}
